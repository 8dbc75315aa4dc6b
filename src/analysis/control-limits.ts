/**
 * What all control charts share: limits point by point, and the stretches of a series that have a baseline of
 * their own. A stretch begins where the process is known to have changed (a new recording rule, a lockdown) and
 * no rule looks across its beginning. Many series may therefore be laid end to end, each beginning a stretch, and
 * charted in one call.
 */

/** One entry a point. A stretch too short for limits has a mean and NaN beside it. */
export interface ControlLimits {
  mean: Float64Array
  lower: Float64Array
  upper: Float64Array
  /** A third of the way from the mean to a limit that is not cut off at 0 or 1. */
  sigma: Float64Array
}

export interface BaselineOptions {
  /** Points, counted from 0, at which a new baseline begins. */
  rebaseAt?: readonly number[]
  /** Limits rest on the first so many points of a stretch; without it on all of them. */
  fixAfter?: number
}

/** Points `start` up to, not including, `end`; limits rest on those before `baselineEnd`. */
export interface Stretch {
  start: number
  end: number
  baselineEnd: number
}

/** The stretches of a series of `points`, in order. */
export function stretches(points: number, { rebaseAt = [], fixAfter }: BaselineOptions): Stretch[] {
  if (fixAfter !== undefined && !(Number.isInteger(fixAfter) && fixAfter >= 2)) {
    throw new RangeError(`limits cannot be fixed after ${fixAfter} points; it takes 2`)
  }
  for (const at of rebaseAt) {
    if (!(Number.isInteger(at) && at >= 0 && at < points)) {
      throw new RangeError(`no baseline can begin at point ${at} of ${points}`)
    }
  }
  const starts = [...new Set([0, ...rebaseAt])].sort((a, b) => a - b)
  return starts.map((start, i) => {
    const end = starts[i + 1] ?? points
    return { start, end, baselineEnd: Math.min(end, start + (fixAfter ?? points)) }
  })
}

export const limitsFor = (points: number): ControlLimits => ({
  mean: new Float64Array(points),
  lower: new Float64Array(points),
  upper: new Float64Array(points),
  sigma: new Float64Array(points),
})

/** Mean of `values` from `start` to before `end`, exact where all are equal, so that equal points lie on it. */
export function meanOf(values: Float64Array, start: number, end: number): number {
  const first = values[start]!
  let sum = 0
  for (let i = start; i < end; i++) sum += values[i]! - first
  return first + sum / (end - start)
}

/** Mean distance of neighbours; NaN of fewer than two points. `below` leaves larger distances out. */
export function meanMovingRange(
  values: Float64Array,
  start: number,
  end: number,
  below = Number.POSITIVE_INFINITY,
): number {
  let sum = 0
  let taken = 0
  for (let i = start + 1; i < end; i++) {
    const range = Math.abs(values[i]! - values[i - 1]!)
    if (range >= below) continue
    sum += range
    taken++
  }
  return sum / taken
}

/** Throws a RangeError that shows the first value that is not a finite number. */
export function requireFinite(values: Float64Array): void {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i]!))
      throw new RangeError(`${values[i]} at point ${i} is not a finite number`)
  }
}
