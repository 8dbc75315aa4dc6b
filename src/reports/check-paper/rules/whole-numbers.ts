/**
 * Percentages that no whole numbers of that size can give: 36.8% of 90 people would be 33.1 of them. This is the GRIM test
 * (Brown and Heathers 2017, https://doi.org/10.1177/1948550616673876) for percentages.
 */
import type { Finding } from '../finding.ts'
import type { PaperNumber } from '../numbers.ts'
import { countWords, leastWhole, partThatGives, percentWords } from '../rounding.ts'
import { numberAt, type Sentence } from '../sentences.ts'
import { areWithin, contentWords } from '../words.ts'

/** People and events come whole; money and hours do not. */
const UNCOUNTABLE = /^\s*(?:hours?|minutes?|days?|weeks?|months?|years?|miles|km|tonnes?|kg|%)/

/** "36.8% of the 90 homicides": whether any of them can be that share. */
export function wholeNumbers(sentence: Sentence): Finding[] {
  return [
    ...sentence.skeleton.matchAll(/%(\d+)% of (?:the |all |a total of )?#(\d+)#(?<after>[^#%]{0,20})/g),
  ].flatMap(match => {
    const [percent, whole] = [numberAt(sentence, match[1]!), numberAt(sentence, match[2]!)]
    if (whole.kind !== 'count' || whole.step !== 1 || whole.near || UNCOUNTABLE.test(match.groups!.after!))
      return []
    return [tested(sentence, percent, whole.value, `${percent.text} of ${whole.text}`)]
  })
}

function tested(sentence: Sentence, percent: PaperNumber, whole: number, claim: string): Finding {
  const part = partThatGives(percent, whole)
  const exact = (percent.value * whole) / 100
  const [below, above] = [Math.floor(exact), Math.ceil(exact)]
  return {
    kind: 'whole-numbers',
    verdict: part !== null ? 'agrees' : percent.near ? 'cannot-tell' : 'disagrees',
    sentence: sentence.text,
    claim,
    computation:
      part !== null
        ? `${countWords(part)} of ${countWords(whole)} is ${percentWords((100 * part) / whole, percent.step)}`
        : `${percent.text} of ${countWords(whole)} is ${countWords(exact)}; ${below} is ${percentWords((100 * below) / whole, percent.step)} and ${above} is ${percentWords((100 * above) / whole, percent.step)}`,
    place: sentence.place,
  }
}

interface YearCount {
  year: number
  words: Set<string>
  count: number
}

const SAME_AS_BEFORE =
  /the same as (?:in )?the (?:year (?:prior|before)|previous year|prior year|preceding year)/
const COMBINED = /\b(?:combin|both years|two years|together|over the (?:two|three) years|total)/

/** Counts of years that were said before, put together: "45 in 2022, the same as the year prior … over both years 36.8%". */
export function combinedYears(sentences: readonly Sentence[]): Finding[] {
  const counts: YearCount[] = []
  const findings: Finding[] = []
  for (const sentence of sentences) {
    const { skeleton } = sentence
    const years = [...new Set([...skeleton.matchAll(/@(\d+)@/g)].map(m => numberAt(sentence, m[1]!).value))]
    if (years.length > 1 && COMBINED.test(skeleton)) findings.push(...overYears(sentence, years, counts))
    if (years.length === 1) {
      for (const match of skeleton.matchAll(/(?:were|was|recorded|saw|had) #(\d+)# (?<noun>[a-z -]+)/g)) {
        const { value, near, step } = numberAt(sentence, match[1]!)
        if (near || step !== 1) continue
        const words = contentWords(match.groups!.noun!.split(/\b(?:within|in|across|by|during|or|and)\b/)[0]!)
        if (words.size === 0) continue
        counts.push({ year: years[0]!, words, count: value })
        if (SAME_AS_BEFORE.test(skeleton)) counts.push({ year: years[0]! - 1, words, count: value })
      }
    }
  }
  return findings
}

function overYears(sentence: Sentence, years: readonly number[], counts: readonly YearCount[]): Finding[] {
  const words = contentWords(sentence.skeleton)
  const fitting = years.map(year => counts.filter(c => c.year === year && areWithin(c.words, words)))
  if (fitting.some(found => new Set(found.map(c => c.count)).size !== 1)) return []
  const whole = fitting.reduce((sum, [first]) => sum + first!.count, 0)
  return sentence.numbers
    .filter(n => n.kind === 'percent' && n.value > 0 && n.value < 100)
    .map(percent =>
      tested(
        sentence,
        percent,
        whole,
        `${percent.text} of ${whole} over ${years.join(' and ')} (${fitting.map(([c]) => c!.count).join(' + ')})`,
      ),
    )
}

/** "14.6% of all homicides", with no whole said: how large it has to be at least. Only for decimals, which say something. */
export function unsaidWholes(sentence: Sentence, tested: ReadonlySet<string>): Finding[] {
  return [...sentence.skeleton.matchAll(/%(\d+)% of (?!(?:the |all |a total of )?#)/g)].flatMap(match => {
    const percent = numberAt(sentence, match[1]!)
    if (percent.step >= 1 || tested.has(percent.text)) return []
    const least = leastWhole(percent)
    if (least === null) return []
    return [
      {
        kind: 'whole-numbers' as const,
        verdict: 'cannot-tell' as const,
        sentence: sentence.text,
        claim: `${percent.text}, without saying of how many`,
        computation: `whole numbers give ${percent.text} of ${least} at least (${partThatGives(percent, least)} of ${least})`,
        place: sentence.place,
      },
    ]
  })
}
