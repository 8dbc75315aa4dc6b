/**
 * Exponentially weighted moving average (Roberts, Technometrics 1959; Montgomery, chapter 9): sees small lasting
 * shifts earlier than single values do. The standard deviation comes from the moving range, so that a shift
 * within the baseline does not hide itself.
 */
import {
  type BaselineOptions,
  type ControlLimits,
  limitsFor,
  meanMovingRange,
  meanOf,
  requireFinite,
  stretches,
} from './control-limits.ts'
import { D2 } from './xmr-chart.ts'

export interface EwmaOptions extends BaselineOptions {
  /** Weight of the newest value, above 0 and at most 1. */
  lambda?: number
  /** Limits in standard deviations of the average. */
  sigmas?: number
}

export interface Ewma extends ControlLimits {
  average: Float64Array
}

/** The average begins at the mean; its limits widen from the first point on to their lasting width. */
export function ewma(values: Float64Array, options: EwmaOptions = {}): Ewma {
  const { lambda = 0.2, sigmas = 2.7 } = options
  if (!(lambda > 0 && lambda <= 1)) throw new RangeError(`lambda ${lambda} is not above 0 and at most 1`)
  if (!(sigmas > 0)) throw new RangeError(`limits at ${sigmas} standard deviations`)
  requireFinite(values)
  const limits = limitsFor(values.length)
  const average = new Float64Array(values.length)
  for (const { start, end, baselineEnd } of stretches(values.length, options)) {
    const mean = meanOf(values, start, baselineEnd)
    const deviation = meanMovingRange(values, start, baselineEnd) / D2
    let level = mean
    let memory = 1
    for (let i = start; i < end; i++) {
      // In this form equal values stay on their mean to the last digit, and no rounding passes limits of no width.
      level += lambda * (values[i]! - level)
      memory *= (1 - lambda) ** 2
      const sigma = deviation * Math.sqrt((lambda / (2 - lambda)) * (1 - memory))
      average[i] = level
      limits.mean[i] = mean
      limits.sigma[i] = sigma
      limits.lower[i] = mean - sigmas * sigma
      limits.upper[i] = mean + sigmas * sigma
    }
  }
  return { ...limits, average }
}
