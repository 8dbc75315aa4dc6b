/**
 * The words and rules of a meeting. What happened to it is a list of moves; how it stands is folded from them; what may
 * follow what is the one table `moves`, which buttons, refusals, tests and the diagram in docs/governance/states read.
 */
import { WrongMove } from '../../../platform/errors.ts'

export const stateWords = {
  planned: 'Planned',
  open: 'Being held',
  closed: 'Closed, the minutes are there',
  'called-off': 'Called off',
} as const

export type MeetingState = keyof typeof stateWords

export const partWords = {
  chair: 'Chair',
  secretary: 'Secretary',
  member: 'Member',
  adviser: 'Adviser',
} as const

export type Part = keyof typeof partWords

export const isPart = (text: string): text is Part => Object.hasOwn(partWords, text)

export const attendanceWords = {
  expected: 'Not noted yet',
  present: 'Present',
  apologies: 'Apologies',
  absent: 'Absent',
} as const

export type Attendance = keyof typeof attendanceWords

export const isAttendance = (text: string): text is Attendance => Object.hasOwn(attendanceWords, text)

interface Move {
  from: readonly MeetingState[]
  /** Null: the state stays. */
  to: MeetingState | null
  /** After "you can": what the move does. */
  words: string
  /** Label of the reason that it asks for. */
  because?: string
}

export const moves = {
  plan: { from: [], to: 'planned', words: 'plan it' },
  postpone: { from: ['planned'], to: null, words: 'move it to another time' },
  'call-off': { from: ['planned'], to: 'called-off', words: 'call it off', because: 'Why is it called off?' },
  open: { from: ['planned'], to: 'open', words: 'open it' },
  'take-the-chair': { from: ['planned', 'open'], to: null, words: 'take the chair' },
  close: { from: ['open'], to: 'closed', words: 'close it' },
  reopen: { from: ['closed'], to: 'open', words: 'open it again', because: 'Why is it opened again?' },
} as const satisfies Record<string, Move>

export type MeetingMove = keyof typeof moves

export const moveNames = Object.keys(moves) as MeetingMove[]

export interface MeetingAction {
  seq: number
  action: MeetingMove
  /** Null where the program planned it. */
  byName: string | null
  at: Date
  detail: MoveDetail
}

export interface MoveDetail {
  because?: string
  /** An instant, of a postponed meeting. */
  startsAt?: string
  place?: string
  /** Who took the chair. */
  chair?: string
  /** How many agencies were there when it was closed, and whether they were enough. */
  agencies?: number
  quorate?: boolean
}

/** How long after it was closed it may be opened again: a slip of the finger, not a second meeting. */
export const REOPEN_HOURS = 24

export interface Stands {
  state: MeetingState
  /** Of the last move. */
  seq: number
  closedAt: Date | null
}

/** How a meeting stands after its moves, which are in order. Pure. */
export const standing = (done: readonly Pick<MeetingAction, 'seq' | 'action' | 'at'>[]): Stands =>
  done.reduce<Stands>(
    (before, { seq, action, at }) => ({
      seq,
      state: moves[action].to ?? before.state,
      closedAt: action === 'close' ? at : action === 'reopen' ? null : before.closedAt,
    }),
    { seq: 0, state: 'planned', closedAt: null },
  )

/** Somebody who wants to move a meeting. */
export interface Mover {
  /** In the chair, the secretary, or a member who coordinates or commands. */
  runs: boolean
  /** In the chair now. */
  chairs: boolean
}

/** Why the move is not theirs, or not possible as it stands; null where it is. */
export function whyNot(move: MeetingMove, stands: Stands, who: Mover, now: Date): string | null {
  const { from }: Move = moves[move]
  if (!who.runs) return 'Only whoever runs the meeting can do that.'
  if (!from.includes(stands.state)) return `It is now: ${lower(stateWords[stands.state])}.`
  if (move === 'take-the-chair' && who.chairs) return 'You are in the chair already.'
  if (
    move === 'reopen' &&
    stands.closedAt &&
    now.getTime() - stands.closedAt.getTime() > REOPEN_HOURS * HOUR
  ) {
    return `It was closed more than ${REOPEN_HOURS} hours ago. What is new belongs into the next meeting.`
  }
  return null
}

export const possibleMoves = (stands: Stands, who: Mover, now: Date): MeetingMove[] =>
  moveNames.filter(move => whyNot(move, stands, who, now) === null)

/** Throws WrongMove with what is possible instead. */
export function insist(move: MeetingMove, stands: Stands, who: Mover, now: Date): void {
  const why = whyNot(move, stands, who, now)
  if (why === null) return
  const possible = possibleMoves(stands, who, now).map(m => moves[m].words)
  throw new WrongMove(
    `${why} ${possible.length > 0 ? `You can ${possible.join(', or ')}.` : 'There is nothing for you to do with it now.'}`,
  )
}

const HOUR = 3_600_000

const lower = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1)

/** What is said in a meeting, by its kind. */
export const entryKinds = {
  note: { title: 'Note', asks: 'What was said?' },
  shared: { title: 'Information', asks: 'What does the agency share?' },
  decision: { title: 'Decision', asks: 'What was decided, and why?' },
  action: { title: 'Action', asks: 'What is to be done?' },
  question: { title: 'Question', asks: 'What is to be found out?' },
} as const

export type EntryKind = keyof typeof entryKinds

export interface Quorum {
  agencies: number
  /** Which count; all where left out. */
  of?: string[]
}

/** How many of the agencies that count are there, and whether they are enough. */
export function quorate(
  { agencies, of }: Quorum,
  members: readonly { agency: string; attendance: Attendance }[],
): { there: number; needed: number; enough: boolean } {
  const present = new Set(members.filter(m => m.attendance === 'present').map(m => m.agency))
  const there = [...present].filter(id => of === undefined || of.includes(id)).length
  return { there, needed: agencies, enough: there >= agencies }
}
