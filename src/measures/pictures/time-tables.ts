/** Tables of the Time page: months with averages and limits, financial years. */
import { addMonths, type Month, monthsBetween } from '../../platform/calendar.ts'
import { monthPoints } from '../../reports/charts/figure-parts.ts'
import { isPercent, rowText, unitWords, withheldWords } from '../../reports/charts/figure-words.ts'
import { tenthText } from '../../reports/charts/numbers.ts'
import { rollingMean } from '../../reports/charts/rolling-mean.ts'
import type { MonthPoint } from '../../reports/charts/trend.ts'
import { type DataTable, dataTable, type TableCell } from '../../web/data-table.ts'
import { monthShort } from '../../web/words.ts'
import type { Figure } from '../figure.ts'
import type { ControlledMonth } from '../methods/control-chart.ts'
import { markWords } from './signal-words.ts'

const EMPTY: TableCell = { text: '–', withheld: true, sort: null }

const valueCell = (value: number | null | undefined): TableCell =>
  value === null || value === undefined ? EMPTY : { text: tenthText(value), sort: value }

const signalCell = (month: ControlledMonth | undefined): TableCell =>
  !month || month.marks === null
    ? { text: 'not judged', withheld: true }
    : { text: upperStart(markWords(month)) || 'None' }

const upperStart = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** Nine columns leave a month little room: without this it would take two lines in every row. */
const unbroken = (text: string): string => text.replace(' ', '\u00a0')

interface MonthColumn {
  key: string
  title: string
  of(point: MonthPoint): TableCell
}

/**
 * Latest month first, from `shownFrom` on. The figure holds a year more, for the averages and the year before. Months
 * of a share have no average: each is of another whole.
 */
export function monthsTable(
  figure: Figure,
  controlled: ReadonlyMap<Month, ControlledMonth>,
  shownFrom: Month,
): DataTable {
  const points = monthPoints(figure)
  const columns: MonthColumn[] = [
    ...valueColumns(figure, points),
    ...(controlled.size > 0 ? controlColumns(controlled) : []),
  ]
  return dataTable({
    caption: `${figure.title} by month`,
    captionHidden: true,
    columns: [
      { key: 'month', title: 'Month' },
      ...columns.map(({ key, title }) => ({ key, title, numeric: key !== 'signal' })),
    ],
    rows: points
      .filter(p => p.month >= shownFrom)
      .toReversed()
      .map(p => [{ text: unbroken(monthShort(p.month)) }, ...columns.map(column => column.of(p))]),
  })
}

function valueColumns(figure: Figure, points: MonthPoint[]): MonthColumn[] {
  const byMonth = new Map(points.map(p => [p.month, p]))
  const rows = new Map(figure.rows.map(row => [row.codes.month, row]))
  const cell = (month: Month): TableCell => {
    const [point, row] = [byMonth.get(month), rows.get(month)]
    if (!point || !row) return EMPTY
    if (point.value === null) return { text: withheldWords(row), withheld: true, sort: null }
    return { text: `${rowText(figure, row)}${point.incomplete ? ' (not complete)' : ''}`, sort: point.value }
  }
  const mean = (months: number): MonthColumn => {
    const means = new Map(rollingMean(points, months).map(p => [p.month, p.value]))
    return {
      key: `mean-${months}`,
      title: `${months}-month average`,
      of: p => valueCell(means.get(p.month)),
    }
  }
  return [
    { key: 'value', title: unitWords(figure), of: p => cell(p.month) },
    ...(isPercent(figure) ? [] : [mean(3), mean(12)]),
    { key: 'before', title: 'Same month a year before', of: p => cell(addMonths(p.month, -12)) },
  ]
}

const controlColumns = (controlled: ReadonlyMap<Month, ControlledMonth>): MonthColumn[] => [
  {
    key: 'average',
    title: 'Average of ordinary months',
    of: p => valueCell(controlled.get(p.month)?.limits?.average),
  },
  { key: 'lower', title: 'Lower limit', of: p => valueCell(controlled.get(p.month)?.limits?.lower) },
  { key: 'upper', title: 'Upper limit', of: p => valueCell(controlled.get(p.month)?.limits?.upper) },
  { key: 'signal', title: 'Signal', of: p => signalCell(controlled.get(p.month)) },
]

/** Years with how many of their months are held: part of a year is never set beside a whole one unsaid. */
export function yearsTable(
  figure: Figure,
  held: ReadonlySet<Month>,
  caption: string,
  unit: string,
): DataTable {
  const isShare = isPercent(figure)
  const cutShort = figure.warnings.some(w => w.kind === 'incomplete-month')
  return dataTable({
    caption,
    captionHidden: true,
    columns: [
      { key: 'year', title: 'Financial year' },
      { key: 'value', title: unit, numeric: true },
      { key: 'months', title: 'Months held', numeric: true },
      ...(isShare ? [] : [{ key: 'mean', title: 'Average month', numeric: true }]),
    ],
    rows: figure.rows.toReversed().map(row => {
      const label = row.labels['financial-year'] ?? 'Unknown'
      const start = Number(label.slice(0, 4))
      const months = monthsBetween(`${start}-04`, `${start + 1}-03`).filter(m => held.has(m)).length
      const known = row.value !== null && months > 0
      return [
        { text: label },
        row.value === null ? { text: withheldWords(row), withheld: true } : { text: rowText(figure, row) },
        { text: `${months} of 12${cutShort && row === figure.rows.at(-1) ? ', the last not complete' : ''}` },
        ...(isShare ? [] : [valueCell(known ? row.value! / months : null)]),
      ]
    }),
  })
}
