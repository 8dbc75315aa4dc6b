/** The minutes of a meeting: who was there, what was decided and given out, and what was said to each matter. Pure. */
import type { Attendance } from './meeting.ts'
import type { Meeting, MeetingMember } from './meeting-store.ts'
import type { ShownEntry, ShownItem } from './shown-room.ts'

export interface AgencyAttendance {
  agency: string
  present: string[]
  apologies: string[]
  absent: string[]
}

/** By agency, in the order of their names; agencies that were invited and have nobody in it as well. */
export function attendanceByAgency(
  members: readonly MeetingMember[],
  agencyNames: Readonly<Record<string, string>>,
): AgencyAttendance[] {
  const who = (agency: string, attendance: Attendance) =>
    members.filter(m => m.agency === agency && m.attendance === attendance).map(m => `${m.name}, ${m.post}`)
  return Object.entries(agencyNames)
    .sort(([, a], [, b]) => a.localeCompare(b))
    .map(([id, agency]) => ({
      agency,
      present: who(id, 'present'),
      apologies: who(id, 'apologies'),
      absent: [...who(id, 'absent'), ...who(id, 'expected')],
    }))
}

export interface Minutes {
  decisions: { entry: ShownEntry; at: string }[]
  actions: { entry: ShownEntry; at: string }[]
  /** Matters to which something was said, or that were gone through. */
  discussed: ShownItem[]
  /** What stood on the agenda and was not reached. */
  left: ShownItem[]
}

/** An entry whose place another has taken is left out: the minutes are what stands. */
export function minutesOf(items: readonly ShownItem[], general: readonly ShownEntry[]): Minutes {
  const all = [
    ...items.flatMap(item => item.entries.map(entry => ({ entry, at: item.title }))),
    ...general.map(entry => ({ entry, at: '' })),
  ].sort((a, b) => a.entry.seq - b.entry.seq)
  const corrected = new Set(all.flatMap(({ entry }) => (entry.corrects ? [entry.corrects] : [])))
  const standing = all.filter(({ entry }) => !corrected.has(entry.id))
  const without = (item: ShownItem) => ({ ...item, entries: item.entries.filter(e => !corrected.has(e.id)) })
  return {
    decisions: standing.filter(({ entry }) => entry.kind === 'decision'),
    actions: standing.filter(({ entry }) => entry.kind === 'action'),
    discussed: items.filter(i => i.passedAt !== null || i.entries.length > 0).map(without),
    left: items.filter(i => i.passedAt === null && i.entries.length === 0),
  }
}

/** "20 November 2026, 09:00 to 09:40", and over midnight with both days. */
export function heldWords(
  { openedAt, closedAt, startsAt }: Pick<Meeting, 'openedAt' | 'closedAt' | 'startsAt'>,
  words: { day: (at: Date) => string; clock: (at: Date) => string },
): string {
  const from = openedAt ?? startsAt
  const begun = `${words.day(from)}, ${words.clock(from)}`
  if (!closedAt) return begun
  return words.day(closedAt) === words.day(from)
    ? `${begun} to ${words.clock(closedAt)}`
    : `${begun} to ${words.day(closedAt)}, ${words.clock(closedAt)}`
}
