/**
 * Hotspots: significant cells that touch, taken together and ranked by how many records they hold. Cells touch as their
 * neighbours are told: by a side (rook), or by a corner as well (queen).
 *
 * The list is the map: the number of a hotspot is its rank in both, and every record is in one hotspot or in none, so
 * that the list sums to the whole.
 */
import type { DensityGrid } from '../../analysis/density-grid.ts'
import type { Neighbours, SignificantCells } from './significant-cells.ts'

/** A group of cells with fewer records is not told as a hotspot: two robberies do not make one. */
export const FEWEST_IN_HOTSPOT = 5

export interface Hotspot {
  /** 1 for the one that holds most. */
  number: number
  /** Cells of the grid, rising. */
  cells: readonly number[]
  count: number
  km2: number
  /** Middle of its records, in metres of the National Grid: each cell's centre weighed by its count. */
  centre: readonly [easting: number, northing: number]
}

/** Of equal counts the smaller comes first, then the one further south and west. */
export function rankedHotspots(
  { high, counts }: SignificantCells,
  grid: DensityGrid,
  neighbours: Neighbours,
): Hotspot[] {
  return touching(high, grid.cols, neighbours)
    .map(cells => ({ cells, count: cells.reduce((sum, cell) => sum + counts[cell]!, 0) }))
    .filter(({ count }) => count >= FEWEST_IN_HOTSPOT)
    .map(({ cells, count }) => ({
      cells,
      count,
      km2: (cells.length * grid.cell * grid.cell) / 1e6,
      centre: middleOf(cells, counts, grid),
    }))
    .sort((a, b) => b.count - a.count || a.cells.length - b.cells.length || a.cells[0]! - b.cells[0]!)
    .map((hotspot, i) => ({ number: i + 1, ...hotspot }))
}

/** Groups of cells that touch; cells of each rise. */
export function touching(cells: Iterable<number>, cols: number, neighbours: Neighbours): number[][] {
  const left = new Set(cells)
  const groups: number[][] = []
  for (const first of left) {
    left.delete(first)
    const group = [first]
    for (const cell of group) {
      for (const near of around(cell, cols, neighbours)) if (left.delete(near)) group.push(near)
    }
    groups.push(group.sort((a, b) => a - b))
  }
  return groups
}

/** The cell before the first of a row is the last of the row below, and no neighbour. */
function around(cell: number, cols: number, neighbours: Neighbours): number[] {
  const besides = [-1, 1].filter(step => {
    const col = (cell % cols) + step
    return col >= 0 && col < cols
  })
  const corners =
    neighbours === 'queen' ? besides.flatMap(step => [cell + step - cols, cell + step + cols]) : []
  return [cell - cols, cell + cols, ...besides.map(step => cell + step), ...corners]
}

function middleOf(cells: readonly number[], counts: Float64Array, grid: DensityGrid): [number, number] {
  let [x, y, weight] = [0, 0, 0]
  for (const cell of cells) {
    const w = counts[cell]!
    x += w * (cell % grid.cols)
    y += w * Math.floor(cell / grid.cols)
    weight += w
  }
  return [grid.x0 + (x / weight + 0.5) * grid.cell, grid.y0 + (y / weight + 0.5) * grid.cell]
}

/** For each cell of the grid the number of its hotspot, 0 for none. */
export function numberOfCells(hotspots: readonly Hotspot[], { cols, rows }: DensityGrid): Uint16Array {
  const numbers = new Uint16Array(cols * rows)
  for (const { number, cells } of hotspots) for (const cell of cells) numbers[cell] = number
  return numbers
}
