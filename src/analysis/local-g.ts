/**
 * Getis-Ord Gi* and Gi: is the sum over a place and its neighbours higher or lower than chance would have it?
 *
 * Ord and Getis, "Local spatial autocorrelation statistics", Geographical Analysis 27 (1995):
 *   Gi*: z = (Σ w x − x̄ W) / (s √((n S − W²) / (n − 1))), with W = Σ w and S = Σ w² over the neighbours and the place
 *   itself, and s the standard deviation with divisor n;
 *   Gi: the same without the place, on n − 1 values, with the mean and deviation of the others.
 * The answers equal `spdep::localG` and `esda.G_Local` with analytic z. Dividing the weights of a row by their sum
 * changes neither, so the choice of B or W makes no difference here.
 *
 * Traps. The window is clipped at the border of the data, which is no border of crime. Cells overlap in what they sum, so
 * their tests are many and not independent: read the p-values adjusted. Counts are treated as numbers: in small sparse
 * data the normal p-value is rough.
 */
import type { Lattice } from './lattice.ts'
import type { LatticeWindow } from './lattice-window.ts'
import { checkValues, type SpatialWeights } from './spatial-weights.ts'

export interface LocalGOptions {
  /** True for Gi*, in which a place counts among its own neighbours with weight 1. */
  self: boolean
}

/**
 * z for each place from any weights; `weights` must not be row-standardised when `self` is counted with weight 1.
 * NaN where it is not defined: all values equal, no neighbours (Gi), or everybody a neighbour.
 */
export function localG(values: Float64Array, given: SpatialWeights, options: LocalGOptions): Float64Array {
  const { starts, neighbours, weights } = given
  const n = values.length
  checkValues(values, starts.length - 1)
  const moments = momentsOf(values)
  const z = new Float64Array(n)
  const own = options.self ? 1 : 0
  for (let i = 0; i < n; i++) {
    let sum = own * values[i]!
    let total = own
    let squares = own
    for (let k = starts[i]!; k < starts[i + 1]!; k++) {
      const w = weights[k]!
      sum += w * values[neighbours[k]!]!
      total += w
      squares += w * w
    }
    z[i] = options.self
      ? star(moments, sum, total, squares)
      : others(moments, values[i]!, sum, total, squares)
  }
  return z
}

/**
 * The same for binary weights on a lattice, many times faster: no list of neighbours is made, since the sum of a run of
 * cells is the difference of two running totals of its row.
 */
export function latticeLocalG(
  values: Float64Array,
  lattice: Lattice,
  window: LatticeWindow,
  options: LocalGOptions,
): Float64Array {
  const { columns, rows, cellAt, firstRow } = lattice
  checkValues(values, lattice.cells)
  const moments = momentsOf(values)
  const z = new Float64Array(lattice.cells)
  const wide = columns + 1
  const totals = runningTotals(lattice, i => values[i]!)
  // Without holes the cells of a run are as many as its columns.
  const present = lattice.cells < columns * rows ? runningTotals(lattice, () => 1) : null
  const height = 2 * window.reach + 1
  const sums = new Float64Array(columns)
  const counts = new Float64Array(columns)
  for (let row = 0; row < rows; row++) {
    sums.fill(0)
    counts.fill(0)
    const runs = ((row + firstRow) & 1) * height + window.reach
    const highest = Math.min(window.reach, rows - 1 - row)
    for (let dy = Math.max(-window.reach, -row); dy <= highest; dy++) {
      const base = (row + dy) * wide
      const first = window.first[runs + dy]!
      const after = window.last[runs + dy]! + 1
      for (let c = 0; c < columns; c++) {
        const from = c + first
        const to = c + after
        const a = base + Math.min(columns, Math.max(0, from))
        const b = base + Math.min(columns, Math.max(0, to))
        sums[c]! += totals[b]! - totals[a]!
        counts[c]! += present ? present[b]! - present[a]! : b - a
      }
    }
    for (let c = 0; c < columns; c++) {
      const i = cellAt[row * columns + c]!
      if (i < 0) continue
      z[i] = options.self
        ? star(moments, sums[c]!, counts[c]!, counts[c]!)
        : others(moments, values[i]!, sums[c]! - values[i]!, counts[c]! - 1, counts[c]! - 1)
    }
  }
  return z
}

/** For each row of the rectangle 0, then the total up to and with each column; holes add nothing. */
function runningTotals(lattice: Lattice, of: (cell: number) => number): Float64Array {
  const { columns, rows, cellAt } = lattice
  const totals = new Float64Array((columns + 1) * rows)
  for (let row = 0, at = 0, p = 0; row < rows; row++) {
    let total = 0
    at++
    for (let c = 0; c < columns; c++, p++) {
      const i = cellAt[p]!
      if (i >= 0) total += of(i)
      totals[at++] = total
    }
  }
  return totals
}

interface Moments {
  n: number
  sum: number
  squares: number
  mean: number
  /** With divisor n; 0 where all values are equal, whatever rounding says. */
  deviation: number
}

function momentsOf(values: Float64Array): Moments {
  const n = values.length
  let sum = 0
  let squares = 0
  let [low, high] = [Infinity, -Infinity]
  for (let i = 0; i < n; i++) {
    const x = values[i]!
    sum += x
    squares += x * x
    if (x < low) low = x
    if (x > high) high = x
  }
  const mean = sum / n
  let around = 0
  for (let i = 0; i < n; i++) around += (values[i]! - mean) ** 2
  return { n, sum, squares, mean, deviation: low === high ? 0 : Math.sqrt(around / n) }
}

function star(m: Moments, sum: number, total: number, squares: number): number {
  const spread = (m.n * squares - total * total) / (m.n - 1)
  if (!(m.deviation > 0 && spread > 1e-12 * squares)) return Number.NaN
  return (sum - m.mean * total) / (m.deviation * Math.sqrt(spread))
}

function others(m: Moments, own: number, sum: number, total: number, squares: number): number {
  const n = m.n - 1
  const mean = (m.sum - own) / n
  const variance = (m.squares - own * own) / n - mean * mean
  const spread = (n * squares - total * total) / (n - 1)
  if (!(m.deviation > 0 && variance > 1e-12 * mean * mean && spread > 1e-12 * squares)) return Number.NaN
  return (sum - mean * total) / Math.sqrt(variance * spread)
}
