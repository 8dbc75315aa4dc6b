/**
 * The share of a kernel that lies inside a rectangular window: dividing the density by it, "uniform" correction, makes
 * up for events that happened beyond the edge and are not in the file (Diggle 1985; spatstat's `edge = TRUE`).
 * Without it a map is pale along every boundary of the area, as if nothing happened there.
 */
import { columnCentre, type DensityGrid, rowCentre } from './density-grid.ts'
import { normalUpperTail } from './normal-tail.ts'

/** By cell, for a Gaussian of `sigma` about the cell's centre; the window is the grid. */
export function gaussianInside(grid: DensityGrid, sigma: number): Float64Array {
  const { x0, y0, cell, cols, rows } = grid
  const along = (at: number, from: number, to: number): number =>
    normalUpperTail((from - at) / sigma) - normalUpperTail((to - at) / sigma)
  const inColumn = Float64Array.from({ length: cols }, (_, col) =>
    along(columnCentre(grid, col), x0, x0 + cols * cell),
  )
  const inside = new Float64Array(cols * rows)
  for (let row = 0; row < rows; row++) {
    const inRow = along(rowCentre(grid, row), y0, y0 + rows * cell)
    for (let col = 0; col < cols; col++) inside[row * cols + col] = inRow * inColumn[col]!
  }
  return inside
}

/** The same for a quartic kernel of `radius`. */
export function quarticInside(grid: DensityGrid, radius: number): Float64Array {
  const { cell, cols, rows } = grid
  const inside = new Float64Array(cols * rows).fill(1)
  for (let row = 0; row < rows; row++) {
    const south = Math.min(1, ((row + 0.5) * cell) / radius)
    const north = Math.min(1, ((rows - row - 0.5) * cell) / radius)
    for (let col = 0; col < cols; col++) {
      const west = Math.min(1, ((col + 0.5) * cell) / radius)
      const east = Math.min(1, ((cols - col - 0.5) * cell) / radius)
      if (west + east + south + north < 4) inside[row * cols + col] = quarticMass(west, east, south, north)
    }
  }
  return inside
}

/**
 * Mass of the unit quartic kernel between −west and east, −south and north, each at most 1. Along a line it is a
 * polynomial; across the lines, with y = sin θ, it is smooth between the angles at which the window begins to cut.
 */
export function quarticMass(west: number, east: number, south: number, north: number): number {
  const from = -Math.asin(south)
  const to = Math.asin(north)
  const cuts = [west, east].flatMap(side => [-Math.acos(side), Math.acos(side)])
  const ends = [from, ...cuts.filter(angle => angle > from && angle < to).sort((a, b) => a - b), to]
  let mass = 0
  for (let i = 1; i < ends.length; i++) {
    const half = (ends[i]! - ends[i - 1]!) / 2
    const middle = (ends[i]! + ends[i - 1]!) / 2
    for (let k = 0; k < nodes.length; k++) {
      const cosine = Math.cos(middle + half * nodes[k]!)
      mass += half * weights[k]! * cosine * alongLine(cosine, Math.min(west, cosine), Math.min(east, cosine))
    }
  }
  return mass
}

/** 3/π times the integral of (c² − t²)² from −west to east. */
function alongLine(c: number, west: number, east: number): number {
  const left = c * c
  const upTo = (t: number): number => left * left * t - (2 * left * t ** 3) / 3 + t ** 5 / 5
  return (3 / Math.PI) * (upTo(east) + upTo(west))
}

/** Gauss–Legendre on −1 to 1: right to 1e-14 here. */
const ORDER = 16
const nodes = new Float64Array(ORDER)
const weights = new Float64Array(ORDER)
for (let k = 0; k < ORDER; k++) {
  let node = Math.cos((Math.PI * (k + 0.75)) / (ORDER + 0.5))
  let slope = 0
  for (let newton = 0; newton < 8; newton++) {
    let [before, here] = [1, node]
    for (let n = 2; n <= ORDER; n++)
      [before, here] = [here, ((2 * n - 1) * node * here - (n - 1) * before) / n]
    slope = (ORDER * (node * here - before)) / (node * node - 1)
    node -= here / slope
  }
  nodes[k] = node
  weights[k] = 2 / ((1 - node * node) * slope * slope)
}
