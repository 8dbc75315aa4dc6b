/** Finds the claims of a paper that can be computed again, and computes them. Pure; what each rule does stands in `rules/`. */
import type { Finding, Verdict } from './finding.ts'
import type { Paper, TableBlock } from './paper.ts'
import { averages, previousAverages } from './rules/average.ts'
import { dates } from './rules/dates.ts'
import { againstTables, factsOf } from './rules/in-table.ts'
import { compositions, parts, partsOfTotals, sharesOfAll } from './rules/parts.ts'
import { percentageChanges } from './rules/percentage-change.ts'
import { ranks } from './rules/rank.ts'
import { populationSentence, rates } from './rules/rate.ts'
import { restated } from './rules/restated.ts'
import { shares, sharesOfAmounts } from './rules/share.ts'
import { readTable, tableTotals } from './rules/table-totals.ts'
import { combinedYears, unsaidWholes, wholeNumbers } from './rules/whole-numbers.ts'
import { sentencesOf } from './sentences.ts'

/** In the order of the paper. */
export function checkPaper(paper: Paper): Finding[] {
  const sentences = sentencesOf(paper)
  const tables = paper.blocks.filter((b): b is TableBlock => b.kind === 'table').map(readTable)
  const facts = tables.map(factsOf)
  const population = populationSentence(sentences)
  const findings: Finding[] = [
    ...tables.flatMap(tableTotals),
    ...combinedYears(sentences),
    ...previousAverages(sentences, tables),
    ...partsOfTotals(sentences),
    ...compositions(sentences),
    ...sharesOfAll(sentences),
    ...restated(sentences),
  ]
  for (const [i, sentence] of sentences.entries()) {
    const before = sentences[i - 1] ?? null
    const amounts = sentences
      .slice(Math.max(0, i - 3), i)
      .filter(s => s.place === sentence.place)
      .flatMap(s => s.numbers)
    findings.push(
      ...percentageChanges(sentence),
      ...shares(sentence, before),
      ...sharesOfAmounts(sentence, amounts),
      ...wholeNumbers(sentence),
      ...unsaidWholes(sentence, new Set()),
      ...rates(sentence, population),
      ...averages(sentence),
      ...ranks(sentence),
      ...parts(sentence),
      ...dates(sentence),
      ...againstTables(sentence, facts),
    )
  }
  return findings.sort((a, b) => a.place.block - b.place.block)
}

export function countVerdicts(findings: readonly Finding[]): Record<Verdict, number> {
  const counts: Record<Verdict, number> = { disagrees: 0, 'cannot-tell': 0, agrees: 0 }
  for (const { verdict } of findings) counts[verdict]++
  return counts
}
