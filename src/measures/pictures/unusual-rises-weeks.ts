/**
 * Weeks: seven local days from Monday to Sunday, numbered as ISO 8601 numbers them. A week is a whole number, 0 for
 * the one that begins on Monday 5 January 1970, so that weeks can be subtracted and counted in SQL.
 *
 * The trap: the year of a week is that of its Thursday. Monday 30 December 2019 lies in 2020-W01.
 */
import { calendarWords, type Day } from '../../platform/calendar.ts'

export type Week = number

const DAY = 86_400_000
/** Days from 1 January 1970, a Thursday, to the Monday of week 0. */
const FIRST_MONDAY = 4

const dayNumber = (day: Day): number => Date.parse(`${day}T00:00:00Z`) / DAY
const dayOf = (number: number): Day => new Date(number * DAY).toISOString().slice(0, 10)

export const weekOf = (day: Day): Week => Math.floor((dayNumber(day) - FIRST_MONDAY) / 7)
export const mondayOf = (week: Week): Day => dayOf(week * 7 + FIRST_MONDAY)
export const sundayOf = (week: Week): Day => dayOf(week * 7 + FIRST_MONDAY + 6)

/** The week as SQL, of a date or timestamp. */
export const weekSql = (column: string): string =>
  `floor((extract(epoch from ${column}) / 86400 - ${FIRST_MONDAY}) / 7)`

/** "2019-W20". */
export function isoWeek(week: Week): string {
  const thursday = dayOf(week * 7 + FIRST_MONDAY + 3)
  const year = thursday.slice(0, 4)
  const number = Math.floor((dayNumber(thursday) - dayNumber(`${year}-01-01`)) / 7) + 1
  return `${year}-W${String(number).padStart(2, '0')}`
}

/** The week that a text such as 2019-W20 names; null where there is none: most years end with week 52. */
export function parseIsoWeek(text: string): Week | null {
  const found = /^(\d{4})-?W(\d{2})$/i.exec(text.trim())
  if (!found) return null
  // 4 January always lies in week 1.
  const week = weekOf(`${found[1]}-01-04`) + Number(found[2]) - 1
  return isoWeek(week) === `${found[1]}-W${found[2]}` ? week : null
}

/** "13 to 19 May 2019", "29 April to 5 May 2019", "30 December 2019 to 5 January 2020". */
export function weekWords(week: Week): string {
  const [monday, sunday] = [mondayOf(week), sundayOf(week)]
  const from = calendarWords(monday).split(' ')
  const to = calendarWords(sunday)
  const same =
    monday.slice(0, 7) === sunday.slice(0, 7) ? 1 : monday.slice(0, 4) === sunday.slice(0, 4) ? 2 : 3
  return `${from.slice(0, same).join(' ')} to ${to}`
}
