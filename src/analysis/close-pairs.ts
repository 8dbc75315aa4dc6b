/** All pairs of points nearer than the largest distance, sorted by band of distance: found once, used many times. */
import { bucketPoints } from './point-buckets.ts'

export type Metric = 'euclidean' | 'manhattan'

export interface ClosePairs {
  /** Number of each point as given, by the number that the pairs use (points near each other have near numbers). */
  readonly order: Uint32Array
  /** Both ends of each pair, each pair once; those of band b are at starts[b] to starts[b + 1] − 1. */
  readonly one: Int32Array
  readonly other: Int32Array
  readonly starts: Float64Array
}

/** 67 million pairs: half a gigabyte, and as much again while the Knox test counts them. */
const MOST_PAIRS = 1 << 26

/**
 * Band b holds distances from `edges[b]`, included, to `edges[b + 1]`, left out. Throws RangeError on edges that do not
 * rise from 0 or more, on coordinates that are not finite, and on more pairs than memory holds.
 */
export function closePairs(
  x: Float64Array,
  y: Float64Array,
  edges: readonly number[],
  metric: Metric,
): ClosePairs {
  const largest = edges.at(-1)!
  // A hair wider, so that rounding cannot put a close pair into buckets that do not touch.
  const { columns, rows, starts: bucketStarts, order } = bucketPoints(x, y, largest * (1 + 1e-9))
  const points = x.length
  const east = Float64Array.from(order, i => x[i]!)
  const north = Float64Array.from(order, i => y[i]!)
  const bands = edges.length - 1
  const limits = Float64Array.from(edges)
  const manhattan = metric === 'manhattan'

  const bandOf = (a: number, b: number): number => {
    const dx = Math.abs(east[a]! - east[b]!)
    const dy = Math.abs(north[a]! - north[b]!)
    if (dx >= largest || dy >= largest) return -1
    const distance = manhattan ? dx + dy : Math.sqrt(dx * dx + dy * dy)
    if (distance < limits[0]! || distance >= largest) return -1
    let band = 0
    while (distance >= limits[band + 1]!) band++
    return band
  }

  // Counted first, so that the arrays are made once and of the right length.
  const starts = new Float64Array(bands + 1)
  visit((a, from, to) => {
    for (let b = from; b < to; b++) {
      const band = bandOf(a, b)
      if (band >= 0) starts[band + 1]!++
    }
  })
  for (let band = 0; band < bands; band++) starts[band + 1]! += starts[band]!
  const pairs = starts[bands]!
  if (pairs > MOST_PAIRS) {
    throw new RangeError(
      `${pairs} pairs of ${points} points are nearer than ${largest}; take a smaller distance`,
    )
  }
  const next = starts.slice()
  const one = new Int32Array(pairs)
  const other = new Int32Array(pairs)
  visit((a, from, to) => {
    for (let b = from; b < to; b++) {
      const band = bandOf(a, b)
      if (band < 0) continue
      const at = next[band]!++
      one[at] = a
      other[at] = b
    }
  })
  return { order, one, other, starts }

  /** Each point with the later ones of its own bucket and the next, then with those of three buckets of the row north. */
  function visit(compare: (a: number, from: number, to: number) => void): void {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const bucket = row * columns + column
        const nextTo = bucketStarts[bucket + (column + 1 < columns ? 2 : 1)]!
        const north0 = row + 1 < rows ? bucketStarts[bucket + columns - (column > 0 ? 1 : 0)]! : 0
        const north1 = row + 1 < rows ? bucketStarts[bucket + columns + (column + 1 < columns ? 2 : 1)]! : 0
        for (let a = bucketStarts[bucket]!; a < bucketStarts[bucket + 1]!; a++) {
          compare(a, a + 1, nextTo)
          compare(a, north0, north1)
        }
      }
    }
  }
}
