/** Something that somebody has to do by a time, by its reference. */
import type { Day } from '../../platform/calendar.ts'

export interface Deadline {
  recipient: string
  what: DeadlineKind
  reference: string
  /** An address of ours. */
  link: string
  subjectKind: string
  /** For what is due at some time of a day, the end of that day's working hours. */
  dueAt: Date
  /** Set where it is due on a day, not at an hour. */
  dueOn: Day | null
}

/** After the reference, in a calendar. */
export const deadlineWords = {
  referral: 'look at it',
  challenge: 'look at it again',
  request: 'answer it',
  'emergency-review': 'review it',
  'broken-glass-review': 'review it',
  'rights-case': 'answer it',
  breach: 'end of the 72 hours',
} as const

export type DeadlineKind = keyof typeof deadlineWords

/** The working day ends then, Europe/London. */
export const LAST_HOUR = 17
