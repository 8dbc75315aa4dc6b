/** Averages: of numbers that stand beside it, of a total over so many months, and a "previous" one that is not previous. */
import type { Finding } from '../finding.ts'
import type { PaperNumber } from '../numbers.ts'
import { canStandFor, countWords, quotient, rangeOf } from '../rounding.ts'
import { numberAt, type Sentence } from '../sentences.ts'
import { areWithin, contentWords } from '../words.ts'
import { type ReadTable, shareColumns } from './table-totals.ts'

const UNIT = '(?<unit>day|week|month|quarter|year)'
const OVER = new RegExp(
  `#(?<total>\\d+)#[^#%.;]{0,80}?(?:over|in|during|across|within)(?: the| a)?(?: last| past| first)? (?:#(?<n>\\d+)#|&(?<label>\\d+)&)[ -]${UNIT}`,
)
const AVERAGE =
  /(?:an? |the )?(?:monthly |weekly |daily |yearly |annual )?(?:average|mean) (?:of |was |is )?(?:about |around )?#(?<average>\d+)#(?: [a-z-]+){0,4}?(?: (?:a|per|each|every) (?<per>day|week|month|quarter|year))?/
const MONTHLY = /\b(?<how>month|week|dai|year|annual)(?:ly)? (?:average|mean)/

export function averages(sentence: Sentence): Finding[] {
  const found = AVERAGE.exec(sentence.skeleton)
  if (!found || /previous/.test(sentence.skeleton.slice(Math.max(0, found.index - 12), found.index + 12)))
    return []
  const average = numberAt(sentence, found.groups!.average!)
  const over = OVER.exec(sentence.skeleton)
  const per = found.groups!.per ?? MONTHLY.exec(sentence.skeleton)?.groups?.how
  if (
    over &&
    per &&
    over.groups!.unit!.startsWith(per.slice(0, 3)) &&
    over.groups!.total !== found.groups!.average
  ) {
    const total = numberAt(sentence, over.groups!.total!)
    const n = numberAt(sentence, over.groups!.n ?? over.groups!.label!)
    return [tested(sentence, average, total, n.value, `${total.text} ÷ ${n.text}`)]
  }
  const listed = listOf(sentence, average)
  if (listed.length < 3) return []
  const sum = listed.reduce((total, n) => total + n.value, 0)
  return [
    tested(
      sentence,
      average,
      { ...listed[0]!, value: sum },
      listed.length,
      `(${listed.map(n => n.text).join(' + ')}) ÷ ${listed.length}`,
    ),
  ]
}

function tested(
  sentence: Sentence,
  average: PaperNumber,
  total: PaperNumber,
  n: number,
  words: string,
): Finding {
  const fits = canStandFor(average, quotient(rangeOf(total), [n, n]))
  return {
    kind: 'average',
    verdict: fits ? 'agrees' : total.near || average.near ? 'cannot-tell' : 'disagrees',
    sentence: sentence.text,
    claim: `an average of ${average.text}`,
    computation: `${words} = ${countWords(total.value / n)}`,
    place: sentence.place,
  }
}

/** "12, 15 and 18, an average of 15", "an average of 15 (12, 15 and 18)": three or more that stand as a list. */
function listOf(sentence: Sentence, average: PaperNumber): PaperNumber[] {
  for (const match of sentence.skeleton.matchAll(
    /#\d+#(?:[a-z ()]{0,25}(?:,|and|, and)[a-z ()]{0,25}#\d+#){2,}/g,
  )) {
    const numbers = [...match[0].matchAll(/#(\d+)#/g)].map(m => numberAt(sentence, m[1]!))
    const without = numbers.filter(n => n !== average)
    if (without.length >= 3) return without
  }
  return []
}

const MONTHS = 'january february march april may june july august september october november december'.split(
  ' ',
)
const MONTH_COUNT = new RegExp(`\\b(${MONTHS.join('|')})\\b[^#%.;,]{0,20}#(\\d+)#`, 'g')

/**
 * "March 414, April 316, May 319 against a previous average of 312": where a table of the paper gives the total since a
 * month, the average of the months before those can be computed, and with it whether "previous" includes them.
 */
export function previousAverages(sentences: readonly Sentence[], tables: readonly ReadTable[]): Finding[] {
  return sentences.flatMap((sentence, i) => {
    const stated = /previous(?:ly)? (?:monthly )?average (?:of |was )?#(\d+)#/.exec(sentence.skeleton)
    if (!stated) return []
    const months = [...sentence.skeleton.matchAll(MONTH_COUNT)].map(m => ({
      month: MONTHS.indexOf(m[1]!),
      count: numberAt(sentence, m[2]!),
    }))
    const last = months.at(-1)
    if (months.length < 2 || !last) return []
    const about = contentWords(
      sentences
        .slice(Math.max(0, i - 3), i + 1)
        .map(s => s.text)
        .join(' '),
    )
    const since = sentences
      .slice(Math.max(0, i - 3), i + 4)
      .map(
        s => new RegExp(`since (${MONTHS.map(m => m.slice(0, 3)).join('|')})[a-z]* @`).exec(s.skeleton)?.[1],
      )
      .find(month => month)
    if (!since) return []
    const first = MONTHS.findIndex(m => m.startsWith(since))
    const count = ((last.month - first + 12) % 12) + 1
    const average = numberAt(sentence, stated[1]!)
    const total = tables
      .flatMap(t => totalsOf(t, about))
      .find(sum => canStandFor(average, [sum / count, sum / count]))
    const given = months.reduce((sum, m) => sum + m.count.value, 0)
    if (total === undefined || count <= months.length) return []
    const before = (total - given) / (count - months.length)
    return [
      {
        kind: 'average' as const,
        verdict: canStandFor(average, [before, before]) ? ('agrees' as const) : ('disagrees' as const),
        sentence: sentence.text,
        claim: `a previous average of ${average.text}`,
        computation: `${countWords(total)} in ${count} months is ${countWords(total / count)} with these ${months.length} months in it; without them (${countWords(total)} − ${countWords(given)}) ÷ ${count - months.length} = ${countWords(before)}`,
        place: sentence.place,
      },
    ]
  })
}

/** What the columns of counts add up to that are headed by what the text is about. */
function totalsOf(table: ReadTable, about: ReadonlySet<string>): number[] {
  return shareColumns(table).flatMap(({ whole }) => {
    const words = contentWords(table.headings[whole]!, { counting: false })
    if (words.size === 0 || !areWithin(words, about)) return []
    return [table.rows.reduce((sum, row) => sum + (row.cells[whole]?.value ?? 0), 0)]
  })
}
