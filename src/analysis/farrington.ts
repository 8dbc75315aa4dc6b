/**
 * Farrington's detection of unusual rises in counts (Farrington, Andrews, Beale and Catchpole, A statistical
 * algorithm for the early detection of outbreaks of infectious disease, JRSS A 1996). The week judged is compared
 * with the same weeks, three either side, of five past years.
 *
 * The traps: `alpha` is two-sided here (0.05 puts 2.5 % above the limit), and a week is not judged at all where
 * fewer than five cases came in its last four weeks, itself included.
 */
import { type FarringtonFitOptions, fitFarrington, type Prediction } from './farrington-fit.ts'
import {
  POWERS,
  type PowerTransformation,
  transformedDeviation,
  transformedLimit,
} from './farrington-threshold.ts'
import { normalQuantile } from './normal-quantile.ts'
import { type QuasiPoisson, quasiPoisson } from './quasi-poisson.ts'
import { type Spikes, spikesFor, tooFewCases } from './spikes.ts'

export interface FarringtonOptions {
  /** Points in a year. */
  period: number
  years: number
  /** Points either side of the same point in past years. */
  halfWindow: number
  alpha: number
  trend: boolean
  reweight: boolean
  power: PowerTransformation
  /** Not judged below this many cases in this many points. */
  atLeast: { cases: number; points: number }
}

export const farringtonDefaults: FarringtonOptions = {
  period: 52,
  years: 5,
  halfWindow: 3,
  alpha: 0.05,
  trend: true,
  reweight: true,
  power: '2/3',
  atLeast: { cases: 5, points: 4 },
}

/**
 * Judges the points `from` up to the last of a series of equally spaced counts. Points without a full history
 * keep `NaN` and a `judged` of 0.
 */
export function farrington(counts: Float64Array, options: FarringtonOptions, from = 0): Spikes {
  const { period, years, halfWindow, alpha } = options
  const spikes = spikesFor(counts, from)
  const points = years * (2 * halfWindow + 1)
  if (!(points >= 4)) throw new RangeError(`${points} points of history for a level and a trend`)
  const model = quasiPoisson(points, 1)
  const prediction: Prediction = { mean: 0, relativeVariance: 0, dispersion: 1, trend: false }
  const power = POWERS[options.power]
  const z = normalQuantile(1 - alpha / 2)
  const fitOptions: FarringtonFitOptions = { ...options, trendBelow: 0.05, reweightAbove: 1 }
  for (let now = Math.max(from, period * years + halfWindow); now < counts.length; now++) {
    layOut(model, counts, now, options)
    if (!fitFarrington(model, 0, fitOptions, prediction)) continue
    const deviation = transformedDeviation(prediction, power, prediction.dispersion)
    spikes.expected[now] = prediction.mean
    spikes.trend[now] = prediction.trend ? 1 : 0
    if (tooFewCases(counts, now, options.atLeast)) continue
    const upper = transformedLimit(prediction.mean, power, deviation, z)
    spikes.upper[now] = upper
    spikes.score[now] = (counts[now]! - prediction.mean) / (upper - prediction.mean)
    spikes.judged[now] = 1
    spikes.alarm[now] = counts[now]! > upper ? 1 : 0
  }
  return spikes
}

/** The windows about the same point of each past year, time counted from the point judged. */
function layOut(model: QuasiPoisson, counts: Float64Array, now: number, options: FarringtonOptions): void {
  let n = 0
  for (let year = options.years; year >= 1; year--) {
    for (let lag = -options.halfWindow; lag <= options.halfWindow; lag++) {
      const time = lag - year * options.period
      model.counts[n] = counts[now + time]!
      model.time[n] = time
      model.season[n] = 0
      n++
    }
  }
  model.points = n
}
