/**
 * The words and rules of an action. What happened to it is a list of moves; how it stands is folded from them; what may
 * follow what, and who may do it, is the one table `moves`, which buttons, refusals, tests and the diagram in
 * docs/governance/states read.
 */
import type { Day } from '../../../platform/calendar.ts'
import { WrongMove } from '../../../platform/errors.ts'

export const stateWords = {
  unmade: 'Not made yet',
  open: 'To be done',
  done: 'Done',
  'not-done': 'Not done',
  withdrawn: 'Withdrawn',
} as const

export type ActionState = keyof typeof stateWords

/** The headings of a 4P plan (board paper of December 2021, paragraph 57). */
export const fourPs = {
  pursue: 'Pursue',
  prevent: 'Prevent',
  protect: 'Protect',
  prepare: 'Prepare',
} as const

export type FourP = keyof typeof fourPs

/**
 * - `maker`: whoever made it, or a coordinator of their agency;
 * - `doer`: anybody of the agency that does it;
 * - `holder`: the person who has it, or a coordinator of the agency that does it;
 * - `answerer`: a coordinator or commander of the agency that it was escalated to;
 * - `reader`: anybody who may open it.
 */
export const sides = {
  maker: 'whoever made it, or a coordinator of their agency',
  doer: 'the agency that does it',
  holder: 'the person who has it, or a coordinator of the agency that does it',
  answerer: 'a coordinator or commander of the agency that it was escalated to',
  reader: 'anybody who may open it',
} as const

export type Side = keyof typeof sides

interface Move {
  from: readonly ActionState[]
  /** Null: the state stays. */
  to: ActionState | null
  by: readonly Side[]
  /** After "you can": what the move does. */
  words: string
  /** On its button. */
  button: string
  /** In its history, after who did it. */
  says: string
}

const open = ['open'] as const

export const moves = {
  make: {
    from: ['unmade'],
    to: 'open',
    by: ['maker'],
    words: 'make it',
    button: 'Make it',
    says: 'made this action',
  },
  give: {
    from: open,
    to: null,
    by: ['doer'],
    words: 'give it to somebody of your agency',
    button: 'Give it to somebody',
    says: 'gave it to somebody',
  },
  'answer-escalation': {
    from: open,
    to: null,
    by: ['answerer'],
    words: 'answer the escalation',
    button: 'Answer the escalation',
    says: 'answered the escalation',
  },
  start: { from: open, to: null, by: ['doer'], words: 'start it', button: 'Start it', says: 'started it' },
  finish: {
    from: open,
    to: 'done',
    by: ['doer', 'maker'],
    words: 'say that it is done',
    button: 'It is done',
    says: 'said that it is done',
  },
  'not-done': {
    from: open,
    to: 'not-done',
    by: ['doer', 'maker'],
    words: 'say that it was not done, and why',
    button: 'It was not done',
    says: 'said that it was not done',
  },
  note: {
    from: ['open', 'done', 'not-done', 'withdrawn'],
    to: null,
    by: ['reader'],
    words: 'write a note',
    button: 'Write a note',
    says: 'wrote a note',
  },
  'move-date': {
    from: open,
    to: null,
    by: ['doer', 'maker'],
    words: 'move its date',
    button: 'Move its date',
    says: 'moved its date',
  },
  escalate: {
    from: open,
    to: null,
    by: ['doer', 'maker'],
    words: 'escalate it',
    button: 'Escalate it',
    says: 'escalated it',
  },
  reassign: {
    from: open,
    to: null,
    by: ['holder'],
    words: 'hand it to somebody else of your agency',
    button: 'Hand it to somebody else',
    says: 'handed it to somebody else',
  },
  withdraw: {
    from: open,
    to: 'withdrawn',
    by: ['maker'],
    words: 'withdraw it',
    button: 'Withdraw it',
    says: 'withdrew it',
  },
} as const satisfies Record<string, Move>

export type ActionMove = keyof typeof moves

export const moveNames = Object.keys(moves) as ActionMove[]

/** What was written with a move. */
export interface MoveDetail {
  /** What came of it, of `finish`. */
  result?: string
  /** Why, of `not-done`, `move-date`, `escalate`, `withdraw`. */
  because?: string
  /** Of `note`, and with any other move. */
  note?: string
  /** What was decided, of `answer-escalation`. */
  answer?: string
}

export interface MadeMove {
  seq: number
  move: ActionMove
  byUser: string
  /** Name and agency, as lists show them. */
  byName: string
  byAgency: string
  at: Date
  toUser: string | null
  toName: string | null
  toAgency: string | null
  toAgencyName: string | null
  dueOn: Day | null
  detail: MoveDetail
}

export interface Standing {
  state: ActionState
  /** Of the last move; 0 before it was made. */
  seq: number
  owner: string | null
  started: boolean
  /** The agency that has to answer an escalation. */
  escalatedTo: string | null
  /** How often its date was moved. */
  datesMoved: number
}

const unmade: Omit<Standing, 'owner'> = {
  state: 'unmade',
  seq: 0,
  started: false,
  escalatedTo: null,
  datesMoved: 0,
}

/** How an action stands after its moves, which are in order; `owner` is whom it was made for. Pure. */
export const standing = (moved: readonly MadeMove[], owner: string | null): Standing =>
  moved.reduce(after, { ...unmade, owner })

function after(before: Standing, { seq, move, toUser, toAgency }: MadeMove): Standing {
  const state = moves[move].to ?? before.state
  const next = { ...before, seq, state, escalatedTo: state === 'open' ? before.escalatedTo : null }
  switch (move) {
    case 'give':
    case 'reassign':
      return { ...next, owner: toUser }
    case 'start':
      return { ...next, started: true }
    case 'move-date':
      return { ...next, datesMoved: before.datesMoved + 1 }
    case 'escalate':
      return { ...next, escalatedTo: toAgency }
    case 'answer-escalation':
      return { ...next, escalatedTo: null }
    default:
      return next
  }
}

/** What somebody is to an action. */
export type Mover = Record<Exclude<Side, 'reader' | 'answerer'>, boolean> & {
  /** Of their agency, and as coordinator or commander there: they answer what is escalated to it. */
  answersFor: string | null
}

const isSide = (side: Side, who: Mover, stands: Standing): boolean => {
  if (side === 'reader') return true
  if (side === 'answerer') return stands.escalatedTo !== null && who.answersFor === stands.escalatedTo
  return who[side]
}

/** Why the move is not theirs, or not possible as it stands; null where it is. */
export function whyNot(move: ActionMove, stands: Standing, who: Mover): string | null {
  const { from, by }: Move = moves[move]
  if (!from.includes(stands.state)) return `It is now: ${stateWords[stands.state].toLowerCase()}.`
  if (move === 'give' && stands.owner !== null) return 'Somebody has it already.'
  if (move === 'reassign' && stands.owner === null) return 'Nobody has it yet.'
  if (move === 'start' && stands.started) return 'It was started already.'
  if (move === 'escalate' && stands.escalatedTo !== null)
    return 'It is escalated already and waits for an answer.'
  if (move === 'answer-escalation' && stands.escalatedTo === null) return 'It is not escalated.'
  if (!by.some(side => isSide(side, who, stands))) {
    return `That is for ${by.map(side => sides[side]).join(', or ')}.`
  }
  return null
}

export const possibleMoves = (stands: Standing, who: Mover): ActionMove[] =>
  moveNames.filter(move => whyNot(move, stands, who) === null)

/** Throws WrongMove with what is possible instead. */
export function insist(move: ActionMove, stands: Standing, who: Mover): void {
  const why = whyNot(move, stands, who)
  if (why === null) return
  const possible = possibleMoves(stands, who).map(m => moves[m].words)
  throw new WrongMove(
    `${why} ${possible.length > 0 ? `You can ${possible.join(', or ')}.` : 'There is nothing for you to do with it now.'}`,
  )
}
