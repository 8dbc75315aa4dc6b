/** How numbers and dates read in pages: one place, so that a page and its print never differ. */
import { calendarWords, monthShort, periodWords } from '../platform/calendar.ts'

const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })
const oneDecimal = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 1, maximumFractionDigits: 1 })
const twoDecimals = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const clockTime = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
})

const shortTime = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
})

/** A count: "12,345". */
export const countWords = (n: number): string => whole.format(n)

/** A count with its noun: "1 row", "312 rows". */
export const countOf = (n: number, one: string, many = `${one}s`): string =>
  `${whole.format(n)} ${n === 1 ? one : many}`

/** A value that may have decimals: whole numbers as they are, small rates with two decimals, others with one. */
export function numberWords(n: number): string {
  if (Number.isInteger(n)) return whole.format(n)
  return Math.abs(n) < 1 ? twoDecimals.format(n) : oneDecimal.format(n)
}

/** An age band as people say it: "10 to 17", "Under 10", "35 and over". Other words stay as they are. */
export const ageWords = (label: string): string =>
  label === 'over 34'
    ? '35 and over'
    : label.replace(/^under /, 'Under ').replace(/^(\d+)-(\d+)$/, '$1 to $2')

/** "2 June 2026 at 09:41", London time. */
export const instantWords = (instant: Date | string): string => clockTime.format(new Date(instant))

/** "2 Jun 2026, 09:41", London time: for lists. */
export const instantShort = (instant: Date | string): string => shortTime.format(new Date(instant))

/** "1.4 MB". */
export function bytesWords(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB']
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${Number.isInteger(value) ? whole.format(value) : oneDecimal.format(value)} ${units[unit]}`
}

export { calendarWords, monthShort, periodWords }
