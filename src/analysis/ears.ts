/**
 * The Early Aberration Reporting System's C1, C2 and C3 (Hutwagner and others, The bioterrorism preparedness and
 * response Early Aberration Reporting System, Journal of Urban Health 2003; limits as in Fricker, Hegler and
 * Dunfee, Statistics in Medicine 2008). For short or new series: seven points of history are enough.
 * C1 compares with the points just before, C2 leaves the two latest out, C3 adds up what C2 exceeded on the last
 * three points.
 *
 * The trap: seven equal points have a standard deviation of 0. C1 and C2 then put the limit at their mean, so any
 * rise alarms; C3 divides by it and, where a count differed, has no limit: the point is not judged.
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
}

export const earsDefaults = (method: EarsOptions['method']): EarsOptions => ({
  method,
  baseline: 7,
  alpha: method === 'c3' ? 0.025 : 0.001,
  leastDeviation: 0,
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
        method === 'c3' ? Math.max(0, counts[now]! + deviation * (z - (lag2 + lag1))) : mean + z * deviation
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
