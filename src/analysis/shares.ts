/**
 * A group's share of the counts in its area against its share of the population. The limits are Wilson's on the
 * share of counts; population is taken as known.
 */
import { wilsonInterval } from './intervals.ts'

/** Shares are between 0 and 1; null where there is nothing to divide by. */
export interface GroupShare {
  shareOfCounts: number | null
  low: number | null
  high: number | null
  shareOfPopulation: number | null
  ratio: number | null
}

/** The groups of one area, in the order given. */
export function groupShares(counts: readonly number[], populations: readonly number[]): GroupShare[] {
  const events = sumOf(counts)
  const people = sumOf(populations)
  return counts.map((count, i) => {
    const interval = wilsonInterval(count, events)
    const shareOfCounts = events === 0 ? null : count / events
    const shareOfPopulation = people === 0 ? null : populations[i]! / people
    return {
      shareOfCounts,
      low: interval?.low ?? null,
      high: interval?.high ?? null,
      shareOfPopulation,
      ratio: shareOfCounts === null || !shareOfPopulation ? null : shareOfCounts / shareOfPopulation,
    }
  })
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)
