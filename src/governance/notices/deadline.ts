/** Something that somebody has to do by a time, by its reference. */
import type { Day } from '../../platform/calendar.ts'
import type { NoticeKindId } from './notice-kinds.ts'

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
  action: 'do it by this day',
  'action-start': 'start it',
  'placement-approval': 'approve it, or turn it down',
  'placement-decision': 'lay it before the panel',
  'placement-review': 'review it',
  'inclusion-notice': 'tell the person, or say why not yet',
  removal: 'confirm that nothing of it is kept',
  'plan-review': 'review it',
  'consequence-review': 'write the review',
  'panel-decision': 'decide it',
  'panel-completion': 'see that it is completed',
  'custody-review': 'review it',
  'custody-release': 'release is due',
  'arrangement-review': 'review it',
  'group-approval': 'approve its assessment, or turn it down',
  'group-review': 'review it',
  'group-link-confirmation': 'confirm who was seen with it, or turn it down',
  'group-link-review': 'review who was seen with it',
} as const

export type DeadlineKind = keyof typeof deadlineWords

interface Reminders {
  today: NoticeKindId
  /** Null where what was missed is no more than the beginning. */
  overdue: NoticeKindId | null
  /** Overdue once its hour is over, or from the next day on. */
  late: 'after-the-hour' | 'the-next-day'
}

const usualReminders: Reminders = { today: 'due-today', overdue: 'overdue', late: 'after-the-hour' }

/** Reminders that come with the day's digest. */
const ownReminders: Partial<Record<DeadlineKind, Reminders>> = {
  action: { today: 'action-due-today', overdue: 'action-overdue', late: 'the-next-day' },
  'plan-review': { today: 'plan-review-due-today', overdue: null, late: 'the-next-day' },
  'consequence-review': {
    today: 'consequence-review-due-today',
    overdue: 'consequence-review-overdue',
    late: 'the-next-day',
  },
  'custody-review': { today: 'custody-due-today', overdue: null, late: 'the-next-day' },
  'custody-release': { today: 'custody-due-today', overdue: null, late: 'the-next-day' },
  'arrangement-review': { today: 'custody-due-today', overdue: null, late: 'the-next-day' },
  'action-start': { today: 'action-starts-today', overdue: null, late: 'the-next-day' },
}

export const remindersOf = (what: DeadlineKind): Reminders => ownReminders[what] ?? usualReminders

/** The working day ends then, Europe/London. */
export const LAST_HOUR = 17
