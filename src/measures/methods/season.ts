/**
 * The season of a monthly series: each calendar month against a twelfth of its year, in per cent. S0 figure 4.
 *
 * A year here is twelve months that end with the month asked for, or with that month some years before: the latest
 * year is not left out because it is May. Only years whose months are all known count, because half a year more of
 * summers would make summer look worse.
 */

import { chiSquaredUpper } from '../../analysis/chi-squared.ts'
import { rollingSum } from '../../analysis/decompose.ts'
import { seasonIndex } from '../../analysis/season.ts'
import { stlPeriodic } from '../../analysis/stl.ts'
import { addMonths, lastDay, type Month, monthsBetween } from '../../platform/calendar.ts'

/** Twelve values each, January first; per cent from the annual monthly mean. NaN where nothing was counted. */
export interface Season {
  /** Mean over the years of each year's own per cent: every year counts alike. */
  index: number[]
  /** Standard deviation of the years' per cents, in points; NaN with fewer than two years. */
  sd: number[]
  /** All years added up first, as the board paper of June 2019 has it: busy years count more. */
  pooled: number[]
  /** As `pooled`, of counts per day: February is judged by its days. */
  perDay: number[]
  counts: number[]
  /** First and last month of each year, oldest first, with its own per cents per day. */
  years: { from: Month; to: Month; perDay: number[] }[]
  /** Against months that differ by their days alone; NaN without any year, or with nothing counted. */
  chiSquared: number
  p: number
}

const MONTHS = 12
const calendarMonth = (month: Month): number => Number(month.slice(5))

/** `known` holds the count of every month that was sent whole. */
export function seasonOfMonths(known: ReadonlyMap<Month, number>, first: Month, last: Month): Season {
  const years: Month[][] = []
  for (let to = last; addMonths(to, 1 - MONTHS) >= first; to = addMonths(to, -MONTHS)) {
    const months = monthsBetween(addMonths(to, 1 - MONTHS), to)
    if (months.every(m => known.has(m))) years.unshift(months)
  }
  const all = years.flat()
  const { meanOfRatios, sd, ratioOfMeans, perDay, total } = seasonIndex({
    year: years.flatMap((months, i) => months.map(() => i)),
    month: all.map(calendarMonth),
    count: all.map(m => known.get(m)!),
  })
  const percents = (ratios: Float64Array) => Array.from(ratios, r => 100 * (r - 1))
  return {
    index: percents(meanOfRatios),
    sd: Array.from(sd, points => 100 * points),
    pooled: percents(ratioOfMeans),
    perDay: percents(perDay),
    counts: [...total],
    years: years.map(months => ({ from: months[0]!, to: months.at(-1)!, perDay: dayForDay(months, known) })),
    ...againstDays([...total], all),
  }
}

/**
 * Chi-squared of the twelve totals against as many a day in each month. Against equal months the calendar itself would be a
 * season: of 4,000 a month February is beyond chance by its missing days.
 */
function againstDays(counts: readonly number[], months: readonly Month[]): { chiSquared: number; p: number } {
  const days = Array<number>(MONTHS).fill(0)
  for (const m of months) days[calendarMonth(m) - 1]! += daysOf(m)
  const rate = sumOf(counts) / sumOf(days)
  const chiSquared = counts.reduce((sum, count, i) => {
    const expected = rate * days[i]!
    return sum + (count - expected) ** 2 / expected
  }, 0)
  return { chiSquared, p: Number.isNaN(chiSquared) ? Number.NaN : chiSquaredUpper(chiSquared, MONTHS - 1) }
}

const daysOf = (month: Month): number => Number(lastDay(month).slice(8))
const sumOf = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

function dayForDay(months: readonly Month[], known: ReadonlyMap<Month, number>): number[] {
  const rates = Array<number>(MONTHS).fill(0)
  for (const m of months) rates[calendarMonth(m) - 1] = known.get(m)! / daysOf(m)
  const mean = sumOf(rates) / MONTHS
  return rates.map(rate => (mean > 0 ? 100 * (rate / mean - 1) : 0))
}

/** Fewer years than this are not a season. */
export const FEWEST_YEARS = 3

/**
 * The highest month day for day, 0 to 11, if it was above its year's mean in every year. One spike in one year is
 * not a season: the March of 2019 would otherwise have made spring the season of knife crime.
 */
export function seasonHigh({ perDay, years }: Season): number | null {
  if (years.length < FEWEST_YEARS) return null
  const steady = perDay
    .map((percent, month) => ({ percent, month }))
    .filter(({ month }) => years.every(y => y.perDay[month]! > 0))
    .sort((a, b) => b.percent - a.percent)
  return steady[0]?.month ?? null
}

export interface TrendMonth {
  month: Month
  count: number
  /** With season and remainder it adds up to the count. */
  trend: number
  season: number
  remainder: number
  /** This month and the eleven before it; null until there are twelve. */
  twelveMonths: number | null
}

export const FEWEST_TREND_MONTHS = 36

/** How many months in a row are known up to the last. */
export function monthsInARow(known: ReadonlyMap<Month, number>, last: Month): Month[] {
  const months: Month[] = []
  for (let m = last; known.has(m); m = addMonths(m, -1)) months.unshift(m)
  return months
}

/** The months in a row up to the last with their season taken out, by STL; null where they are fewer than three years. */
export function trendWithoutSeason(known: ReadonlyMap<Month, number>, last: Month): TrendMonth[] | null {
  const months = monthsInARow(known, last)
  if (months.length < FEWEST_TREND_MONTHS) return null
  const counts = Float64Array.from(months, m => known.get(m)!)
  const { seasonal, trend, remainder } = stlPeriodic(counts, MONTHS)
  const sums = rollingSum(counts, MONTHS)
  return months.map((month, i) => ({
    month,
    count: counts[i]!,
    trend: trend[i]!,
    season: seasonal[i % MONTHS]!,
    remainder: remainder[i]!,
    twelveMonths: i < MONTHS - 1 ? null : sums[i]!,
  }))
}
