/** Copies of minutes and agendas: what they are, how long they can be taken, and what may be done with one. Pure. */
import { addDays, type Day } from '../../../../platform/calendar.ts'
import type { MeetingState } from '../meeting.ts'

export const copyWords = { agenda: 'Agenda', minutes: 'Minutes' } as const

export type CopyOf = keyof typeof copyWords

/** What a meeting gives copies of; null where there is nothing to give. */
export const copyOf = (state: MeetingState): CopyOf | null =>
  state === 'called-off' ? null : state === 'closed' ? 'minutes' : 'agenda'

/** Days for which a copy can be taken: proposals of ours, the longest as the database has it. */
export const lastingDays = [7, 14, 28] as const

export const DEFAULT_DAYS = 14

export const endChoices = (today: Day): { value: string; day: Day }[] =>
  lastingDays.map(days => ({ value: String(days), day: addDays(today, days) }))

export const standingWords = {
  open: 'Can be taken',
  ended: 'Ended',
  withdrawn: 'Taken back',
} as const

export type CopyStanding = keyof typeof standingWords

export const copyStanding = (
  { withdrawnAt, endsOn }: { withdrawnAt: Date | null; endsOn: Day },
  today: Day,
): CopyStanding => (withdrawnAt ? 'withdrawn' : endsOn < today ? 'ended' : 'open')
