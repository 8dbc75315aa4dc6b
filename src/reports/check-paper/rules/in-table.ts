/** What the text says of a table of the same paper: a share or a count of a row or of all rows, and who has the highest. */
import type { Finding } from '../finding.ts'
import type { PaperNumber } from '../numbers.ts'
import { canStandFor, countWords, percentWords } from '../rounding.ts'
import { numberAt, type Sentence } from '../sentences.ts'
import { areWithin, contentWords } from '../words.ts'
import { type ReadTable, shareColumns } from './table-totals.ts'

const EVERYWHERE =
  /\b(?:force[- ]?wide|overall|across (?:the|all)|in total|altogether|city[- ]?wide|county[- ]?wide)\b/

/** A table with all that is asked of it for every sentence, worked out once. */
export interface TableFacts {
  table: ReadTable
  /** Without totals. */
  rows: Row[]
  labels: { row: Row; name: string }[]
  /** First words that several labels share: "birmingham" of Birmingham East and Birmingham West. */
  shared: { name: string; rows: Row[] }[]
  shares: { part: number; whole: number; about: Set<string> }[]
  columns: { about: Set<string>; years: string[] }[]
}

type Row = ReadTable['rows'][number]

export function factsOf(table: ReadTable): TableFacts {
  const rows = table.rows.filter(row => !/\btotals?\b|\boverall\b|^all\b/i.test(row.label))
  const labels = rows
    .map(row => ({ row, name: row.label.toLowerCase() }))
    .filter(({ name }) => name.length > 2)
  const groups = Map.groupBy(labels, ({ name }) => name.split(' ')[0]!)
  return {
    table,
    rows,
    labels,
    shared: [...groups]
      .filter(([name, group]) => name.length > 2 && group.length > 1)
      .map(([name, group]) => ({ name, rows: group.map(({ row }) => row) })),
    shares: shareColumns(table).map(({ part, whole }) => ({
      part,
      whole,
      about: contentWords(table.headings[part]!),
    })),
    columns: table.headings.map(heading => ({
      about: contentWords(heading),
      years: heading.match(/\b(?:19|20)\d\d(?:\s?[/–-]\s?\d\d(?:\d\d)?)?\b/g) ?? [],
    })),
  }
}

export function againstTables(sentence: Sentence, tables: readonly TableFacts[]): Finding[] {
  if (tables.length === 0) return []
  const words = contentWords(sentence.text)
  const clauses = clausesOf(sentence)
  return tables.flatMap(facts => [
    ...clauses.flatMap(clause => overallShares(sentence, clause, facts)),
    ...clauses.flatMap(clause => sharesInRows(sentence, clause, facts)),
    ...countsInRows(sentence, words, facts),
    ...ranksInRows(sentence, words, facts),
  ])
}

const sumOf = (rows: readonly Row[], column: number) =>
  rows.reduce((sum, row) => sum + (row.cells[column]?.value ?? 0), 0)

const isLetter = (letter: string | undefined) => letter !== undefined && /\w/.test(letter)

/** The name stands in the text as whole words. Both in small letters. */
function holds(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (!isLetter(text[at - 1]) && !isLetter(text[at + name.length])) return true
  }
  return false
}

/** Rows that a text names, by their whole label or by its first word where several share it. */
function rowsNamed(text: string, { labels, shared }: TableFacts): Row[] {
  const small = text.toLowerCase()
  const whole = labels.filter(({ name }) => holds(small, name)).map(({ row }) => row)
  return whole.length > 0 ? whole : shared.flatMap(({ name, rows }) => (holds(small, name) ? rows : []))
}

interface Clause {
  text: string
  percents: PaperNumber[]
  /** From "46% of" to the end of what it is of. */
  of: { percent: PaperNumber; words: Set<string> } | null
  words: Set<string>
}

function clausesOf(sentence: Sentence): Clause[] {
  if (!sentence.numbers.some(n => n.kind === 'percent')) return []
  return sentence.skeleton
    .split(/(?:,? (?:whilst|while|whereas|but|followed by)\b|;|\. )/)
    .filter(text => text.includes('%'))
    .map(text => {
      const of = /%(\d+)% of [^%#]*/.exec(text)
      return {
        text,
        percents: [...text.matchAll(/%(\d+)%/g)].map(m => numberAt(sentence, m[1]!)),
        of: of && {
          percent: numberAt(sentence, of[1]!),
          words: contentWords(original(of[0].split(/,(?! ?(?:have|were|are))/)[0]!, sentence)),
        },
        words: contentWords(original(text, sentence)),
      }
    })
}

const original = (clause: string, sentence: Sentence) =>
  clause.replaceAll(/[#%@&](\d+)[#%@&]/g, (_, index: string) => numberAt(sentence, index).text)

const overallShares = (sentence: Sentence, clause: Clause, facts: TableFacts): Finding[] =>
  facts.shares.flatMap(({ part, whole, about }) => {
    const { of } = clause
    if (!of || !areWithin(about, of.words) || !EVERYWHERE.test(clause.text)) return []
    if (rowsNamed(clause.text, facts).length > 0) return []
    const [n, w] = [sumOf(facts.rows, part), sumOf(facts.rows, whole)]
    const how = `all rows: ${countWords(n)} ÷ ${countWords(w)}`
    return [verdictOn(sentence, of.percent, (100 * n) / w, how, facts.table)]
  })

function sharesInRows(sentence: Sentence, clause: Clause, facts: TableFacts): Finding[] {
  return facts.shares.flatMap(({ part, whole, about }) => {
    if (clause.percents.length !== 1 || !areWithin(about, clause.words)) return []
    const named = rowsNamed(clause.text, facts)
    if (named.length === 0) return []
    const stated = clause.percents[0]!
    const ofRows = (100 * sumOf(named, part)) / sumOf(named, whole)
    const ofAll = (100 * sumOf(named, part)) / sumOf(facts.rows, part)
    const readings = [
      ofRows,
      ofAll,
      ...named.map(r => (100 * (r.cells[part]?.value ?? 0)) / (r.cells[whole]?.value ?? 1)),
    ]
    const said = readings.find(share => canStandFor(stated, [share, share])) ?? ofRows
    const over = said === ofAll ? sumOf(facts.rows, part) : sumOf(named, whole)
    const names = [...new Set(named.map(r => r.label))].join(' and ')
    const how = `${names}: ${countWords(sumOf(named, part))} ÷ ${countWords(over)}`
    return [verdictOn(sentence, stated, said, how, facts.table)]
  })
}

function verdictOn(
  sentence: Sentence,
  stated: PaperNumber,
  share: number,
  how: string,
  table: ReadTable,
): Finding {
  return {
    kind: 'in-table',
    verdict: canStandFor(stated, [share, share]) ? 'agrees' : stated.near ? 'cannot-tell' : 'disagrees',
    sentence: sentence.text,
    claim: `${stated.text}, beside the table of ${headed(table)}`,
    computation: `${how} = ${percentWords(share, stated.step)}`,
    place: sentence.place,
  }
}

const headed = ({ headings }: ReadTable) =>
  headings
    .filter(h => h !== '')
    .slice(0, 3)
    .join(', ')

/** "Coventry recorded 238 knife offences": one row, one column that the words name. */
function countsInRows(sentence: Sentence, words: ReadonlySet<string>, facts: TableFacts): Finding[] {
  const counts = sentence.numbers.filter(n => n.kind === 'count' && !n.near)
  if (counts.length !== 1 || sentence.numbers.some(n => n.kind === 'percent')) return []
  const named = rowsNamed(sentence.text, facts)
  if (named.length !== 1) return []
  const columns = facts.columns.flatMap(({ about, years }, i) => {
    const isNamed = about.size + years.length > 0 && areWithin(about, words)
    const said = years.every(year => sentence.text.includes(year))
    return i > 0 && isNamed && said && named[0]!.cells[i]?.kind === 'count' ? [i] : []
  })
  if (columns.length !== 1) return []
  const [stated, cell] = [counts[0]!, named[0]!.cells[columns[0]!]!]
  return [
    {
      kind: 'in-table',
      verdict: stated.value === cell.value ? 'agrees' : 'disagrees',
      sentence: sentence.text,
      claim: `${stated.text} for ${named[0]!.label}`,
      computation: `the table says ${cell.text} (${facts.table.headings[columns[0]!]})`,
      place: sentence.place,
    },
  ]
}

const ORDINALS = ['', 'second', 'third', 'fourth', 'fifth']
const SUPERLATIVE =
  /\b(?:(?<nth>second|third|fourth|fifth)[- ])?(?<which>highest|largest|greatest|most|lowest|smallest|fewest)\b/

/** "Coventry has the second highest rate": its place in the column that the words name. */
function ranksInRows(sentence: Sentence, words: ReadonlySet<string>, facts: TableFacts): Finding[] {
  const { rows, table } = facts
  const match = SUPERLATIVE.exec(sentence.skeleton)
  if (!match || rows.length < 3) return []
  const named = rowsNamed(sentence.text, facts)
  if (named.length !== 1) return []
  const columns = facts.columns.flatMap(({ about }, i) =>
    i > 0 && about.size > 0 && areWithin(about, words) && rows.every(r => r.cells[i]) ? [i] : [],
  )
  if (columns.length !== 1) return []
  const column = columns[0]!
  const lowest = /lowest|smallest|fewest/.test(match.groups!.which!)
  const own = named[0]!.cells[column]!.value
  const ahead = rows.filter(r =>
    lowest ? r.cells[column]!.value < own : r.cells[column]!.value > own,
  ).length
  const level = rows.filter(r => r.cells[column]!.value === own).length
  const stated = ORDINALS.indexOf(match.groups!.nth ?? '') + 1
  const fits = stated > ahead && stated <= ahead + level
  return [
    {
      kind: 'rank',
      verdict: fits ? 'agrees' : 'disagrees',
      sentence: sentence.text,
      claim: `${named[0]!.label} ${match[0]}`,
      computation: `it is number ${ahead + 1} of ${rows.length} by ${table.headings[column]} (${named[0]!.cells[column]!.text})`,
      place: sentence.place,
    },
  ]
}
