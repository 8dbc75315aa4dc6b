/** A rights case in words: for lists, for its page, and for the morning. */
import { calendarWords, type Day } from '../../platform/calendar.ts'
import { caseDeadline, clockOf, moves, type RightsAction, stateWords } from './rights-case.ts'
import { daysBetween } from './rights-deadline.ts'
import { kinds, outcomeWords, regimes } from './rights-kinds.ts'
import type { RightsCase } from './rights-store.ts'

export interface ShownDue {
  on: Day
  /** "in 3 days", "2 days late", "stopped, 3 days left". */
  words: string
  late: boolean
  paused: boolean
  movedFrom: Day | null
  pausedDays: number
}

/** Null once it is closed, or where nothing but "without undue delay" is left. */
export function dueOf(
  found: Pick<RightsCase, 'kind' | 'regime' | 'receivedOn' | 'stands'>,
  today: Day,
): ShownDue | null {
  const { stands } = found
  if (stands.state === 'closed' || (found.kind === 'complaint' && stands.acknowledged)) return null
  const { on, movedFrom, paused, pausedDays } = caseDeadline(found, stands, today)
  const left = daysBetween(today, on)
  const days = Math.abs(left) === 1 ? 'day' : 'days'
  const words = paused
    ? `stopped, ${left} ${days} left`
    : left < 0
      ? `${-left} ${days} late`
      : left === 0
        ? 'today'
        : `in ${left} ${days}`
  return { on, words, late: left < 0 && !paused, paused, movedFrom, pausedDays }
}

export interface ShownCase {
  reference: string
  kind: string
  regime: string
  state: string
  open: boolean
  due: ShownDue | null
  acknowledged: boolean
  extended: boolean
  outcome: string | null
  receivedOn: Day
  closedOn: Day | null
}

export const shownCase = (found: RightsCase, today: Day): ShownCase => ({
  reference: found.reference,
  kind: kinds[found.kind].title,
  regime: regimes[found.regime].title,
  state: stateWords[found.stands.state],
  open: found.stands.state !== 'closed',
  due: dueOf(found, today),
  acknowledged: found.stands.acknowledged,
  extended: found.stands.extended,
  outcome: found.stands.outcome ? outcomeWords(found.kind, found.stands.outcome) : null,
  receivedOn: found.receivedOn,
  closedOn: found.stands.closedOn,
})

/** Open cases by when they are due, then those with no date; closed ones after them, the newest first. */
export function byDeadline(cases: readonly RightsCase[], today: Day): ShownCase[] {
  const shown = cases.map(found => shownCase(found, today))
  const open = shown.filter(c => c.open)
  const closed = shown.filter(c => !c.open)
  open.sort((a, b) => (a.due?.on ?? '9999').localeCompare(b.due?.on ?? '9999'))
  closed.sort((a, b) => (b.closedOn ?? '').localeCompare(a.closedOn ?? ''))
  return [...open, ...closed]
}

/** The period of the law in words, and what it rests on. */
export function clockWords(found: RightsCase): { period: string; source: string; confirmed: boolean } {
  const { period, extensionMonths, stops, source, confirmed } = clockOf(found)
  const first = 'months' in period ? 'One month' : `Acknowledged within ${period.days} days`
  return {
    period: [
      first,
      extensionMonths > 0 && `${extensionMonths} more where it is complex`,
      stops && 'stops while they are asked who they are or what they mean',
    ]
      .filter(Boolean)
      .join('; '),
    source,
    confirmed,
  }
}

/** "Asked who they are", as history tells it. */
export const actionWords = (
  { action, detail, reviewerName }: RightsAction,
  kind: RightsCase['kind'],
): string => {
  if (action === 'open') return 'Opened the case'
  const parts = [
    moves[action].button,
    reviewerName && `: ${reviewerName}`,
    detail.outcome && `: ${outcomeWords(kind, detail.outcome)}`,
    detail.on && ` (on ${calendarWords(detail.on)})`,
  ]
  return parts.filter(Boolean).join('')
}
