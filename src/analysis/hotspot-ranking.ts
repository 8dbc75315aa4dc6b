/**
 * How well a ranking of cells found the crime that then happened, and how concentrated crime is.
 *
 * Cells are taken by what was predicted per area, highest first; of equals those with least observed first, so that a
 * ranking gains nothing by ties. PAI: share of crime found over share of area searched (Chainey, Tompson and Uhlig 2008).
 * PEI: PAI over that of the best possible ranking at as many cells (Hunt 2016); with cells of unequal area the best
 * ranking may have covered another area, so it can exceed 1. RRI: predicted over observed so far. As `ptools::pai`.
 * Gini, and its generalised form for fewer events than cells: Bernasco and Steenbeek, "More places than crimes",
 * Journal of Quantitative Criminology 33 (2017).
 *
 * R7: "predicted" is a ranking to be tested, such as last year's counts; nothing here forecasts crime.
 */

export interface HotspotRanking {
  /** Numbers of the cells as given, in order of rank. The arrays below go by rank too. */
  readonly order: Uint32Array
  readonly cumulativeObserved: Float64Array
  readonly shareOfObserved: Float64Array
  readonly cumulativePredicted: Float64Array
  readonly cumulativeArea: Float64Array
  readonly shareOfArea: Float64Array
  readonly pai: Float64Array
  readonly pei: Float64Array
  /** NaN while nothing has been observed. */
  readonly rri: Float64Array
}

/**
 * One entry a cell in each array. Throws RangeError on different lengths, no cells, numbers that are negative or not
 * finite, and an area that is not above 0. Where nothing was observed at all, shares, PAI, PEI and RRI are NaN.
 */
export function rankHotspots(
  observed: Float64Array,
  predicted: Float64Array,
  area: Float64Array,
): HotspotRanking {
  const cells = observed.length
  if (cells === 0) throw new RangeError('there are no cells to rank')
  checkCells('observed', observed, cells)
  checkCells('predicted', predicted, cells)
  checkCells('area', area, cells)
  for (let i = 0; i < cells; i++) {
    if (area[i] === 0) throw new RangeError(`the area of cell ${i} is 0`)
  }
  const density = predicted.map((value, i) => value / area[i]!)
  const found = observed.map((value, i) => value / area[i]!)
  const order = Uint32Array.from({ length: cells }, (_, i) => i).sort(
    (a, b) => density[b]! - density[a]! || observed[a]! - observed[b]!,
  )
  // Cells of equal worth stay in the order of the ranking: with unequal areas the best PAI would depend on it.
  const best = order.slice().sort((a, b) => found[b]! - found[a]!)

  const cumulativeObserved = cumulative(observed, order)
  const cumulativePredicted = cumulative(predicted, order)
  const cumulativeArea = cumulative(area, order)
  const allObserved = cumulativeObserved[cells - 1]!
  const allArea = cumulativeArea[cells - 1]!
  const shareOfObserved = cumulativeObserved.map(sum => sum / allObserved)
  const shareOfArea = cumulativeArea.map(sum => sum / allArea)
  const pai = shareOfObserved.map((share, k) => share / shareOfArea[k]!)
  const bestObserved = cumulative(observed, best)
  const bestArea = cumulative(area, best)
  const pei = pai.map((index, k) => index / (bestObserved[k]! / allObserved / (bestArea[k]! / allArea)))
  const rri = cumulativePredicted.map((sum, k) =>
    cumulativeObserved[k] === 0 ? Number.NaN : sum / cumulativeObserved[k]!,
  )
  return {
    order,
    cumulativeObserved,
    shareOfObserved,
    cumulativePredicted,
    cumulativeArea,
    shareOfArea,
    pai,
    pei,
    rri,
  }
}

export interface Concentration {
  cells: number
  events: number
  /** 0 where every cell has as many events, towards 1 where one has them all. NaN without events. */
  gini: number
  /** The same, measured against the most even spread that so few events allow. */
  giniGeneralised: number
}

export function concentrationOf(counts: Float64Array): Concentration {
  const cells = counts.length
  if (cells === 0) throw new RangeError('there are no cells')
  checkCells('counts', counts, cells)
  const rising = counts.slice().sort()
  let events = 0
  let ranked = 0
  for (let i = 0; i < cells; i++) {
    events += rising[i]!
    ranked += (2 * i + 1 - cells) * rising[i]!
  }
  const gini = events === 0 ? Number.NaN : ranked / (cells * events)
  return { cells, events, gini, giniGeneralised: Math.max(cells / events, 1) * (gini - 1) + 1 }
}

/** The fewest cells that hold at least `share` (0 to 1) of all events; 0 without events. */
export function cellsHolding(counts: Float64Array, share: number): number {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`the share must be from 0 to 1, not ${share}`)
  checkCells('counts', counts, counts.length)
  const falling = counts.slice().sort().reverse()
  let events = 0
  for (let i = 0; i < falling.length; i++) events += falling[i]!
  let held = 0
  let cells = 0
  while (cells < falling.length && held < share * events) held += falling[cells++]!
  return cells
}

function cumulative(values: Float64Array, order: Uint32Array): Float64Array {
  let sum = 0
  return Float64Array.from(order, cell => {
    sum += values[cell]!
    return sum
  })
}

function checkCells(name: string, values: Float64Array, cells: number): void {
  if (values.length !== cells) throw new RangeError(`${values.length} of ${name} for ${cells} cells`)
  for (let i = 0; i < cells; i++) {
    if (!(values[i]! >= 0 && values[i]! < Infinity))
      throw new RangeError(`${name} of cell ${i} is ${values[i]}`)
  }
}
