/**
 * Kernel density with a Gaussian kernel, exact: the sum over all points of w exp(−d²/2σ²) / 2πσ², at the centre of
 * each cell (Silverman 1986, "Density Estimation for Statistics and Data Analysis"). No point is moved to a grid
 * first, as FFT methods do: with cells of 0.4 σ that is 2.6 % of the peak off.
 *
 * Small work is summed out to where the kernel is 0 in double precision. Larger work is cut at 7 σ, or, where even
 * that is much, summed over boxes (`gaussian-boxes.ts`); either is right to 1e-10 of the peak.
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
import { boxCost, gaussianByBoxes } from './gaussian-boxes.ts'

/** exp(−d²/2σ²) is 0 beyond so many σ. */
const ZERO_BEYOND = 38.6
/** 2e-11 of a kernel's own peak. */
const CUT_AT = 7
/** Multiplications that take a third of a second. */
const SMALL_WORK = 3e8

/** Events per square unit of the coordinates, row by row from the south-west. Times 1e6 per km² for metres. */
export function gaussianDensity(points: WeightedPoints, grid: DensityGrid, sigma: number): Float64Array {
  refusePoints(points)
  refuseGrid(grid)
  refuseBandwidth(sigma)
  if (pointCost(points, grid, ZERO_BEYOND * sigma) <= SMALL_WORK) {
    return gaussianByPoints(points, grid, sigma, ZERO_BEYOND * sigma)
  }
  return pointCost(points, grid, CUT_AT * sigma) <= boxCost(points, grid, sigma)
    ? gaussianByPoints(points, grid, sigma, CUT_AT * sigma)
    : gaussianByBoxes(points, grid, sigma)
}

const pointCost = ({ x }: WeightedPoints, { cell, cols, rows }: DensityGrid, reach: number): number => {
  const across = (2 * reach) / cell + 1
  return x.length * Math.min(across, cols) * Math.min(across, rows)
}

/** The kernel is a product of one in x and one in y: exponentials are needed by column and by row, not by cell. */
export function gaussianByPoints(
  { x, y, weight }: WeightedPoints,
  grid: DensityGrid,
  sigma: number,
  reach: number,
): Float64Array {
  const { x0, y0, cell, cols, rows } = grid
  const density = new Float64Array(cols * rows)
  const inColumn = new Float64Array(cols)
  const scale = 1 / (2 * Math.PI * sigma * sigma)
  const fall = -1 / (2 * sigma * sigma)
  for (let i = 0; i < x.length; i++) {
    const px = x[i]!
    const py = y[i]!
    const west = Math.max(0, Math.ceil((px - reach - x0) / cell - 0.5))
    const east = Math.min(cols - 1, Math.floor((px + reach - x0) / cell - 0.5))
    const south = Math.max(0, Math.ceil((py - reach - y0) / cell - 0.5))
    const north = Math.min(rows - 1, Math.floor((py + reach - y0) / cell - 0.5))
    for (let col = west; col <= east; col++) {
      const dx = columnCentre(grid, col) - px
      inColumn[col] = Math.exp(dx * dx * fall)
    }
    const height = scale * (weight ? weight[i]! : 1)
    for (let row = south; row <= north; row++) {
      const dy = rowCentre(grid, row) - py
      const inRow = height * Math.exp(dy * dy * fall)
      const start = row * cols
      for (let col = west; col <= east; col++) density[start + col]! += inRow * inColumn[col]!
    }
  }
  return density
}

/** The density at given places rather than cells, in the same unit. */
export function gaussianAt(
  { x, y, weight }: WeightedPoints,
  places: { x: Float64Array; y: Float64Array },
  sigma: number,
): Float64Array {
  refusePoints({ x, y, weight })
  refusePoints(places)
  refuseBandwidth(sigma)
  const fall = -1 / (2 * sigma * sigma)
  const scale = 1 / (2 * Math.PI * sigma * sigma)
  return places.x.map((px, place) => {
    let sum = 0
    for (let i = 0; i < x.length; i++) {
      const distance = (x[i]! - px) ** 2 + (y[i]! - places.y[place]!) ** 2
      sum += (weight ? weight[i]! : 1) * Math.exp(distance * fall)
    }
    return sum * scale
  })
}
