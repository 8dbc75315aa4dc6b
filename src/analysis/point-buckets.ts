/**
 * Points sorted into square buckets, so that what is near is found without comparing every pair.
 *
 * Points of one bucket stand side by side in `order`, buckets run west to east and then south to north. The side of a
 * bucket grows where the asked one would make many more buckets than points (a few points far apart).
 */

export interface PointBuckets {
  readonly side: number
  readonly columns: number
  readonly rows: number
  readonly west: number
  readonly south: number
  /** The points of bucket b are `order[starts[b]]` to `order[starts[b + 1] − 1]`, by their number within. */
  readonly starts: Uint32Array
  readonly order: Uint32Array
}

/** Throws RangeError on no points, different lengths, a coordinate that is not finite, or a side that is not above 0. */
export function bucketPoints(x: Float64Array, y: Float64Array, side: number): PointBuckets {
  const points = x.length
  if (y.length !== points) throw new RangeError(`${points} x but ${y.length} y`)
  if (points === 0) throw new RangeError('there are no points')
  if (!(side > 0)) throw new RangeError(`the side of a bucket must be above 0, not ${side}`)
  const [west, east] = extent('x', x)
  const [south, north] = extent('y', y)
  const most = 4 * points + 16
  const longest = Math.max(east - west, north - south)
  const across = (s: number) => Math.floor((east - west) / s) + 1
  const up = (s: number) => Math.floor((north - south) / s) + 1
  let fitting = Math.max(side, longest / most)
  while (across(fitting) * up(fitting) > most) fitting *= 1.5
  const columns = across(fitting)
  const rows = up(fitting)
  const bucket = new Uint32Array(points)
  const starts = new Uint32Array(columns * rows + 1)
  for (let i = 0; i < points; i++) {
    const b = Math.floor((y[i]! - south) / fitting) * columns + Math.floor((x[i]! - west) / fitting)
    bucket[i] = b
    starts[b + 1]!++
  }
  for (let b = 0; b < columns * rows; b++) starts[b + 1]! += starts[b]!
  const next = starts.slice(0, -1)
  const order = new Uint32Array(points)
  for (let i = 0; i < points; i++) order[next[bucket[i]!]!++] = i
  return { side: fitting, columns, rows, west, south, starts, order }
}

function extent(name: string, values: Float64Array): [number, number] {
  let low = Infinity
  let high = -Infinity
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (!Number.isFinite(value)) throw new RangeError(`${name} of point ${i} is ${value}`)
    if (value < low) low = value
    if (value > high) high = value
  }
  return [low, high]
}
