/**
 * A breach of personal data (R23): what happened, the 72 hours in which the Information Commissioner is told, and who was
 * told what. A report is its actions; how it stands is folded from them.
 *
 * UK GDPR, articles 33 and 34; Data Protection Act 2018, sections 67 and 68 for law enforcement.
 */
import { WrongMove } from '../../platform/errors.ts'

export const stateWords = {
  reported: 'To be looked at',
  assessed: 'Risk judged',
  closed: 'Closed',
} as const

export type BreachState = keyof typeof stateWords

/** What it may mean for the people whose data it is. */
export const risks = {
  unlikely: { title: 'No risk to people is likely', hint: 'Documented here; nobody outside has to be told' },
  risk: { title: 'A risk to people', hint: 'The Information Commissioner is told within 72 hours' },
  high: {
    title: 'A high risk to people',
    hint: 'The Information Commissioner is told within 72 hours, and the people without undue delay',
  },
} as const

export type Risk = keyof typeof risks
export const isRisk = (text: string): text is Risk => Object.hasOwn(risks, text)

interface Move {
  from: readonly BreachState[]
  to: BreachState | null
  words: string
  button: string
  lead: string
  label: string
}

export const moves = {
  contain: {
    from: ['reported', 'assessed'],
    to: null,
    words: 'say what was done to contain it',
    button: 'Say what was done',
    lead: 'Copies called back, passwords changed, somebody warned: what makes it smaller.',
    label: 'What was done, and when?',
  },
  assess: {
    from: ['reported', 'assessed'],
    to: 'assessed',
    words: 'judge the risk',
    button: 'Judge the risk',
    lead: 'What it may mean for the people: who holds what now, and what could be done with it. A child’s whereabouts weigh more than many addresses.',
    label: 'Why?',
  },
  'tell-commissioner': {
    from: ['reported', 'assessed'],
    to: null,
    words: 'note that the Commissioner was told',
    button: 'The Commissioner was told',
    lead: 'What is known so far is enough; the rest can follow. After 72 hours the report gives reasons for the delay.',
    label: 'What were they told, and what is their reference?',
  },
  'tell-people': {
    from: ['reported', 'assessed'],
    to: null,
    words: 'note that the people were told',
    button: 'The people were told',
    lead: 'In plain words: what happened, what it may mean for them, what was done, whom to ask.',
    label: 'Who was told what, and how? Or why they are not told (article 34(3))',
  },
  'tell-agencies': {
    from: ['reported', 'assessed'],
    to: null,
    words: 'note that other agencies were told',
    button: 'Other agencies were told',
    lead: 'Those whose data it is, and those who hold a copy of it.',
    label: 'Which were told what?',
  },
  close: {
    from: ['assessed'],
    to: 'closed',
    words: 'close it',
    button: 'Close it',
    lead: 'What happened, its effects and what was done stay here, so that the Commissioner can check (article 33(5)).',
    label: 'What changes, so that it does not happen again?',
  },
} as const satisfies Record<string, Move>

export type BreachMove = keyof typeof moves
export const moveNames = Object.keys(moves) as BreachMove[]
export const isMove = (text: string): text is BreachMove => Object.hasOwn(moves, text)

export interface BreachAction {
  seq: number
  /** `add`: the reporter remembers more. */
  action: BreachMove | 'report' | 'add'
  byName: string
  at: Date
  detail: { because?: string; risk?: Risk; late?: string }
}

export interface Standing {
  state: BreachState
  seq: number
  risk: Risk | null
  commissionerToldAt: Date | null
  peopleToldAt: Date | null
  closedAt: Date | null
}

const unreported: Standing = {
  state: 'reported',
  seq: 0,
  risk: null,
  commissionerToldAt: null,
  peopleToldAt: null,
  closedAt: null,
}

/** How a breach stands after its actions, which are in order. Pure. */
export const standing = (actions: readonly BreachAction[]): Standing => actions.reduce(after, unreported)

function after(before: Standing, { seq, action, at, detail }: BreachAction): Standing {
  if (action === 'report' || action === 'add') return { ...before, seq }
  const next = { ...before, seq, state: moves[action].to ?? before.state }
  switch (action) {
    case 'assess':
      return { ...next, risk: detail.risk ?? null }
    case 'tell-commissioner':
      return { ...next, commissionerToldAt: before.commissionerToldAt ?? at }
    case 'tell-people':
      return { ...next, peopleToldAt: before.peopleToldAt ?? at }
    case 'close':
      return { ...next, closedAt: at }
    default:
      return next
  }
}

const HOURS = 72
const HOUR = 3_600_000

export interface BreachClock {
  endsAt: Date
  /** Whole hours, rounded down; below zero once it is late. */
  hoursLeft: number
  words: string
  late: boolean
}

/** The 72 hours since somebody of an agency knew. Null once the Commissioner was told, or need not be. */
export function breachClock(awareAt: Date, stands: Standing, now: Date): BreachClock | null {
  if (stands.commissionerToldAt || stands.risk === 'unlikely' || stands.state === 'closed') return null
  const endsAt = new Date(awareAt.getTime() + HOURS * HOUR)
  const hoursLeft = Math.floor((endsAt.getTime() - now.getTime()) / HOUR)
  const late = now > endsAt
  const hours = (n: number) => `${n} ${n === 1 ? 'hour' : 'hours'}`
  const words = late
    ? `${hours(Math.max(1, -hoursLeft))} late`
    : hoursLeft === 0
      ? 'less than an hour left'
      : `${hours(hoursLeft)} left`
  return { endsAt, hoursLeft, words, late }
}

/** Why the move is not possible as it stands; null where it is. */
export function whyNot(name: BreachMove, stands: Standing): string | null {
  const move: Move = moves[name]
  if (stands.state === 'closed') return 'It is closed.'
  if (!move.from.includes(stands.state)) return 'Judge the risk first.'
  if (name === 'close' && stands.risk !== 'unlikely') {
    if (!stands.commissionerToldAt)
      return 'There is a risk to people, and the Commissioner has not been told.'
    if (stands.risk === 'high' && !stands.peopleToldAt) {
      return 'The risk is high, and there is no note that the people were told, or why they are not.'
    }
  }
  return null
}

export const possibleMoves = (stands: Standing): BreachMove[] =>
  moveNames.filter(name => whyNot(name, stands) === null)

/** Throws WrongMove with what is possible instead. */
export function insist(name: BreachMove, stands: Standing): void {
  const why = whyNot(name, stands)
  if (why === null) return
  const possible = possibleMoves(stands).map(m => moves[m].words)
  throw new WrongMove(
    `${why} ${possible.length > 0 ? `You can ${possible.join(', or ')}.` : 'There is nothing more to do with it.'}`,
  )
}
