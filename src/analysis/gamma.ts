/**
 * The gamma function and the gamma distribution. The incomplete gamma function follows Press and others,
 * Numerical Recipes, section 6.2; quantiles are Newton's steps held inside a bracket.
 */

/** x with P(shape, x) = p, for a gamma distribution of scale 1. */
export function gammaQuantile(p: number, shape: number): number {
  // Wilson and Hilferty's cube as a start, then Newton held inside a bracket that shrinks.
  const z = normalQuantile(p)
  const cube = 1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape))
  let x = Math.max(shape * cube ** 3, Number.MIN_VALUE)
  if (cube <= 0.1) x = Math.exp((Math.log(p) + logGamma(shape + 1)) / shape)
  let low = 0
  let high = Number.POSITIVE_INFINITY
  for (let i = 0; i < 100; i++) {
    const error = gammaP(shape, x) - p
    if (error > 0) high = Math.min(high, x)
    else low = Math.max(low, x)
    const density = Math.exp((shape - 1) * Math.log(x) - x - logGamma(shape))
    let next = x - error / density
    if (!(next > low && next < high)) next = Number.isFinite(high) ? (low + high) / 2 : x * 2
    if (Math.abs(next - x) <= 1e-13 * Math.max(1, x)) return next
    x = next
  }
  return x
}

/** Regularised lower incomplete gamma function. */
export function gammaP(a: number, x: number): number {
  if (x <= 0) return 0
  const scale = Math.exp(-x + a * Math.log(x) - logGamma(a))
  if (x < a + 1) {
    let term = 1 / a
    let sum = term
    for (let n = a + 1; Math.abs(term) > Math.abs(sum) * 1e-16; n++) {
      term *= x / n
      sum += term
    }
    return sum * scale
  }
  // Lentz's continued fraction for the upper part.
  const tiny = 1e-300
  let b = x + 1 - a
  let c = 1 / tiny
  let d = 1 / b
  let fraction = d
  for (let i = 1; i < 100_000; i++) {
    const an = -i * (i - a)
    b += 2
    d = an * d + b
    if (Math.abs(d) < tiny) d = tiny
    c = b + an / c
    if (Math.abs(c) < tiny) c = tiny
    d = 1 / d
    const change = d * c
    fraction *= change
    if (Math.abs(change - 1) < 1e-16) break
  }
  return 1 - scale * fraction
}

/** Lanczos's approximation with nine terms; relative error below 1e-14. */
export function logGamma(x: number): number {
  const g = [
    0.9999999999998099, 676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406,
    12.507343278686905, -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
  ]
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  const y = x - 1
  let sum = g[0]!
  for (let i = 1; i < 9; i++) sum += g[i]! / (y + i)
  const t = y + 7.5
  return 0.5 * Math.log(2 * Math.PI) + (y + 0.5) * Math.log(t) - t + Math.log(sum)
}

/** Abramowitz and Stegun, 26.2.23; only a starting point here. */
function normalQuantile(p: number): number {
  const q = Math.min(p, 1 - p)
  const t = Math.sqrt(-2 * Math.log(q))
  const z =
    t -
    (2.515517 + 0.802853 * t + 0.010328 * t * t) /
      (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t)
  return p < 0.5 ? -z : z
}
