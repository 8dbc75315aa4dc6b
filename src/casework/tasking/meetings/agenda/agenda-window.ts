/** How far back an agenda reaches. Pure. */
import { londonDay } from '../../../../platform/calendar.ts'
import { londonInstant, londonMinutes } from '../../../../platform/london-time.ts'
import { listFrom } from '../../../intake/overnight/overnight.ts'

/**
 * From the hour of the meeting on the working day before: over a weekend or a bank holiday, the one before that. By the
 * clock on the wall, so that the 24 hours are 23 or 25 when the clocks change.
 */
export function agendaWindow(startsAt: Date, now: Date): { from: Date; to: Date } {
  return { from: londonInstant(listFrom(londonDay(startsAt)), londonMinutes(startsAt) / 60), to: now }
}
