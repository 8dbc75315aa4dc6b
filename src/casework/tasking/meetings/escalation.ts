/** What a meeting cannot decide: raised to the board above it, with a reason, and returned with a decision. Pure. */
import { WrongMove } from '../../../platform/errors.ts'

export const stateWords = {
  raised: 'Waits for an answer',
  answered: 'Answered',
  withdrawn: 'Taken back',
} as const

export type EscalationState = keyof typeof stateWords

interface Move {
  from: readonly EscalationState[]
  to: EscalationState
  by: string
  words: string
}

export const moves = {
  raise: { from: [], to: 'raised', by: 'whoever runs the meeting that escalates', words: 'raise it' },
  answer: {
    from: ['raised'],
    to: 'answered',
    by: 'whoever runs the board, while it is open',
    words: 'answer it',
  },
  withdraw: { from: ['raised'], to: 'withdrawn', by: 'whoever raised it', words: 'take it back' },
} as const satisfies Record<string, Move>

export type EscalationMove = keyof typeof moves

/** Throws WrongMove where the move does not fit the state. */
export function insist(move: EscalationMove, state: EscalationState): void {
  const { from }: Move = moves[move]
  if (from.includes(state)) return
  throw new WrongMove(
    `It is now: ${stateWords[state].toLowerCase()}. Look at what stands there, and raise it anew if it is needed still.`,
  )
}
