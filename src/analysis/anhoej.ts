/**
 * Anhøj's runs rules (Anhøj and Olesen, Run charts revisited, PLOS ONE 2014): a process has shifted when the longest
 * run on one side of the centre line is longer than chance allows (Schilling 2012) or the line is crossed too
 * seldom (Chen 2010). They speak of a whole series, not of a point.
 *
 * The trap: points on the line are not useful and neither end a run nor count in it.
 */
import { binomialChance } from './binomial.ts'
import type { Stretch } from './control-limits.ts'

export interface AnhoejSignal {
  /** Points off the line. */
  useful: number
  longestRun: number
  /** The longest run that chance explains. */
  longestRunAllowed: number
  crossings: number
  /** The fewest crossings that chance explains. */
  crossingsNeeded: number
  signal: boolean
}

/** The rules on one stretch; null where every point lies on the line. */
export function anhoejRules(
  values: Float64Array,
  centre: Float64Array,
  stretch: Stretch,
): AnhoejSignal | null {
  let useful = 0
  let longestRun = 0
  let run = 0
  let crossings = 0
  let side = 0
  for (let i = stretch.start; i < stretch.end; i++) {
    const now = Math.sign(values[i]! - centre[i]!)
    if (now === 0) continue
    useful++
    if (now !== side && side !== 0) crossings++
    run = now === side ? run + 1 : 1
    side = now
    if (run > longestRun) longestRun = run
  }
  if (useful === 0) return null
  const longestRunAllowed = Math.round(Math.log2(useful)) + 3
  const crossingsNeeded = fairCoinQuantile(0.05, useful - 1)
  const signal = longestRun > longestRunAllowed || crossings < crossingsNeeded
  return { useful, longestRun, longestRunAllowed, crossings, crossingsNeeded, signal }
}

/** The least number of heads whose distribution function reaches `p`. */
function fairCoinQuantile(p: number, throws: number): number {
  let below = 0
  for (let heads = 0; heads < throws; heads++) {
    below += binomialChance(heads, throws, 0.5)
    if (below >= p) return heads
  }
  return throws
}
