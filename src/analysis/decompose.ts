/**
 * The classical decomposition: a centred moving average of one period as the trend, and what is left of it, averaged
 * by place in the period, as the season (R's `decompose`). Half a period at each end has no trend.
 */

/** Centred moving average of an even or odd period; NaN at both ends. */
export function centredAverage(values: Float64Array, period: number): Float64Array {
  const n = values.length
  const half = Math.floor(period / 2)
  const trend = new Float64Array(n).fill(Number.NaN)
  for (let t = half; t < n - half; t++) {
    let sum = 0
    if (period % 2 === 0) {
      for (let i = t - half + 1; i < t + half; i++) sum += values[i]!
      sum += (values[t - half]! + values[t + half]!) / 2
    } else {
      for (let i = t - half; i <= t + half; i++) sum += values[i]!
    }
    trend[t] = sum / period
  }
  return trend
}

/** Sum of this value and the ones before it, `length` in all; NaN until there are so many. */
export function rollingSum(values: Float64Array, length: number): Float64Array {
  const sums = new Float64Array(values.length).fill(Number.NaN)
  let sum = 0
  for (let t = 0; t < values.length; t++) {
    sum += values[t]! - (t >= length ? values[t - length]! : 0)
    if (t >= length - 1) sums[t] = sum
  }
  return sums
}

/**
 * One value for each place in the period, beginning with that of the first observation: differences from the trend
 * that sum to 0, or ratios to it with the mean 1. NaN for a place that has no trend in any period.
 */
export function classicalSeason(
  values: Float64Array,
  period: number,
  kind: 'additive' | 'multiplicative',
): Float64Array {
  const trend = centredAverage(values, period)
  const figure = new Float64Array(period)
  let level = 0
  for (let place = 0; place < period; place++) {
    let sum = 0
    let count = 0
    for (let t = place; t < values.length; t += period) {
      if (Number.isNaN(trend[t]!)) continue
      const part = kind === 'additive' ? values[t]! - trend[t]! : values[t]! / trend[t]!
      // 0 of a trend of 0 says nothing about the season.
      if (Number.isNaN(part)) continue
      sum += part
      count++
    }
    figure[place] = sum / count
    level += figure[place]! / period
  }
  return figure.map(value => (kind === 'additive' ? value - level : value / level))
}
