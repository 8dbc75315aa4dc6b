/**
 * A surface as bands for a map: from which density each begins, and the shapes above it.
 *
 * Each band begins at twice the density of the one before. With equal steps everything but the busiest centre would be
 * one shade; with as many cells in each band, quiet fields would set the steps.
 */
import { contours } from 'd3-contour'
import type { Position } from 'geojson'
import type { Surface } from './density-surface.ts'
import { fromNationalGrid } from './national-grid.ts'

export interface Band {
  /** Records per km² from which on it is shaded so. */
  from: number
  /** All that is at least as dense, denser bands included, in longitude and latitude. */
  polygons: Position[][][]
}

const BANDS = 5
/** First digits of the lowest beginning, so that all five can be written. */
const NICE = [1, 1.5, 2, 3, 4, 5, 6, 8]

/**
 * Where bands begin, each at twice the one before: at most five, the last at 50% to 75% of the highest density, and none
 * below `least`. Empty where nothing is as dense.
 */
export function bandStarts(highest: number, least: number): number[] {
  if (!(highest > 0)) return []
  const lowest = (highest * 0.75) / 2 ** (BANDS - 1)
  const power = 10 ** Math.floor(Math.log10(lowest))
  const first = NICE.findLast(digit => digit * power <= lowest * (1 + 1e-9))! * power
  return Array.from({ length: BANDS }, (_, i) => Number((first * 2 ** i).toPrecision(6))).filter(
    start => start >= least && start <= highest,
  )
}

/** A lone record is no density: shades begin where at least this many lie on each other. */
const FEWEST_TOGETHER = 2

/** Lowest band first. `radius` is that of the quartic kernel, in metres. */
export function bandsOf({ grid, perKm2 }: Surface, radius: number): Band[] {
  const highest = perKm2.reduce((a, b) => Math.max(a, b), 0)
  const peakOfOne = 3e6 / (Math.PI * radius * radius)
  const onGround = (ring: Position[]): Position[] =>
    ring.map(([col, row]) => fromNationalGrid(grid.x0 + col! * grid.cell, grid.y0 + row! * grid.cell))
  return contours()
    .size([grid.cols, grid.rows])
    .thresholds(bandStarts(highest, FEWEST_TOGETHER * peakOfOne))(perKm2 as unknown as number[])
    .map(({ value, coordinates }) => ({
      from: value,
      polygons: coordinates.map(polygon => polygon.map(onGround)),
    }))
}
