/** What every form of a move carries, and what becomes of what was typed where the move does not fit. */
import { randomUUID } from 'node:crypto'
import { WrongMove } from '../../../platform/errors.ts'
import { type Typed, typedNumber, typedText } from '../../../platform/typed-form.ts'
import { isUuid } from '../../../platform/uuid.ts'

/** Which form it was, and what it showed. A form without them was not ours; it changes nothing twice. */
export function formMarks(typed: Typed): { key: string; seen: number } {
  const key = typedText(typed, 'key')
  return { key: isUuid(key) ? key : randomUUID(), seen: typedNumber(typed, 'seen') }
}

/** A move that does not fit is answered on the page it came from, with what was typed. */
export async function orKeepText<T>(
  act: () => Promise<T>,
  again: (sentence: string) => Promise<T>,
): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof WrongMove) return again(error.message)
    throw error
  }
}
