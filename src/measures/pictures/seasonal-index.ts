/**
 * The seasonal index: each calendar month's share of its year against a twelfth, in per cent. S0 figure 4.
 *
 * Only whole years count (twelve known months in a row, ending with the month asked for or a number of years
 * before it): half a year more of summers would make summer look worse. Months are taken as they are; February
 * is lower partly because it is shorter, and the page says so.
 */
import { addMonths, type Month } from '../../platform/calendar.ts'

export interface SeasonalIndex {
  /** Per cent from the annual monthly mean, January first; null where no whole year is known. */
  percents: (number | null)[]
  /** Counts summed over the years, January first. */
  counts: number[]
  /** First and last month of each whole year used, latest first. */
  years: { from: Month; to: Month }[]
}

/** `known` holds the count of every month that was sent whole. */
export function seasonalIndex(known: ReadonlyMap<Month, number>, last: Month, first: Month): SeasonalIndex {
  const counts = Array<number>(12).fill(0)
  const years: SeasonalIndex['years'] = []
  for (let to = last; addMonths(to, -11) >= first; to = addMonths(to, -12)) {
    const months = Array.from({ length: 12 }, (_, i) => addMonths(to, i - 11))
    if (!months.every(m => known.has(m))) continue
    years.push({ from: months[0]!, to })
    for (const m of months) counts[Number(m.slice(5)) - 1]! += known.get(m)!
  }
  const total = counts.reduce((a, b) => a + b, 0)
  return {
    percents: counts.map(n => (total > 0 ? 100 * (n / (total / 12) - 1) : null)),
    counts,
    years,
  }
}
