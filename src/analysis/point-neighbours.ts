/**
 * Neighbours of points: all within a distance, or the nearest few. Coordinates are plane metres (British National Grid),
 * never degrees.
 */
import { bucketPoints, type PointBuckets } from './point-buckets.ts'
import type { SpatialWeights } from './spatial-weights.ts'

/** What a neighbour weighs: 1, or 1 / distance. Two points on one spot have no inverse distance and are refused. */
export type Weighing = 'binary' | 'inverse-distance'

/** All other points within `band`, the limit included, in the order of the points. */
export function bandNeighbours(
  x: Float64Array,
  y: Float64Array,
  band: number,
  weighing: Weighing = 'binary',
): SpatialWeights {
  if (!(band > 0 && band < Infinity)) throw new RangeError(`the distance band must be above 0, not ${band}`)
  // A hair wider than the band: rounding must not put two points a band apart into buckets that do not touch.
  const buckets = bucketPoints(x, y, band * (1 + 1e-9))
  const starts = new Uint32Array(x.length + 1)
  const near: number[][] = []
  for (let i = 0; i < x.length; i++) {
    const found: number[] = []
    const [column, row] = bucketOf(buckets, x[i]!, y[i]!)
    forRing(buckets, column, row, 1, j => {
      if (j !== i && Math.hypot(x[j]! - x[i]!, y[j]! - y[i]!) <= band) found.push(j)
    })
    near.push(found.sort((a, b) => a - b))
    starts[i + 1] = starts[i]! + found.length
  }
  return weighed(x, y, starts, near, weighing)
}

/**
 * The `count` nearest other points; of points equally far the one that was given first. Not symmetric: a lonely point
 * has neighbours to whom it is none.
 */
export function nearestNeighbours(
  x: Float64Array,
  y: Float64Array,
  count: number,
  weighing: Weighing = 'binary',
): SpatialWeights {
  const points = x.length
  if (!(Number.isInteger(count) && count >= 1 && count < points)) {
    throw new RangeError(
      `${count} neighbours asked of ${points} points; it must be a whole number from 1 to ${points - 1}`,
    )
  }
  const buckets = bucketPoints(x, y, sideForAbout(2, x, y))
  const near: number[][] = []
  for (let i = 0; i < points; i++) {
    const [column, row] = bucketOf(buckets, x[i]!, y[i]!)
    // Rings of buckets outwards until the last of the nearest lies within what has been looked at whole.
    let ring = 0
    let found: { j: number; d: number }[] = []
    const furthest = Math.max(buckets.columns, buckets.rows)
    for (; ring <= furthest; ring++) {
      forRing(
        buckets,
        column,
        row,
        ring,
        j => {
          if (j !== i) found.push({ j, d: Math.hypot(x[j]! - x[i]!, y[j]! - y[i]!) })
        },
        true,
      )
      if (found.length < count) continue
      found = found.sort((a, b) => a.d - b.d || a.j - b.j)
      if (found[count - 1]!.d < ring * buckets.side) break
    }
    near.push(found.slice(0, count).map(f => f.j))
  }
  const starts = Uint32Array.from({ length: points + 1 }, (_, i) => i * count)
  return weighed(x, y, starts, near, weighing)
}

function weighed(
  x: Float64Array,
  y: Float64Array,
  starts: Uint32Array,
  near: readonly number[][],
  weighing: Weighing,
): SpatialWeights {
  const neighbours = new Uint32Array(starts[near.length]!)
  const weights = new Float64Array(neighbours.length).fill(1)
  near.forEach((found, i) => {
    neighbours.set(found, starts[i])
    if (weighing === 'binary') return
    found.forEach((j, k) => {
      const distance = Math.hypot(x[j]! - x[i]!, y[j]! - y[i]!)
      if (distance === 0) throw new RangeError(`points ${i} and ${j} lie on one spot: no inverse distance`)
      weights[starts[i]! + k] = 1 / distance
    })
  })
  return { starts, neighbours, weights }
}

/** A side that puts about `wanted` points into a bucket if they were spread evenly. */
function sideForAbout(wanted: number, x: Float64Array, y: Float64Array): number {
  let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity]
  for (let i = 0; i < x.length; i++) {
    west = Math.min(west, x[i]!)
    east = Math.max(east, x[i]!)
    south = Math.min(south, y[i]!)
    north = Math.max(north, y[i]!)
  }
  const area = (east - west) * (north - south)
  const side =
    area > 0
      ? Math.sqrt((area * wanted) / x.length)
      : (Math.max(east - west, north - south) * wanted) / x.length
  return side > 0 ? side : 1
}

function bucketOf(buckets: PointBuckets, x: number, y: number): [number, number] {
  return [Math.floor((x - buckets.west) / buckets.side), Math.floor((y - buckets.south) / buckets.side)]
}

/** Visits the points of the buckets at most `ring` away, or exactly `ring` away when `rimOnly`. */
function forRing(
  buckets: PointBuckets,
  column: number,
  row: number,
  ring: number,
  visit: (point: number) => void,
  rimOnly = false,
): void {
  const { columns, rows, starts, order } = buckets
  for (let r = Math.max(0, row - ring); r <= Math.min(rows - 1, row + ring); r++) {
    const wholeRow = !rimOnly || Math.abs(r - row) === ring
    const step = wholeRow || ring === 0 ? 1 : 2 * ring
    for (let c = column - ring; c <= column + ring; c += step) {
      if (c < 0 || c >= columns) continue
      const b = r * columns + c
      for (let k = starts[b]!; k < starts[b + 1]!; k++) visit(order[k]!)
    }
  }
}
