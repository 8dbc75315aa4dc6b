/**
 * Names on a screen that others see: shown in full, or shortened. A text is taken apart at every word that may name or mean
 * somebody; too many marks cost a glance, too few a confidence. Pure.
 */
import { markOthers, type TextPart } from '../../../governance/rights/names-in-text.ts'

/** Stands for a name that is hidden. */
export const HIDDEN = '…'

/** "Synthetic Child" is "S. C.". */
export const initials = (called: string): string =>
  called
    .split(/\s+/u)
    .filter(Boolean)
    .map(word => `${[...word][0]!.toUpperCase()}.`)
    .join(' ')

/**
 * The parts of a text, with what may name somebody marked: as it stands, or, hidden, without it. Names of agencies are
 * nobody's. `called` are names that are known to be somebody's, however they are written.
 */
export function shownText(
  text: string,
  { agencies, called, hidden }: { agencies: readonly string[]; called: readonly string[]; hidden: boolean },
): TextPart[] {
  const parts = markOthers(text, [], agencies).flatMap(part =>
    part.marked ? [part] : markKnown(part, called),
  )
  return hidden ? parts.map(part => (part.marked ? { ...part, text: HIDDEN } : part)) : parts
}

/** Without the meaning that signs have in a pattern. */
const plain = (word: string): string => word.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)

/** A name in small letters is a name as well. */
function markKnown({ text }: TextPart, called: readonly string[]): TextPart[] {
  const words = [...new Set(called.flatMap(name => name.split(/\s+/u)).filter(word => [...word].length > 2))]
  if (words.length === 0) return [{ text, marked: false }]
  const known = new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.map(plain).join('|')})(?![\\p{L}\\p{N}])`, 'giu')
  const parts: TextPart[] = []
  let from = 0
  for (const { 0: word, index } of text.matchAll(known)) {
    if (index > from) parts.push({ text: text.slice(from, index), marked: false })
    parts.push({ text: word, marked: true })
    from = index + word.length
  }
  if (from < text.length) parts.push({ text: text.slice(from), marked: false })
  return parts
}
