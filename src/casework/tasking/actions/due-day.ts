/**
 * The day by which something is due, as it is typed: within the time that anything about a person may go without a look
 * at it. Where nobody works on it, that is said, and the working day before it offered. Pure.
 */
import { LONGEST_REVIEW_DAYS } from '../../../governance/retention/retention-rules.ts'
import { addDays, calendarWords, type Day } from '../../../platform/calendar.ts'
import { type Faults, type Typed, typedDay, typedText } from '../../../platform/typed-form.ts'
import { bankHolidays, isWorkingDay } from '../../../platform/working-days.ts'

/** The furthest day that an action may be due on (R10). */
export const latestDue = (today: Day): Day => addDays(today, LONGEST_REVIEW_DAYS)

/** A day from today on; where a day off was typed and the working day beside it chosen, that one. Undefined with a fault. */
export function readDue(typed: Typed, name: string, today: Day, faults: Faults): Day | undefined {
  const day = readDayAhead(typed, name, today, faults)
  if (!day) {
    faults[name] ??= 'Say by which day it is due.'
    return undefined
  }
  return dayOff(day, today)?.instead === typedText(typed, INSTEAD) ? typedText(typed, INSTEAD) : day
}

/** A day from today to the furthest; undefined where nothing was typed, and with a fault where it does not fit. */
export function readDayAhead(typed: Typed, name: string, today: Day, faults: Faults): Day | undefined {
  const day = typedDay(typed, name)
  if (day === undefined) return undefined
  if (day === null) {
    faults[name] = 'This is not a date. Check the day, the month and the four figures of the year.'
  } else if (day < today) {
    faults[name] = 'This day lies in the past. Choose today or a later day.'
  } else if (day > latestDue(today)) {
    faults[name] =
      `This day lies more than ${LONGEST_REVIEW_DAYS} days ahead. Choose one by ${calendarWords(latestDue(today))}; it can be moved later, with a reason.`
  } else {
    return day
  }
  return undefined
}

/** Field of a form in which a day off is confirmed, or the day in its place chosen. */
export const INSTEAD = 'instead'

/** A day off that nobody has confirmed yet: the page asks once. */
export const askedDayOff = (typed: Typed, day: Day, today: Day): DayOff | null =>
  typedText(typed, INSTEAD) === day ? null : dayOff(day, today)

export interface DayOff {
  day: Day
  /** "Friday 25 December 2026 is a bank holiday." */
  says: string
  /** The last working day before it; the next one after it, where that would lie in the past. */
  instead: Day
  insteadWords: string
}

/** Null for a working day. */
export function dayOff(day: Day, today: Day): DayOff | null {
  if (isWorkingDay(day)) return null
  const holiday = bankHolidays(day.slice(0, 4)).has(day)
  const instead = workingDayBefore(day, today) ?? workingDayAfter(day)
  return {
    day,
    says: `${weekdayWords(day)} is ${holiday ? 'a bank holiday' : 'at a weekend'}.`,
    instead,
    insteadWords: weekdayWords(instead),
  }
}

function workingDayBefore(day: Day, today: Day): Day | null {
  for (let at = addDays(day, -1); at >= today; at = addDays(at, -1)) if (isWorkingDay(at)) return at
  return null
}

function workingDayAfter(day: Day): Day {
  let at = addDays(day, 1)
  while (!isWorkingDay(at)) at = addDays(at, 1)
  return at
}

const weekdays = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' })

/** "Friday 25 December 2026". */
export const weekdayWords = (day: Day): string =>
  `${weekdays.format(new Date(`${day}T00:00:00Z`))} ${calendarWords(day)}`
