/**
 * Words that whoever raises a matter to a board is asked about once: what labels somebody, and what may name them. A board
 * speaks of nobody, and no agreement stands between a name that is typed there and its members. Pure.
 */
import { markOthers } from '../../../governance/rights/names-in-text.ts'
import { type FoundWord, findCarefulWords } from '../../language/careful-words.ts'

export function findLooseWords(text: string, agencies: readonly { name: string }[]): FoundWord[] {
  const marked = markOthers(
    text,
    [],
    agencies.map(a => a.name),
  ).filter(part => part.marked)
  return [
    ...findCarefulWords(text),
    ...[...new Set(marked.map(part => part.text))].map(word => ({
      word,
      because: 'It may say who is meant. The board is asked about the matter, and reads of nobody.',
    })),
  ]
}
