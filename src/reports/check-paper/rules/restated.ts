/** The same quantity, stated differently in two places: a share of the same people, a change of the same count, an amount. */
import type { Finding } from '../finding.ts'
import type { PaperNumber } from '../numbers.ts'
import { numberAt, type Sentence } from '../sentences.ts'
import { areWithin, confinedTo, contentWords, mayBeSamePeriod, periodsIn, sameWords } from '../words.ts'
import { shortened } from './parts.ts'

interface Quantity {
  what: 'share' | 'change' | 'amount' | 'count'
  number: PaperNumber
  /** Below zero for a fall. */
  value: number
  words: ReadonlySet<string>
  periods: ReadonlySet<string>
  places: ReadonlySet<string>
  sentence: Sentence
}

/** A quantity is held against the first places in which it stands. */
const MOST_PLACES = 50

export function restated(sentences: readonly Sentence[]): Finding[] {
  const quantities = sentences.flatMap(s => [
    ...sharesOfPeople(s),
    ...changes(s),
    ...amounts(s),
    ...counts(s),
  ])
  const byWords = Map.groupBy(quantities, q => `${q.what} ${[...q.words].sort().join(' ')}`)
  const findings: Finding[] = []
  for (const same of byWords.values()) {
    for (const [i, later] of same.entries()) {
      const earlier = same.slice(0, Math.min(i, MOST_PLACES)).find(e => isSame(e, later))
      if (earlier) findings.push(compared(earlier, later))
    }
  }
  return findings
}

function isSame(a: Quantity, b: Quantity): boolean {
  if (a.sentence === b.sentence || a.sentence.text === b.sentence.text) return false
  if (!mayBeSamePeriod(a.periods, b.periods)) return false
  if (a.what === 'count' && !sameWords(a.periods, b.periods)) return false
  return a.places.size === b.places.size && areWithin(a.places, b.places)
}

function compared(earlier: Quantity, later: Quantity): Finding {
  const apart = Math.abs(earlier.value - later.value)
  const near = earlier.number.near || later.number.near
  const fits =
    apart <= Math.max(earlier.number.step, later.number.step) / 2 + 1e-9 &&
    (apart === 0 || earlier.number.step !== later.number.step)
  return {
    kind: 'restated',
    verdict: fits || apart === 0 ? 'agrees' : near ? 'cannot-tell' : 'disagrees',
    sentence: later.sentence.text,
    claim: `${later.number.text} here, ${earlier.number.text} before`,
    computation: `“${shortened(earlier.sentence.text)}” says ${earlier.number.text}; if they differ in period or scope, neither says so`,
    place: later.sentence.place,
  }
}

const around = (sentence: Sentence) => `${sentence.lead} ${sentence.text}`

function quantity(
  what: Quantity['what'],
  sentence: Sentence,
  number: PaperNumber,
  words: ReadonlySet<string>,
  value = number.value,
): Quantity {
  return {
    what,
    number,
    value,
    words,
    periods: periodsIn(around(sentence)),
    places: confinedTo(sentence.text),
    sentence,
  }
}

const ATTRIBUTE_OF_PEOPLE =
  /\b(?<attribute>male|female|men|women|white|black|asian|unemployed|students?|domestic)\b[^%#(,;.]{0,12}\(%(?<p>\d+)%\)/g
/** Who it is about: "of known offenders,", "of the offenders were", "46% of victims … have been". */
const SUBJECT =
  /\bof (?:the |all |known |identified |recorded )*(?<who>[a-z]+s)\b(?=,| (?:were|was|are|have|had|force|aged|under|who|in))/g

/** "male (83%)" of offenders, and "92% of victims were male". */
function sharesOfPeople(sentence: Sentence): Quantity[] {
  const { skeleton } = sentence
  const found: Quantity[] = []
  const subjects = [...skeleton.matchAll(SUBJECT)]
  for (const match of skeleton.matchAll(ATTRIBUTE_OF_PEOPLE)) {
    const who = subjects.findLast(s => s.index < match.index)?.groups?.who
    if (!who) continue
    const words = contentWords(`${who} ${oneAttribute(match.groups!.attribute!)}`)
    found.push(quantity('share', sentence, numberAt(sentence, match.groups!.p!), words))
  }
  for (const match of skeleton.matchAll(
    /%(\d+)% of (?:the |all |known |identified |recorded )*(?<who>[a-z]+s)\b(?:[^%.;]*%\d+% of [a-z ]+)?(?: (?:were|was|are|have been) )(?<attribute>male|female|men|women|white|black|asian|unemployed|students?)\b/g,
  )) {
    const words = contentWords(`${match.groups!.who} ${oneAttribute(match.groups!.attribute!)}`)
    found.push(quantity('share', sentence, numberAt(sentence, match[1]!), words))
  }
  return found
}

const oneAttribute = (word: string) => (/^men$/.test(word) ? 'male' : /^women$/.test(word) ? 'female' : word)

const CHANGE =
  /%(\d+)% (?<direction>increase|rise|growth|reduction|decrease|fall|decline|drop) in (?<what>[^(),;.%#@]+?)(?= year to| year till|\(|,|;|\.|%|#|@|$| (?:compared|since|over|between|during|from|against|and|in the|this year|which|with a)\b)/g
const CHANGED =
  /(?<what>[a-z][^(),;.%#@]{3,80}?) (?:has |have |had )?(?:also )?(?<direction>increased|rose|risen|grew|fell|fallen|decreased|declined|dropped|reduced)(?: by)? %(\d+)%/g

function changes(sentence: Sentence): Quantity[] {
  const read = (pattern: RegExp) =>
    [...sentence.skeleton.matchAll(pattern)].flatMap(match => {
      const number = numberAt(sentence, match[1] && /^\d+$/.test(match[1]) ? match[1] : match.at(-1)!)
      const words = contentWords(unmarked(match.groups!.what!, sentence), { counting: false })
      if (words.size < 2) return []
      const falls = /^(?:reduc|decreas|fall|fell|declin|drop)/.test(match.groups!.direction!)
      return [quantity('change', sentence, number, words, falls ? -number.value : number.value)]
    })
  const [first, second] = [read(CHANGE), [...sentence.skeleton.matchAll(CHANGED)]]
  return [
    ...first,
    ...second.flatMap(match => {
      const number = numberAt(sentence, match[3]!)
      const words = contentWords(unmarked(match.groups!.what!, sentence), { counting: false })
      if (words.size < 2) return []
      const falls = /^(?:reduc|decreas|fell|fallen|declin|drop)/.test(match.groups!.direction!)
      return [quantity('change', sentence, number, words, falls ? -number.value : number.value)]
    }),
  ]
}

/** Ages stand in a skeleton as marks: they tell quantities apart, and are put back. */
const unmarked = (part: string, sentence: Sentence) =>
  part.replaceAll(/&(\d+)&/g, (_, index: string) => numberAt(sentence, index).text)

const AMOUNT =
  /(?<what>(?:total |initial |overall |annual |original )*(?:[a-z]+ )?(?:budget|grant|funding|allocation|fund|award))(?: (?:is|was|of|at|totals|totalling|stands at|for @\d+@(?:\/\d+)? (?:is|was))+)* #(\d+)#/g

function amounts(sentence: Sentence): Quantity[] {
  return [...sentence.skeleton.matchAll(AMOUNT)].flatMap(match => {
    const number = numberAt(sentence, match[2]!)
    const words = contentWords(match.groups!.what!)
    return number.kind === 'money' && words.size >= 2 ? [quantity('amount', sentence, number, words)] : []
  })
}

const COUNT = /(?:there were|recorded|a total of|saw|the|had|were) #(\d+)# (?<what>[a-z&][^#%,;.()@]*)/g
const PARTIAL =
  /\b(?:of which|of these|of them|including|further|additional|another|more|fewer|other|remaining|new|average)\b/

/** Counts of the very same words in the very same period; whatever narrows one of them makes it another quantity. */
function counts(sentence: Sentence): Quantity[] {
  if (PARTIAL.test(sentence.skeleton)) return []
  return [...sentence.skeleton.matchAll(COUNT)].flatMap(match => {
    const number = numberAt(sentence, match[1]!)
    const words = contentWords(
      unmarked(match.groups!.what!, sentence).replaceAll(
        /\b(?:were|was|have been|had been|recorded|reported|year|ending|the|compared|against|up|down)\b/g,
        ' ',
      ),
    )
    for (const mark of periodsIn(sentence.text)) words.delete(mark)
    for (const month of words)
      if (
        /^(?:january|february|march|april|may|june|july|august|september|october|november|december)$/.test(
          month,
        )
      )
        words.delete(month)
    if (number.kind !== 'count' || number.value < 10 || words.size < 2 || periodsIn(sentence.text).size === 0)
      return []
    return [quantity('count', sentence, number, words)]
  })
}
