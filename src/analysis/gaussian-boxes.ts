/**
 * A Gaussian density by Hermite expansions, as in the fast Gauss transform (Greengard and Strain 1991, SIAM Journal on
 * Scientific and Statistical Computing 12(1)): the points of a box of 1.5 σ act through 20 × 20 moments about its
 * centre. Boxes are whole cells wide, so that the Hermite functions are tabled once for all of them; the sum over
 * boxes goes first along the rows and then along the columns. The work hardly depends on the number of points.
 *
 * Truncation: with |s − c| ≤ 0.75 σ the terms from p = 20 on are below 0.75^p / √p! = 2e-12 of the kernel's peak
 * (Cramér's inequality), and beyond 7 σ the kernel is below 2e-11 of it.
 */
import type { DensityGrid, WeightedPoints } from './density-grid.ts'

const TERMS = 20
const SQUARE = TERMS * TERMS
const BOX_IN_SIGMA = 1.5
const CUT_AT = 7

interface Boxes {
  /** Cells along a side of a box. */
  side: number
  /** Cells from a box's edge to where the kernel of all its points is 0. */
  reach: number
  /** Boxes, also around the grid, whose points can be felt in it. */
  margin: number
  across: number
  down: number
}

function boxesOf({ cell, cols, rows }: DensityGrid, sigma: number): Boxes {
  const side = Math.max(1, Math.floor((BOX_IN_SIGMA * sigma) / cell))
  const reach = Math.ceil((CUT_AT * sigma) / cell)
  const margin = Math.ceil(reach / side)
  return {
    side,
    reach,
    margin,
    across: Math.ceil(cols / side) + 2 * margin,
    down: Math.ceil(rows / side) + 2 * margin,
  }
}

/** Multiplications; infinite where the expansion does not hold. */
export function boxCost({ x }: WeightedPoints, grid: DensityGrid, sigma: number): number {
  // A box is never less than a cell; of a kernel that is narrower the terms do not die away.
  if (BOX_IN_SIGMA * sigma < grid.cell) return Number.POSITIVE_INFINITY
  const { side, reach, down } = boxesOf(grid, sigma)
  const felt = (2 * reach) / side + 1
  const overRows = down * TERMS * TERMS * grid.cols * Math.min(felt, down)
  const overColumns = grid.rows * TERMS * grid.cols * Math.min(felt, down)
  return x.length * SQUARE + overRows + overColumns
}

/** Events per square unit of the coordinates. The arguments are sound, and a cell is at most 1.5 σ wide. */
export function gaussianByBoxes(points: WeightedPoints, grid: DensityGrid, sigma: number): Float64Array {
  const boxes = boxesOf(grid, sigma)
  const moments = momentsOf(points, grid, sigma, boxes)
  const hermite = hermiteTable(grid, sigma, boxes)
  const { side, reach, margin, across, down } = boxes
  const { cols, rows } = grid
  const width = side + 2 * reach
  const density = new Float64Array(cols * rows)
  const alongRow = Array.from({ length: TERMS }, () => new Float64Array(cols))
  for (let boxRow = 0; boxRow < down; boxRow++) {
    let any = false
    for (let boxCol = 0; boxCol < across; boxCol++) {
      const own = moments.get(boxRow * across + boxCol)
      if (!own) continue
      if (!any) for (const row of alongRow) row.fill(0)
      any = true
      const west = (boxCol - margin) * side - reach
      for (let q = 0; q < TERMS; q++) addTerms(alongRow[q]!, hermite, own, q * TERMS, west, width)
    }
    if (!any) continue
    const south = (boxRow - margin) * side - reach
    const first = Math.max(0, south)
    const last = Math.min(rows, south + width)
    for (let row = first; row < last; row++) {
      const line = density.subarray(row * cols, (row + 1) * cols)
      for (let q = 0; q < TERMS; q += 4) {
        addFour(line, alongRow, q, hermite, row - south)
      }
    }
  }
  // Where nothing is felt, what is left of the terms may be a hair below 0.
  const scale = 1 / (2 * Math.PI * sigma * sigma)
  for (let i = 0; i < density.length; i++) density[i] = Math.max(0, density[i]! * scale)
  return density
}

/** By box, Σ w aᵖ/p! bᵍ/q! at place q · TERMS + p; only boxes that hold a point. */
function momentsOf(
  { x, y, weight }: WeightedPoints,
  { x0, y0, cell }: DensityGrid,
  sigma: number,
  { side, margin, across, down }: Boxes,
): Map<number, Float64Array> {
  const moments = new Map<number, Float64Array>()
  const box = side * cell
  const inverse = 1 / (sigma * Math.SQRT2)
  const alongX = new Float64Array(TERMS)
  for (let i = 0; i < x.length; i++) {
    const boxCol = Math.floor((x[i]! - x0) / box) + margin
    const boxRow = Math.floor((y[i]! - y0) / box) + margin
    if (boxCol < 0 || boxCol >= across || boxRow < 0 || boxRow >= down) continue
    const place = boxRow * across + boxCol
    let own = moments.get(place)
    if (!own) {
      own = new Float64Array(SQUARE)
      moments.set(place, own)
    }
    const a = (x[i]! - x0 - (boxCol - margin + 0.5) * box) * inverse
    const b = (y[i]! - y0 - (boxRow - margin + 0.5) * box) * inverse
    alongX[0] = weight ? weight[i]! : 1
    for (let p = 1; p < TERMS; p++) alongX[p] = (alongX[p - 1]! * a) / p
    let term = 1
    for (let q = 0; q < TERMS; q++) {
      for (let p = 0; p < TERMS; p++) own[q * TERMS + p]! += term * alongX[p]!
      term *= b / (q + 1)
    }
  }
  return moments
}

/** Hermite functions of the cells around a box, by term and then by cell, the first lying `reach` before the box. */
function hermiteTable({ cell }: DensityGrid, sigma: number, { side, reach }: Boxes): readonly Float64Array[] {
  const width = side + 2 * reach
  const table = Array.from({ length: TERMS }, () => new Float64Array(width))
  for (let i = 0; i < width; i++) {
    const t = ((i + 0.5 - reach - side / 2) * cell) / (sigma * Math.SQRT2)
    table[0]![i] = Math.exp(-t * t)
    table[1]![i] = 2 * t * table[0]![i]!
    for (let p = 2; p < TERMS; p++) {
      table[p]![i] = 2 * t * table[p - 1]![i]! - 2 * (p - 1) * table[p - 2]![i]!
    }
  }
  return table
}

/** Adds Σ over p of moment × Hermite function, four terms at a time: a cell is loaded and stored once for four. */
function addTerms(
  line: Float64Array,
  hermite: readonly Float64Array[],
  moments: Float64Array,
  at: number,
  west: number,
  width: number,
): void {
  const first = Math.max(0, west)
  const last = Math.min(line.length, west + width)
  for (let p = 0; p < TERMS; p += 4) {
    const [m0, m1, m2, m3] = [
      moments[at + p]!,
      moments[at + p + 1]!,
      moments[at + p + 2]!,
      moments[at + p + 3]!,
    ]
    const [h0, h1, h2, h3] = [hermite[p]!, hermite[p + 1]!, hermite[p + 2]!, hermite[p + 3]!]
    for (let col = first; col < last; col++) {
      const i = col - west
      line[col]! += m0 * h0[i]! + m1 * h1[i]! + m2 * h2[i]! + m3 * h3[i]!
    }
  }
}

function addFour(
  line: Float64Array,
  alongRow: readonly Float64Array[],
  q: number,
  hermite: readonly Float64Array[],
  at: number,
): void {
  const [t0, t1, t2, t3] = [alongRow[q]!, alongRow[q + 1]!, alongRow[q + 2]!, alongRow[q + 3]!]
  const f0 = hermite[q]![at]!
  const f1 = hermite[q + 1]![at]!
  const f2 = hermite[q + 2]![at]!
  const f3 = hermite[q + 3]![at]!
  for (let col = 0; col < line.length; col++) {
    line[col]! += f0 * t0[col]! + f1 * t1[col]! + f2 * t2[col]! + f3 * t3[col]!
  }
}
