/**
 * By when a request has to be answered. A period of months ends on the same day of a later month, or on that month's last
 * day where it has no such day; an end on a weekend or bank holiday moves to the next working day (ICO, right of access:
 * "how long do we have to comply?"). Days on which the clock stood still are added.
 *
 * Article 12A lets the month begin only when the asker has shown who they are. Here it begins with the request and stands
 * still meanwhile, which never gives a later day.
 */
import { addDays, addMonths, type Day, lastDay, monthOf } from '../../platform/calendar.ts'
import { isWorkingDay } from '../../platform/working-days.ts'
import type { StatutoryClock } from './statutory-clocks.ts'

/** Days on which the clock stood still: from the asking to the answer, or open while it still does. */
export interface Pause {
  from: Day
  /** Null while it lasts. */
  to: Day | null
}

export interface Deadline {
  /** By when. While the clock stands still, by when if the answer came today. */
  on: Day
  /** The day by the calendar alone, where it fell on a weekend or bank holiday and has moved. */
  movedFrom: Day | null
  /** Days added because the clock stood still. */
  pausedDays: number
  paused: boolean
}

export function deadlineOf(
  clock: StatutoryClock,
  received: Day,
  { extended, pauses, today }: { extended: boolean; pauses: readonly Pause[]; today: Day },
): Deadline {
  const { period } = clock
  const end =
    'months' in period
      ? sameDayLater(received, period.months + (extended ? clock.extensionMonths : 0))
      : // "Within 30 days beginning when": the first of them is the day itself.
        addDays(received, period.days - 1)
  const pausedDays = clock.stops ? pauses.reduce((sum, p) => sum + daysBetween(p.from, p.to ?? today), 0) : 0
  const day = addDays(end, pausedDays)
  const on = workingDayFrom(day)
  return {
    on,
    movedFrom: on === day ? null : day,
    pausedDays,
    paused: clock.stops && pauses.some(p => p.to === null),
  }
}

export function sameDayLater(day: Day, months: number): Day {
  const month = addMonths(monthOf(day), months)
  const last = lastDay(month)
  const same = `${month}${day.slice(7)}`
  return same < last ? same : last
}

export const daysBetween = (from: Day, to: Day): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)

/** The day itself, or the next working day. Beyond the bank holidays that are listed, the day itself: never too late. */
function workingDayFrom(day: Day): Day {
  try {
    let at = day
    while (!isWorkingDay(at)) at = addDays(at, 1)
    return at
  } catch (error) {
    if (error instanceof RangeError) return day
    throw error
  }
}
