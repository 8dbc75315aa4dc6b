/**
 * Loess of equally spaced values, constant or straight-line locally, as the routines `stless` and `stlest` of the
 * STL program have it (Cleveland et al. 1990): a tricube window, fitted at every `jump`-th point and joined by
 * straight lines in between.
 */

export interface Smoothing {
  /** Points under the window; odd. May be more than there are values: the window then widens beyond the ends. */
  window: number
  degree: 0 | 1
  jump: number
}

/** The smoothed values; with `beyond` 1 also one before the first and one after the last. */
export function loess(values: Float64Array, smoothing: Smoothing, beyond: 0 | 1 = 0): Float64Array {
  const n = values.length
  const smooth = new Float64Array(n + 2 * beyond)
  const inside = smooth.subarray(beyond, beyond + n)
  const weights = new Float64Array(n)
  const fit = (at: number, left: number, right: number, fallback: number): number => {
    const value = fitAt(values, smoothing, at, left, right, weights)
    return Number.isNaN(value) ? fallback : value
  }
  const step = Math.min(smoothing.jump, Math.max(1, n - 1))
  for (let i = 0; i < n; i += step) {
    const [left, right] = windowAt(i, n, smoothing.window, step)
    inside[i] = fit(i, left, right, values[i]!)
  }
  const lastFitted = Math.floor((n - 1) / step) * step
  for (let i = 0; i < lastFitted; i += step) join(inside, i, i + step)
  if (lastFitted !== n - 1) {
    // The program fits the last point under the window of the last one fitted, not under one of its own.
    const [left, right] = windowAt(lastFitted, n, smoothing.window, step)
    inside[n - 1] = fit(n - 1, left, right, values[n - 1]!)
    join(inside, lastFitted, n - 1)
  }
  if (beyond === 1) {
    const width = Math.min(smoothing.window, n)
    smooth[0] = fit(-1, 0, width - 1, inside[0]!)
    smooth[n + 1] = fit(n, n - width, n - 1, inside[n - 1]!)
  }
  return smooth
}

/** First and last point of the window around `i`, both inside. */
function windowAt(i: number, n: number, window: number, step: number): [number, number] {
  if (window >= n) return [0, n - 1]
  const half = (window + 1) >> 1
  if (step === 1) {
    const left = Math.min(Math.max(0, i - half + 1), n - window)
    return [left, left + window - 1]
  }
  if (i + 1 < half) return [0, window - 1]
  if (i + 1 >= n - half + 1) return [n - window, n - 1]
  return [i - half + 1, i - half + window]
}

function join(values: Float64Array, from: number, to: number): void {
  const slope = (values[to]! - values[from]!) / (to - from)
  for (let i = from + 1; i < to; i++) values[i] = values[from]! + slope * (i - from)
}

/** The local fit at `at`, or NaN where no point has a weight. */
function fitAt(
  values: Float64Array,
  { window, degree }: Smoothing,
  at: number,
  left: number,
  right: number,
  weights: Float64Array,
): number {
  const n = values.length
  let reach = Math.max(at - left, right - at)
  if (window > n) reach += (window - n) >> 1
  let sum = 0
  for (let j = left; j <= right; j++) {
    const distance = Math.abs(j - at)
    let weight = 0
    if (distance <= 0.999 * reach) weight = distance <= 0.001 * reach ? 1 : (1 - (distance / reach) ** 3) ** 3
    weights[j] = weight
    sum += weight
  }
  if (sum <= 0) return Number.NaN
  for (let j = left; j <= right; j++) weights[j]! /= sum
  if (reach > 0 && degree === 1) tilt(weights, at, left, right, n)
  let value = 0
  for (let j = left; j <= right; j++) value += weights[j]! * values[j]!
  return value
}

/** Turns weights of a local mean into those of a local straight line. */
function tilt(weights: Float64Array, at: number, left: number, right: number, n: number): void {
  let centre = 0
  for (let j = left; j <= right; j++) centre += weights[j]! * j
  let spread = 0
  for (let j = left; j <= right; j++) spread += weights[j]! * (j - centre) ** 2
  if (Math.sqrt(spread) <= 0.001 * (n - 1)) return
  const slope = (at - centre) / spread
  for (let j = left; j <= right; j++) weights[j]! *= slope * (j - centre) + 1
}
