/**
 * Kernel density of 50,000 points on 1000 × 1000 cells of 10 m, with the bandwidths of the reference, against
 * d3-contour, which bins the points and blurs them. It is quick and only near; ours is held against the plain sum.
 */
import { contourDensity } from 'd3-contour'
import { columnCentre, gridOver, rowCentre, type WeightedPoints } from '../src/analysis/density-grid.ts'
import { gaussianAt, gaussianDensity } from '../src/analysis/gaussian-density.ts'
import { quarticDensity } from '../src/analysis/quartic-density.ts'
import { alternate, ms, type Result } from './medians.ts'

const POINTS = 50_000
const SIGMA = 250
const RADIUS = 600
const SIDE = 1000
const CELL = 10
/** spatstat's `density.ppp` on a machine of two cores like ours; R is not asked for here. */
const SPATSTAT_MS = 1700
/** Cells in which ours is held against the plain sum. */
const CHECKED = 300

/** Half of the events in thirty clusters, half anywhere. The same every time. */
function clusteredPoints(): WeightedPoints {
  let state = 7
  const next = () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
  const centres = Array.from({ length: 30 }, () => [next() * SIDE * CELL, next() * SIDE * CELL] as const)
  const around = (at: number) => at + (next() + next() + next() - 1.5) * 400
  const x = new Float64Array(POINTS)
  const y = new Float64Array(POINTS)
  for (let i = 0; i < POINTS; i++) {
    const centre = centres[i % 60]
    x[i] = centre ? around(centre[0]) : next() * SIDE * CELL
    y[i] = centre ? around(centre[1]) : next() * SIDE * CELL
  }
  return { x, y }
}

export async function benchDensity(rounds: number): Promise<Result[]> {
  const points = clusteredPoints()
  const pairs = Array.from(points.x, (x, i): [number, number] => [x / CELL, points.y[i]! / CELL])
  const grid = gridOver([0, 0, SIDE * CELL, SIDE * CELL], CELL)
  const binned = contourDensity()
    .size([SIDE, SIDE])
    .cellSize(1)
    .bandwidth(SIGMA / CELL)
    .thresholds([Number.MAX_VALUE])
  let gaussian: Float64Array = new Float64Array(0)
  let quartic: Float64Array = new Float64Array(0)
  const times = await alternate(rounds, {
    gaussian: async () => {
      gaussian = gaussianDensity(points, grid, SIGMA)
    },
    quartic: async () => {
      quartic = quarticDensity(points, grid, RADIUS)
    },
    binned: async () => {
      binned(pairs)
    },
  })

  const cells = Array.from({ length: CHECKED }, (_, i) => Math.floor((i + 0.5) * ((SIDE * SIDE) / CHECKED)))
  const places = {
    x: Float64Array.from(cells, cell => columnCentre(grid, cell % SIDE)),
    y: Float64Array.from(cells, cell => rowCentre(grid, Math.floor(cell / SIDE))),
  }
  const plain = { gaussian: gaussianAt(points, places, SIGMA), quartic: quarticAt(points, places) }
  const apart = (found: Float64Array, expected: Float64Array) => {
    const peak = found.reduce((a, b) => Math.max(a, b), 0)
    return Math.max(...cells.map((cell, i) => Math.abs(found[cell]! - expected[i]!))) / peak
  }
  const result = (name: 'gaussian' | 'quartic', found: Float64Array, aim: number): Result => {
    const { median } = times[name]!
    const error = apart(found, plain[name])
    return {
      what: `Density, ${name}, 50,000 points on 1000 × 1000 cells`,
      headline: `${(SPATSTAT_MS / median).toFixed(1)}× faster than spatstat's 1.7 s, ${(median / times.binned!.median).toFixed(1)}× the time of d3-contour`,
      aim: `${aim}× faster than spatstat, exact to 1e-9 of the peak`,
      met: SPATSTAT_MS / median >= aim && error <= 1e-9,
      detail: `${ms(median)} against ${ms(times.binned!.median)} of d3-contour (binned); off by ${error.toExponential(0)} of the peak; floor ${ms((SIDE * SIDE * 8) / 1e7)} to write 8 MB at 10 GB/s`,
    }
  }
  return [result('gaussian', gaussian, 1), result('quartic', quartic, 5)]
}

function quarticAt({ x, y }: WeightedPoints, places: { x: Float64Array; y: Float64Array }): Float64Array {
  return places.x.map((px, place) => {
    let sum = 0
    for (let i = 0; i < x.length; i++) {
      const left = 1 - ((x[i]! - px) ** 2 + (y[i]! - places.y[place]!) ** 2) / RADIUS ** 2
      if (left > 0) sum += left * left
    }
    return (sum * 3) / (Math.PI * RADIUS ** 2)
  })
}
