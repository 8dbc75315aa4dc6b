/**
 * The regularised incomplete beta function (Press and others, Numerical Recipes, section 6.4) and Student's t,
 * which is one of its faces.
 */
import { logGamma } from './gamma.ts'

/** I_x(a, b), the share of a beta distribution at or below x; relative accuracy about 1e-13. */
export function betaI(x: number, a: number, b: number): number {
  if (!(a > 0 && b > 0)) throw new RangeError(`shapes ${a} and ${b} of a beta distribution`)
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x))
  return x < (a + 1) / (a + b + 2)
    ? (front * continuedFraction(x, a, b)) / a
    : 1 - (front * continuedFraction(1 - x, b, a)) / b
}

/** Two-sided p-value of Student's t. */
export function studentTwoSided(t: number, degreesOfFreedom: number): number {
  return betaI(degreesOfFreedom / (degreesOfFreedom + t * t), degreesOfFreedom / 2, 0.5)
}

/** Lentz's method; it converges quickly only on the near side of the mean, which the caller sees to. */
function continuedFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300
  let c = 1
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1), tiny)
  let fraction = d
  for (let m = 1; m < 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / awayFromZero(1 + even * d, tiny)
    c = awayFromZero(1 + even / c, tiny)
    fraction *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / awayFromZero(1 + odd * d, tiny)
    c = awayFromZero(1 + odd / c, tiny)
    const change = d * c
    fraction *= change
    if (Math.abs(change - 1) < 1e-15) break
  }
  return fraction
}

const awayFromZero = (value: number, tiny: number): number => (Math.abs(value) < tiny ? tiny : value)
