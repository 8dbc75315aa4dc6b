/**
 * Charts of counts: c (counts over equal exposure), u (counts per unit of a varying exposure) and p (shares), after
 * Montgomery, Introduction to Statistical Quality Control, chapter 7; and Laney's p' and u' (Laney, Improved control
 * charts for attributes, Quality Engineering 2002), which widen the limits by what the points vary beyond their
 * own sampling error.
 *
 * The trap p' and u' are for: with large denominators nearly every point of a p or u chart lies outside its limits.
 */
import {
  type BaselineOptions,
  type ControlLimits,
  limitsFor,
  meanMovingRange,
  meanOf,
  type Stretch,
  stretches,
} from './control-limits.ts'
import { D2 } from './xmr-chart.ts'

export type AttributeChart = 'p' | 'p-prime' | 'u' | 'u-prime' | 'c'

/** Limits, and the values they are for: counts of a c chart, numerators over denominators of the others. */
export interface AttributeLimits extends ControlLimits {
  values: Float64Array
}

/** `denominator` is not read by a c chart. Numerators are counts, denominators above 0. */
export function attributeLimits(
  chart: AttributeChart,
  numerator: Float64Array,
  denominator: Float64Array,
  options: BaselineOptions = {},
): AttributeLimits {
  check(chart, numerator, denominator)
  const points = numerator.length
  const values = chart === 'c' ? numerator : numerator.map((count, i) => count / denominator[i]!)
  const limits = limitsFor(points)
  const isShare = chart === 'p' || chart === 'p-prime'
  for (const stretch of stretches(points, options)) {
    const { start, end, baselineEnd } = stretch
    const mean =
      chart === 'c'
        ? meanOf(values, start, baselineEnd)
        : sum(numerator, start, baselineEnd) / sum(denominator, start, baselineEnd)
    const variance = isShare ? mean * (1 - mean) : mean
    for (let i = start; i < end; i++) {
      limits.sigma[i] = Math.sqrt(chart === 'c' ? variance : variance / denominator[i]!)
    }
    const spread =
      chart === 'p-prime' || chart === 'u-prime' ? spreadOfScores(values, mean, limits, stretch) : 1
    for (let i = start; i < end; i++) {
      const sigma = limits.sigma[i]! * spread
      limits.mean[i] = mean
      limits.sigma[i] = sigma
      limits.lower[i] = Math.max(0, mean - 3 * sigma)
      limits.upper[i] = isShare ? Math.min(1, mean + 3 * sigma) : mean + 3 * sigma
    }
  }
  return { ...limits, values }
}

/** Laney's sigma z: how the standardised points vary from one to the next; NaN of a single point. */
function spreadOfScores(values: Float64Array, mean: number, limits: ControlLimits, stretch: Stretch): number {
  const { start, baselineEnd } = stretch
  const scores = new Float64Array(baselineEnd - start)
  for (let i = start; i < baselineEnd; i++) {
    const sigma = limits.sigma[i]!
    scores[i - start] = sigma === 0 ? 0 : (values[i]! - mean) / sigma
  }
  return meanMovingRange(scores, 0, scores.length) / D2
}

function sum(values: Float64Array, start: number, end: number): number {
  let total = 0
  for (let i = start; i < end; i++) total += values[i]!
  return total
}

function check(chart: AttributeChart, numerator: Float64Array, denominator: Float64Array): void {
  if (chart !== 'c' && denominator.length !== numerator.length) {
    throw new RangeError(`${numerator.length} numerators have ${denominator.length} denominators`)
  }
  for (let i = 0; i < numerator.length; i++) {
    const count = numerator[i]!
    if (!(count >= 0 && Number.isFinite(count))) throw new RangeError(`${count} at point ${i} is not a count`)
    if (chart === 'c') continue
    const of = denominator[i]!
    if (!(of > 0 && Number.isFinite(of)))
      throw new RangeError(`denominator ${of} at point ${i} is not above 0`)
    if (chart.startsWith('p') && count > of)
      throw new RangeError(`${count} of ${of} at point ${i} is no share`)
  }
}
