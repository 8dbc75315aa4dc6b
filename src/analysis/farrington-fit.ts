/**
 * The regression both Farrington methods share: a first fit, points that stand out by their Anscombe residual
 * weighed down so that past outbreaks do not raise the threshold, a second fit, and the decision on the trend
 * (Farrington, Andrews, Beale and Catchpole, JRSS A 1996; Noufaily and others, Statistics in Medicine 2013).
 */
import { studentTwoSided } from './beta.ts'
import {
  degreesOfFreedom,
  fit,
  levelVariance,
  leverage,
  type QuasiPoisson,
  slopeError,
} from './quasi-poisson.ts'

export interface FarringtonFitOptions {
  trend: boolean
  /** The trend stays when its p-value is below this; 1 keeps it whenever it can be estimated. */
  trendBelow: number
  /** Years of history; under three there is no trend. */
  years: number
  reweight: boolean
  /** Standardised Anscombe residuals above this are weighed down by their square. */
  reweightAbove: number
}

/** What is expected at time 0. */
export interface Prediction {
  mean: number
  /** Variance of the mean's estimate over the mean, in units of the dispersion: what delta-method limits need. */
  relativeVariance: number
  /** Variance over mean, at least 1. */
  dispersion: number
  trend: boolean
}

/**
 * Fits the points laid out in `model` and predicts `season` at time 0 into `prediction`. A trend is kept only
 * when it is significant, rests on three years, and does not predict more than was ever seen. Returns false
 * where no model converged.
 */
export function fitFarrington(
  model: QuasiPoisson,
  season: number,
  options: FarringtonFitOptions,
  prediction: Prediction,
): boolean {
  if (!fitTwice(model, options.trend, options)) return false
  if (model.hasTrend && !trendIsSound(model, season, options)) {
    if (!fitTwice(model, false, options)) return false
  }
  prediction.trend = model.hasTrend
  prediction.dispersion = Math.max(1, model.dispersion)
  prediction.mean = model.meanAtZero[season]!
  // A season without a single case: the variance of its mean vanishes at the rate of the mean itself.
  prediction.relativeVariance = prediction.mean === 0 ? 0 : prediction.mean * levelVariance(model, season)
  return true
}

function fitTwice(model: QuasiPoisson, withTrend: boolean, options: FarringtonFitOptions): boolean {
  model.weight.fill(1, 0, model.points)
  fit(model, withTrend)
  if (!model.converged && withTrend) fit(model, false)
  if (!model.converged) return false
  if (options.reweight) {
    weighDown(model, options.reweightAbove)
    fit(model, model.hasTrend)
  }
  return true
}

function trendIsSound(model: QuasiPoisson, season: number, options: FarringtonFitOptions): boolean {
  if (options.years < 3) return false
  const t = model.slope / (slopeError(model) * Math.sqrt(model.dispersion))
  if (!(studentTwoSided(t, degreesOfFreedom(model)) < options.trendBelow)) return false
  let most = 0
  for (let i = 0; i < model.points; i++) if (model.counts[i]! > most) most = model.counts[i]!
  return model.meanAtZero[season]! <= most
}

/** Weights that sum to the number of points; only counts above their mean are weighed down. */
function weighDown(model: QuasiPoisson, above: number): void {
  const dispersion = Math.max(1, model.dispersion)
  const { points, counts, mean, weight } = model
  let sum = 0
  for (let i = 0; i < points; i++) {
    const y = counts[i]!
    const mu = mean[i]!
    if (y > mu) {
      const root = Math.sqrt(mu)
      const residual = 1.5 * (Math.cbrt(y * y) / Math.cbrt(root) - root)
      const squared = (residual * residual) / (dispersion * (1 - leverage(model, i)))
      if (squared > above * above) weight[i] = 1 / squared
    }
    sum += weight[i]!
  }
  const scale = points / sum
  for (let i = 0; i < points; i++) weight[i]! *= scale
}
