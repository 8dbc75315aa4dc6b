/** What the action log shows: whose actions, in what state, due when; all of it stands in the address. Pure. */
import { addDays, type Day } from '../../../platform/calendar.ts'
import { type FourP, fourPs, stateWords } from './action.ts'
import type { ActionFilter } from './action-store.ts'

export const whoseWords = {
  mine: 'Yours',
  agency: 'Your agency’s',
  asked: 'What your agency asked for',
  all: 'Everything that you may see',
} as const

export type Whose = keyof typeof whoseWords

export const statusWords = {
  open: 'To be done',
  overdue: 'Overdue',
  week: 'Due in the next seven days',
  escalated: 'Escalated, waiting for an answer',
  unheld: 'With nobody who works here',
  review: 'To be looked at again, or hidden because nobody did',
  done: stateWords.done,
  'not-done': stateWords['not-done'],
  withdrawn: stateWords.withdrawn,
} as const

export type Status = keyof typeof statusWords

export interface ListFilter {
  whose: Whose
  status: Status
  fourP: FourP | null
  /** Id of the agency that does it. */
  by: string | null
  /** Number of the person, group, place or line that they are about. */
  about: string | null
  /** Id of the kind of meeting that gave them out. */
  meetings: string | null
}

/** What is not a filter is none: an address from elsewhere never fails. `first` is whose actions a role begins with. */
export function readListFilter(
  query: { whose?: string; status?: string; p?: string; by?: string; about?: string; meetings?: string },
  first: Whose,
): ListFilter {
  const { whose = '', status = '', p = '', by = '', about = '', meetings = '' } = query
  return {
    // Somebody’s actions, or a board’s, are asked for whoever has them.
    whose: Object.hasOwn(whoseWords, whose) ? (whose as Whose) : about || meetings ? 'all' : first,
    status: Object.hasOwn(statusWords, status) ? (status as Status) : 'open',
    fourP: Object.hasOwn(fourPs, p) ? (p as FourP) : null,
    by: by || null,
    about: about || null,
    meetings: meetings || null,
  }
}

/** Days ahead at which a hidden or soon hidden action is shown to who looks at it again. */
const REVIEW_AHEAD = 14

/** The filter of the store. `who` is whoever looks. */
export function storeFilter(
  { whose, status, fourP, by, about, meetings }: ListFilter,
  who: { user: string; agency: string },
  today: Day,
): ActionFilter {
  return {
    ...ofWhom[whose](who),
    ...ofStatus(status, today),
    ...(fourP ? { fourP } : {}),
    ...(by ? { agency: by } : {}),
    ...(about ? { about } : {}),
    ...(meetings ? { meetingType: meetings } : {}),
  }
}

const ofWhom: Record<Whose, (who: { user: string; agency: string }) => ActionFilter> = {
  mine: ({ user }) => ({ owner: user }),
  agency: ({ agency }) => ({ agency }),
  asked: ({ agency }) => ({ madeByAgency: agency }),
  all: () => ({}),
}

function ofStatus(status: Status, today: Day): ActionFilter {
  switch (status) {
    case 'overdue':
      return { overdueOn: today }
    case 'week':
      return { states: ['open'], dueFrom: today, dueTo: addDays(today, 7) }
    case 'escalated':
      return { states: ['open'], escalated: true }
    case 'unheld':
      return { states: ['open'], unheld: true }
    case 'review':
      return { states: ['open'], reviewTo: addDays(today, REVIEW_AHEAD) }
    case 'open':
      return { states: ['open'] }
    default:
      return { states: [status] }
  }
}

const DAY = 86_400_000

const daysBetween = (from: Day, to: Day): number => (Date.parse(to) - Date.parse(from)) / DAY

/** "due today", "due in 3 days", "2 days over". */
export function dueWords(dueOn: Day, today: Day): string {
  const days = daysBetween(today, dueOn)
  if (days === 0) return 'due today'
  if (days === 1) return 'due tomorrow'
  if (days > 0) return `due in ${days} days`
  return days === -1 ? '1 day over' : `${-days} days over`
}
