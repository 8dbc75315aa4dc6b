/**
 * The words and rules of a group. What happened to it is a list of moves; what may follow what is the one table `moves`, which
 * buttons, refusals, tests and the diagram in docs/governance/states read.
 */
import type { Day } from '../../platform/calendar.ts'
import { WrongMove } from '../../platform/errors.ts'
import type { Finding, TestId } from './group-tests.ts'

export const stateWords = {
  new: 'Not written down yet',
  'to-approve': 'Waiting for a second approver',
  stands: 'Approved',
  'to-approve-again': 'Approved; a new assessment waits for a second approver',
  lapsed: 'Hidden, because nobody reviewed it in time',
  'turned-down': 'Not approved',
  withdrawn: 'Withdrawn',
  ended: 'Ended',
} as const

export type GroupState = keyof typeof stateWords

export const approvedStates = ['stands', 'to-approve-again'] as const satisfies readonly GroupState[]

export const isApproved = (state: GroupState): boolean =>
  (approvedStates as readonly string[]).includes(state)

export const sides = {
  assessor: 'whoever wrote the assessment',
  second: 'a coordinator or commander of its agency who did not write the assessment',
  keeper: 'whoever keeps records at its agency',
  coordinator: 'a coordinator of its agency',
  program: 'the program',
} as const

export type Side = keyof typeof sides

interface Move {
  from: readonly GroupState[]
  /** Null: the state stays. */
  to: GroupState | null
  by: Side
  /** After "you can". */
  words: string
  /** In its history, after who did it. */
  says: string
}

export const moves = {
  propose: {
    from: ['new'],
    to: 'to-approve',
    by: 'assessor',
    words: 'write it down',
    says: 'wrote it down and assessed it',
  },
  withdraw: {
    from: ['to-approve'],
    to: 'withdrawn',
    by: 'assessor',
    words: 'withdraw it',
    says: 'withdrew it',
  },
  approve: {
    from: ['to-approve'],
    to: 'stands',
    by: 'second',
    words: 'approve it as the second approver',
    says: 'approved it as the second approver',
  },
  'turn-down': {
    from: ['to-approve'],
    to: 'turned-down',
    by: 'second',
    words: 'turn it down as the second approver',
    says: 'turned it down as the second approver',
  },
  reassess: {
    from: ['stands'],
    to: 'to-approve-again',
    by: 'keeper',
    words: 'assess it anew',
    says: 'assessed it anew',
  },
  'approve-again': {
    from: ['to-approve-again'],
    to: 'stands',
    by: 'second',
    words: 'approve the new assessment',
    says: 'approved the new assessment as the second approver',
  },
  'turn-down-again': {
    from: ['to-approve-again'],
    to: 'stands',
    by: 'second',
    words: 'turn the new assessment down',
    says: 'turned the new assessment down; the earlier one stands',
  },
  review: {
    from: ['stands', 'to-approve-again'],
    to: null,
    by: 'keeper',
    words: 'review it',
    says: 'reviewed it',
  },
  change: {
    from: ['stands'],
    to: null,
    by: 'keeper',
    words: 'change its name or territory',
    says: 'changed its name or territory',
  },
  end: {
    from: ['stands', 'to-approve-again', 'lapsed'],
    to: 'ended',
    by: 'keeper',
    words: 'end it',
    says: 'ended it',
  },
  lapse: {
    from: ['to-approve', 'stands', 'to-approve-again'],
    to: 'lapsed',
    by: 'program',
    words: 'hide it, because nobody reviewed it',
    says: 'hid it, because nobody had reviewed it',
  },
  renew: {
    from: ['lapsed'],
    to: 'stands',
    by: 'coordinator',
    words: 'review it late, and show it again',
    says: 'reviewed it late, and showed it again',
  },
  'propose-anew': {
    from: ['lapsed'],
    to: 'to-approve',
    by: 'coordinator',
    words: 'assess it anew, from the beginning',
    says: 'assessed it anew, from the beginning',
  },
} as const satisfies Record<string, Move>

export type GroupMove = keyof typeof moves

export const moveNames = Object.keys(moves) as GroupMove[]

/** An assessment by one written test. */
export interface Assessment {
  test: TestId
  findings: Finding[]
  because: string
  /** Inadmissible grounds that its words lean on, and that its author was asked about (R4). */
  asked?: string[]
}

export interface GroupMoveDetail extends Partial<Assessment> {
  reviewOn?: Day
  called?: string
  territory?: string
}

export interface MadeGroupMove {
  seq: number
  action: GroupMove
  /** Null: the program. */
  byUser: string | null
  byName: string
  at: Date
  detail: GroupMoveDetail
}

export interface WrittenAssessment extends Assessment {
  by: string
  byName: string
  at: Date
}

export interface Standing {
  state: GroupState
  /** Of the last move; 0 before it was written down. */
  seq: number
  /** By which it stands; null while none is approved. */
  approved: (WrittenAssessment & { approvedBy: string; approvedAt: Date }) | null
  /** Written, and not decided on. */
  waiting: WrittenAssessment | null
}

/** How a group stands after its moves, which are in order. Pure. */
export const standing = (made: readonly MadeGroupMove[]): Standing =>
  made.reduce<Standing>(after, { state: 'new', seq: 0, approved: null, waiting: null })

function after(before: Standing, move: MadeGroupMove): Standing {
  const next = { ...before, seq: move.seq, state: moves[move.action].to ?? before.state }
  switch (move.action) {
    case 'propose':
    case 'reassess':
    case 'propose-anew':
      return {
        ...next,
        approved: move.action === 'propose-anew' ? null : before.approved,
        waiting: {
          ...(move.detail as Assessment),
          by: move.byUser ?? '',
          byName: move.byName,
          at: move.at,
        },
      }
    case 'approve':
    case 'approve-again':
      return {
        ...next,
        approved: before.waiting && { ...before.waiting, approvedBy: move.byName, approvedAt: move.at },
        waiting: null,
      }
    case 'turn-down':
    case 'turn-down-again':
    case 'withdraw':
    case 'lapse':
    case 'end':
      return { ...next, waiting: null }
    default:
      return next
  }
}

/** What somebody is to a group. */
export interface Mover {
  user: string
  /** Works at the agency that leads it, on groups. */
  own: boolean
  role: string
}

/** Why the move is not theirs, or not possible as it stands; null where it is. `expired`: its assessment holds no longer. */
export function whyNot(
  name: GroupMove,
  { state, waiting, approved }: Standing,
  who: Mover,
  expired = false,
): string | null {
  const { from, by }: Move = moves[name]
  if (!isTheirs(by, waiting, who)) {
    return by === 'second' && waiting?.by === who.user
      ? 'You wrote the assessment, so somebody else approves it (R3).'
      : `That is for ${sides[by]}.`
  }
  if (!from.includes(state)) return `It is now: ${stateWords[state].toLowerCase()}.`
  if (name === 'renew' && (approved === null || expired)) {
    return 'No assessment of it holds any more. It has to be assessed anew.'
  }
  return null
}

function isTheirs(by: Side, waiting: WrittenAssessment | null, { user, own, role }: Mover): boolean {
  if (!own || by === 'program') return false
  switch (by) {
    case 'assessor':
      return waiting === null || waiting.by === user
    case 'second':
      return (role === 'coordinator' || role === 'commander') && waiting?.by !== user
    case 'keeper':
      return role === 'practitioner' || role === 'coordinator'
    case 'coordinator':
      return role === 'coordinator'
  }
}

export const possibleMoves = (stands: Standing, who: Mover, expired = false): GroupMove[] =>
  moveNames.filter(name => whyNot(name, stands, who, expired) === null)

/** Throws WrongMove with what is possible instead. */
export function insist(name: GroupMove, stands: Standing, who: Mover, expired = false): void {
  const why = whyNot(name, stands, who, expired)
  if (why === null) return
  const possible = possibleMoves(stands, who, expired).map(m => moves[m].words)
  throw new WrongMove(
    `${why} ${possible.length > 0 ? `You can ${possible.join(', or ')}.` : 'There is nothing for you to do with it now.'}`,
  )
}
