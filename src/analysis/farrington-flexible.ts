/**
 * Noufaily's improvement of Farrington's method (Noufaily, Enki, Farrington, Garthwaite, Andrews and Charlett, An
 * improved algorithm for outbreak detection in multiple surveillance systems, Statistics in Medicine 2013): all
 * past weeks are used, seasons enter as a ten-level factor, only clear outliers are weighed down, and the most
 * recent half-year is left out so that a slow rise does not raise its own threshold.
 *
 * The traps: `alpha` is one-sided here; the seasons are cut from the week judged, so each week has its own; and
 * the R package `surveillance`, whose answers everybody compares with, scales the variance of the expected value
 * by a dispersion in which relative residuals stand for Pearson's (its reweighting overwrites the working weights
 * that `predict` reads). The limit moves by up to 2 %. `surveillance` agrees with the package;
 * `quasi-likelihood` uses the model's own dispersion. The `nbPlugin` threshold does not depend on it.
 */
import { type FarringtonFitOptions, fitFarrington, type Prediction } from './farrington-fit.ts'
import {
  POWERS,
  type PowerTransformation,
  transformedDeviation,
  transformedLimit,
} from './farrington-threshold.ts'
import { quantileOfCount, upperTailOfCount } from './negative-binomial.ts'
import { normalQuantile } from './normal-quantile.ts'
import { normalUpperTail } from './normal-tail.ts'
import { degreesOfFreedom, type QuasiPoisson, quasiPoisson } from './quasi-poisson.ts'
import { type Spikes, spikesFor, tooFewCases } from './spikes.ts'

export interface FarringtonFlexibleOptions {
  period: number
  years: number
  halfWindow: number
  alpha: number
  trend: boolean
  /** The trend stays when its p-value is below this. */
  trendBelow: number
  reweight: boolean
  /** Standardised Anscombe residuals above this are weighed down. */
  reweightAbove: number
  /** Levels of the seasonal factor; 1 compares with the same weeks only. */
  seasons: number
  /** Latest points left out of the history. */
  leaveOut: number
  /** `delta`: normal limit on a power scale. `nbPlugin`: quantile of a negative binomial at the expected mean. */
  threshold: 'delta' | 'nbPlugin'
  /** How sure the expected value is taken to be under `delta`; see the head of this file. */
  uncertainty: 'surveillance' | 'quasi-likelihood'
  power: PowerTransformation
  atLeast: { cases: number; points: number }
}

export const farringtonFlexibleDefaults: FarringtonFlexibleOptions = {
  period: 52,
  years: 5,
  halfWindow: 3,
  alpha: 0.01,
  trend: true,
  trendBelow: 1,
  reweight: true,
  reweightAbove: 2.58,
  seasons: 10,
  leaveOut: 26,
  threshold: 'delta',
  uncertainty: 'surveillance',
  power: '2/3',
  atLeast: { cases: 5, points: 4 },
}

/** Judges the points `from` up to the last of a series of equally spaced counts. */
export function farringtonFlexible(
  counts: Float64Array,
  options: FarringtonFlexibleOptions,
  from = 0,
): Spikes {
  const { period, years, halfWindow, alpha, seasons } = options
  const spikes = spikesFor(counts, from)
  const history = period * years + halfWindow
  const calendar = seasonCalendar(options)
  requireHistory(calendar, options)
  const model = quasiPoisson(history + 1, seasons)
  const prediction: Prediction = { mean: 0, relativeVariance: 0, dispersion: 1, trend: false }
  const power = POWERS[options.power]
  const z = normalQuantile(1 - alpha)
  const fitOptions: FarringtonFitOptions = options
  const asPrinted = options.reweight && options.uncertainty === 'surveillance'
  for (let now = Math.max(from, history); now < counts.length; now++) {
    layOut(model, counts, now, calendar, options)
    if (!fitFarrington(model, seasons - 1, fitOptions, prediction)) continue
    const { mean, dispersion } = prediction
    const count = counts[now]!
    spikes.trend[now] = prediction.trend ? 1 : 0
    let upper: number
    if (options.threshold === 'delta') {
      const scale = asPrinted ? workingDispersion(model) : dispersion
      const deviation = transformedDeviation(prediction, power, scale)
      upper = transformedLimit(mean, power, deviation, z)
      spikes.pValue[now] =
        deviation === 0 ? Number(count === 0) : normalUpperTail((count ** power - mean ** power) / deviation)
    } else {
      upper = quantileOfCount(1 - alpha, mean, dispersion)
      spikes.pValue[now] = upperTailOfCount(count, mean, dispersion)
    }
    spikes.score[now] = (count - mean) / (upper - mean)
    if (tooFewCases(counts, now, options.atLeast)) continue
    spikes.expected[now] = mean
    spikes.upper[now] = upper
    spikes.judged[now] = 1
    spikes.alarm[now] = count > upper ? 1 : 0
  }
  return spikes
}

/** Sum of weighted squared relative residuals over degrees of freedom; a mean of 0 is off by its whole self. */
function workingDispersion(model: QuasiPoisson): number {
  const { points, counts, weight, mean } = model
  let sum = 0
  for (let i = 0; i < points; i++) {
    const relative = mean[i]! > 0 ? counts[i]! / mean[i]! - 1 : -1
    sum += weight[i]! * relative * relative
  }
  return sum / degreesOfFreedom(model)
}

/**
 * Season of each lag before the point judged: the windows about the same point of the year are the last season,
 * what lies between two windows is cut into equal stretches, earlier ones first and longer by one where they do
 * not come out even. 255 where a lag belongs to no season.
 */
function seasonCalendar({ period, years, halfWindow, seasons }: FarringtonFlexibleOptions): Uint8Array {
  const between = period - 2 * halfWindow - 1
  if (!(between >= seasons - 1)) throw new RangeError(`${seasons} seasons do not fit ${period} points a year`)
  const calendar = new Uint8Array(period * years + halfWindow + 1).fill(seasons === 1 ? NONE : 0)
  const length = seasons === 1 ? 0 : Math.floor(between / (seasons - 1))
  const longer = seasons === 1 ? 0 : between % (seasons - 1)
  for (let lag = 0; lag < calendar.length; lag++) {
    const phase = (lag + halfWindow) % period
    if (phase <= 2 * halfWindow) calendar[lag] = seasons - 1
    else if (seasons > 1) {
      // Counted forwards in time from the end of the earlier window.
      const place = period - 1 - phase
      const long = longer * (length + 1)
      calendar[lag] =
        place < long ? Math.floor(place / (length + 1)) : longer + Math.floor((place - long) / length)
    }
  }
  return calendar
}

/** A season that the history lacks cannot be fitted, nor can more parameters than points. */
function requireHistory(calendar: Uint8Array, { leaveOut, seasons }: FarringtonFlexibleOptions): void {
  const history = calendar.subarray(leaveOut + 1)
  for (let season = 0; season < seasons; season++) {
    if (!history.includes(season))
      throw new RangeError(`the history has no point in season ${season + 1} of ${seasons}`)
  }
  const points = history.filter(season => season !== NONE).length
  if (points < seasons + 3)
    throw new RangeError(`${points} points of history for ${seasons} seasons and a trend`)
}

const NONE = 255

function layOut(
  model: QuasiPoisson,
  counts: Float64Array,
  now: number,
  calendar: Uint8Array,
  { leaveOut }: FarringtonFlexibleOptions,
): void {
  let n = 0
  for (let lag = calendar.length - 1; lag > leaveOut; lag--) {
    const season = calendar[lag]!
    if (season === NONE) continue
    model.counts[n] = counts[now - lag]!
    model.time[n] = -lag
    model.season[n] = season
    n++
  }
  model.points = n
}
