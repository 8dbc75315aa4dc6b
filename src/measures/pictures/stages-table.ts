/**
 * What becomes of people at every stage, by one description of them: a row a group, a column a stage, each column a
 * figure that can be opened (R24). Unknowns are a row like any other. Never a percentage without its counts, nor a rate or
 * an average without its interval.
 */
import { type DataTable, dataTable, type TableCell } from '../../web/data-table.ts'
import { figureAddress } from '../../web/figure-address.ts'
import { ageWords, countWords, numberWords, periodWords } from '../../web/words.ts'
import { SMALLEST_BASE } from '../disclosure.ts'
import type { DimensionId, Figure, FigureRequest, FigureRow } from '../figure.ts'
import { comparisonRule } from '../methods/disproportionality.ts'
import { isUnknown, shareWords } from './finding.ts'

export interface Stage {
  /** "Not accepted". */
  title: string
  /** What stands after the title at the head of the column: "of decided (95% interval)". */
  more?: string
  /** Split by the description that the table is by. */
  figure: Figure
  request: FigureRequest
  cell: (figure: Figure, row: FigureRow, dimension: DimensionId) => TableCell
}

export interface StagesBlock {
  id: string
  title: string
  /** Where it does not stand under its title. */
  heading?: string
  about: string
  table: DataTable
  notes: string[]
  counted: { text: string; href: string }[]
}

const NONE: TableCell = { text: '–', withheld: true }

/** `title` names what people are described by, and `about`, after it, what the columns say of them. */
export function stagesBlock(
  { id, title, about }: { id: string; title: string; about: string },
  dimension: DimensionId,
  stages: readonly Stage[],
): StagesBlock {
  const { period } = stages[0]!.figure
  const rowOf = (figure: Figure, code: string | null) =>
    figure.rows.find(row => (row.codes[dimension] ?? null) === code)
  const labels = new Map<string | null, string>()
  for (const { figure } of stages) {
    for (const row of figure.rows)
      labels.set(row.codes[dimension] ?? null, row.labels[dimension] ?? 'Unknown')
  }
  // Whatever a column leaves out, the unknown come last.
  const codes = [...labels.keys()].sort((a, b) => Number(a === null) - Number(b === null))
  return {
    id,
    title,
    about,
    table: dataTable({
      caption: `${title}: ${about}, ${periodWords(period.from, period.to)}`,
      captionHidden: true,
      columns: [
        { key: 'group', title },
        ...stages.map(({ title: head, more }, i) => ({
          key: `stage-${i}`,
          title: more ? `${head}, ${more}` : head,
          numeric: true,
        })),
      ],
      rows: codes.map(code => [
        { text: ageWords(labels.get(code)!) },
        ...stages.map(({ figure, cell }) => {
          const row = rowOf(figure, code)
          return row ? cell(figure, row, dimension) : NONE
        }),
      ]),
      total: [{ text: 'All' }, ...stages.map(({ figure, cell }) => cell(figure, figure.total, dimension))],
    }),
    notes: stages.some(({ figure }) => figure.per !== null && tooManyUnknown(figure, dimension))
      ? [
          `No rate is given by ${title.toLowerCase()}: it is not known of more than ${100 * comparisonRule.mostUnknown} in 100.`,
        ]
      : [],
    counted: stages.map(({ title: text, request }) => ({ text, href: figureAddress(request) })),
  }
}

const absent = (row: FigureRow): TableCell =>
  row.suppressed
    ? { text: 'withheld', withheld: true }
    : row.missing
      ? { text: 'not counted', withheld: true }
      : NONE

/** "52.1% (1,234 of 2,367)": of those whose group is known, for the unknown of all. */
export function countCell(figure: Figure, row: FigureRow, dimension: DimensionId): TableCell {
  if (row.count === null) return absent(row)
  if (row === figure.total) return { text: countWords(row.count) }
  const { count: all } = figure.total
  const unknown = figure.unknown[dimension]?.count ?? null
  const of = isUnknown(row, dimension) || all === null || unknown === null ? all : all - unknown
  return { text: of === null ? countWords(row.count) : shareWords(row.count, Math.max(of, row.count)) }
}

/** The count alone, where a share of the whole would say nothing. */
export const bareCountCell = (_figure: Figure, row: FigureRow): TableCell =>
  row.count === null ? absent(row) : { text: countWords(row.count) }

/** "24.1% (12 of 50), 14.3 to 37.4". */
export function proportionCell(_figure: Figure, row: FigureRow): TableCell {
  const { count, denominator, low, high } = row
  if (count === null || denominator === null) return absent(row)
  if (denominator === 0) return NONE
  const interval =
    denominator < SMALLEST_BASE || low === null || high === null
      ? ''
      : `, ${low.toFixed(1)} to ${high.toFixed(1)}`
  return { text: `${shareWords(count, denominator)}${interval}` }
}

/** "12.3 (10.1 to 14.8)"; none where too many are unknown for the known to stand for all. */
export function rateCell(figure: Figure, row: FigureRow, dimension: DimensionId): TableCell {
  if (row.suppressed) return absent(row)
  const { value, low, high } = row
  if (value === null || low === null || high === null) return NONE
  if (row !== figure.total && tooManyUnknown(figure, dimension)) return { text: 'not given', withheld: true }
  return { text: `${numberWords(value)} (${numberWords(low)} to ${numberWords(high)})` }
}

/** "1 (1 to 2), of 707"; the count alone where it is too few for an average. */
export function medianCell(_figure: Figure, row: FigureRow): TableCell {
  if (row.value === null || row.count === null || row.count === 0) return absent(row)
  const limits =
    row.low === null || row.high === null ? '' : ` (${numberWords(row.low)} to ${numberWords(row.high)})`
  return { text: `${numberWords(row.value)}${limits}, of ${countWords(row.count)}` }
}

function tooManyUnknown(figure: Figure, dimension: DimensionId): boolean {
  const share = figure.unknown[dimension]?.share ?? null
  return share !== null && share > comparisonRule.mostUnknown
}
