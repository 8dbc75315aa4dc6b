/**
 * Working days in England: Monday to Friday without bank holidays.
 *
 * Bank holidays follow the Banking and Financial Dealings Act 1971, schedule 1, common law (Good Friday, Christmas Day) and
 * the proclamations that give a day in lieu where one falls on a weekend. Days that were moved or added by a proclamation
 * of their own are dated data: `proclaimed`. Checked against https://www.gov.uk/bank-holidays; a new proclamation is a new
 * line.
 */
import { addDays, type Day } from './calendar.ts'

/** By year: days that the rule gives and that were none, and days that were added. */
const proclaimed: Readonly<Record<string, { not: readonly Day[]; but: readonly Day[]; why: string }>> = {
  '2020': { not: ['2020-05-04'], but: ['2020-05-08'], why: '75 years since the end of the war in Europe' },
  '2022': {
    not: ['2022-05-30'],
    but: ['2022-06-02', '2022-06-03', '2022-09-19'],
    why: 'Platinum Jubilee; state funeral of Queen Elizabeth II',
  },
  '2023': { not: [], but: ['2023-05-08'], why: 'Coronation of King Charles III' },
}

const years = new Map<string, ReadonlySet<Day>>()

/** Bank holidays in England of a year such as "2026". */
export function bankHolidays(year: string): ReadonlySet<Day> {
  const known = years.get(year)
  if (known) return known
  const easter = easterSunday(Number(year))
  const byRule = [
    ...inLieu([`${year}-01-01`]),
    addDays(easter, -2),
    addDays(easter, 1),
    mondayFrom(`${year}-05-01`),
    mondayFrom(`${year}-05-25`),
    mondayFrom(`${year}-08-25`),
    ...inLieu([`${year}-12-25`, `${year}-12-26`]),
  ]
  const { not = [], but = [] } = proclaimed[year] ?? {}
  const days = new Set([...byRule.filter(day => !not.includes(day)), ...but].sort())
  years.set(year, days)
  return days
}

export const isWorkingDay = (day: Day): boolean => !isWeekend(day) && !bankHolidays(day.slice(0, 4)).has(day)

/** The day that lies so many working days after `day`; `day` itself need not be one. Zero gives `day`. */
export function addWorkingDays(day: Day, count: number): Day {
  let at = day
  for (let left = count; left > 0; ) {
    at = addDays(at, 1)
    if (isWorkingDay(at)) left--
  }
  return at
}

const weekday = (day: Day): number => new Date(`${day}T00:00:00Z`).getUTCDay()

const isWeekend = (day: Day): boolean => weekday(day) === 0 || weekday(day) === 6

/** The first Monday on or after a day. */
const mondayFrom = (day: Day): Day => addDays(day, (8 - weekday(day)) % 7)

/** Days of which those on a weekend move to the next weekday that is not one of them. */
function inLieu(days: readonly Day[]): Day[] {
  const taken = days.filter(day => !isWeekend(day))
  for (const day of days.filter(isWeekend)) {
    let instead = addDays(day, 1)
    while (isWeekend(instead) || taken.includes(instead)) instead = addDays(instead, 1)
    taken.push(instead)
  }
  return taken
}

/** Anonymous Gregorian computus (Meeus, Astronomical Algorithms, chapter 8). */
function easterSunday(year: number): Day {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const g = Math.floor((8 * b + 13) / 25)
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const month = Math.floor((h + l - 7 * m + 114) / 31)
  const day = ((h + l - 7 * m + 114) % 31) + 1
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}
