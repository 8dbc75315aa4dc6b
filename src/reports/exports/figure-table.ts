/** A figure as a table for a terminal, with what must be read beside it. */
import type { Figure, FigureRow } from '../../measures/figure.ts'
import { periodWords } from '../../platform/calendar.ts'
import { withheldWords } from '../charts/figure-words.ts'
import { axisText, valueText } from '../charts/numbers.ts'
import { SYNTHETIC_SENTENCE } from './export-context.ts'
import { type FigureColumn, figureColumns } from './figure-columns.ts'
import { filterWords } from './figure-notes.ts'
import { plainText, textTable } from './text-table.ts'

/** Small rates to a hundredth, so that 0.04 is not shown as 0.0. */
const numberWords = (value: number): string => (Math.abs(value) < 1 ? axisText(value) : valueText(value))

function shown(column: FigureColumn, row: FigureRow): string {
  const value = column.of(row)
  if (column.name === 'value' && value === null) return withheldWords(row)
  if (value === null) return '–'
  return typeof value === 'number' ? numberWords(value) : String(value)
}

/** Columns that a reader at a terminal wants: labels without codes, and a count only where it is not the value. */
function shownColumns(figure: Figure): FigureColumn[] {
  const countIsValue =
    figure.rows.every(row => row.count === row.value) && figure.total.count === figure.total.value
  const hidden = new Set(['suppressed', 'missing', ...(countIsValue ? ['count', 'comparator-count'] : [])])
  return figureColumns(figure).filter(column => !hidden.has(column.name) && !column.name.endsWith('-code'))
}

export function figureTable(figure: Figure, synthetic: boolean): string {
  const columns = shownColumns(figure)
  const labels = new Set<string>(figure.by)
  const total = columns.map((column, i) =>
    labels.has(column.name) ? (i === 0 ? 'All' : '') : shown(column, figure.total),
  )
  const rows = figure.rows.map(row => columns.map(column => shown(column, row)))
  const period = periodWords(figure.period.from, figure.period.to)
  const against = figure.comparator
    ? ` against ${periodWords(figure.comparator.from, figure.comparator.to)}`
    : ''
  const filter = Object.keys(figure.where).length > 0 ? [`Only ${filterWords(figure.where)}`] : []
  const before = [
    ...(synthetic ? [SYNTHETIC_SENTENCE] : []),
    `${figure.title}, ${period}${against}`,
    `Counted in ${figure.unit}. ${figure.definition}`,
    ...filter,
  ]
  const after = [
    ...figure.warnings.map(warning => `! ${warning.sentence}`),
    `Figure ${figure.id}, evidence version ${figure.lineage.evidenceVersion}`,
  ]
  const table = textTable(
    columns.map(column => ({ title: column.title, align: labels.has(column.name) ? 'left' : 'right' })),
    figure.by.length > 0 ? [...rows, total] : [total],
  )
  return [...before.map(plainText), '', table, ...after.map(plainText)].join('\n').concat('\n')
}
