/**
 * The XmR chart of single values (Wheeler, Understanding Variation, 1993): limits at the mean plus and minus a
 * multiple of the mean moving range, 2.66 in the NHS's Making Data Count, 3/1.128 in Montgomery.
 *
 * The trap: one spike makes two large moving ranges and widens the limits until it no longer stands out.
 * Screening leaves out ranges from 3.267 times their mean on, once (Nelson, Control charts for individual
 * measurements, Journal of Quality Technology 1982).
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

/** Expected range of two normal values in standard deviations. */
export const D2 = 1.128
const SCREEN_AT = 3.267

export interface XmrOptions extends BaselineOptions {
  /** Limits in mean moving ranges: 2.66 (NHS) or 3 / 1.128. */
  multiple?: number
  screenOutliers?: boolean
}

/** Limits of a series of values in order of time. One value has a mean and no limits. */
export function xmrLimits(values: Float64Array, options: XmrOptions = {}): ControlLimits {
  const { multiple = 2.66, screenOutliers = true } = options
  requireFinite(values)
  const limits = limitsFor(values.length)
  for (const { start, end, baselineEnd } of stretches(values.length, options)) {
    const mean = meanOf(values, start, baselineEnd)
    let range = meanMovingRange(values, start, baselineEnd)
    // Where all are equal there is nothing to screen, and the strict comparison would drop every range.
    if (screenOutliers && range > 0) range = meanMovingRange(values, start, baselineEnd, SCREEN_AT * range)
    const reach = multiple * range
    limits.mean.fill(mean, start, end)
    limits.lower.fill(mean - reach, start, end)
    limits.upper.fill(mean + reach, start, end)
    limits.sigma.fill(reach / 3, start, end)
  }
  return limits
}
