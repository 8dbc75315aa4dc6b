/**
 * Where a text may name or mean somebody else than the person whom it is about. Marks help an officer who reads every
 * entry; they decide nothing, and they miss what is written in small letters or only hinted at. Marking too much costs a
 * glance, marking too little a confidence: what begins a sentence is marked unless it is a plain word.
 */

export interface TextPart {
  text: string
  /** May be another person. */
  marked: boolean
}

const WORD = /\p{L}[\p{L}\p{M}'’-]*/gu

/** Who somebody is to them says who it is, in a small family or class, as well as the name would. */
const relations = new Set(
  `mother mum mam father dad parent parents carer brother sister sibling siblings twin cousin uncle aunt auntie nan
   grandmother grandfather grandad grandparent stepfather stepmother partner husband wife boyfriend girlfriend ex son
   daughter baby neighbour friend friends classmate associate associates victim witness informant caller landlord
   flatmate cellmate rival rivals`.split(/\s+/),
)

/** Words that begin sentences and lines, and capitals that are nobody: of these alone nothing is marked. */
const plainWords = new Set(
  `i a an the this that these those there here he she they it we you his her their its our my your who what when where
   why how which while after before during since until then now today yesterday tomorrow last next at in on of for from
   to by with without and but or if so as because although however also again another some any each every no not none
   nothing nobody somebody someone everyone one two three first second is was were are be been being has had have does
   did do will would can could should may might must came come went goes go seen saw said says told asked asks gave given
   got took taken found left stayed stopped started began called rang met spoke talked attended missed helped helps plays
   likes wants needs feels lives lived moved works worked known reported recorded noted agreed refused referred arrested
   charged convicted injured assessed assessment school police council health hospital youth social worker team officer
   service monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
   september october november december easter christmas names address gender ethnicity reference telephone born yes`.split(
    /\s+/,
  ),
)

/** The text in parts; put together they are the text. `own` are the person's own names, `known` those of agencies. */
export function markOthers(text: string, own: readonly string[], known: readonly string[] = []): TextPart[] {
  const theirs = wordsOf(own)
  const agencies = wordsOf(known)
  const parts: TextPart[] = []
  let from = 0
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (!mayBeOther(word, theirs, agencies)) continue
    if (index > from) parts.push({ text: text.slice(from, index), marked: false })
    parts.push({ text: word, marked: true })
    from = index + word.length
  }
  if (from < text.length) parts.push({ text: text.slice(from), marked: false })
  return joined(parts)
}

function mayBeOther(word: string, own: ReadonlySet<string>, known: ReadonlySet<string>): boolean {
  const plain = plainOf(word)
  if (relations.has(plain)) return true
  if (!/^\p{Lu}/u.test(word)) return false
  return !own.has(plain) && !known.has(plain) && !plainWords.has(plain)
}

/** "Kai’s" is Kai, in capitals or with marks as well. */
const plainOf = (word: string): string =>
  word
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’]s?$/, '')

const wordsOf = (texts: readonly string[]): Set<string> =>
  new Set(texts.flatMap(text => [...text.matchAll(WORD)].map(match => plainOf(match[0]))))

/** "Kai Invented" is one mark, not two. */
function joined(parts: readonly TextPart[]): TextPart[] {
  const out: TextPart[] = []
  for (const part of parts) {
    const gap = out.at(-1)
    const before = out.at(-2)
    if (part.marked && before?.marked && gap && !gap.marked && gap.text === ' ') {
      out.splice(-2, 2, { text: `${before.text} ${part.text}`, marked: true })
    } else out.push({ ...part })
  }
  return out
}

export const TAKEN_OUT = '[another person]'

/** A first proposal for the officer: every mark taken out. */
export const withoutMarks = (parts: readonly TextPart[]): string =>
  parts.map(part => (part.marked ? TAKEN_OUT : part.text)).join('')

export const countMarks = (parts: readonly TextPart[]): number => parts.filter(part => part.marked).length
