/**
 * Deadlines as a calendar that other programs fetch (iCalendar, RFC 5545): references and times, no names (R16). Times are
 * given in UTC, which every calendar shows in the hours of London, the one that comes twice in October too.
 */
import { addDays, type Day } from '../../platform/calendar.ts'
import { type Deadline, deadlineWords } from './deadline.ts'

/** `address` of the installation, without a slash at its end; `name` of the calendar. */
export function calendarText(
  deadlines: readonly Deadline[],
  { now, address, name }: { now: Date; address: string; name: string },
): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Concord//Deadlines//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escapedText(name)}`,
    'X-WR-TIMEZONE:Europe/London',
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    ...deadlines.flatMap(d => eventLines(d, now, address)),
    'END:VCALENDAR',
  ]
  return lines.map(line => `${folded(line)}\r\n`).join('')
}

const eventLines = (
  { what, reference, link, dueAt, dueOn }: Deadline,
  now: Date,
  address: string,
): string[] => [
  'BEGIN:VEVENT',
  `UID:${what}-${reference}@concord`,
  `DTSTAMP:${utc(now)}`,
  ...(dueOn === null
    ? [`DTSTART:${utc(dueAt)}`]
    : [`DTSTART;VALUE=DATE:${compact(dueOn)}`, `DTEND;VALUE=DATE:${compact(addDays(dueOn, 1))}`]),
  `SUMMARY:${escapedText(`${reference}: ${deadlineWords[what]}`)}`,
  `URL:${address}${link}`,
  'CLASS:PRIVATE',
  'TRANSP:TRANSPARENT',
  'END:VEVENT',
]

const utc = (instant: Date): string => `${instant.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`

const compact = (day: Day): string => day.replaceAll('-', '')

/** RFC 5545, 3.3.11. */
export const escapedText = (text: string): string =>
  text
    .replaceAll(/[\\;,]/g, '\\$&')
    .replaceAll(/\r\n?|\n/g, '\\n')
    .replaceAll(/\p{Cc}/gu, '')

/** RFC 5545, 3.1: no line is longer than 75 octets, and none is broken within a character. */
export function folded(line: string): string {
  const parts: string[] = []
  let part = ''
  let octets = 0
  for (const character of line) {
    const size = Buffer.byteLength(character)
    // A line that goes on begins with a space.
    if (octets + size > 75 - (parts.length > 0 ? 1 : 0)) {
      parts.push(part)
      part = ''
      octets = 0
    }
    part += character
    octets += size
  }
  return [...parts, part].join('\r\n ')
}
