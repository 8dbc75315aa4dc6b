/** "15.4 per million population": the rate against its count and its population, where the paper gives both. */
import type { Finding } from '../finding.ts'
import { canStandFor, countWords, quotient, rangeOf } from '../rounding.ts'
import { numberAt, type Sentence } from '../sentences.ts'

/** "per 100,000 population at 34.9": the rate after what it is a rate of. */
const RATE_AFTER =
  /\bper (?:(?<million>million)|#(?<base>\d+)#)(?: of)?(?: (?:the )?(?:population|people|residents))? (?:at|of|was|is) #(\d+)#/g
const RATE =
  /#(\d+)#[^#%;.]{0,60}?(?:\bper|\/) ?(?:(?<head>head|capita|person|resident)|(?<million>million)|#(?<base>\d+)#)(?: of)?(?: (?:the )?(?:total )?(?:population|people|residents|persons|inhabitants|young people|children|households|pupils|adults))?/g
const POPULATION =
  /(?:population (?:of|was|is|estimate of)|residents?:?|inhabitants:?) (?:about |around |some |approximately |nearly |over )?#(\d+)#|#(\d+)# (?:people|residents|inhabitants|population)\b/

/** `said` is what the paper says elsewhere of its population, where it says one thing only. */
export function rates(sentence: Sentence, said: Sentence | null): Finding[] {
  const after = [...sentence.skeleton.matchAll(RATE_AFTER)].map(match => ({ match, index: match[3]! }))
  const before =
    after.length > 0 ? [] : [...sentence.skeleton.matchAll(RATE)].map(match => ({ match, index: match[1]! }))
  return [...after, ...before].flatMap(({ match, index }) => {
    const { head, million, base } = match.groups!
    const rate = numberAt(sentence, index)
    const per = head ? 1 : million ? 1e6 : numberAt(sentence, base!).value
    if (!head && per < 100) return []
    const own = POPULATION.exec(sentence.skeleton.replace(match[0], ''))
    const population = own ? numberAt(sentence, own[1] ?? own[2]!) : populationOf(said)
    const rateAt = rate.start
    const count = sentence.numbers.findLast(
      n => n.end < rateAt && n.kind === 'count' && n !== population && n.value !== per && n.step >= 1,
    )
    const claim = `${rate.text} per ${head ?? (million ? 'million' : countWords(per))}`
    if (!count || !population || population.value <= count.value) {
      const missing = count ? 'population' : population ? 'count' : 'count and no population'
      return [
        {
          kind: 'rate' as const,
          verdict: 'cannot-tell' as const,
          sentence: sentence.text,
          claim,
          computation:
            count && rate.value > 0
              ? `no ${missing} is given; ${count.text} would need a population of ${countWords(Math.round((count.value / rate.value) * per))}`
              : `no ${missing} is given with it`,
          place: sentence.place,
        },
      ]
    }
    const [least, most] = quotient(rangeOf(count), rangeOf(population))
    const fits = canStandFor(rate, [least * per, most * per])
    return [
      {
        kind: 'rate' as const,
        verdict: fits
          ? ('agrees' as const)
          : population.near || count.near
            ? ('cannot-tell' as const)
            : ('disagrees' as const),
        sentence: sentence.text,
        claim: `${claim}, ${count.text} in a population of ${population.text}`,
        computation: `${count.text} ÷ ${population.text} × ${countWords(per)} = ${((count.value / population.value) * per).toLocaleString('en-GB', { maximumFractionDigits: 2 })}`,
        place: sentence.place,
      },
    ]
  })
}

function populationOf(said: Sentence | null) {
  const found = said && POPULATION.exec(said.skeleton)
  return found ? numberAt(said, found[1] ?? found[2]!) : null
}

/** The one sentence that gives the population; null where none does, or several differ. */
export function populationSentence(sentences: readonly Sentence[]): Sentence | null {
  const stating = sentences.filter(s => {
    const found =
      /population (?:of|was|is|estimate of) (?:about |around |some |approximately |nearly |over )?#(\d+)#/.exec(
        s.skeleton,
      )
    return found && numberAt(s, found[1]!).value >= 1000
  })
  const values = new Set(stating.map(s => populationOf(s)?.value))
  return values.size === 1 ? stating[0]! : null
}
