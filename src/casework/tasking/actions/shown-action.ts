/** An action and its history, in the words of its page. Pure. */
import { calendarWords } from '../../../platform/calendar.ts'
import { type ActionMove, type MadeMove, moves } from './action.ts'

export interface ShownMove {
  by: string
  at: Date
  says: string
  /** What was written with it. */
  text: string | null
}

/** Newest first. */
export const shownMoves = (moved: readonly MadeMove[]): ShownMove[] =>
  moved
    .map(({ byName, at, detail, ...move }) => ({
      by: byName,
      at,
      says: says(move),
      text: detail.result ?? detail.answer ?? detail.because ?? detail.note ?? null,
    }))
    .toReversed()

function says({
  move,
  toName,
  toAgencyName,
  dueOn,
}: Pick<MadeMove, 'move' | 'toName' | 'toAgencyName' | 'dueOn'>): string {
  const own = withObject[move]
  if (own) return own(toName, toAgencyName, dueOn)
  return moves[move].says
}

type Sentence = (toName: string | null, toAgency: string | null, dueOn: string | null) => string

const withObject: Partial<Record<ActionMove, Sentence>> = {
  give: toName => `gave it to ${toName}`,
  reassign: toName => (toName ? `handed it to ${toName}` : 'handed it back to the agency'),
  'move-date': (_name, _agency, dueOn) => `moved its date to ${calendarWords(dueOn!)}`,
  escalate: (_name, toAgency) => `escalated it to ${toAgency}`,
}
