/**
 * Which cells of a lattice count as near: queen, rook, all within a distance, or rings of hexagons.
 *
 * In each of these the near cells of any one row stand side by side, so a window is a run of columns for each row
 * offset, and its sum is a difference of two running totals. Hexagons follow the odd-r offset layout with a point on
 * top: odd rows are shoved half a cell to the right, so the runs depend on the parity of the row (Patel, "Hexagonal
 * Grids", https://www.redblobgames.com/grids/hexagons/).
 */

export interface LatticeWindow {
  /** Rows looked at above and below. */
  readonly reach: number
  /**
   * First and last column offset of the run, both inclusive, at [parity × (2 reach + 1) + row offset + reach], where
   * parity is that of the row in the middle. The middle cell itself lies within.
   */
  readonly first: Int32Array
  readonly last: Int32Array
}

/** The eight cells that touch by a side or a corner. */
export const queenWindow = (): LatticeWindow => symmetric([1, 1])

/** The four cells that touch by a side. */
export const rookWindow = (): LatticeWindow => symmetric([1, 0])

/** Squares whose centres lie within `distance`, counted in cells; the limit itself is within. */
export function distanceWindow(distance: number): LatticeWindow {
  if (!(distance > 0 && distance <= 10_000)) {
    throw new RangeError(`the distance must be above 0 and at most 10,000 cells, not ${distance}`)
  }
  // A hair above, so that √2 as people type it, or as it comes out of arithmetic, holds the diagonal.
  const square = distance * distance * (1 + 1e-9)
  const halfWidths: number[] = []
  for (let dy = 0; dy * dy <= square; dy++) halfWidths.push(Math.floor(Math.sqrt(square - dy * dy)))
  return symmetric(halfWidths)
}

/** Hexagons that are at most `rings` steps away. */
export function hexWindow(rings: number): LatticeWindow {
  if (!(Number.isInteger(rings) && rings >= 1 && rings <= 10_000)) {
    throw new RangeError(`the rings must be a whole number from 1 to 10,000, not ${rings}`)
  }
  const height = 2 * rings + 1
  const first = new Int32Array(2 * height)
  const last = new Int32Array(2 * height)
  for (let parity = 0; parity < 2; parity++) {
    for (let dy = -rings; dy <= rings; dy++) {
      // In axial numbers the run is easy; back in offset numbers it is shifted by half of the rows passed.
      const shift = (dy + parity - ((dy + parity) & 1)) / 2
      first[parity * height + dy + rings] = Math.max(-rings, -dy - rings) + shift
      last[parity * height + dy + rings] = Math.min(rings, -dy + rings) + shift
    }
  }
  return { reach: rings, first, last }
}

/** `halfWidths[|row offset|]`, the same for every row and on both sides. */
function symmetric(halfWidths: readonly number[]): LatticeWindow {
  const reach = halfWidths.length - 1
  const one = Array.from({ length: 2 * reach + 1 }, (_, i) => halfWidths[Math.abs(i - reach)]!)
  const last = Int32Array.from([...one, ...one])
  return { reach, first: last.map(width => -width), last }
}
