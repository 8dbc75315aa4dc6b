/**
 * The tabular cumulative sum chart (Page, Biometrika 1954; Montgomery, chapter 9): adds up what lies beyond half the
 * shift looked for, upwards and downwards, and signals when a sum passes the decision interval. Sums are in
 * standard deviations, taken from the moving range; the downward sum is negative.
 */
import { type BaselineOptions, meanMovingRange, meanOf, requireFinite, stretches } from './control-limits.ts'
import { D2 } from './xmr-chart.ts'

export interface CusumOptions extends BaselineOptions {
  /** Shift to be seen, in standard deviations. */
  shift?: number
}

export interface Cusum {
  mean: Float64Array
  /** Standard deviation of a value; NaN for a stretch of one point, 0 where all are equal. */
  deviation: Float64Array
  up: Float64Array
  down: Float64Array
}

export function cusum(values: Float64Array, options: CusumOptions = {}): Cusum {
  const { shift = 1 } = options
  if (!(shift > 0)) throw new RangeError(`a shift of ${shift} standard deviations`)
  requireFinite(values)
  const n = values.length
  const sums = {
    mean: new Float64Array(n),
    deviation: new Float64Array(n),
    up: new Float64Array(n),
    down: new Float64Array(n),
  }
  for (const { start, end, baselineEnd } of stretches(n, options)) {
    const mean = meanOf(values, start, baselineEnd)
    const deviation = meanMovingRange(values, start, baselineEnd) / D2
    let up = 0
    let down = 0
    for (let i = start; i < end; i++) {
      const away = values[i]! - mean
      // Equal values add nothing. A baseline of equal values has no measure for one that differs: NaN from there on.
      const score = away === 0 ? 0 : deviation === 0 ? Number.NaN : away / deviation
      up = Math.max(0, up + score - shift / 2)
      down = Math.min(0, down + score + shift / 2)
      sums.mean[i] = mean
      sums.deviation[i] = deviation
      sums.up[i] = up
      sums.down[i] = down
    }
  }
  return sums
}
