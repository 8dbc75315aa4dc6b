/** When a meeting of a type is held next, from the cadence in the area pack. Hours are of the clock in London. Pure. */
import { type Cadence, weekdays } from '../../../areas/meeting-type.ts'
import { addDays, type Day, firstDay, londonDay, monthOf } from '../../../platform/calendar.ts'
import { londonInstant } from '../../../platform/london-time.ts'
import { isWorkingDay } from '../../../platform/working-days.ts'

/** Instants on days from `from` to `to`, both included; none for a meeting that is called. */
export function meetingsBetween(cadence: Cadence, from: Day, to: Day): Date[] {
  if (cadence.kind === 'called') return []
  const found: Date[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) {
    if (isDayOf(cadence, day)) found.push(londonInstant(day, hourOf(cadence.at)))
  }
  return found
}

function isDayOf(cadence: Exclude<Cadence, { kind: 'called' }>, day: Day): boolean {
  switch (cadence.kind) {
    case 'daily':
      return isWorkingDay(day)
    case 'weekly':
      return afterBankHoliday(day, d => isWeekday(d, cadence.weekday))
    case 'monthly':
      return afterBankHoliday(day, d => isInWeek(d, cadence))
    case 'quarterly':
      return afterBankHoliday(
        day,
        d => cadence.months.includes(Number(d.slice(5, 7))) && isInWeek(d, cadence),
      )
  }
}

/** On a bank holiday it is held on the next working day. */
function afterBankHoliday(day: Day, falls: (day: Day) => boolean): boolean {
  if (!isWorkingDay(day)) return false
  for (let before = day; ; before = addDays(before, -1)) {
    if (falls(before)) return true
    if (isWorkingDay(addDays(before, -1))) return false
  }
}

const isInWeek = (day: Day, { week, weekday }: { week: number; weekday: string }): boolean =>
  isWeekday(day, weekday) && Math.ceil(Number(day.slice(8)) / 7) === week

const isWeekday = (day: Day, name: string): boolean =>
  weekdays[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7] === name

const hourOf = (at: string): number => Number(at.slice(0, 2)) + Number(at.slice(3)) / 60

/** "every working day at 09:00", for pages. */
export function cadenceWords(cadence: Cadence): string {
  switch (cadence.kind) {
    case 'daily':
      return `every working day at ${cadence.at}`
    case 'weekly':
      return `every ${capital(cadence.weekday)} at ${cadence.at}`
    case 'monthly':
      return `on the ${ordinal(cadence.week)} ${capital(cadence.weekday)} of the month at ${cadence.at}`
    case 'quarterly':
      return `four times a year, on a ${ordinal(cadence.week)} ${capital(cadence.weekday)} at ${cadence.at}`
    case 'called':
      return 'when it is called'
  }
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

const ordinal = (n: number): string => ['first', 'second', 'third', 'fourth'][n - 1]!

/** The month that holds a day, and the next: how far ahead meetings are planned. */
export const planningEnd = (now: Date): Day => addDays(firstDay(monthOf(addDays(londonDay(now), 62))), -1)
