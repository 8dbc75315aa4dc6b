/** "a 16% reduction (80 vs 90)": the change from the earlier count to the later. */
import type { Finding } from '../finding.ts'
import type { PaperNumber } from '../numbers.ts'
import { canStandFor, percentWords, quotient, type Range, rangeOf } from '../rounding.ts'
import { numberAt, type Sentence } from '../sentences.ts'

const UP = 'increas|ris(?:e|es|en|ing)|rose|grew|grow|higher|gain|climb|up\\b|upturn|more\\b'
const DOWN = 'reduc|decreas|fall|fell|declin|drop|lower|fewer|down\\b|cut\\b|less\\b'
const DIRECTION = new RegExp(`\\b(?:(?<up>${UP})|(?<down>${DOWN}))`, 'g')

interface Pair {
  earlier: PaperNumber
  later: PaperNumber
  /** "from A to B" says which came first; "A vs B" leaves it to the reader. */
  ordered: boolean
  at: number
}

/** Marks in the patterns: E the earlier count, L the later. */
const N = '#(\\d+)#'
const GAP = '[^#%;.]{0,60}?'
const PAIRS: readonly { pattern: RegExp; earlier: 1 | 2; ordered: boolean }[] = [
  { pattern: new RegExp(`from ${GAP}${N}${GAP} to ${GAP}${N}`, 'g'), earlier: 1, ordered: true },
  {
    pattern: new RegExp(`\\bto ${GAP}${N}${GAP}(?:,? (?:down|up))? from ${GAP}${N}`, 'g'),
    earlier: 2,
    ordered: true,
  },
  {
    pattern: new RegExp(
      `${N}${GAP}(?:\\bvs?\\b\\.?|versus|against|compared (?:with|to)|in comparison (?:with|to)|(?:down|up) from|previously)${GAP}${N}`,
      'g',
    ),
    earlier: 2,
    ordered: false,
  },
  {
    pattern: new RegExp(`${N}[^#;]{0,120}?when there (?:were|was|had been) ${GAP}${N}`, 'g'),
    earlier: 2,
    ordered: true,
  },
]

export function percentageChanges(sentence: Sentence): Finding[] {
  const { skeleton } = sentence
  const percents = [...skeleton.matchAll(/%(\d+)%(?! ?points?| ?(?:of|out of)\b)/g)]
  if (percents.length === 0) return []
  const directions = [...skeleton.matchAll(DIRECTION)]
  const findings: Finding[] = []
  for (const pair of pairsOf(sentence)) {
    const claim = percents
      .map(match => ({ match, far: Math.abs(match.index - pair.at) }))
      .sort((a, b) => a.far - b.far)
      .map(({ match }) => ({ match, word: nearest(directions, match.index, 45) }))
      .find(({ word, match }) => word && isAlone(percents, match.index, pair.at))
    if (claim?.word) findings.push(tested(sentence, numberAt(sentence, claim.match[1]!), claim.word, pair))
  }
  return findings
}

/** No other percentage lies between the two. */
const isAlone = (percents: readonly RegExpExecArray[], percent: number, pair: number) =>
  !percents.some(({ index }) => index > Math.min(percent, pair) && index < Math.max(percent, pair))

function nearest(words: readonly RegExpExecArray[], at: number, most: number): RegExpExecArray | null {
  const [closest] = words
    .map(word => ({ word, far: Math.abs(word.index - at) }))
    .filter(({ far }) => far <= most)
    .sort((a, b) => a.far - b.far)
  return closest?.word ?? null
}

function pairsOf(sentence: Sentence): Pair[] {
  const pairs: Pair[] = []
  const used = new Set<number>()
  for (const { pattern, earlier, ordered } of PAIRS) {
    for (const match of sentence.skeleton.matchAll(pattern)) {
      const [first, second] = [Number(match[1]), Number(match[2])]
      if (used.has(first) || used.has(second)) continue
      used.add(first).add(second)
      const numbers = [numberAt(sentence, first), numberAt(sentence, second)] as const
      pairs.push({
        earlier: numbers[earlier - 1]!,
        later: numbers[2 - earlier]!,
        ordered,
        at: match.index,
      })
    }
  }
  return pairs.filter(({ earlier }) => earlier.value > 0)
}

const changeRange = (earlier: PaperNumber, later: PaperNumber): Range => {
  const [least, most] = quotient(rangeOf(later), rangeOf(earlier))
  return [100 * (least - 1), 100 * (most - 1)]
}

function tested(sentence: Sentence, stated: PaperNumber, word: RegExpExecArray, pair: Pair): Finding {
  const falls = word.groups!.down !== undefined
  const signed = { ...stated, value: stated.value < 0 ? stated.value : falls ? -stated.value : stated.value }
  const { earlier, later, ordered } = pair
  const fits =
    canStandFor(signed, changeRange(earlier, later)) ||
    (!ordered && canStandFor(signed, changeRange(later, earlier)))
  // "80 vs 90" with a reduction: the larger is the earlier, whichever stands first.
  const swapped = !ordered && falls !== later.value < earlier.value
  const [from, to] = swapped ? [later, earlier] : [earlier, later]
  const change = (100 * (to.value - from.value)) / from.value
  return {
    kind: 'change',
    verdict: fits ? 'agrees' : from.near || to.near ? 'cannot-tell' : 'disagrees',
    sentence: sentence.text,
    claim: `${stated.text} ${falls ? 'fall' : 'rise'} between ${from.text} and ${to.text}`,
    computation: `(${to.text} − ${from.text}) ÷ ${from.text} = ${percentWords(change, stated.step)}`,
    place: sentence.place,
  }
}
