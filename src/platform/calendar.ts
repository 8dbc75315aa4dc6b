/**
 * Calendar values of the partnership: Europe/London months, days and financial years, as text.
 *
 * A month is `2019-04`, a day `2019-04-30`, a financial year `2019/20` (1 April to 31 March). They are kept as
 * text on purpose: text months sort, compare and travel through SQL, JSON and URLs without a time zone.
 */
import { InputFault } from './errors.ts'

export type Month = string
export type Day = string

const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/
const DAY = /^(?!0000)(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/
const MONTH_NAMES = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

export const isMonth = (text: string): text is Month => MONTH.test(text)

/** True for a day that exists: refuses 2019-02-31, and the year 0, which no calendar has. */
export function isDay(text: string): text is Day {
  if (!DAY.test(text)) return false
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text
}

export const monthOf = (day: Day | Month): Month => day.slice(0, 7)

/** Months since year 0, so that months can be subtracted. */
export const monthNumber = (month: Month): number =>
  Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1

export function monthFromNumber(n: number): Month {
  return `${String(Math.floor(n / 12)).padStart(4, '0')}-${String((n % 12) + 1).padStart(2, '0')}`
}

export const addMonths = (month: Month, by: number): Month => monthFromNumber(monthNumber(month) + by)

/** Every month from `from` to `to`, both included; empty when `to` is before `from`. */
export function monthsBetween(from: Month, to: Month): Month[] {
  const first = monthNumber(from)
  return Array.from({ length: Math.max(0, monthNumber(to) - first + 1) }, (_, i) =>
    monthFromNumber(first + i),
  )
}

export const firstDay = (month: Month): Day => `${month}-01`

export function lastDay(month: Month): Day {
  const next = new Date(`${addMonths(month, 1)}-01T00:00:00Z`)
  next.setUTCDate(0)
  return next.toISOString().slice(0, 10)
}

export const addDays = (day: Day, by: number): Day =>
  new Date(Date.parse(`${day}T00:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10)

/** The earlier of two days or of two months. */
export const earlierOf = (a: Day, b: Day): Day => (a < b ? a : b)

/** The later of two days or of two months. */
export const laterOf = (a: Day, b: Day): Day => (earlierOf(a, b) === a ? b : a)

/** Whole years from a birth to a day; somebody born on 29 February is a year older on 1 March. */
export const yearsBetween = (birth: Day, on: Day): number =>
  Number(on.slice(0, 4)) - Number(birth.slice(0, 4)) - (on.slice(5) < birth.slice(5) ? 1 : 0)

/** `2019/20` for any month or day from April 2019 to March 2020. */
export function financialYear(monthOrDay: Month | Day): string {
  const year = Number(monthOrDay.slice(0, 4)) - (Number(monthOrDay.slice(5, 7)) < 4 ? 1 : 0)
  return `${year}/${String((year + 1) % 100).padStart(2, '0')}`
}

/** "April 2019", or "30 April 2019" for a day. */
export function calendarWords(monthOrDay: Month | Day): string {
  const name = MONTH_NAMES[Number(monthOrDay.slice(5, 7)) - 1]
  const year = monthOrDay.slice(0, 4)
  return monthOrDay.length > 7 ? `${Number(monthOrDay.slice(8, 10))} ${name} ${year}` : `${name} ${year}`
}

/** "Apr 2019": for axes and tables where room is short. */
export const monthShort = (month: Month): string =>
  `${MONTH_NAMES[Number(month.slice(5, 7)) - 1]!.slice(0, 3)} ${month.slice(0, 4)}`

/** "April 2019 to March 2020"; one month alone is named once. */
export const periodWords = (from: Month | Day, to: Month | Day): string =>
  from === to ? calendarWords(from) : `${calendarWords(from)} to ${calendarWords(to)}`

/**
 * A month or day as people type it, as it is written here: "April 2019", "apr 2019" and "30 April 2019" become
 * 2019-04 and 2019-04-30. Anything else comes back as it is, for `parseEnd` to judge.
 */
export function fromWords(typed: string): string {
  const found = /^(?:(\d{1,2})\s+)?([a-z]{3,9})\s+(\d{4})$/i.exec(typed)
  const word = found?.[2]?.toLowerCase() ?? ''
  const index = MONTH_NAMES.findIndex(name => word.length >= 3 && name.toLowerCase().startsWith(word))
  if (!found || index < 0) return typed
  const month = `${found[3]}-${String(index + 1).padStart(2, '0')}`
  return found[1] ? `${month}-${found[1].padStart(2, '0')}` : month
}

/** The Europe/London calendar day of an instant. */
export const londonDay = (instant: Date): Day => londonDays.format(instant)

// Making a format takes many times as long as using it.
const londonDays = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' })

/** Years that a period may lie in: text years compare and shift only while they have four digits. */
const FIRST_YEAR = '1900'
const LAST_YEAR = '2199'

/** One end of a period, as it was typed. Throws `period-invalid` for what is no month or day, such as 2019-02-29. */
export function parseEnd(name: 'from' | 'to', text: string): Month | Day {
  if (!isMonth(text) && !isDay(text)) {
    throw new InputFault(
      'period-invalid',
      `"${text}" (${name}) is not a month such as 2019-04 or a day such as 2019-04-30.`,
    )
  }
  const year = text.slice(0, 4)
  if (year < FIRST_YEAR || year > LAST_YEAR) {
    throw new InputFault(
      'period-invalid',
      `"${text}" (${name}) does not lie between ${FIRST_YEAR} and ${LAST_YEAR}.`,
    )
  }
  return text
}

/** A period of whole months or of days, both ends included. Throws `period-invalid` with what is wrong. */
export function parsePeriod(from: string, to: string): { from: Month | Day; to: Month | Day } {
  parseEnd('from', from)
  parseEnd('to', to)
  if (from.length !== to.length) {
    throw new InputFault(
      'period-invalid',
      `Give both ends as months or both as days, not "${from}" with "${to}".`,
    )
  }
  if (to < from) throw new InputFault('period-invalid', `The period ends (${to}) before it begins (${from}).`)
  return { from, to }
}
