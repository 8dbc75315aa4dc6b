/**
 * The median of whole or broken numbers that come with how often each was seen, and its 95% limits from ranks alone: no
 * shape of the distribution is assumed. Conover, Practical Nonparametric Statistics, section 3.2; as Campbell and
 * Gardner, Calculating confidence intervals for some non-parametric analyses, BMJ 1988, tabulate it.
 *
 * The trap: fewer than six values have no such limits, and with many equal values the limits may be the median itself.
 */
import { binomialChance } from './binomial.ts'

export interface Median {
  median: number
  /** Null for fewer than six values. */
  low: number | null
  high: number | null
}

/** Values in ascending order, each seen `counts[i]` times. Null of none. */
export function medianOf(values: ArrayLike<number>, counts: ArrayLike<number>): Median | null {
  const n = Array.from(counts).reduce((sum, count) => sum + count, 0)
  if (n === 0) return null
  const at = (rank: number): number => {
    let seen = 0
    for (let i = 0; i < values.length; i++) {
      seen += counts[i]!
      if (seen >= rank) return values[i]!
    }
    throw new RangeError(`There is no value of rank ${rank} among ${n}`)
  }
  const rank = limitRank(n)
  return {
    median: (at(Math.ceil(n / 2)) + at(Math.floor(n / 2) + 1)) / 2,
    low: rank === 0 ? null : at(rank),
    high: rank === 0 ? null : at(n + 1 - rank),
  }
}

/** The rank of the lower limit, and of the upper from the top: below it lies at most one chance in forty. 0 where there is none. */
function limitRank(n: number): number {
  let below = 0
  for (let rank = 0; ; rank++) {
    below += binomialChance(rank, n, 0.5)
    if (below > 0.025) return rank
  }
}
