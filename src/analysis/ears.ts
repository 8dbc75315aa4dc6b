/**
 * The Early Aberration Reporting System's C1, C2 and C3 (Hutwagner and others, The bioterrorism preparedness and
 * response Early Aberration Reporting System, Journal of Urban Health 2003; limits as in Fricker, Hegler and
 * Dunfee, Statistics in Medicine 2008). For short or new series: seven points of history are enough.
 * C1 compares with the points just before, C2 leaves the two latest out, C3 adds up what C2 exceeded on the last
 * three points.
 *
 * The traps: seven equal points have a standard deviation of 0. C1 and C2 then put the limit at their mean, so any
 * rise alarms; C3 divides by it and, where a count differed, has no limit: the point is not judged. And the R package
 * `surveillance` lays the limit of C3 about the count judged instead of its expectation, so its C3 asks whether the
 * two points before were high, whatever this one is. `surveillance` agrees with the package; `published` adds up
 * all three points, as the method was described.
 */
import { normalQuantile } from './normal-quantile.ts'
import { type Spikes, spikesFor } from './spikes.ts'

export interface EarsOptions {
  method: 'c1' | 'c2' | 'c3'
  /** Points of history, at least 3. */
  baseline: number
  /** One-sided chance of a false alarm: 0.001 for C1 and C2, 0.025 for C3 by custom. */
  alpha: number
  /** Standard deviations below this are raised to it. */
  leastDeviation: number
  /** Whose C3; see the head of this file. */
  c3: 'surveillance' | 'published'
}

export const earsDefaults = (method: EarsOptions['method']): EarsOptions => ({
  method,
  baseline: 7,
  alpha: method === 'c3' ? 0.025 : 0.001,
  leastDeviation: 0,
  c3: 'surveillance',
})

/** Judges the points `from` up to the last; earlier points and points without history keep NaN. */
export function ears(counts: Float64Array, options: EarsOptions, from = 0): Spikes {
  const { method, baseline, alpha, leastDeviation } = options
  if (!(baseline >= 3)) throw new RangeError(`a baseline of ${baseline} points is shorter than 3`)
  if (!(leastDeviation >= 0)) throw new RangeError(`least deviation ${leastDeviation} is below 0`)
  const spikes = spikesFor(counts, from)
  const z = normalQuantile(1 - alpha)
  const gap = method === 'c1' ? 0 : 2
  const first = baseline + gap + (method === 'c3' ? 2 : 0)
  // Excess over the mean plus one standard deviation, of the last point and the one before.
  let lag1 = Number.NaN
  let lag2 = Number.NaN
  const start = Math.max(from, first)
  for (let now = method === 'c3' ? start - 2 : start; now < counts.length; now++) {
    const end = now - gap
    let sum = 0
    for (let i = end - baseline; i < end; i++) sum += counts[i]!
    const mean = sum / baseline
    let squares = 0
    for (let i = end - baseline; i < end; i++) squares += (counts[i]! - mean) ** 2
    const deviation = Math.max(Math.sqrt(squares / (baseline - 1)), leastDeviation)
    if (now >= start) {
      const upper =
        method === 'c3'
          ? limitOfC3(counts[now]!, mean, deviation, z - lag1 - lag2, options.c3)
          : mean + z * deviation
      spikes.expected[now] = mean
      spikes.upper[now] = upper
      spikes.score[now] = (counts[now]! - mean) / (upper - mean)
      if (!Number.isNaN(upper)) {
        spikes.judged[now] = 1
        spikes.alarm[now] = counts[now]! > upper ? 1 : 0
      }
    }
    lag2 = lag1
    lag1 = Math.max(0, (counts[now]! - mean) / deviation - 1)
  }
  return spikes
}

/** `left`: what the two points before leave of the excess that raises the alarm. */
function limitOfC3(
  count: number,
  mean: number,
  deviation: number,
  left: number,
  c3: EarsOptions['c3'],
): number {
  if (c3 === 'surveillance') return Math.max(0, count + deviation * left)
  // Below the mean plus one deviation a point adds nothing, so it is judged by those before it alone.
  return left < 0 ? 0 : mean + deviation * (1 + left)
}
