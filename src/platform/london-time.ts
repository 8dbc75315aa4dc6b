/** Hours of the clock on the wall in London, as instants and back, across the change of the clocks. */
import { type Day, londonDay } from './calendar.ts'

const wallClock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** "09:41", as a clock in London shows it. */
export const clockWords = (instant: Date): string => wallClock.format(instant)

/** Minutes after midnight that a clock in London shows. */
export function londonMinutes(instant: Date): number {
  const [hours, minutes] = wallClock.format(instant).split(':').map(Number)
  return hours! * 60 + minutes!
}

/**
 * The instant at which a clock in London shows an hour of a day. Of an hour that comes twice in October, the first; an
 * hour that is left out in March is an hour later.
 */
export function londonInstant(day: Day, hour: number): Date {
  const wanted = Date.parse(`${day}T00:00:00Z`) + hour * HOUR
  const summer = new Date(wanted - HOUR)
  return shownAt(summer) === wanted ? summer : new Date(wanted)
}

/** What the clock shows, as if it were UTC. */
const shownAt = (instant: Date): number =>
  Date.parse(`${londonDay(instant)}T00:00:00Z`) + londonMinutes(instant) * 60_000

const HOUR = 3_600_000
