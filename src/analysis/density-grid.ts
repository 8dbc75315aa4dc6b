/** The grid on which a density is told: square cells, column 0 in the west and row 0 in the south. */

export interface DensityGrid {
  /** South-western corner. */
  x0: number
  y0: number
  /** Side of a cell, in the unit of the coordinates (metres). */
  cell: number
  cols: number
  rows: number
}

export interface WeightedPoints {
  x: Float64Array
  y: Float64Array
  /** One each when absent. */
  weight?: Float64Array
}

/** A grid of metres: 25 million cells are 200 MB. */
const MOST_CELLS = 25_000_000

/** Centre of a column, in the unit of the coordinates. */
export const columnCentre = ({ x0, cell }: DensityGrid, col: number): number => x0 + (col + 0.5) * cell
export const rowCentre = ({ y0, cell }: DensityGrid, row: number): number => y0 + (row + 0.5) * cell

/** Cells from the south-western corner until the bounds are covered; the last may reach beyond them. */
export function gridOver([x0, y0, x1, y1]: readonly number[], cell: number): DensityGrid {
  if (!(cell > 0)) throw new RangeError(`The cell is ${cell} but must be above 0.`)
  if (!(x1! > x0! && y1! > y0!)) throw new RangeError(`The bounds ${[x0, y0, x1, y1]} enclose nothing.`)
  // 6000 m of 100 m cells are 60, not 61, though 6000 / 100 may come out a hair above.
  const along = (length: number): number => Math.max(1, Math.ceil(length / cell - 1e-9))
  const grid = { x0: x0!, y0: y0!, cell, cols: along(x1! - x0!), rows: along(y1! - y0!) }
  refuseGrid(grid)
  return grid
}

export function refuseGrid({ cell, cols, rows }: DensityGrid): void {
  if (!(cell > 0 && Number.isFinite(cell))) throw new RangeError(`The cell is ${cell} but must be above 0.`)
  const whole = Number.isInteger(cols) && Number.isInteger(rows) && cols > 0 && rows > 0
  if (!whole || cols * rows > MOST_CELLS) {
    throw new RangeError(`The grid has ${cols} × ${rows} cells; 1 to ${MOST_CELLS} can be computed.`)
  }
}

export function refusePoints({ x, y, weight }: WeightedPoints): void {
  if (y.length !== x.length) throw new RangeError(`There are ${x.length} x but ${y.length} y.`)
  if (weight && weight.length !== x.length) {
    throw new RangeError(`There are ${x.length} points but ${weight.length} weights.`)
  }
  for (let i = 0; i < x.length; i++) {
    const sound = Number.isFinite(x[i]!) && Number.isFinite(y[i]!)
    if (!sound) throw new RangeError(`Point ${i} lies at ${x[i]}, ${y[i]}.`)
    if (weight && !(weight[i]! >= 0 && weight[i]! < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`The weight of point ${i} is ${weight[i]}.`)
    }
  }
}

export function refuseBandwidth(bandwidth: number): void {
  if (!(bandwidth > 0 && Number.isFinite(bandwidth))) {
    throw new RangeError(`The bandwidth is ${bandwidth} but must be above 0.`)
  }
}
