/**
 * Working days in England: Monday to Friday without bank holidays. The holidays are dated data; past the last year that
 * is listed the answer would be a guess, so it is refused.
 *
 * Source: https://www.gov.uk/bank-holidays (England and Wales), as published in 2025 for 2025 to 2027; the years before
 * by the Banking and Financial Dealings Act 1971, schedule 1, and the proclamations of the year.
 */
import { addDays, type Day } from './calendar.ts'

export const bankHolidays: readonly Day[] = [
  ...['2024-01-01', '2024-03-29', '2024-04-01', '2024-05-06', '2024-05-27', '2024-08-26'],
  ...['2024-12-25', '2024-12-26'],
  ...['2025-01-01', '2025-04-18', '2025-04-21', '2025-05-05', '2025-05-26', '2025-08-25'],
  ...['2025-12-25', '2025-12-26'],
  ...['2026-01-01', '2026-04-03', '2026-04-06', '2026-05-04', '2026-05-25', '2026-08-31'],
  ...['2026-12-25', '2026-12-28'],
  ...['2027-01-01', '2027-03-26', '2027-03-29', '2027-05-03', '2027-05-31', '2027-08-30'],
  ...['2027-12-27', '2027-12-28'],
]

const FIRST_YEAR = bankHolidays[0]!.slice(0, 4)
const LAST_YEAR = bankHolidays.at(-1)!.slice(0, 4)
const holidays = new Set(bankHolidays)

/** Throws RangeError outside the years whose holidays are listed. */
export function isWorkingDay(day: Day): boolean {
  const year = day.slice(0, 4)
  if (year < FIRST_YEAR || year > LAST_YEAR) {
    throw new RangeError(`the bank holidays of ${year} are not listed in working-days.ts`)
  }
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6 && !holidays.has(day)
}

/** The day that lies so many working days after `day`; `day` itself need not be one. Zero gives `day`. */
export function addWorkingDays(day: Day, count: number): Day {
  let at = day
  for (let left = count; left > 0; ) {
    at = addDays(at, 1)
    if (isWorkingDay(at)) left--
  }
  return at
}
