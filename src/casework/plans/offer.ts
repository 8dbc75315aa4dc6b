/**
 * An offer on an exit pathway, from the need to what came of it: offered, taken up or not, ended with an outcome. What may
 * follow what is the one table `moves`.
 */
import type { Day } from '../../platform/calendar.ts'
import { WrongMove } from '../../platform/errors.ts'

export const offerStates = {
  offered: 'Offered, no answer yet',
  'taken-up': 'Taken up',
  declined: 'Declined',
  'not-reached': 'Not reached',
  ended: 'Ended',
} as const

export type OfferState = keyof typeof offerStates

interface Move {
  from: readonly OfferState[]
  to: OfferState | null
  words: string
  button: string
  says: string
  /** What is asked with it; null for nothing but a note. */
  asks: { label: string; needed: string } | null
}

export const offerMoves = {
  'take-up': {
    from: ['offered', 'declined', 'not-reached'],
    to: 'taken-up',
    words: 'say that they took it up',
    button: 'They took it up',
    says: 'said that it was taken up',
    asks: null,
  },
  decline: {
    from: ['offered', 'not-reached'],
    to: 'declined',
    words: 'say that they declined it',
    button: 'They declined it',
    says: 'said that it was declined',
    asks: { label: 'What did they say?', needed: 'Say in their words, or yours, why they declined.' },
  },
  'not-reached': {
    from: ['offered'],
    to: 'not-reached',
    words: 'say that they were not reached',
    button: 'They were not reached',
    says: 'said that they were not reached',
    asks: { label: 'What was tried?', needed: 'Say what was tried.' },
  },
  'offer-again': {
    from: ['declined', 'not-reached', 'ended'],
    to: 'offered',
    words: 'offer it again',
    button: 'Offer it again',
    says: 'offered it again',
    asks: null,
  },
  end: {
    from: ['taken-up'],
    to: 'ended',
    words: 'say how it ended',
    button: 'It has ended',
    says: 'said how it ended',
    asks: { label: 'What came of it?', needed: 'Say what came of it.' },
  },
} as const satisfies Record<string, Move>

export type OfferMove = keyof typeof offerMoves

export const isOfferMove = (text: string): text is OfferMove => Object.hasOwn(offerMoves, text)

export const possibleOfferMoves = (state: OfferState): OfferMove[] =>
  (Object.keys(offerMoves) as OfferMove[]).filter(move =>
    (offerMoves[move].from as readonly OfferState[]).includes(state),
  )

/** Throws WrongMove with what is possible instead. */
export function insistOnOffer(move: OfferMove, state: OfferState): void {
  const possible = possibleOfferMoves(state)
  if (possible.includes(move)) return
  throw new WrongMove(
    `It is now: ${offerStates[state].toLowerCase()}. You can ${possible.map(m => offerMoves[m].words).join(', or ')}.`,
  )
}

export interface MadeOfferMove {
  move: OfferMove
  onDay: Day
  byName: string
  at: Date
  note: string | null
}
