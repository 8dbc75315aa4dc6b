/**
 * How soon somebody must look at a referral. Immediate danger is not a deadline: it is a telephone call, and the form
 * stands back. Dated data; the periods are this product's proposal for a partnership to confirm, after the one working day
 * in which front doors decide.
 */
import type { Day } from '../../../platform/calendar.ts'
import { londonDay } from '../../../platform/calendar.ts'
import { londonInstant } from '../../../platform/london-time.ts'
import { addWorkingDays, isWorkingDay } from '../../../platform/working-days.ts'

interface Urgency {
  title: string
  hint: string
  /** Null: the telephone. */
  workingDays: number | null
  /** What the referrer is promised. */
  promise: string
  source: string
  since: Day
}

const source =
  'Working Together to Safeguard Children 2023: a decision within one working day; the longer period is a proposal'

export const urgencies = {
  immediate: {
    title: 'Somebody is in danger now',
    hint: 'Injured, threatened with a weapon, missing with somebody dangerous, or about to be hurt',
    workingDays: null,
    promise: 'Danger now is for 999 and the duty desk, not for a form.',
    source,
    since: '2026-01-01',
  },
  today: {
    title: 'It cannot wait until tomorrow',
    hint: 'Harm is likely within a day, but nobody is in danger at this moment',
    workingDays: 0,
    promise:
      'A coordinator looks at it today, before 17:00; outside working hours, before 10:00 on the next working day.',
    source,
    since: '2026-01-01',
  },
  'one-working-day': {
    title: 'It should be looked at by tomorrow',
    hint: 'Somebody is being harmed or exploited, or you think so',
    workingDays: 1,
    promise: 'A coordinator looks at it by 17:00 on the next working day.',
    source,
    since: '2026-01-01',
  },
  'three-working-days': {
    title: 'It can wait a few days',
    hint: 'You are worried, and help early would be good',
    workingDays: 3,
    promise: 'A coordinator looks at it within three working days.',
    source,
    since: '2026-01-01',
  },
} as const satisfies Record<string, Urgency>

export type UrgencyId = keyof typeof urgencies

export const isUrgency = (text: string): text is UrgencyId => Object.hasOwn(urgencies, text)

/** The working day ends then, Europe/London. */
const LAST_HOUR = 17
const FIRST_HOUR = 10

/**
 * When somebody must have looked at it. What is sent in working hours for today is due the same day at 17:00; sent later,
 * at a weekend or on a bank holiday, at 10:00 on the next working day. Danger that was telephoned counts as today.
 */
export function dueAt(urgency: UrgencyId, sentAt: Date): Date {
  const today = londonDay(sentAt)
  const days = urgencies[urgency].workingDays ?? 0
  if (days > 0) return londonInstant(addWorkingDays(today, days), LAST_HOUR)
  const thisEvening = londonInstant(today, LAST_HOUR)
  return isWorkingDay(today) && sentAt < thisEvening
    ? thisEvening
    : londonInstant(addWorkingDays(today, 1), FIRST_HOUR)
}
