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
  /** First and last month of each whole year used, latest first, with that year's own index, January first. */
  years: { from: Month; to: Month; percents: number[] }[]
}

/** `known` holds the count of every month that was sent whole. */
export function seasonalIndex(known: ReadonlyMap<Month, number>, last: Month, first: Month): SeasonalIndex {
  const counts = Array<number>(12).fill(0)
  const years: SeasonalIndex['years'] = []
  for (let to = last; addMonths(to, -11) >= first; to = addMonths(to, -12)) {
    const months = Array.from({ length: 12 }, (_, i) => addMonths(to, i - 11))
    if (!months.every(m => known.has(m))) continue
    const year = Array<number>(12).fill(0)
    for (const m of months) year[calendarMonth(m)]! += known.get(m)!
    year.forEach((n, i) => {
      counts[i]! += n
    })
    years.push({ from: months[0]!, to, percents: fromMean(year).map(p => p ?? 0) })
  }
  return { percents: fromMean(counts), counts, years }
}

const calendarMonth = (month: Month): number => Number(month.slice(5)) - 1

function fromMean(counts: readonly number[]): (number | null)[] {
  const mean = counts.reduce((a, b) => a + b, 0) / 12
  return counts.map(n => (mean > 0 ? 100 * (n / mean - 1) : null))
}

/** Fewer years than this are not a season. */
const FEWEST_YEARS = 3

/**
 * The highest month, if it was above its year's mean in every year. One spike in one year is not a season: the
 * March of 2019 would otherwise have made spring the season of knife crime.
 */
export function seasonHigh(index: SeasonalIndex): number | null {
  if (index.years.length < FEWEST_YEARS) return null
  const steady = index.percents
    .map((percent, month) => ({ percent: percent ?? 0, month }))
    .filter(({ month }) => index.years.every(y => y.percents[month]! > 0))
    .sort((a, b) => b.percent - a.percent)
  return steady[0]?.month ?? null
}
