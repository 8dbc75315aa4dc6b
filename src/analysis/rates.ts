/**
 * Rates of groups and how they compare with a reference group, for disproportionality: rate ratio with the
 * conditional exact test and limits (Przyborowski and Wilenski, Biometrika 1940; R's poisson.test).
 */
import { binomialTest, clopperPearson } from './binomial.ts'

/** Limits are 95%. `ratio` and `high` are null where the reference group has no events to divide by. */
export interface RateRatio {
  ratio: number | null
  low: number | null
  high: number | null
  /** Two-sided, outcomes no likelier than the one seen; null where neither group has events. */
  p: number | null
}

export function rateRatio(
  count: number,
  population: number,
  referenceCount: number,
  referencePopulation: number,
): RateRatio {
  if (!(population > 0 && referencePopulation > 0)) {
    throw new RangeError(`populations ${population} and ${referencePopulation}`)
  }
  const events = count + referenceCount
  if (events === 0) return { ratio: null, low: null, high: null, p: null }
  const { low, high } = clopperPearson(count, events)
  const scale = referencePopulation / population
  return {
    ratio: referenceCount === 0 ? null : (count / referenceCount) * scale,
    low: (low / (1 - low)) * scale,
    high: high === 1 ? null : (high / (1 - high)) * scale,
    p: binomialTest(count, events, population / (population + referencePopulation)),
  }
}
