/**
 * A table of counts with all its margins, of any number of dimensions. Cells are numbered with the last dimension
 * fastest; in each dimension the total stands last, after the `sizes[d]` categories.
 */
export interface MarginTable {
  /** Categories by dimension, without the total. */
  sizes: readonly number[]
  /** Steps between neighbours, by dimension. */
  strides: readonly number[]
  counts: Float64Array
  /** Cells that are no margin, ascending. */
  inner: Int32Array
}

/** Beyond this a table takes gigabytes; nobody publishes one whole. */
const LARGEST_TABLE = 4_000_000

/** `inner` holds the counts without margins, last dimension fastest. Throws RangeError for what is no table of counts. */
export function marginTable(sizes: readonly number[], inner: ArrayLike<number>): MarginTable {
  if (sizes.length === 0 || sizes.some(size => !(Number.isInteger(size) && size > 0))) {
    throw new RangeError(`A table of ${sizes.join(' × ') || 'no'} categories`)
  }
  const cells = sizes.reduce((product, size) => product * (size + 1), 1)
  if (cells > LARGEST_TABLE) {
    throw new RangeError(
      `${sizes.join(' × ')} categories make ${cells} cells with totals; at most ${LARGEST_TABLE} can be protected together`,
    )
  }
  if (inner.length !== sizes.reduce((product, size) => product * size, 1)) {
    throw new RangeError(`${inner.length} counts for a table of ${sizes.join(' × ')}`)
  }
  const strides = sizes.map((_, d) => sizes.slice(d + 1).reduce((product, size) => product * (size + 1), 1))
  const counts = new Float64Array(cells)
  const places = new Int32Array(inner.length)
  for (let i = 0; i < inner.length; i++) {
    const count = inner[i]!
    if (!(Number.isInteger(count) && count >= 0)) throw new RangeError(`${count} is not a count`)
    let rest = i
    let place = 0
    for (let d = sizes.length - 1; d >= 0; d--) {
      place += (rest % sizes[d]!) * strides[d]!
      rest = Math.floor(rest / sizes[d]!)
    }
    places[i] = place
    counts[place] = count
  }
  const table = { sizes, strides, counts, inner: places }
  for (let i = 0; i < places.length; i++) {
    const above = marginsOf(table, places[i]!)
    for (let m = 1; m < above.length; m++) counts[above[m]!]! += inner[i]!
  }
  return table
}

/** A cell and every margin that it adds to, ascending. */
export function marginsOf({ sizes, strides }: MarginTable, cell: number): number[] {
  let found = [cell]
  for (let d = sizes.length - 1; d >= 0; d--) {
    const toTotal = (sizes[d]! - coordinate(cell, d, sizes, strides)) * strides[d]!
    if (toTotal > 0) found = [...found, ...found.map(place => place + toTotal)]
  }
  return found
}

/**
 * The cells that differ from this one in a single dimension, totals among them: sums in which it stands. The longest
 * dimension, mostly the areas, is left out where there is another: help is nearer within the area.
 */
export function lineMates({ sizes, strides }: MarginTable, cell: number): number[] {
  const longest = sizes.length === 1 ? -1 : sizes.indexOf(Math.max(...sizes))
  return sizes.flatMap((size, d) => {
    if (d === longest) return []
    const own = coordinate(cell, d, sizes, strides)
    const first = cell - own * strides[d]!
    return Array.from({ length: size + 1 }, (_, i) => first + i * strides[d]!).filter(place => place !== cell)
  })
}

/** Which category of a dimension a cell is in; `sizes[d]` for the total. */
export const coordinate = (
  cell: number,
  d: number,
  sizes: readonly number[],
  strides: readonly number[],
): number => Math.floor(cell / strides[d]!) % (sizes[d]! + 1)
