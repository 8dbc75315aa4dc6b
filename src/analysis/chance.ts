/**
 * Whether two counts or two shares differ beyond chance. Exact conditional tests, doubled smaller tail
 * (Przyborowski and Wilenski, Biometrika 1940, for two Poisson counts; Fisher for two shares).
 */
import { binomialChance } from './binomial.ts'
import { logGamma } from './gamma.ts'

/** How likely it is that two counts with equal underlying rates lie at least this far apart. */
export function differenceOfCounts(
  count: number,
  exposure: number,
  otherCount: number,
  otherExposure: number,
): number {
  if (!(exposure > 0 && otherExposure > 0)) throw new RangeError(`exposures ${exposure} and ${otherExposure}`)
  const n = count + otherCount
  const p = exposure / (exposure + otherExposure)
  return twoSided(count, n * p, 0, n, k => binomialChance(k, n, p))
}

/** How likely it is that two samples with equal underlying shares lie at least this far apart. */
export function differenceOfShares(met: number, of: number, otherMet: number, otherOf: number): number {
  const totalMet = met + otherMet
  const chanceOf = (k: number) =>
    Math.exp(
      logChoose(totalMet, k) + logChoose(of + otherOf - totalMet, of - k) - logChoose(of + otherOf, of),
    )
  const mean = (of * totalMet) / (of + otherOf)
  return twoSided(met, mean, Math.max(0, totalMet - otherOf), Math.min(of, totalMet), chanceOf)
}

const logChoose = (n: number, k: number): number => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1)

/** Twice the tail that lies away from the mean, at most 1. */
function twoSided(
  observed: number,
  mean: number,
  least: number,
  most: number,
  chanceOf: (k: number) => number,
): number {
  const step = observed < mean ? -1 : 1
  let tail = 0
  for (let k = observed; k >= least && k <= most; k += step) {
    const chance = chanceOf(k)
    tail += chance
    // Chances only shrink on the way out: what is left cannot matter any more.
    if (chance <= tail * 1e-16) break
  }
  return Math.min(1, 2 * tail)
}
