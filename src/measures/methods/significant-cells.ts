/**
 * Cells that hold, with their neighbours, more than a random spread of the same records over the area would put there:
 * Gi* of Getis and Ord, adjusted for how many cells are tested by Benjamini and Hochberg.
 *
 * The cells tested are those whose centre lies inside the area, and those at its edge that hold a record of it, so that
 * no record is lost. Both tails are tested, as the packages do, and only high cells are told: "quiet" is not shown,
 * because little recorded is not little harm.
 */
import type { DensityGrid } from '../../analysis/density-grid.ts'
import { latticeOf } from '../../analysis/lattice.ts'
import { queenWindow, rookWindow } from '../../analysis/lattice-window.ts'
import { latticeLocalG } from '../../analysis/local-g.ts'
import { normalUpperTail } from '../../analysis/normal-tail.ts'
import { benjaminiHochberg } from '../../analysis/p-value-adjustment.ts'

/** Of the cells called significant, at most about this share by chance. */
export const FALSE_SHARE = 0.05

export type Neighbours = 'queen' | 'rook'

export interface SignificantCells {
  /** Cells of the grid that were tested, rising. */
  tested: Int32Array
  /** Records in each cell of the grid; they sum to the points that lie in it. */
  counts: Float64Array
  /** Cells of the grid that hold significantly many, rising. */
  high: Int32Array
}

/** `inside` marks the cells of the area, `cellOf` is the cell of each point, −1 for none. */
export function significantCells(
  grid: DensityGrid,
  inside: Uint8Array,
  cellOf: Int32Array,
  neighbours: Neighbours,
): SignificantCells {
  const counts = countsOf(grid, cellOf)
  const tested = Int32Array.from(counts.keys()).filter(cell => inside[cell] === 1 || counts[cell]! > 0)
  if (tested.length === 0) return { tested, counts, high: tested }
  const lattice = latticeOf(
    tested.map(cell => cell % grid.cols),
    tested.map(cell => Math.floor(cell / grid.cols)),
  )
  const window = neighbours === 'queen' ? queenWindow() : rookWindow()
  const z = latticeLocalG(
    Float64Array.from(tested, cell => counts[cell]!),
    lattice,
    window,
    { self: true },
  )
  const adjusted = benjaminiHochberg(z.map(value => Math.min(1, 2 * normalUpperTail(Math.abs(value)))))
  return { tested, counts, high: tested.filter((_, i) => z[i]! > 0 && adjusted[i]! <= FALSE_SHARE) }
}

export function countsOf({ cols, rows }: DensityGrid, cellOf: Int32Array): Float64Array {
  const counts = new Float64Array(cols * rows)
  for (const cell of cellOf) if (cell >= 0) counts[cell]! += 1
  return counts
}
