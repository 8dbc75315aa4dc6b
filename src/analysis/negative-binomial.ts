/**
 * Tails and quantiles of counts: Poisson, and the negative binomial with variance `dispersion` times its mean,
 * as Noufaily and others (Statistics in Medicine 2013) put a threshold on counts. The trap: size and probability
 * are mean / (dispersion - 1) and 1 / dispersion, so a dispersion of 1 is no negative binomial but its limit,
 * the Poisson distribution.
 */
import { betaI } from './beta.ts'
import { gammaP } from './gamma.ts'
import { normalQuantile } from './normal-quantile.ts'

/** P(Y >= count) for counts of this mean and this ratio of variance to mean. */
export function upperTailOfCount(count: number, mean: number, dispersion: number): number {
  check(mean, dispersion)
  if (count <= 0) return 1
  if (mean === 0) return 0
  if (dispersion === 1) return gammaP(count, mean)
  return betaI(1 - 1 / dispersion, count, mean / (dispersion - 1))
}

/** The least count whose distribution function reaches `p`. */
export function quantileOfCount(p: number, mean: number, dispersion: number): number {
  check(mean, dispersion)
  if (!(p >= 0 && p < 1)) throw new RangeError(`${p} is not a probability below 1`)
  if (mean === 0) return 0
  const above = 1 - p
  // Cornish and Fisher's expansion is a first bound.
  const z = normalQuantile(p)
  const sd = Math.sqrt(mean * dispersion)
  const skewness = (2 * dispersion - 1) / sd
  let high = Math.max(1, Math.round(mean + sd * (z + (skewness * (z * z - 1)) / 6)))
  while (upperTailOfCount(high + 1, mean, dispersion) > above) high *= 2
  let low = -1
  // With a large dispersion the expansion can be far off: halving stays quick where stepping would not end.
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (upperTailOfCount(middle + 1, mean, dispersion) > above) low = middle
    else high = middle
  }
  return high
}

function check(mean: number, dispersion: number): void {
  if (!(mean >= 0 && mean < Number.POSITIVE_INFINITY))
    throw new RangeError(`${mean} is not the mean of a count`)
  if (!(dispersion >= 1)) throw new RangeError(`dispersion ${dispersion} is below 1`)
}
