/**
 * The words and rules of an invitation: a partner without an account may refer, once, until a time. What may follow what is
 * the one table `moves`; that it ends is no move of anybody's but the clock's. The policies and functions of the database
 * know the same (`guest_invitation`), and a test compares the two.
 */
import { WrongMove } from '../../../platform/errors.ts'

export const stateWords = {
  open: 'Open',
  used: 'Used',
  ended: 'Ended',
  'taken-back': 'Taken back',
} as const

export type InvitationState = keyof typeof stateWords

export const moves = {
  use: { from: ['open'], to: 'used', by: 'the partner who was invited' },
  'take-back': {
    from: ['open'],
    to: 'taken-back',
    by: 'whoever invited them, or a coordinator of their agency',
  },
  end: { from: ['open'], to: 'ended', by: 'the clock' },
} as const satisfies Record<string, { from: readonly InvitationState[]; to: InvitationState; by: string }>

export type InvitationMove = keyof typeof moves

export interface InvitationDates {
  endsAt: Date
  usedAt: Date | null
  takenBackAt: Date | null
}

/** How it stands at an instant. Pure. */
export function standing({ endsAt, usedAt, takenBackAt }: InvitationDates, now: Date): InvitationState {
  if (usedAt) return 'used'
  if (takenBackAt) return 'taken-back'
  return now < endsAt ? 'open' : 'ended'
}

export const isPossible = (move: InvitationMove, state: InvitationState): boolean =>
  (moves[move].from as readonly InvitationState[]).includes(state)

const insteadOf: Record<InvitationState, string> = {
  open: 'It is open: you can take it back.',
  used: 'They have sent their referral with it, and it opens nothing any more. What they sent can be withdrawn.',
  ended: 'It has ended, and opens nothing any more. You can invite them again.',
  'taken-back': 'It was taken back already. You can invite them again.',
}

/** Throws WrongMove with what is possible instead. */
export function insist(move: InvitationMove, state: InvitationState): void {
  if (!isPossible(move, state)) throw new WrongMove(insteadOf[state])
}
