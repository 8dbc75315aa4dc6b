/** "11 of 95 (7%)", "95 offences, of which 7% (11)": the part against the whole. */
import type { Finding } from '../finding.ts'
import type { PaperNumber } from '../numbers.ts'
import { canStandFor, countWords, percentWords, quotient, rangeOf } from '../rounding.ts'
import { numberAt, type Sentence } from '../sentences.ts'

const N = '#(\\d+)#'
const P = '%(\\d+)%'
const NOUN = '[^#%;.()]{0,50}?'
const OF = '(?:out of|of|in|from)(?: (?:a|the))?(?: total(?: of)?)?(?: all)?'

/** Marks: p the percentage, n the part, w the whole. */
const WITHIN: readonly { pattern: RegExp; order: 'nwp' | 'npw' | 'pnw' | 'wnp' | 'wpn' }[] = [
  {
    pattern: new RegExp(
      `${N}${NOUN} (?:out )?of (?:the |a total of |all )?${N}${NOUN}[(,:–-] ?(?:or |that is |equal to |i\\.e\\. )?${P}`,
      'g',
    ),
    order: 'nwp',
  },
  { pattern: new RegExp(`${N}${NOUN}[(,] ?(?:or )?${P}[),]?${NOUN} ${OF} ${N}`, 'g'), order: 'npw' },
  { pattern: new RegExp(`${P} ?\\(${N}${NOUN}\\) ${OF} ${N}`, 'g'), order: 'pnw' },
  { pattern: new RegExp(`${P} ?\\(${N} (?:out )?of ${N}`, 'g'), order: 'pnw' },
  {
    pattern: new RegExp(
      `${N}[^#%;.]{0,80}?(?:of (?:which|whom|these|those)|including),? ${N}${NOUN}[(,] ?(?:or )?${P}`,
      'g',
    ),
    order: 'wnp',
  },
  {
    pattern: new RegExp(`${N}[^#%;.]{0,80}?of (?:which|whom|these|those),? ${P} ?\\(${N}`, 'g'),
    order: 'wpn',
  },
  { pattern: new RegExp(`of (?:the|all) ${N}${NOUN},? ${N}${NOUN}[(,] ?(?:or )?${P}`, 'g'), order: 'wnp' },
]

/** "Only 7% (11) of them": the whole was said before. */
const OF_THEM = [
  {
    pattern: new RegExp(`${P}[^#%;.()]{0,30}\\(${N}${NOUN}\\) of (?:them|these|those)\\b`, 'g'),
    order: 'pn',
  },
  { pattern: new RegExp(`of (?:them|these|those)\\b,? ${N}${NOUN}[(,] ?(?:or )?${P}`, 'g'), order: 'np' },
  { pattern: new RegExp(`${N} of (?:them|these|those)\\b${NOUN}[(,] ?(?:or )?${P}`, 'g'), order: 'np' },
  { pattern: new RegExp(`of (?:them|these|those)\\b,? ${P} ?\\(${N}`, 'g'), order: 'pn' },
] as const

export function shares(sentence: Sentence, before: Sentence | null): Finding[] {
  const findings: Finding[] = []
  const used = new Set<string>()
  for (const { pattern, order } of WITHIN) {
    for (const match of sentence.skeleton.matchAll(pattern)) {
      const at = (letter: string) => match[order.indexOf(letter) + 1]!
      if (used.has(at('p'))) continue
      used.add(at('p'))
      findings.push(
        tested(
          sentence,
          numberAt(sentence, at('p')),
          numberAt(sentence, at('n')),
          numberAt(sentence, at('w')),
        ),
      )
    }
  }
  for (const { pattern, order } of OF_THEM) {
    for (const match of sentence.skeleton.matchAll(pattern)) {
      const p = match[order.indexOf('p') + 1]!
      const part = numberAt(sentence, match[order.indexOf('n') + 1]!)
      const whole =
        wholeBefore(
          sentence.numbers.filter(n => n.end < sentence.numbers[Number(p)]!.start),
          part,
        ) ?? (before?.place === sentence.place ? wholeBefore(before.numbers, part) : null)
      if (used.has(p) || !whole) continue
      used.add(p)
      findings.push(tested(sentence, numberAt(sentence, p), part, whole))
    }
  }
  return findings
}

/** The only count that was said; of several nobody can tell which is meant. */
function wholeBefore(numbers: readonly PaperNumber[], part: PaperNumber): PaperNumber | null {
  const counts = numbers.filter(n => n.kind === 'count' && n.value >= part.value)
  return counts.length === 1 ? counts[0]! : null
}

function tested(sentence: Sentence, stated: PaperNumber, part: PaperNumber, whole: PaperNumber): Finding {
  const [least, most] = quotient(rangeOf(part), rangeOf(whole))
  const fits = canStandFor(stated, [100 * least, 100 * most])
  return {
    kind: 'share',
    verdict: fits ? 'agrees' : part.near || whole.near || stated.near ? 'cannot-tell' : 'disagrees',
    sentence: sentence.text,
    claim: `${stated.text} is ${part.text} of ${whole.text}`,
    computation: `${part.text} ÷ ${whole.text} = ${percentWords((100 * part.value) / whole.value, stated.step)}`,
    place: sentence.place,
  }
}

const MONEY_OF_PART =
  /%(\d+)%[^#%;.]{0,60}?(?:to the sum of|i\.e\.,?|amounting to|equal to|equivalent to|worth|or|\()\s*#(\d+)#/g
/** "20% match funding to the sum of £588,000": of which of the amounts said before, the reader has to find. */
export function sharesOfAmounts(sentence: Sentence, said: readonly PaperNumber[]): Finding[] {
  return [...sentence.skeleton.matchAll(MONEY_OF_PART)].flatMap(match => {
    const [stated, part] = [numberAt(sentence, match[1]!), numberAt(sentence, match[2]!)]
    if (part.kind !== 'money') return []
    const wholes = [...said, ...sentence.numbers.filter(n => n.end < stated.start)].filter(
      n => n.kind === 'money' && n.value > part.value,
    )
    const whole = wholes.find(w =>
      canStandFor(stated, [(100 * part.value) / w.value, (100 * part.value) / w.value]),
    )
    if (wholes.length === 0) return []
    const only = whole ?? wholes.at(-1)!
    return [
      {
        kind: 'share' as const,
        verdict: whole
          ? ('agrees' as const)
          : wholes.length === 1
            ? ('disagrees' as const)
            : ('cannot-tell' as const),
        sentence: sentence.text,
        claim: `${part.text} is ${stated.text} of ${only.text}`,
        computation: `${part.text} ÷ ${only.text} = ${percentWords((100 * part.value) / only.value, stated.step)}; ${stated.text} is ${countWords((only.value * stated.value) / 100)}`,
        place: sentence.place,
      },
    ]
  })
}
