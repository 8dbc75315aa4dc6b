/** What the text says of a table of the same paper: a share or a count of a row or of all rows, and who has the highest. */
import type { Finding } from '../finding.ts'
import type { PaperNumber } from '../numbers.ts'
import { canStandFor, countWords, percentWords } from '../rounding.ts'
import { numberAt, type Sentence } from '../sentences.ts'
import { areWithin, contentWords } from '../words.ts'
import { type ReadTable, shareColumns } from './table-totals.ts'

const EVERYWHERE =
  /\b(?:force[- ]?wide|overall|across (?:the|all)|in total|altogether|city[- ]?wide|county[- ]?wide)\b/

export function againstTables(sentence: Sentence, tables: readonly ReadTable[]): Finding[] {
  return tables.flatMap(table => [
    ...overallShares(sentence, table),
    ...sharesInRows(sentence, table),
    ...countsInRows(sentence, table),
    ...ranksInRows(sentence, table),
  ])
}

type Row = ReadTable['rows'][number]

const isTotalRow = ({ label }: Row) => /\btotals?\b|\boverall\b|^all\b/i.test(label)
const sumOf = (rows: readonly Row[], column: number) =>
  rows.reduce((sum, row) => sum + (row.cells[column]?.value ?? 0), 0)

/** Rows that a clause names, by their whole label or by its first word where several share it. */
function rowsNamed(clause: string, rows: readonly Row[]): Row[] {
  const small = clause.toLowerCase()
  const holds = (name: string) =>
    name.length > 2 && new RegExp(`\\b${name.replaceAll(/[^\w ]/g, '.')}\\b`).test(small)
  const whole = rows.filter(r => holds(r.label.toLowerCase()))
  if (whole.length > 0) return whole
  const firstWord = (row: Row) => row.label.toLowerCase().split(' ')[0]!
  const shared = Map.groupBy(rows, firstWord)
  return [...shared].flatMap(([word, group]) => (group.length > 1 && holds(word) ? group : []))
}

const clausesOf = (sentence: Sentence) =>
  sentence.skeleton.split(/(?<=%\d+%[^%]*?)(?:,? (?:whilst|while|whereas|but|followed by)|;|\. )/)

const original = (clause: string, sentence: Sentence) =>
  clause.replaceAll(/[#%@&](\d+)[#%@&]/g, (_, index: string) => numberAt(sentence, index).text)

const overallShares = (sentence: Sentence, table: ReadTable): Finding[] =>
  shareColumns(table).flatMap(({ part, whole }) => {
    const about = contentWords(table.headings[part]!)
    return clausesOf(sentence).flatMap(clause => {
      const match = /%(\d+)% of [^%#]*/.exec(clause)
      if (!match || !EVERYWHERE.test(clause) || rowsNamed(clause, table.rows).length > 0) return []
      const own = match[0].split(/,(?! ?(?:have|were|are))/)[0]!
      if (!areWithin(about, contentWords(original(own, sentence)))) return []
      const rows = table.rows.filter(r => !isTotalRow(r))
      const [n, w] = [sumOf(rows, part), sumOf(rows, whole)]
      return [
        verdictOn(
          sentence,
          numberAt(sentence, match[1]!),
          (100 * n) / w,
          `all rows: ${countWords(n)} ÷ ${countWords(w)}`,
          table,
        ),
      ]
    })
  })

function sharesInRows(sentence: Sentence, table: ReadTable): Finding[] {
  return shareColumns(table).flatMap(({ part, whole }) => {
    const about = contentWords(table.headings[part]!)
    return clausesOf(sentence).flatMap(clause => {
      const percents = [...clause.matchAll(/%(\d+)%/g)]
      const rows = table.rows.filter(r => !isTotalRow(r))
      const named = rowsNamed(clause, rows)
      if (
        percents.length !== 1 ||
        named.length === 0 ||
        !areWithin(about, contentWords(original(clause, sentence)))
      )
        return []
      const stated = numberAt(sentence, percents[0]![1]!)
      const ofRows = (100 * sumOf(named, part)) / sumOf(named, whole)
      const ofAll = (100 * sumOf(named, part)) / sumOf(rows, part)
      const readings = [
        ofRows,
        ofAll,
        ...named.map(r => (100 * (r.cells[part]?.value ?? 0)) / (r.cells[whole]?.value ?? 1)),
      ]
      const fitting = readings.find(share => canStandFor(stated, [share, share]))
      const said = fitting ?? ofRows
      const over = said === ofAll ? sumOf(rows, part) : sumOf(named, whole)
      return [
        verdictOn(
          sentence,
          stated,
          said,
          `${[...new Set(named.map(r => r.label))].join(' and ')}: ${countWords(sumOf(named, part))} ÷ ${countWords(over)}`,
          table,
        ),
      ]
    })
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
function countsInRows(sentence: Sentence, table: ReadTable): Finding[] {
  const rows = table.rows.filter(r => !isTotalRow(r))
  const named = rowsNamed(sentence.text, rows)
  const counts = sentence.numbers.filter(n => n.kind === 'count' && !n.near)
  if (named.length !== 1 || counts.length !== 1 || sentence.numbers.some(n => n.kind === 'percent')) return []
  const words = contentWords(sentence.text)
  const columns = table.headings.flatMap((heading, i) => {
    const about = contentWords(heading)
    const years = heading.match(/\b(?:19|20)\d\d(?:\s?[/–-]\s?\d\d(?:\d\d)?)?\b/g) ?? []
    const said = years.every(year => sentence.text.includes(year))
    return i > 0 &&
      about.size + years.length > 0 &&
      areWithin(about, words) &&
      said &&
      named[0]!.cells[i]?.kind === 'count'
      ? [i]
      : []
  })
  if (columns.length !== 1) return []
  const [stated, cell] = [counts[0]!, named[0]!.cells[columns[0]!]!]
  return [
    {
      kind: 'in-table',
      verdict: stated.value === cell.value ? 'agrees' : 'disagrees',
      sentence: sentence.text,
      claim: `${stated.text} for ${named[0]!.label}`,
      computation: `the table says ${cell.text} (${table.headings[columns[0]!]})`,
      place: sentence.place,
    },
  ]
}

const ORDINALS = ['', 'second', 'third', 'fourth', 'fifth']
const SUPERLATIVE =
  /\b(?:(?<nth>second|third|fourth|fifth)[- ])?(?<which>highest|largest|greatest|most|lowest|smallest|fewest)\b/

/** "Coventry has the second highest rate": its place in the column that the words name. */
function ranksInRows(sentence: Sentence, table: ReadTable): Finding[] {
  const match = SUPERLATIVE.exec(sentence.skeleton)
  const rows = table.rows.filter(r => !isTotalRow(r))
  const named = rowsNamed(sentence.text, rows)
  if (!match || named.length !== 1 || rows.length < 3) return []
  const words = contentWords(sentence.text)
  const columns = table.headings.flatMap((heading, i) => {
    const about = contentWords(heading)
    return i > 0 && about.size > 0 && areWithin(about, words) && rows.every(r => r.cells[i]) ? [i] : []
  })
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
