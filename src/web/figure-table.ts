/** A figure as a table in words: the same on its own page, beside a chart and on paper. */
import { changeOf } from '../measures/change.ts'
import { dimensionTitle } from '../measures/dimensions.ts'
import type { DimensionId, Figure, FigureRow } from '../measures/figure.ts'
import { isMonth } from '../platform/calendar.ts'
import { tenthText } from '../reports/charts/numbers.ts'
import { type DataTable, dataTable, type Sorting, type TableCell, type TableColumn } from './data-table.ts'
import { ageWords, countWords, monthShort, numberWords, periodWords } from './words.ts'

export interface FigureTableOptions {
  caption?: string
  captionHidden?: boolean
  sorting?: Sorting
  layout?: DataTable['layout']
  /** Where the label of a row leads. */
  rowHref?: (row: FigureRow) => string | null
}

interface ShownColumn extends TableColumn {
  of(row: FigureRow): TableCell
}

export function figureTable(figure: Figure, options: FigureTableOptions = {}): DataTable {
  const columns = [...labelColumns(figure, options), ...valueColumns(figure)]
  const total = columns.map((column, i) =>
    i < figure.by.length ? { text: i === 0 ? 'All' : '' } : column.of(figure.total),
  )
  return dataTable({
    caption: options.caption ?? `${figure.title}, ${periodWords(figure.period.from, figure.period.to)}`,
    captionHidden: options.captionHidden ?? false,
    columns: columns.map(({ of, ...column }) => column),
    rows: figure.by.length > 0 ? figure.rows.map(row => columns.map(column => column.of(row))) : [total],
    total: figure.by.length > 0 ? total : null,
    layout: options.layout ?? 'blocks',
    sorting: options.sorting,
  })
}

/** A label as people read it: "Apr 2019" for a month. */
export const labelWords = (dimension: DimensionId, row: FigureRow): string => {
  const label = row.labels[dimension] ?? 'Unknown'
  if (dimension === 'age-band') return ageWords(label)
  return dimension === 'month' && isMonth(label) ? monthShort(label) : label
}

function labelColumns(figure: Figure, options: FigureTableOptions): ShownColumn[] {
  if (figure.by.length === 0) return [{ key: 'all', title: 'Records', of: () => ({ text: 'All' }) }]
  return figure.by.map((dimension, i) => ({
    key: dimension,
    title: dimensionTitle(dimension),
    sortable: true,
    of: row => {
      const href = i === 0 ? options.rowHref?.(row) : null
      return {
        text: labelWords(dimension, row),
        ...(href ? { href } : {}),
        sort:
          dimension === 'hour' || dimension === 'weekday'
            ? Number(row.codes[dimension] ?? 99)
            : (row.labels[dimension] ?? null),
      }
    },
  }))
}

/** A percentage or rate never stands without its count and what it is out of. */
function valueColumns(figure: Figure): ShownColumn[] {
  const all = [...figure.rows, figure.total]
  const some = (of: (row: FigureRow) => number | null) => all.some(row => of(row) !== null)
  const proportion = some(row => row.denominator)
  const percent = figure.unit.startsWith('%')
  // A count is whole, and so is what it may have been.
  const whole = !proportion && figure.per === null && figure.kind !== 'median'
  const bound = whole ? countWords : boundWords
  const number = (
    key: string,
    title: string,
    of: (row: FigureRow) => number | null,
    suffix = '',
  ): ShownColumn => ({
    key,
    title,
    numeric: true,
    sortable: true,
    of: row => numberCell(row, of(row), suffix),
  })
  return [
    number('value', sentence(figure.unit), row => row.value, percent ? '%' : ''),
    {
      key: 'interval',
      title: '95% interval',
      numeric: true,
      of: row =>
        row.low === null || row.high === null
          ? numberCell(row, null)
          : { text: `${bound(row.low)} to ${bound(row.high)}`, sort: row.low },
    },
    ...(proportion || figure.kind === 'median' ? [number('count', 'Count', row => row.count)] : []),
    ...(proportion ? [number('denominator', 'Out of', row => row.denominator)] : []),
    ...(figure.comparator
      ? [
          {
            key: 'comparator',
            title: periodWords(figure.comparator.from, figure.comparator.to),
            numeric: true,
            sortable: true,
            of: (row: FigureRow) =>
              row.comparatorValue === null
                ? { text: comparatorAbsence(figure), sort: null, withheld: true }
                : numberCell(row, row.comparatorValue, percent ? '%' : ''),
          },
        ]
      : []),
    // Where nothing of the other side is known, a column of dashes would say less than the one before it.
    ...(some(row => row.comparatorValue) && figure.kind !== 'median' && figure.against !== 'victims'
      ? [changeColumn(figure)]
      : []),
    ...(some(row => row.comparatorCount) && (proportion || figure.kind === 'median')
      ? [number('comparator-count', 'Count then', row => row.comparatorCount)]
      : []),
    ...(some(row => row.adjustedValue)
      ? [
          {
            ...number('adjusted', 'Adjusted for recording changes', row => row.adjustedValue),
            of: (row: FigureRow) =>
              row.adjustedValue === null
                ? numberCell(row, null)
                : { text: tenthText(row.adjustedValue), sort: row.adjustedValue },
          },
        ]
      : []),
  ]
}

function numberCell(row: FigureRow, value: number | null, suffix = ''): TableCell {
  if (value !== null) return { text: `${numberWords(value)}${suffix}`, sort: value }
  if (row.suppressed) return { text: 'withheld', sort: null, withheld: true }
  if (row.missing) return { text: 'not sent', sort: null, withheld: true }
  return { text: '–', sort: null, withheld: true }
}

/** What noise explains is not shown as a change. */
const changeColumn = (figure: Figure): ShownColumn => ({
  key: 'change',
  title: 'Change',
  numeric: true,
  sortable: true,
  of: row => {
    const change = changeOf(figure, row)
    if (!change) return { text: '–', sort: null, withheld: true }
    return { text: change.short, sort: change.clear ? change.percent : 0, withheld: !change.clear }
  },
})

/** Why the other side of a comparison shows no number. */
const comparatorAbsence = (figure: Figure): string =>
  figure.warnings.some(w => w.kind === 'missing-comparator')
    ? 'not sent'
    : figure.disclosure === 'protected'
      ? 'withheld'
      : '–'

/** An interval's end: no more digits than its width deserves. */
const boundWords = (n: number): string => numberWords(n >= 100 ? Math.round(n) : n)

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
