/**
 * The queue of referrals: what waits, by when, and in what order. By deadline and nothing else: never by how many signs
 * somebody ticked, nor by anything about the person (R6). Pure.
 */
import { isKind, type ReferralKind } from '../referrals/answers.ts'
import type { ReferralState } from '../referrals/referral.ts'
import { dueAt, isUrgency, type UrgencyId } from '../referrals/urgency.ts'

export interface QueueItem {
  reference: string
  kind: ReferralKind
  urgency: UrgencyId
  state: ReferralState
  from: { agency: string; name: string }
  /** Organisation and post of the invited partner who sent it, through that agency. */
  guest: { organisation: string; post: string } | null
  sentAt: Date
  /** When somebody must have looked: of the referral, or of its challenge. */
  dueAt: Date
  takenBy: { user: string; name: string } | null
}

/** What the queue is narrowed to; all of it stands in the address. */
export interface QueueFilter {
  show: Shown
  urgency: UrgencyId | null
  kind: ReferralKind | null
  from: string | null
}

export const shownWords = {
  open: 'Everything that is open',
  waiting: 'Waiting for a coordinator',
  mine: 'Taken on by me',
  challenged: 'Challenged',
  decided: 'Decided or withdrawn in the last 90 days',
  review: 'To be looked at again, or hidden because nobody did',
} as const

export type Shown = keyof typeof shownWords

export const statesShown: Record<Shown, readonly ReferralState[]> = {
  open: ['sent', 'challenged', 'in-triage'],
  waiting: ['sent', 'challenged'],
  mine: ['in-triage'],
  challenged: ['challenged'],
  decided: ['accepted', 'declined', 'withdrawn'],
  review: ['sent', 'challenged', 'in-triage', 'accepted', 'declined'],
}

/** What is not a filter is none: an address from elsewhere never fails. */
export function readFilter(query: {
  show?: string
  urgency?: string
  kind?: string
  from?: string
}): QueueFilter {
  const { show = '', urgency = '', kind = '', from = '' } = query
  return {
    show: Object.hasOwn(shownWords, show) ? (show as Shown) : 'open',
    urgency: isUrgency(urgency) ? urgency : null,
    kind: isKind(kind) ? kind : null,
    from: from || null,
  }
}

/** A challenge has three working days of its own. */
export const challengeDue = (challengedAt: Date): Date => dueAt('three-working-days', challengedAt)

/** The earliest deadline first; of the same deadline, what was sent first. Decided ones: the latest first. */
export const inOrder = (items: readonly QueueItem[], { show }: Pick<QueueFilter, 'show'>): QueueItem[] =>
  show === 'decided' || show === 'review'
    ? items.toSorted((a, b) => b.sentAt.getTime() - a.sentAt.getTime())
    : items.toSorted(
        (a, b) =>
          a.dueAt.getTime() - b.dueAt.getTime() ||
          a.sentAt.getTime() - b.sentAt.getTime() ||
          a.reference.localeCompare(b.reference),
      )

const HOUR = 3_600_000

/** "overdue by 3 hours", "due in 2 days": in words, so that it reads without colour. */
export function dueWords(due: Date, now: Date): string {
  const hours = (due.getTime() - now.getTime()) / HOUR
  return hours < 0 ? `overdue by ${lengthWords(-hours)}` : `due in ${lengthWords(hours)}`
}

/** How long it has lain: "3 hours", "2 days". */
export const ageWords = (since: Date, now: Date): string =>
  lengthWords(Math.max(0, (now.getTime() - since.getTime()) / HOUR))

function lengthWords(hours: number): string {
  if (hours < 1) return 'less than an hour'
  const [n, unit] = hours < 48 ? [Math.floor(hours), 'hour'] : [Math.floor(hours / 24), 'day']
  return `${n} ${unit}${n === 1 ? '' : 's'}`
}
