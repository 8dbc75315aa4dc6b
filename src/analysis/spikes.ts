/** What the detectors of unusual rises return, and the rule by which both Farrington methods decline to judge. */

/** One entry a point of the series; numbers are NaN where there is no history or no judgement. */
export interface Spikes {
  expected: Float64Array
  /** A count above this raises the alarm. */
  upper: Float64Array
  /** (observed - expected) / (upper - expected): above 1 is an alarm. */
  score: Float64Array
  /** Chance of at least this count. */
  pValue: Float64Array
  /** 1 where the trend stayed in the model. */
  trend: Uint8Array
  /** 1 where the point was judged. */
  judged: Uint8Array
  alarm: Uint8Array
}

/** Room for the answers about a series, after a look at its counts. */
export function spikesFor(counts: Float64Array, from: number): Spikes {
  const n = counts.length
  if (!(Number.isInteger(from) && from >= 0)) throw new RangeError(`first point ${from}`)
  for (let i = 0; i < n; i++) {
    if (!(counts[i]! >= 0 && counts[i]! < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`${counts[i]} at point ${i} is not a count`)
    }
  }
  return {
    expected: new Float64Array(n).fill(Number.NaN),
    upper: new Float64Array(n).fill(Number.NaN),
    score: new Float64Array(n).fill(Number.NaN),
    pValue: new Float64Array(n).fill(Number.NaN),
    trend: new Uint8Array(n),
    judged: new Uint8Array(n),
    alarm: new Uint8Array(n),
  }
}

/** Whether the last `points` points, `now` included, hold fewer than `cases`. */
export function tooFewCases(
  counts: Float64Array,
  now: number,
  { cases, points }: { cases: number; points: number },
): boolean {
  let sum = 0
  for (let i = Math.max(0, now - points + 1); i <= now; i++) sum += counts[i]!
  return sum < cases
}
