/**
 * Seasonal and trend decomposition by loess: Cleveland, Cleveland, McRae and Terpenning 1990, "STL: A
 * Seasonal-Trend Decomposition Procedure Based on Loess", Journal of Official Statistics 6(1), in the periodic form
 * of R's `stl(y, "periodic")`: the same season every year, two inner passes, no robustness weights.
 *
 * The trap is the jumps: R computes the loess only at every second or so point and joins these by straight lines.
 * A fit at every point is nicer and gives other numbers.
 */
import { loess, type Smoothing } from './loess.ts'

export interface Decomposition {
  /** One value for each place in the period, beginning with that of the first observation. */
  seasonal: Float64Array
  trend: Float64Array
  remainder: Float64Array
}

const INNER_PASSES = 2

const nextOdd = (value: number): number => (value % 2 === 0 ? value + 1 : value)

/** `values` are equally spaced, without gaps, and of more than two periods; otherwise RangeError. */
export function stlPeriodic(values: Float64Array, period: number): Decomposition {
  const n = values.length
  if (!Number.isInteger(period) || period < 2) throw new RangeError(`The period is ${period}.`)
  if (n <= 2 * period) {
    throw new RangeError(`There are ${n} values, but a season of ${period} needs more than ${2 * period}.`)
  }
  const wide = 10 * n + 1
  const season: Smoothing = { window: wide, degree: 0, jump: Math.ceil(wide / 10) }
  const trendWindow = nextOdd(Math.ceil((1.5 * period) / (1 - 1.5 / wide)))
  const level: Smoothing = { window: trendWindow, degree: 1, jump: Math.ceil(trendWindow / 10) }
  const lowWindow = nextOdd(period)
  const low: Smoothing = { window: lowWindow, degree: 1, jump: Math.ceil(lowWindow / 10) }

  let trend: Float64Array = new Float64Array(n)
  const seasonal = new Float64Array(n)
  for (let pass = 0; pass < INNER_PASSES; pass++) {
    const cycles = smoothCycles(
      values.map((value, t) => value - trend[t]!),
      period,
      season,
    )
    const lowPass = loess(movingAverage(movingAverage(movingAverage(cycles, period), period), 3), low)
    for (let t = 0; t < n; t++) seasonal[t] = cycles[period + t]! - lowPass[t]!
    trend = loess(
      values.map((value, t) => value - seasonal[t]!),
      level,
    )
  }
  const figure = cycleMeans(seasonal, period)
  return {
    seasonal: figure,
    trend,
    remainder: values.map((value, t) => value - figure[t % period]! - trend[t]!),
  }
}

/** Each calendar month's own series smoothed, and carried one period beyond both ends. */
function smoothCycles(values: Float64Array, period: number, smoothing: Smoothing): Float64Array {
  const n = values.length
  const cycles = new Float64Array(n + 2 * period)
  for (let place = 0; place < period; place++) {
    const count = Math.floor((n - place - 1) / period) + 1
    const own = Float64Array.from({ length: count }, (_, i) => values[i * period + place]!)
    const smooth = loess(own, smoothing, 1)
    for (let i = 0; i < count + 2; i++) cycles[i * period + place] = smooth[i]!
  }
  return cycles
}

function movingAverage(values: Float64Array, width: number): Float64Array {
  const means = new Float64Array(values.length - width + 1)
  let sum = 0
  for (let i = 0; i < width; i++) sum += values[i]!
  means[0] = sum / width
  for (let i = 1; i < means.length; i++) {
    sum += values[i + width - 1]! - values[i - 1]!
    means[i] = sum / width
  }
  return means
}

function cycleMeans(values: Float64Array, period: number): Float64Array {
  const means = new Float64Array(period)
  for (let place = 0; place < period; place++) {
    let sum = 0
    let count = 0
    for (let t = place; t < values.length; t += period, count++) sum += values[t]!
    means[place] = sum / count
  }
  return means
}
