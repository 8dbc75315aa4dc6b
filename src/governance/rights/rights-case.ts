/**
 * What people ask about their own data: kinds, states, and what may follow what. A case is its actions; how it stands is
 * folded from them, and buttons, refusals and tests read the one table `moves`.
 */
import { type Day, londonDay } from '../../platform/calendar.ts'
import { WrongMove } from '../../platform/errors.ts'
import { type Deadline, deadlineOf, type Pause } from './rights-deadline.ts'
import { clockFor, type Regime, type RightsKind, type StatutoryClock } from './statutory-clocks.ts'

export const stateWords = {
  received: 'Received',
  identity: 'Waiting to know who asks',
  'in-hand': 'Being answered',
  clarifying: 'Waiting to know what they mean',
  'in-review': 'With a reviewer',
  decided: 'Reviewed, to be answered',
  closed: 'Closed',
} as const

export type RightsState = keyof typeof stateWords

interface Move {
  from: readonly RightsState[]
  /** Null: the state stays. */
  to: RightsState | null
  /** Kinds that have the move; all of them where it is left out. */
  kinds?: readonly RightsKind[]
  /** After "you can". */
  words: string
  button: string
}

/** Beside `open`, with which every case begins. */
export const moves = {
  'ask-identity': {
    from: ['received'],
    to: 'identity',
    words: 'ask who they are (the clock stops)',
    button: 'Ask who they are',
  },
  'confirm-identity': {
    from: ['received', 'identity'],
    to: 'in-hand',
    words: 'note that they have shown who they are',
    button: 'They have shown who they are',
  },
  acknowledge: {
    from: ['received', 'identity', 'in-hand'],
    to: null,
    kinds: ['complaint'],
    words: 'note that its arrival was acknowledged',
    button: 'Note that it was acknowledged',
  },
  'ask-clarification': {
    from: ['in-hand'],
    to: 'clarifying',
    words: 'ask what they mean (the clock stops)',
    button: 'Ask what they mean',
  },
  clarified: {
    from: ['clarifying'],
    to: 'in-hand',
    words: 'note their answer',
    button: 'They have answered',
  },
  extend: {
    from: ['received', 'identity', 'in-hand', 'clarifying'],
    to: null,
    words: 'take longer, with reasons',
    button: 'Take longer',
  },
  'assign-reviewer': {
    from: ['in-hand', 'in-review'],
    to: 'in-review',
    kinds: ['challenge'],
    words: 'give it to a reviewer',
    button: 'Give it to a reviewer',
  },
  decide: {
    from: ['in-review'],
    to: 'decided',
    kinds: ['challenge'],
    words: 'decide on the challenge',
    button: 'Decide on the challenge',
  },
  answer: {
    from: ['in-hand', 'decided'],
    to: 'closed',
    words: 'answer and close it',
    button: 'Answer and close',
  },
  withdraw: {
    from: ['received', 'identity', 'in-hand', 'clarifying', 'in-review', 'decided'],
    to: 'closed',
    words: 'close it as withdrawn by who asked',
    button: 'They have withdrawn it',
  },
} as const satisfies Record<string, Move>

export type RightsMove = keyof typeof moves
export const moveNames = Object.keys(moves) as RightsMove[]
export const isMove = (text: string): text is RightsMove => Object.hasOwn(moves, text)

/** What was said of an action; no more than its form asks. */
export interface ActionDetail {
  because?: string
  told?: string
  outcome?: string
  /** The day on which it happened, where that is not today: the answer that came by post. */
  on?: Day
}

export interface RightsAction {
  seq: number
  action: RightsMove | 'open'
  byUser: string
  byName: string
  at: Date
  reviewer: string | null
  reviewerName: string | null
  detail: ActionDetail
}

export interface Standing {
  state: RightsState
  seq: number
  identified: boolean
  extended: boolean
  acknowledged: boolean
  pauses: Pause[]
  reviewer: string | null
  reviewerName: string | null
  /** Of a challenge, or of the whole case once it is closed. */
  outcome: string | null
  told: string | null
  closedOn: Day | null
}

const unopened: Standing = {
  state: 'received',
  seq: 0,
  identified: false,
  extended: false,
  acknowledged: false,
  pauses: [],
  reviewer: null,
  reviewerName: null,
  outcome: null,
  told: null,
  closedOn: null,
}

/** How a case stands after its actions, which are in order. Pure. */
export const standing = (actions: readonly RightsAction[]): Standing => actions.reduce(after, unopened)

function after(before: Standing, action: RightsAction): Standing {
  const { seq, at, detail } = action
  if (action.action === 'open') return { ...before, seq }
  const state = moves[action.action].to ?? before.state
  const day = detail.on ?? londonDay(at)
  const next: Standing = { ...before, seq, state }
  switch (action.action) {
    case 'ask-identity':
    case 'ask-clarification':
      return { ...next, pauses: [...before.pauses, { from: day, to: null }] }
    case 'confirm-identity':
      return { ...next, identified: true, pauses: ended(before.pauses, day) }
    case 'clarified':
      return { ...next, pauses: ended(before.pauses, day) }
    case 'acknowledge':
      return { ...next, acknowledged: true }
    case 'extend':
      return { ...next, extended: true }
    case 'assign-reviewer':
      return { ...next, reviewer: action.reviewer, reviewerName: action.reviewerName }
    case 'decide':
      return { ...next, outcome: detail.outcome ?? null }
    case 'answer':
      return {
        ...next,
        outcome: detail.outcome ?? before.outcome,
        told: detail.told ?? null,
        closedOn: day,
        pauses: ended(before.pauses, day),
      }
    case 'withdraw':
      return { ...next, outcome: 'withdrawn', closedOn: day, pauses: ended(before.pauses, day) }
  }
}

const ended = (pauses: readonly Pause[], day: Day): Pause[] =>
  pauses.map(pause => (pause.to === null ? { ...pause, to: day } : pause))

export interface CaseFacts {
  kind: RightsKind
  regime: Regime
  receivedOn: Day
}

/** The clock of the day on which it was received; a case of a right that ended since keeps its own. */
export function clockOf({ kind, regime, receivedOn }: CaseFacts): StatutoryClock {
  const clock = clockFor(kind, regime, receivedOn)
  if (!clock) throw new RangeError(`no clock runs for ${kind} (${regime}) on ${receivedOn}`)
  return clock
}

export const caseDeadline = (facts: CaseFacts, stands: Standing, today: Day): Deadline =>
  deadlineOf(clockOf(facts), facts.receivedOn, {
    extended: stands.extended,
    pauses: stands.pauses,
    today: stands.closedOn ?? today,
  })

export interface Mover {
  user: string
  officer: boolean
}

/** Why the move is not theirs, or not possible as it stands; null where it is. */
export function whyNot(
  name: RightsMove,
  facts: CaseFacts,
  stands: Standing,
  who: Mover,
  today: Day,
): string | null {
  const move: Move = moves[name]
  if (name === 'decide' ? stands.reviewer !== who.user : !who.officer) {
    return name === 'decide'
      ? 'Only the reviewer can decide.'
      : 'Only an officer of information governance can do that.'
  }
  if (move.kinds && !move.kinds.includes(facts.kind)) return 'This kind of case has no such step.'
  if (!move.from.includes(stands.state)) return `It is now: ${lower(stateWords[stands.state])}.`
  const clock = clockOf(facts)
  if (name === 'acknowledge' && stands.acknowledged) return 'It was acknowledged already.'
  if (name === 'extend') {
    if (clock.extensionMonths === 0) return 'The law gives no more time for this.'
    if (stands.extended) return 'It was extended once already.'
    if (caseDeadline(facts, stands, today).on < today) {
      return 'The first period is over: more time has to be taken, and told, inside it.'
    }
  }
  if (name === 'answer') {
    if (facts.kind === 'challenge' && stands.state !== 'decided') {
      return 'A challenge is answered when a reviewer who had no part in the decision has decided.'
    }
    if (facts.kind === 'complaint' && !stands.acknowledged) return 'Its arrival has to be acknowledged first.'
  }
  return null
}

export const possibleMoves = (facts: CaseFacts, stands: Standing, who: Mover, today: Day): RightsMove[] =>
  moveNames.filter(name => whyNot(name, facts, stands, who, today) === null)

/** Throws WrongMove with what is possible instead. */
export function insist(name: RightsMove, facts: CaseFacts, stands: Standing, who: Mover, today: Day): void {
  const why = whyNot(name, facts, stands, who, today)
  if (why === null) return
  const possible = possibleMoves(facts, stands, who, today).map(m => moves[m].words)
  throw new WrongMove(
    `${why} ${possible.length > 0 ? `You can ${possible.join(', or ')}.` : 'There is nothing for you to do with it now.'}`,
  )
}

const lower = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1)
