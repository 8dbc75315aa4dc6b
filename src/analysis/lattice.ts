/**
 * Cells on a lattice: squares by column and row, or hexagons by offset column and row.
 *
 * The cells are laid on the rectangle that bounds them, so that neighbours are found by arithmetic and not by search.
 * A lattice may have holes (cells that are not in the data, such as those outside the police area); a hole is no
 * neighbour and counts nothing, which is not the same as a cell with no events.
 */

export interface Lattice {
  /** Cells in the data; arrays of values are of this length, in the order in which the cells were given. */
  readonly cells: number
  readonly columns: number
  readonly rows: number
  /** The lowest row number given. Its parity says which rows of a hexagonal lattice are shoved to the right. */
  readonly firstRow: number
  /** Place of each cell on the rectangle: row × columns + column, both from 0. */
  readonly place: Int32Array
  /** The cell at each place, or −1 in a hole. */
  readonly cellAt: Int32Array
}

/** Past this the rectangle no longer fits in memory beside its sums: 64 million places, 256 MB. */
const MOST_PLACES = 1 << 26

/**
 * `column[i]` and `row[i]` are whole numbers, in any order and from any origin.
 *
 * Throws RangeError on different lengths, on a number that is not whole, on two cells in one place, and on cells so
 * scattered that their rectangle has more than 67 million places.
 */
export function latticeOf(column: ArrayLike<number>, row: ArrayLike<number>): Lattice {
  const cells = column.length
  if (row.length !== cells) throw new RangeError(`${cells} columns but ${row.length} rows`)
  if (cells === 0) throw new RangeError('a lattice needs at least one cell')
  const [firstColumn, lastColumn] = extent('column', column)
  const [firstRow, lastRow] = extent('row', row)
  const columns = lastColumn - firstColumn + 1
  const rows = lastRow - firstRow + 1
  if (columns * rows > MOST_PLACES) {
    throw new RangeError(`${cells} cells lie scattered over ${columns} columns × ${rows} rows`)
  }
  const place = new Int32Array(cells)
  const cellAt = new Int32Array(columns * rows).fill(-1)
  for (let i = 0; i < cells; i++) {
    const p = (row[i]! - firstRow) * columns + column[i]! - firstColumn
    if (cellAt[p] !== -1) throw new RangeError(`two cells at column ${column[i]}, row ${row[i]}`)
    cellAt[p] = i
    place[i] = p
  }
  return { cells, columns, rows, firstRow, place, cellAt }
}

function extent(name: string, values: ArrayLike<number>): [number, number] {
  let low = Infinity
  let high = -Infinity
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (!Number.isSafeInteger(value)) throw new RangeError(`${name} ${value} is not a whole number`)
    if (value < low) low = value
    if (value > high) high = value
  }
  return [low, high]
}
