/**
 * The words and rules of a 4P plan. What happened to it is a list of moves; what may follow what, and who may do it, is the
 * one table `moves`, which buttons, refusals, tests and the diagram in docs/governance/states read.
 */
import { WrongMove } from '../../platform/errors.ts'

export const stateWords = {
  unmade: 'Not made yet',
  open: 'Open',
  closed: 'Closed',
} as const

export type PlanState = keyof typeof stateWords

/** - `lead`: whoever keeps records at the agency that leads it; - `holder`: who leads it, or a coordinator of their agency. */
export const sides = {
  lead: 'the agency that leads it',
  holder: 'whoever leads it, or a coordinator of their agency',
  coordinator: 'a coordinator of the agency that leads it',
  member: 'the agency that leads it, or the member itself',
} as const

export type Side = keyof typeof sides

interface Move {
  from: readonly PlanState[]
  to: PlanState | null
  by: Side
  /** After "you can". */
  words: string
  /** In its history, after who did it. */
  says: string
}

const open = ['open'] as const

export const moves = {
  make: { from: ['unmade'], to: 'open', by: 'lead', words: 'make it', says: 'made this plan' },
  change: { from: open, to: null, by: 'lead', words: 'change its aim', says: 'changed its aim' },
  'add-member': {
    from: open,
    to: null,
    by: 'lead',
    words: 'bring an agency to it',
    says: 'brought an agency to it',
  },
  'remove-member': {
    from: ['open', 'closed'],
    to: null,
    by: 'member',
    words: 'part with an agency',
    says: 'parted with an agency',
  },
  'hand-over': { from: open, to: null, by: 'holder', words: 'hand it over', says: 'handed it over' },
  'pursue-alone': {
    from: open,
    to: null,
    by: 'lead',
    words: 'say why it holds nothing but Pursue',
    says: 'said why it holds nothing but Pursue',
  },
  review: { from: open, to: null, by: 'lead', words: 'review it', says: 'reviewed it' },
  close: { from: open, to: 'closed', by: 'holder', words: 'close it', says: 'closed it' },
  reopen: {
    from: ['closed'],
    to: 'open',
    by: 'coordinator',
    words: 'open it again',
    says: 'opened it again',
  },
} as const satisfies Record<string, Move>

export type PlanMove = keyof typeof moves

export const moveNames = Object.keys(moves) as PlanMove[]

/** What somebody is to a plan. */
export type Mover = Record<Side, boolean>

/** Why the move is not theirs, or not possible as it stands; null where it is. */
export function whyNot(move: PlanMove, state: PlanState, who: Mover): string | null {
  const { from, by }: Move = moves[move]
  if (!who[by]) return `That is for ${sides[by]}.`
  if (!from.includes(state)) return `It is now: ${stateWords[state].toLowerCase()}.`
  return null
}

export const possibleMoves = (state: PlanState, who: Mover): PlanMove[] =>
  moveNames.filter(move => whyNot(move, state, who) === null)

/** Throws WrongMove with what is possible instead. */
export function insist(move: PlanMove, state: PlanState, who: Mover): void {
  const why = whyNot(move, state, who)
  if (why === null) return
  const possible = possibleMoves(state, who).map(m => moves[m].words)
  throw new WrongMove(
    `${why} ${possible.length > 0 ? `You can ${possible.join(', or ')}.` : 'There is nothing for you to do with it now.'}`,
  )
}

/** What a plan may be about; each on the same footing. */
export const subjectKinds = {
  person: 'A person',
  group: 'A group',
  place: 'A place',
  line: 'A line of drug supply',
} as const

export type SubjectKind = keyof typeof subjectKinds

export const statementKinds = {
  strength: {
    title: 'What goes well',
    add: 'Add a strength',
    label: 'What goes well, or protects?',
    of: ['person', 'group', 'place', 'line'],
  },
  words: {
    title: 'In their own words',
    add: 'Add their own words',
    label: 'What do they say, and want?',
    of: ['person', 'group', 'place'],
  },
  need: {
    title: 'Needs',
    add: 'Add a need',
    label: 'What is needed?',
    of: ['person', 'group', 'place', 'line'],
  },
  'turning-point': {
    title: 'Turning points',
    add: 'Add a turning point',
    label: 'What happened, or is about to?',
    of: ['person'],
  },
  told: {
    title: 'What they were told',
    add: 'Note what they were told',
    label:
      'What were they told about this plan, and by whom? If nothing: why not, and when will that be looked at again?',
    of: ['person'],
  },
} as const satisfies Record<string, { title: string; add: string; label: string; of: readonly SubjectKind[] }>

export type StatementKind = keyof typeof statementKinds

export const isStatementKind = (text: string): text is StatementKind => Object.hasOwn(statementKinds, text)
