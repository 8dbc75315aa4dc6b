/**
 * The words and rules of a spell in custody. What happened to it is a list of moves; what may follow what, and who may do
 * it, is the one table `moves`, which buttons, refusals, tests and the diagram in docs/governance/states read. That a day of
 * release was set and set again stays to be read.
 */
import { WrongMove } from '../../platform/errors.ts'

export const stateWords = {
  unmade: 'Not written down yet',
  in: 'In custody',
  released: 'Released',
  withdrawn: 'Taken back',
} as const

export type CustodyState = keyof typeof stateWords

/** - `keeper`: whoever keeps records at the agency that keeps it; - `holder`: who looks after it, or a coordinator there. */
export const sides = {
  keeper: 'the agency that keeps it',
  holder: 'whoever looks after it, or a coordinator of their agency',
} as const

export type Side = keyof typeof sides

interface Move {
  from: readonly CustodyState[]
  to: CustodyState | null
  by: Side
  /** After "you can". */
  words: string
  /** In its history, after who did it. */
  says: string
}

const inside = ['in'] as const

export const moves = {
  enter: {
    from: ['unmade'],
    to: 'in',
    by: 'keeper',
    words: 'write it down',
    says: 'wrote down that they are in custody',
  },
  transfer: {
    from: inside,
    to: null,
    by: 'keeper',
    words: 'say that they were moved',
    says: 'wrote down that they were moved',
  },
  'set-release': {
    from: inside,
    to: null,
    by: 'keeper',
    words: 'set the day of release',
    says: 'set the day of release',
  },
  release: {
    from: inside,
    to: 'released',
    by: 'keeper',
    words: 'say that they were released',
    says: 'wrote down that they were released',
  },
  review: { from: inside, to: null, by: 'keeper', words: 'review it', says: 'reviewed it' },
  'hand-over': { from: inside, to: null, by: 'holder', words: 'hand it over', says: 'handed it over' },
  withdraw: {
    from: inside,
    to: 'withdrawn',
    by: 'holder',
    words: 'take it back',
    says: 'took it back: it was a mistake',
  },
} as const satisfies Record<string, Move>

export type CustodyMove = keyof typeof moves

export const moveNames = Object.keys(moves) as CustodyMove[]

/** What somebody is to a spell. */
export type Mover = Record<Side, boolean>

/** Why the move is not theirs, or not possible as it stands; null where it is. */
export function whyNot(move: CustodyMove, state: CustodyState, who: Mover): string | null {
  const { from, by }: Move = moves[move]
  if (!who[by]) return `That is for ${sides[by]}.`
  if (!from.includes(state)) return `It is now: ${stateWords[state].toLowerCase()}.`
  return null
}

export const possibleMoves = (state: CustodyState, who: Mover): CustodyMove[] =>
  moveNames.filter(move => whyNot(move, state, who) === null)

/** Throws WrongMove with what is possible instead. */
export function insist(move: CustodyMove, state: CustodyState, who: Mover): void {
  const why = whyNot(move, state, who)
  if (why === null) return
  const possible = possibleMoves(state, who).map(m => moves[m].words)
  throw new WrongMove(
    `${why} ${possible.length > 0 ? `You can ${possible.join(', or ')}.` : 'There is nothing for you to do with it now.'}`,
  )
}

/** What there is to mind inside. */
export const insideKinds = {
  conflict: {
    title: 'Conflicts inside',
    add: 'Add a conflict inside',
    label: 'With whom is there a conflict, and about what?',
    hint: 'Somebody in the same establishment, a debt, a threat: what happened, and what would keep them apart.',
    empty: 'Nobody has written down a conflict inside.',
  },
  visitor: {
    title: 'Visitors of concern',
    add: 'Add a visitor of concern',
    label: 'Who visits or calls, and what worries you about it?',
    hint: 'What happened at which visit. That somebody is family is no concern by itself.',
    empty: 'Nobody has written down a visitor of concern.',
  },
} as const

export type InsideKind = keyof typeof insideKinds

export const isInsideKind = (text: string): text is InsideKind => Object.hasOwn(insideKinds, text)
