/**
 * The words and rules of a referral. What happened to it is a list of actions; how it stands is folded from them; what
 * may follow what is the one table `moves`, which buttons, refusals, tests and the diagram in docs/governance/states read.
 */
import { WrongMove } from '../../../platform/errors.ts'
import type { AnswerChange, Answers } from './answers.ts'

export const stateWords = {
  draft: 'Not sent yet',
  sent: 'Sent, waiting for a coordinator',
  'in-triage': 'A coordinator is looking at it',
  accepted: 'Accepted',
  declined: 'Not accepted',
  challenged: 'Decision challenged, waiting for another coordinator',
  withdrawn: 'Withdrawn',
} as const

export type ReferralState = keyof typeof stateWords

/** Who makes a move: the author, who answers for it; anybody of the author's side (their agency's coordinators too); or a coordinator. */
type Side = 'author' | 'referrer' | 'coordinator'

interface Move {
  from: readonly ReferralState[]
  /** Null: the state stays. */
  to: ReferralState | null
  by: Side
  /** After "you can": what the move does. */
  words: string
}

export const moves = {
  send: { from: ['draft'], to: 'sent', by: 'author', words: 'send it' },
  take: {
    from: ['sent', 'in-triage', 'challenged'],
    to: 'in-triage',
    by: 'coordinator',
    words: 'take it on',
  },
  accept: { from: ['in-triage'], to: 'accepted', by: 'coordinator', words: 'accept it' },
  decline: { from: ['in-triage'], to: 'declined', by: 'coordinator', words: 'decline it' },
  challenge: {
    from: ['accepted', 'declined'],
    to: 'challenged',
    by: 'referrer',
    words: 'challenge the decision',
  },
  withdraw: {
    from: ['sent', 'in-triage', 'challenged'],
    to: 'withdrawn',
    by: 'author',
    words: 'withdraw it',
  },
  correct: {
    from: ['sent', 'in-triage', 'accepted', 'declined', 'challenged'],
    to: null,
    by: 'author',
    words: 'correct what was said',
  },
  review: {
    from: ['sent', 'in-triage', 'accepted', 'declined', 'challenged'],
    to: null,
    by: 'coordinator',
    words: 'say that it is still needed',
  },
} as const satisfies Record<string, Move>

export type ReferralMove = keyof typeof moves

export const moveNames = Object.keys(moves) as ReferralMove[]

export interface Decision {
  outcome: 'accepted' | 'declined'
  /** Level of the area's threshold scheme; null where it was declined. */
  level: string | null
  /** Where help comes from now: a route of the area pack. A declined referral has one as well. */
  route: string
  /** Code of the reason, where it was declined. */
  reason: string | null
  /** What the referrer is told. */
  told: string
}

export interface ReferralAction {
  seq: number
  action: ReferralMove
  /** Null for an invited partner, who sends and does nothing else. */
  byUser: string | null
  /** Name and post, as lists show them. */
  byName: string
  at: Date
  detail: ActionDetail
}

/** What both sides may read of an action. */
export interface ActionDetail {
  decision?: Decision
  /** Why, of a challenge, withdrawal or correction. */
  because?: string
  /** What a correction put in the place of what was said: the question, and its new answers. */
  question?: string
  answers?: AnswerChange
}

export interface Standing {
  state: ReferralState
  /** Of the last action; 0 before it was sent. */
  seq: number
  takenBy: { user: string; name: string } | null
  /** Who has decided so far: a challenge goes to somebody else (R21). */
  deciders: string[]
  decision: Decision | null
  decidedAt: Date | null
}

const unsent: Standing = {
  state: 'draft',
  seq: 0,
  takenBy: null,
  deciders: [],
  decision: null,
  decidedAt: null,
}

/** How a referral stands after its actions, which are in order. Pure. */
export const standing = (actions: readonly ReferralAction[]): Standing => actions.reduce(after, unsent)

function after(before: Standing, { seq, action, byUser, byName, at, detail }: ReferralAction): Standing {
  const state = moves[action].to ?? before.state
  const next = { ...before, seq, state }
  switch (action) {
    case 'take':
      return { ...next, takenBy: { user: byUser!, name: byName } }
    case 'accept':
    case 'decline':
      return {
        ...next,
        takenBy: null,
        deciders: [...before.deciders, byUser!],
        decision: detail.decision ?? null,
        decidedAt: at,
      }
    case 'challenge':
    case 'withdraw':
      return { ...next, takenBy: null }
    default:
      return next
  }
}

/** The answers as they stand: as sent, with corrections laid over them. */
export function answersNow(sent: Answers, actions: readonly Pick<ReferralAction, 'detail'>[]): Answers {
  const corrected: AnswerChange = Object.assign({}, sent, ...actions.map(({ detail }) => detail.answers))
  return Object.fromEntries(Object.entries(corrected).filter(([, value]) => value !== null)) as Answers
}

/** Somebody who wants to move a referral. */
export interface Mover {
  user: string
  /** Sent it, or invited the partner who did and answers for it. */
  author: boolean
  /** Works for the agency that it came from. */
  ofReferrer: boolean
  /** Is a coordinator of the partnership that it went to. */
  coordinator: boolean
}

/** Why the move is not theirs, or not possible as it stands; null where it is. */
export function whyNot(move: ReferralMove, stands: Standing, who: Mover): string | null {
  const { from, by }: Move = moves[move]
  if (by === 'author' && !who.author) return 'Only whoever sent it, or answers for it, can do that.'
  if (by === 'referrer' && !who.ofReferrer) return 'Only the agency that sent it can do that.'
  if (by === 'coordinator') {
    if (!who.coordinator) return 'Only a coordinator of the partnership can do that.'
    if (who.author)
      return 'You sent this referral yourself, or invited whoever did, so somebody else has to decide about it.'
  }
  if (!from.includes(stands.state)) return `It is now: ${lower(stateWords[stands.state])}.`
  if (by === 'coordinator' && move !== 'review' && stands.deciders.includes(who.user)) {
    return 'You took part in the decision that was challenged, so another coordinator has to look at it.'
  }
  if (move === 'take' && stands.takenBy?.user === who.user) return 'You have it already.'
  if ((move === 'accept' || move === 'decline') && stands.takenBy?.user !== who.user) {
    return `${stands.takenBy?.name ?? 'Somebody else'} has taken it on. Take it over first if they have agreed.`
  }
  return null
}

export const possibleMoves = (stands: Standing, who: Mover): ReferralMove[] =>
  moveNames.filter(move => whyNot(move, stands, who) === null)

/** Throws WrongMove with what is possible instead. */
export function insist(move: ReferralMove, stands: Standing, who: Mover): void {
  const why = whyNot(move, stands, who)
  if (why === null) return
  const possible = possibleMoves(stands, who).map(m => moves[m].words)
  throw new WrongMove(
    `${why} ${possible.length > 0 ? `You can ${possible.join(', or ')}.` : 'There is nothing for you to do with it now.'}`,
  )
}

const lower = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1)
