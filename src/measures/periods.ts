/**
 * Periods and comparators. Both sides of a comparison always have explicit first and last dates: a full year
 * set beside part of one is the commonest wrong sentence in this field.
 */
import type { AreaPack } from '../areas/area-pack.ts'
import {
  addDays,
  addMonths,
  type Day,
  firstDay,
  isDay,
  lastDay,
  type Month,
  monthNumber,
  monthOf,
  monthsBetween,
  parsePeriod,
  periodWords,
} from '../platform/calendar.ts'
import { InputFault } from '../platform/errors.ts'
import type { Period } from './figure.ts'

export const firstDayOf = (period: Period): Day => (isDay(period.from) ? period.from : firstDay(period.from))
export const lastDayOf = (period: Period): Day => (isDay(period.to) ? period.to : lastDay(period.to))
export const isWholeMonths = (period: Period): boolean => !isDay(period.from)

export const daysIn = (period: Period): number =>
  Math.round((Date.parse(lastDayOf(period)) - Date.parse(firstDayOf(period))) / 86_400_000) + 1

/** The same day or month some whole years away; 29 February becomes 28 February where there is none. */
export function addYears(monthOrDay: Month | Day, years: number): Month | Day {
  const month = addMonths(monthOf(monthOrDay), years * 12)
  if (!isDay(monthOrDay)) return month
  const day = `${month}${monthOrDay.slice(7)}`
  return isDay(day) ? day : lastDay(month)
}

/** The comparators that have a name, in the order in which forms offer them. */
export const namedComparators = ['baseline', 'previous', 'year-before', 'rolling-year'] as const

/**
 * The period that is shown under a comparator. A rolling year is the twelve months that end with the period,
 * whatever it began with; every other comparator leaves the period as it is.
 */
export function periodUnder(compare: string | undefined, period: Period): Period {
  if (compare !== 'rolling-year') return period
  if (!isWholeMonths(period)) {
    throw new InputFault('period-invalid', 'A rolling year is made of whole months: give months, not days.')
  }
  return { from: addMonths(period.to, -11), to: period.to }
}

/** The comparator that a request names. Throws `period-invalid`. */
export function comparatorOf(compare: string, period: Period, pack: AreaPack): Period {
  // The twelve months before the twelve months: the same arithmetic as for any previous period.
  if (compare === 'previous' || compare === 'rolling-year') return previous(period)
  if (compare === 'year-before') return shiftYears(period, -1)
  if (compare === 'baseline') return sameMonthsOfBaseline(period, pack)
  const [from, to, ...more] = compare.split('..')
  if (from === undefined || to === undefined || more.length > 0) {
    throw new InputFault(
      'period-invalid',
      `"${compare}" is no comparator: use ${namedComparators.join(', ')}, or dates such as 2019-04..2019-11.`,
    )
  }
  return parsePeriod(from, to)
}

const shiftYears = (period: Period, years: number): Period => ({
  from: addYears(period.from, years),
  to: addYears(period.to, years),
})

function previous(period: Period): Period {
  if (isWholeMonths(period)) {
    const months = monthNumber(period.to) - monthNumber(period.from) + 1
    return { from: addMonths(period.from, -months), to: addMonths(period.from, -1) }
  }
  return { from: addDays(period.from, -daysIn(period)), to: addDays(period.from, -1) }
}

/**
 * The same months or days in the latest year that ends within the baseline. With a baseline of April 2019 to
 * March 2020, April to November 2021 is set beside April to November 2019, and a whole calendar year beside
 * January to December 2019: an unbroken run that never reaches past the baseline's end.
 */
function sameMonthsOfBaseline(period: Period, pack: AreaPack): Period {
  const end = isWholeMonths(period) ? pack.baseline.to : lastDay(pack.baseline.to)
  let years = Number(end.slice(0, 4)) - Number(period.to.slice(0, 4))
  if (addYears(period.to, years) > end) years--
  const months = shiftYears(period, years)
  if (months.from <= period.to && months.to >= period.from) {
    throw new InputFault(
      'period-invalid',
      `${periodWords(period.from, period.to)} overlaps the baseline (${pack.baseline.label}), so it would be set beside itself. Compare it with year-before or previous.`,
    )
  }
  return months
}

/** True where some of the comparator's months lie outside the baseline year of the pack. */
export const reachesBefore = (comparator: Period, pack: AreaPack): boolean =>
  monthOf(comparator.from) < pack.baseline.from

/** Months that count on one side. */
export interface SideMonths {
  period: Period
  months: Month[]
  /** Left out on request. */
  leftOut: Month[]
}

const monthsOf = (period: Period): Month[] => monthsBetween(monthOf(period.from), monthOf(period.to))

/**
 * Leaves out pandemic months. Where both sides are equally long, a month left out on one side is left out on
 * the other too: eleven months against twelve would show a fall that nobody caused.
 */
export function withoutPandemic(
  period: Period,
  comparator: Period | null,
  pandemic: { from: Month; to: Month } | null,
): { period: SideMonths; comparator: SideMonths | null } {
  const out = (month: Month) => pandemic !== null && month >= pandemic.from && month <= pandemic.to
  const ours = monthsOf(period)
  const theirs = comparator ? monthsOf(comparator) : []
  const paired = comparator !== null && ours.length === theirs.length
  const oursOut = ours.filter((m, i) => out(m) || (paired && out(theirs[i]!)))
  const theirsOut = theirs.filter((m, i) => out(m) || (paired && out(ours[i]!)))
  const side = (p: Period, all: Month[], leftOut: Month[]): SideMonths => ({
    period: p,
    months: all.filter(m => !leftOut.includes(m)),
    leftOut,
  })
  return {
    period: side(period, ours, oursOut),
    comparator: comparator ? side(comparator, theirs, theirsOut) : null,
  }
}
