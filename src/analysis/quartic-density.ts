/**
 * Kernel density with the quartic (biweight) kernel, exact: the sum over points within the radius h of
 * w · 3/(πh²) · (1 − d²/h²)², at the centre of each cell (Silverman 1986). The volume under a kernel is its weight.
 *
 * The trap is the constant. QGIS before 2025 and R's SpatialKDE, scaled, write 116/5 for 16/5 and are 7.25 times too
 * high (qgis/QGIS#60616).
 *
 * Along a row of cells the kernel is a polynomial of the fourth degree in x, on an interval. Where radii are many
 * cells wide, a point therefore leaves only the five coefficients where its interval begins and takes them away where
 * it ends, and each row is summed once: the work grows with the radius, not with its square.
 */
import {
  columnCentre,
  type DensityGrid,
  refuseBandwidth,
  refuseGrid,
  refusePoints,
  rowCentre,
  type WeightedPoints,
} from './density-grid.ts'

/** Radius in cells from which on coefficients are cheaper than cells. */
const WIDE = 24
/** Numbers a cell keeps: five coefficients, and how many intervals cover it. */
const KEPT = 6

/** Events per square unit of the coordinates, row by row from the south-west. Times 1e6 per km² for metres. */
export function quarticDensity(points: WeightedPoints, grid: DensityGrid, radius: number): Float64Array {
  refusePoints(points)
  refuseGrid(grid)
  refuseBandwidth(radius)
  return radius / grid.cell < WIDE
    ? quarticByCells(points, grid, radius)
    : quarticByCoefficients(points, grid, radius)
}

const peak = (radius: number): number => 3 / (Math.PI * radius * radius)

export function quarticByCells(
  { x, y, weight }: WeightedPoints,
  grid: DensityGrid,
  radius: number,
): Float64Array {
  const { x0, y0, cell, cols, rows } = grid
  const density = new Float64Array(cols * rows)
  for (let i = 0; i < x.length; i++) {
    const px = x[i]!
    const height = peak(radius) * (weight ? weight[i]! : 1)
    const south = Math.max(0, Math.ceil((y[i]! - radius - y0) / cell - 0.5))
    const north = Math.min(rows - 1, Math.floor((y[i]! + radius - y0) / cell - 0.5))
    for (let row = south; row <= north; row++) {
      const left = 1 - ((rowCentre(grid, row) - y[i]!) / radius) ** 2
      if (left <= 0) continue
      const half = Math.sqrt(left) * radius
      const west = Math.max(0, Math.ceil((px - half - x0) / cell - 0.5))
      const east = Math.min(cols - 1, Math.floor((px + half - x0) / cell - 0.5))
      const start = row * cols
      for (let col = west; col <= east; col++) {
        const dx = (columnCentre(grid, col) - px) / radius
        const value = left - dx * dx
        density[start + col]! += height * value * value
      }
    }
  }
  return density
}

/**
 * Row by row. Coefficients are about the middle of the block of cells in which they act, and blocks are as wide as a
 * kernel: about the edge of the grid they would cancel to nothing, digit by digit.
 */
export function quarticByCoefficients(
  points: WeightedPoints,
  grid: DensityGrid,
  radius: number,
): Float64Array {
  const { x, y, weight } = points
  const { x0, y0, cell, cols, rows } = grid
  const density = new Float64Array(cols * rows)
  const block = Math.ceil((2 * radius) / cell)
  const kept = new Float64Array((cols + 1) * KEPT)
  const order = Uint32Array.from(x.keys()).sort((a, b) => y[a]! - y[b]!)
  const north = Float64Array.from(order, i => y[i]!)
  const along = Float64Array.from(order, i => (x[i]! - x0) / cell - 0.5)
  const heavy = Float64Array.from(order, i => (weight ? weight[i]! : 1))
  const inCells = radius / cell
  const perRadius = 1 / radius
  const perCell = cell / radius
  let lowest = 0
  for (let row = 0; row < rows; row++) {
    const centre = y0 + (row + 0.5) * cell
    while (lowest < order.length && north[lowest]! <= centre - radius) lowest++
    let touched = false
    for (let i = lowest; i < order.length; i++) {
      const dy = (centre - north[i]!) * perRadius
      if (dy <= -1) break
      const left = 1 - dy * dy
      const half = Math.sqrt(left) * inCells
      const west = Math.max(0, Math.ceil(along[i]! - half))
      const east = Math.min(cols - 1, Math.floor(along[i]! + half))
      if (west > east) continue
      touched = true
      let next = Math.floor(west / block) * block
      for (let start = west; start <= east; start = next) {
        next += block
        const v = (along[i]! - next + block / 2) * perCell
        put(kept, start * KEPT, heavy[i]!, left, v, 1)
        if (east + 1 < next) put(kept, (east + 1) * KEPT, heavy[i]!, left, v, -1)
      }
    }
    if (touched)
      sumRow(density.subarray(row * cols, (row + 1) * cols), kept, block, cell / radius, peak(radius))
  }
  return density
}

/** Adds, or takes away, w (left − (t − v)²)² as a polynomial in t. */
function put(kept: Float64Array, at: number, w: number, left: number, v: number, sign: 1 | -1): void {
  const signed = sign * w
  const a = left - v * v
  const b = 2 * v
  kept[at]! += signed * a * a
  kept[at + 1]! += signed * 2 * a * b
  kept[at + 2]! += signed * (b * b - 2 * a)
  kept[at + 3]! -= signed * 2 * b
  kept[at + 4]! += signed
  kept[at + 5]! += sign
}

/** Running sums of the coefficients, begun anew with each block, and cleared behind. */
function sumRow(line: Float64Array, kept: Float64Array, block: number, step: number, height: number): void {
  let [c0, c1, c2, c3, c4, cover] = [0, 0, 0, 0, 0, 0]
  let middle = 0
  for (let col = 0; col < line.length; col++) {
    if (col % block === 0) {
      c0 = c1 = c2 = c3 = c4 = cover = 0
      middle = col + block / 2
    }
    const at = col * KEPT
    c0 += kept[at]!
    c1 += kept[at + 1]!
    c2 += kept[at + 2]!
    c3 += kept[at + 3]!
    c4 += kept[at + 4]!
    cover += kept[at + 5]!
    // Where no interval covers the cell, what is left of the sums is dust; nowhere is the density below 0.
    if (cover > 0) {
      const t = (col - middle) * step
      line[col] = Math.max(0, height * (c0 + t * (c1 + t * (c2 + t * (c3 + t * c4)))))
    }
  }
  kept.fill(0)
}
