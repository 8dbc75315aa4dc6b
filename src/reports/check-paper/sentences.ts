/**
 * Sentences of a paper, each with its numbers and with a skeleton: the sentence in small letters in which a number stands
 * as #0#, a percentage as %1% and a year as @2@, numbered in order. The rules are patterns over skeletons.
 */
import { numbersIn, type PaperNumber } from './numbers.ts'
import type { Paper, Place } from './paper.ts'

export interface Sentence {
  text: string
  skeleton: string
  numbers: PaperNumber[]
  /** What introduces the list in which it stands. */
  lead: string
  place: Place
}

const END =
  /(?<=[.!?][”"'’)]?|;)(?<!\b(?:e\.g|i\.e|approx|vs|v|no|st|dr|mr|mrs|fig|para|c|etc|cf)\.)\s+(?=[A-Z“"‘'(£\d])/i

/** Letters. What is longer is no sentence, and looking for claims in it would take for ever. */
const LONGEST = 4000

export function sentencesOf(paper: Paper): Sentence[] {
  return paper.blocks.flatMap(block =>
    block.kind !== 'text'
      ? []
      : block.text
          .split(END)
          .filter(text => text.length <= LONGEST && /\d|[a-z]{3}/i.test(text))
          .map(text => sentenceOf(text, block.lead, block.place)),
  )
}

export function sentenceOf(text: string, lead: string, place: Place): Sentence {
  // The paper's own number of the paragraph counts nothing; it is blanked, and places stay as they are.
  const unnumbered = text.replace(/^\s*\(?(?:\d{1,3}(?:\.\d{1,3})*[.)](?!\d)|[a-z]\))\s*/i, label =>
    ' '.repeat(label.length),
  )
  const numbers = numbersIn(unnumbered)
  let skeleton = ''
  let at = 0
  for (const [i, { kind, start, end }] of numbers.entries()) {
    skeleton += unnumbered.slice(at, start).toLowerCase() + markOf(kind, i)
    at = end
  }
  return { text, skeleton: skeleton + unnumbered.slice(at).toLowerCase(), numbers, lead, place }
}

function markOf(kind: PaperNumber['kind'], i: number): string {
  if (kind === 'percent') return `%${i}%`
  if (kind === 'year') return `@${i}@`
  return kind === 'label' ? `&${i}&` : `#${i}#`
}

/** The number that a mark of a skeleton stands for. */
export const numberAt = (sentence: Sentence, index: string | number): PaperNumber =>
  sentence.numbers[Number(index)]!
