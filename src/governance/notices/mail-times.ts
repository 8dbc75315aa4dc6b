/**
 * When an e-mail about a notice may go. What cannot wait goes at once; the rest with the day's digest, or as it comes
 * outside quiet hours: people who work in shifts are not rung out of bed by what can wait.
 */
import { addDays, type Day, londonDay } from '../../platform/calendar.ts'
import { londonInstant, londonMinutes } from '../../platform/london-time.ts'
import { isUrgent, type NoticeGroup, type NoticeKindId, noticeKinds } from './notice-kinds.ts'

interface QuietHours {
  since: Day
  until?: Day
  /** Hours of the London day. */
  fromHour: number
  toHour: number
  source: string
}

/** Saturday and Sunday are quiet all day. */
export const quietHours: readonly QuietHours[] = [
  {
    since: '2018-05-25',
    fromHour: 19,
    toHour: 7,
    source: 'A proposal for a partnership to confirm: duty desks are rung by telephone outside these hours',
  },
]

export const mailChoices = {
  daily: 'Once a day, everything in one e-mail',
  soon: 'As things happen, outside quiet hours',
  'urgent-only': 'Only what cannot wait',
} as const

export type MailChoice = keyof typeof mailChoices

export interface NoticePreferences {
  when: MailChoice
  /** Of the London day. */
  digestHour: number
  /** Groups without e-mail. */
  muted: NoticeGroup[]
}

export const usualPreferences: NoticePreferences = { when: 'daily', digestHour: 8, muted: [] }

/** Hours that may be chosen for the digest: none of them is quiet. */
export const digestHours = [7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18] as const

const isWeekend = (day: Day): boolean => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())

/** Throws RangeError before the first quiet hours that are listed. */
function quietOn(day: Day): QuietHours {
  const rule = quietHours.find(q => q.since <= day && (q.until === undefined || day <= q.until))
  if (!rule) throw new RangeError(`no quiet hours are listed for ${day}`)
  return rule
}

/** "19:00" and "07:00": quiet hours of a day, for pages. */
export function quietWords(day: Day): { from: string; to: string } {
  const { fromHour, toHour } = quietOn(day)
  return { from: hourWords(fromHour), to: hourWords(toHour) }
}

export const hourWords = (hour: number): string => `${String(hour).padStart(2, '0')}:00`

export function isQuiet(instant: Date): boolean {
  const day = londonDay(instant)
  const { fromHour, toHour } = quietOn(day)
  const minutes = londonMinutes(instant)
  return isWeekend(day) || minutes < toHour * 60 || minutes >= fromHour * 60
}

/** The instant itself where it is not quiet; else the next end of quiet hours. */
function afterQuiet(instant: Date): Date {
  if (!isQuiet(instant)) return instant
  let day = londonDay(instant)
  while (isWeekend(day) || londonInstant(day, quietOn(day).toHour) < instant) day = addDays(day, 1)
  return londonInstant(day, quietOn(day).toHour)
}

/** The next digest that the notice can be in. */
function nextDigest(instant: Date, hour: number): Date {
  let day = londonDay(instant)
  while (isWeekend(day) || londonInstant(day, hour) < instant) day = addDays(day, 1)
  return londonInstant(day, hour)
}

/** When an e-mail about the notice is due; null where its recipient wants none. */
export function mailAt(
  { kind, createdAt }: { kind: NoticeKindId; createdAt: Date },
  { when, digestHour, muted }: NoticePreferences,
): Date | null {
  if (isUrgent(kind)) return createdAt
  if (when === 'urgent-only' || muted.includes(noticeKinds[kind].group)) return null
  return when === 'soon' ? afterQuiet(createdAt) : nextDigest(createdAt, digestHour)
}
