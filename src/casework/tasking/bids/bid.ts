/**
 * The words and rules of a bid: for the task force or another resource, for a place or a cohort, and never for anybody by
 * name (board paper of December 2021, paragraphs 20 to 24). What happened to it is a list of moves; what may follow what,
 * and who may do it, is the one table `moves`, which buttons, refusals, tests and the diagram in docs/governance/states read.
 */
import type { PackBidCriteria } from '../../../areas/area-pack.ts'
import type { Day } from '../../../platform/calendar.ts'
import { WrongMove } from '../../../platform/errors.ts'

export const stateWords = {
  unmade: 'Not asked for yet',
  asked: 'Asked for',
  granted: 'Granted',
  refused: 'Refused',
  withdrawn: 'Withdrawn',
  deployed: 'Deployed',
  'not-deployed': 'Not deployed',
  ended: 'Ended',
} as const

export type BidState = keyof typeof stateWords

/**
 * - `asker`: whoever asked for it, or a coordinator or commander of their agency;
 * - `chair`: whoever chairs the meeting that decides, unless they asked for it themselves;
 * - `holder`: the agency whose resource it is;
 * - `either`: the agency that asked, or the one whose resource it is.
 */
export const sides = {
  asker: 'whoever asked for it, or a coordinator or commander of their agency',
  chair: 'whoever chairs the meeting that decides, and did not ask for it',
  holder: 'the agency whose resource it is',
  either: 'the agency that asked, or the one whose resource it is',
} as const

export type Side = keyof typeof sides

interface Move {
  from: readonly BidState[]
  to: BidState
  by: Side
  /** After "you can". */
  words: string
  says: string
}

export const moves = {
  ask: { from: ['unmade'], to: 'asked', by: 'asker', words: 'ask for it', says: 'asked for it' },
  withdraw: { from: ['asked'], to: 'withdrawn', by: 'asker', words: 'withdraw it', says: 'withdrew it' },
  grant: { from: ['asked'], to: 'granted', by: 'chair', words: 'grant it', says: 'granted it' },
  refuse: { from: ['asked'], to: 'refused', by: 'chair', words: 'refuse it', says: 'refused it' },
  deploy: {
    from: ['granted'],
    to: 'deployed',
    by: 'holder',
    words: 'say what was deployed',
    says: 'said what was deployed',
  },
  'not-deployed': {
    from: ['granted'],
    to: 'not-deployed',
    by: 'holder',
    words: 'say that it was not deployed, and why',
    says: 'said that it was not deployed',
  },
  end: {
    from: ['deployed'],
    to: 'ended',
    by: 'either',
    words: 'say what came of it',
    says: 'said what came of it',
  },
} as const satisfies Record<string, Move>

export type BidMove = keyof typeof moves

export const moveNames = Object.keys(moves) as BidMove[]

export type Mover = Record<Side, boolean>

/** Why the move is not theirs, or not possible as it stands; null where it is. */
export function whyNot(move: BidMove, state: BidState, who: Mover): string | null {
  const { from, by }: Move = moves[move]
  if (!from.includes(state)) return `It is now: ${stateWords[state].toLowerCase()}.`
  return who[by] ? null : `That is for ${sides[by]}.`
}

export const possibleMoves = (state: BidState, who: Mover): BidMove[] =>
  moveNames.filter(move => whyNot(move, state, who) === null)

/** Throws WrongMove with what is possible instead. */
export function insist(move: BidMove, state: BidState, who: Mover): void {
  const why = whyNot(move, state, who)
  if (why === null) return
  const possible = possibleMoves(state, who).map(m => moves[m].words)
  throw new WrongMove(
    `${why} ${possible.length > 0 ? `You can ${possible.join(', or ')}.` : 'There is nothing for you to do with it now.'}`,
  )
}

/** What was written with a move. */
export interface MoveDetail {
  because?: string
  /** What was sent where, of `deploy`. */
  what?: string
  /** What came of it, of `end`. */
  result?: string
  /** What was counted otherwise than in the catalogue, with where it is from, and the counts. */
  counted?: { what: string; before: number; after: number }
}

export interface MadeMove {
  seq: number
  move: BidMove
  byName: string
  at: Date
  fromOn: Day | null
  toOn: Day | null
  detail: MoveDetail
}

/** How it stands after its moves, which are in order. Pure. */
export const standing = (made: readonly Pick<MadeMove, 'move'>[]): BidState =>
  made.reduce<BidState>((_, { move }) => moves[move].to, 'unmade')

/** The criteria that hold on a day; none where the pack has none. */
export const criteriaOn = (sets: readonly PackBidCriteria[], day: Day): PackBidCriteria['criteria'] =>
  sets.filter(s => s.from <= day).toSorted((a, b) => (a.from < b.from ? 1 : -1))[0]?.criteria ?? []
