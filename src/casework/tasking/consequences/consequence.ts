/**
 * The words and rules of consequence management: what is done in the hours and days after a critical incident (board paper
 * of December 2021, paragraph 60). What happened to it is a list of moves; what may follow what, and who may do it, is the
 * one table `moves`, which buttons, refusals, tests and the diagram in docs/governance/states read.
 */
import type { PackConsequenceReview } from '../../../areas/area-pack.ts'
import { addDays, calendarWords, type Day } from '../../../platform/calendar.ts'
import { WrongMove } from '../../../platform/errors.ts'

export const stateWords = {
  unmade: 'Not opened yet',
  open: 'In hand',
  reviewed: 'Reviewed',
  closed: 'Closed',
} as const

export type ConsequenceState = keyof typeof stateWords

/**
 * - `lead`: anybody who works with people at the agency that opened it;
 * - `holder`: whoever leads it, or a coordinator or commander of their agency;
 * - `commander`: a coordinator or commander of that agency;
 * - `party`: the agency that leads it, or the one that is parted with.
 */
export const sides = {
  lead: 'the agency that leads it',
  holder: 'whoever leads it, or a coordinator or commander of their agency',
  commander: 'a coordinator or commander of the agency that leads it',
  party: 'the agency that leads it, or the one that leaves',
} as const

export type Side = keyof typeof sides

interface Move {
  from: readonly ConsequenceState[]
  to: ConsequenceState | null
  by: Side
  /** After "you can". */
  words: string
  /** In its history, after who did it. */
  says: string
}

const inHand = ['open', 'reviewed'] as const

export const moves = {
  open: { from: ['unmade'], to: 'open', by: 'lead', words: 'open it', says: 'opened it' },
  'add-agency': {
    from: inHand,
    to: null,
    by: 'lead',
    words: 'bring an agency to it',
    says: 'brought an agency to it',
  },
  'remove-agency': {
    from: inHand,
    to: null,
    by: 'party',
    words: 'part with an agency',
    says: 'parted with an agency',
  },
  'hand-over': { from: inHand, to: null, by: 'holder', words: 'hand it over', says: 'handed it over' },
  review: { from: ['open'], to: 'reviewed', by: 'lead', words: 'write the review', says: 'wrote the review' },
  close: { from: ['reviewed'], to: 'closed', by: 'holder', words: 'close it', says: 'closed it' },
  reopen: { from: ['closed'], to: 'open', by: 'commander', words: 'open it again', says: 'opened it again' },
} as const satisfies Record<string, Move>

export type ConsequenceMove = keyof typeof moves

export const moveNames = Object.keys(moves) as ConsequenceMove[]

/** What somebody is to it. */
export type Mover = Record<Side, boolean>

export interface Standing {
  state: ConsequenceState
  /** When the review is due. */
  reviewDueOn: Day
}

export interface MadeMove {
  seq: number
  move: ConsequenceMove
  byName: string
  at: Date
  toName: string | null
  toAgency: string | null
  dueOn: Day | null
  detail: { because?: string; affected?: string; grade?: string; result?: string }
}

/** How it stands after its moves, which are in order. Pure. */
export const standing = (made: readonly Pick<MadeMove, 'move' | 'dueOn'>[]): Standing =>
  made.reduce<Standing>(
    (before, { move, dueOn }) => ({
      state: moves[move].to ?? before.state,
      reviewDueOn: dueOn ?? before.reviewDueOn,
    }),
    { state: 'unmade', reviewDueOn: '' },
  )

/** Why the move is not theirs, or not possible as it stands; null where it is. */
export function whyNot(
  move: ConsequenceMove,
  { state, reviewDueOn }: Standing,
  who: Mover,
  today: Day,
): string | null {
  const { from, by }: Move = moves[move]
  if (!who[by]) return `That is for ${sides[by]}.`
  if (move === 'close' && state === 'open') {
    return `It is closed after its review, which is ${reviewDueOn > today ? `written from ${calendarWords(reviewDueOn)} on` : 'due now'}.`
  }
  if (!from.includes(state)) return `It is now: ${stateWords[state].toLowerCase()}.`
  // Written before its day it would say nothing of the days that it is about.
  if (move === 'review' && reviewDueOn > today)
    return `The review is written from ${calendarWords(reviewDueOn)} on.`
  return null
}

export const possibleMoves = (stands: Standing, who: Mover, today: Day): ConsequenceMove[] =>
  moveNames.filter(move => whyNot(move, stands, who, today) === null)

/** Throws WrongMove with what is possible instead. */
export function insist(move: ConsequenceMove, stands: Standing, who: Mover, today: Day): void {
  const why = whyNot(move, stands, who, today)
  if (why === null) return
  const possible = possibleMoves(stands, who, today).map(m => moves[m].words)
  throw new WrongMove(
    `${why} ${possible.length > 0 ? `You can ${possible.join(', or ')}.` : 'There is nothing for you to do with it now.'}`,
  )
}

/** When the review of what is opened today is due, by the rule of the area pack that holds; throws RangeError for none. */
export function reviewDueOn(rules: readonly PackConsequenceReview[], today: Day): Day {
  const rule = rules.filter(r => r.from <= today).toSorted((a, b) => (a.from < b.from ? 1 : -1))[0]
  if (!rule) throw new RangeError(`no rule for the review of consequence management holds on ${today}`)
  return addDays(today, rule.days)
}
