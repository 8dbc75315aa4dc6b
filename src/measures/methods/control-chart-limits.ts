/**
 * Limits of months about their average, from the months that they rest on: those of the XmR chart for counts, Laney's for
 * shares and rates. Never closer than chance alone puts independent counts: twelve months can lie close together by luck.
 */
import { attributeLimits } from '../../analysis/attribute-charts.ts'
import { xmrLimits } from '../../analysis/xmr-chart.ts'
import type { ControlOptions, MonthLimits, MonthlyValue } from './control-chart.ts'

export type Limits = MonthLimits & { sigma: number }

/** Sent whole, and not withheld. */
export const isKnown = (v: MonthlyValue): boolean => v.value !== null && !v.incomplete

export function countLimits(own: readonly MonthlyValue[], baseline: readonly MonthlyValue[]) {
  const { mean, sigma } = xmrLimits(Float64Array.from(baseline, v => v.value!))
  const average = mean[0]!
  const chance = Math.sqrt(average)
  const widened = sigma[0]! < chance
  const one = around(average, widened ? chance : sigma[0]!)
  return { limits: own.map((): Limits => one), widened }
}

const around = (average: number, sigma: number, most = Number.POSITIVE_INFINITY): Limits => {
  const lower = average - 3 * sigma
  return { average, lower: lower > 0 ? lower : null, upper: Math.min(most, average + 3 * sigma), sigma }
}

/**
 * Limits of shares and rates differ from month to month with the denominator. The kernel rests limits on the first
 * points of a series, so the baseline is laid before the months and taken off again.
 */
export function ratioLimits(
  own: readonly MonthlyValue[],
  baseline: readonly MonthlyValue[],
  scale: number,
  { isShare }: ControlOptions,
) {
  const judged = own.map(v => (isKnown(v) && v.denominator ? v : baseline[0]!))
  const laid = [...baseline, ...judged]
  const counts = Float64Array.from(laid, v => v.count!)
  const denominators = Float64Array.from(laid, v => v.denominator!)
  const fixed = { fixAfter: baseline.length }
  const asSpread = attributeLimits(isShare ? 'p-prime' : 'u-prime', counts, denominators, fixed)
  const asChance = attributeLimits(isShare ? 'p' : 'u', counts, denominators, fixed)
  const at = baseline.length
  const limits = own.map((_, i) =>
    around(
      scale * asSpread.mean[at + i]!,
      scale * Math.max(asSpread.sigma[at + i]!, asChance.sigma[at + i]!),
      isShare ? scale : undefined,
    ),
  )
  return { limits, widened: asSpread.sigma[0]! < asChance.sigma[0]! }
}
