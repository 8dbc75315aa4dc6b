/**
 * The words and rules of a case before a panel that decides out of court (board paper of December 2021, paragraph 55). What
 * happened to it is a list of moves; what may follow what, and who may do it, is the one table `moves`, which buttons,
 * refusals, tests and the diagram in docs/governance/states read.
 */

import type { Day } from '../../../platform/calendar.ts'
import { WrongMove } from '../../../platform/errors.ts'
import type { OutcomeId } from './outcomes.ts'

export const stateWords = {
  unmade: 'Not referred yet',
  waiting: 'Waits for the panel',
  decided: 'Decided',
  completed: 'Completed',
  returned: 'Returned to the police',
  withdrawn: 'Withdrawn',
} as const

export type PanelCaseState = keyof typeof stateWords

/**
 * - `referrer`: whoever referred it, or a coordinator of their agency;
 * - `chair`: whoever chairs the panel;
 * - `decider`: whoever chairs the panel, and did not refer it;
 * - `keeper`: the agency in charge of what was decided, or the one that referred it.
 */
export const sides = {
  referrer: 'whoever referred it, or a coordinator of their agency',
  chair: 'whoever chairs the panel',
  decider: 'whoever chairs the panel, and did not refer it',
  keeper: 'the agency in charge of what was decided, or the one that referred it',
} as const

export type Side = keyof typeof sides

interface Move {
  from: readonly PanelCaseState[]
  to: PanelCaseState | null
  by: Side
  /** After "you can". */
  words: string
  says: string
}

const waiting = ['waiting'] as const

export const moves = {
  refer: {
    from: ['unmade'],
    to: 'waiting',
    by: 'referrer',
    words: 'refer it',
    says: 'referred it to the panel',
  },
  decide: {
    from: waiting,
    to: 'decided',
    by: 'decider',
    words: 'write down the decision',
    says: 'wrote down the decision',
  },
  defer: { from: waiting, to: null, by: 'chair', words: 'defer it', says: 'deferred it' },
  bring: {
    from: waiting,
    to: null,
    by: 'chair',
    words: 'bring an agency to it',
    says: 'brought an agency to it',
  },
  withdraw: { from: waiting, to: 'withdrawn', by: 'referrer', words: 'withdraw it', says: 'withdrew it' },
  complete: {
    from: ['decided'],
    to: 'completed',
    by: 'keeper',
    words: 'say that it was completed',
    says: 'said that it was completed',
  },
  return: {
    from: ['decided'],
    to: 'returned',
    by: 'keeper',
    words: 'return it to the police',
    says: 'returned it to the police',
  },
} as const satisfies Record<string, Move>

export type PanelCaseMove = keyof typeof moves

export const moveNames = Object.keys(moves) as PanelCaseMove[]

export type Mover = Record<Side, boolean>

/** Why the move is not theirs, or not possible as it stands; null where it is. */
export function whyNot(move: PanelCaseMove, state: PanelCaseState, who: Mover): string | null {
  const { from, by }: Move = moves[move]
  if (!from.includes(state)) return `It is now: ${stateWords[state].toLowerCase()}.`
  return who[by] ? null : `That is for ${sides[by]}.`
}

export const possibleMoves = (state: PanelCaseState, who: Mover): PanelCaseMove[] =>
  moveNames.filter(move => whyNot(move, state, who) === null)

/** Throws WrongMove with what is possible instead. */
export function insist(move: PanelCaseMove, state: PanelCaseState, who: Mover): void {
  const why = whyNot(move, state, who)
  if (why === null) return
  const possible = possibleMoves(state, who).map(m => moves[m].words)
  throw new WrongMove(
    `${why} ${possible.length > 0 ? `You can ${possible.join(', or ')}.` : 'There is nothing for you to do with it now.'}`,
  )
}

export interface MoveDetail {
  because?: string
  /** Who of the panel saw it otherwise, and why; kept beside the reasons. */
  dissent?: string
  /** What they are asked to do, of `decide`. */
  plan?: string
  /** Names of the agencies that were there. */
  agencies?: string[]
  result?: string
}

export interface MadeMove {
  seq: number
  move: PanelCaseMove
  byName: string
  at: Date
  outcome: OutcomeId | null
  toAgency: string | null
  dueOn: Day | null
  detail: MoveDetail
}

/** How it stands after its moves, which are in order. Pure. */
export const standing = (made: readonly Pick<MadeMove, 'move'>[]): PanelCaseState =>
  made.reduce<PanelCaseState>((before, { move }) => moves[move].to ?? before, 'unmade')

/** What the panel reads of a case, in its order: their own view first. */
export const paperKinds = {
  'own-view': {
    title: 'What they say themselves',
    add: 'Add what they say',
    hint: 'In their words, and who asked them',
  },
  assessment: {
    title: 'Assessment',
    add: 'Add the assessment',
    hint: 'Of the youth justice service: strengths, needs, what helps',
  },
  'victim-view': {
    title: 'What whoever was harmed says',
    add: 'Add the view of whoever was harmed',
    hint: 'What they want, without their name',
  },
  safeguarding: {
    title: 'Safeguarding',
    add: 'Add what children’s services know',
    hint: 'Also whether they may be exploited, and a referral to the National Referral Mechanism',
  },
  education: {
    title: 'Education',
    add: 'Add what school or college knows',
    hint: 'What goes well there, and what would be lost',
  },
  health: { title: 'Health', add: 'Add what health knows', hint: 'Police do not read this' },
  history: { title: 'History', add: 'Add what was decided before', hint: 'Dates and outcomes, no more' },
} as const

export type PaperKind = keyof typeof paperKinds

export const isPaperKind = (text: string): text is PaperKind => Object.hasOwn(paperKinds, text)

export const admissions = {
  yes: 'They admit it',
  no: 'They do not',
  'not-asked': 'They were not asked yet',
} as const

export type Admission = keyof typeof admissions
