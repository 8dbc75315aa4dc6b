/** Days and minutes since 1970 as text. Local wall-clock time, without a zone: Europe/London throughout. */
import type { Day } from '../platform/calendar.ts'

const MINUTES = 1440
const texts = new Map<number, Day>()

export const dayNumber = (day: Day): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000

export function dayText(number: number): Day {
  let text = texts.get(number)
  if (text === undefined) {
    text = new Date(number * 86_400_000).toISOString().slice(0, 10)
    texts.set(number, text)
  }
  return text
}

const clock = Array.from(
  { length: MINUTES },
  (_, m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`,
)

export const minuteText = (minutes: number): string =>
  `${dayText(Math.floor(minutes / MINUTES))} ${clock[((minutes % MINUTES) + MINUTES) % MINUTES]!}`

export const minuteOf = (day: number, hour: number, minute: number): number =>
  day * MINUTES + hour * 60 + minute

export const dayOfMinute = (minutes: number): number => Math.floor(minutes / MINUTES)

/** 0 Monday to 6 Sunday. 1 January 1970 was a Thursday. */
export const weekday = (day: number): number => (((day + 3) % 7) + 7) % 7

/** 01:00 to 01:59 on the last Sunday of March did not happen: the clocks skip it. One hour later did. */
export function afterSkippedHour(minutes: number): number {
  const day = dayOfMinute(minutes)
  const hour = Math.floor((minutes - day * MINUTES) / 60)
  if (hour !== 1 || weekday(day) !== 6) return minutes
  const text = dayText(day)
  return text.slice(5, 7) === '03' && Number(text.slice(8)) > 24 ? minutes + 60 : minutes
}
