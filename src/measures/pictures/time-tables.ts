/** Tables of the Time page: months with averages and limits, financial years. */
import { addMonths, type Month, monthsBetween } from '../../platform/calendar.ts'
import { tenthText } from '../../reports/charts/numbers.ts'
import { rollingMean } from '../../reports/charts/rolling-mean.ts'
import type { MonthPoint } from '../../reports/charts/trend.ts'
import { type DataTable, dataTable, type TableCell } from '../../web/data-table.ts'
import { monthShort, numberWords } from '../../web/words.ts'
import type { Figure } from '../figure.ts'
import type { ControlledMonth } from '../methods/control-chart.ts'
import { markWords } from './signal-words.ts'

const EMPTY: TableCell = { text: '–', withheld: true, sort: null }

const valueCell = (value: number | null): TableCell =>
  value === null ? EMPTY : { text: tenthText(value), sort: value }

const pointCell = (point: MonthPoint | undefined): TableCell => {
  if (point && point.value !== null) {
    return {
      text: `${numberWords(point.value)}${point.incomplete ? ' (not complete)' : ''}`,
      sort: point.value,
    }
  }
  if (!point) return EMPTY
  return { text: point.suppressed ? 'withheld' : 'not sent', withheld: true, sort: null }
}

const signalCell = (month: ControlledMonth | undefined): TableCell =>
  !month || month.marks === null
    ? { text: 'not judged', withheld: true }
    : { text: upperStart(markWords(month)) || 'None' }

const upperStart = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** Latest month first. `points` hold a year more than is shown, for the averages and the year before. */
export function monthsTable(
  points: MonthPoint[],
  controlled: ReadonlyMap<Month, ControlledMonth>,
  shownFrom: Month,
  caption: string,
  unit: string,
): DataTable {
  const byMonth = new Map(points.map(p => [p.month, p]))
  const limitCells = (month: Month): TableCell[] => {
    const limits = controlled.get(month)?.limits
    return [limits?.average, limits?.lower, limits?.upper].map(value => valueCell(value ?? null))
  }
  const means = [3, 12].map(n => new Map(rollingMean(points, n).map(p => [p.month, p.value])))
  return dataTable({
    caption,
    captionHidden: true,
    columns: [
      { key: 'month', title: 'Month' },
      { key: 'value', title: unit, numeric: true },
      { key: 'three', title: '3-month average', numeric: true },
      { key: 'twelve', title: '12-month average', numeric: true },
      { key: 'before', title: 'Same month a year before', numeric: true },
      ...(controlled.size > 0
        ? [
            { key: 'average', title: 'Average of ordinary months', numeric: true },
            { key: 'lower', title: 'Lower limit', numeric: true },
            { key: 'upper', title: 'Upper limit', numeric: true },
            { key: 'signal', title: 'Signal' },
          ]
        : []),
    ],

    rows: points
      .filter(p => p.month >= shownFrom)
      .toReversed()
      .map(p => [
        { text: monthShort(p.month) },
        pointCell(p),
        ...means.map(mean => valueCell(mean.get(p.month) ?? null)),
        pointCell(byMonth.get(addMonths(p.month, -12))),
        ...(controlled.size > 0 ? [...limitCells(p.month), signalCell(controlled.get(p.month))] : []),
      ]),
  })
}

/** Years with how many of their months are held: part of a year is never set beside a whole one unsaid. */
export function yearsTable(
  figure: Figure,
  held: ReadonlySet<Month>,
  caption: string,
  unit: string,
): DataTable {
  const cutShort = figure.warnings.some(w => w.kind === 'incomplete-month')
  return dataTable({
    caption,
    captionHidden: true,
    columns: [
      { key: 'year', title: 'Financial year' },
      { key: 'value', title: unit, numeric: true },
      { key: 'months', title: 'Months held', numeric: true },
      { key: 'mean', title: 'Average month', numeric: true },
    ],
    rows: figure.rows.toReversed().map(row => {
      const label = row.labels['financial-year'] ?? 'Unknown'
      const start = Number(label.slice(0, 4))
      const months = monthsBetween(`${start}-04`, `${start + 1}-03`).filter(m => held.has(m)).length
      const known = row.value !== null && months > 0
      return [
        { text: label },
        row.value === null
          ? { text: row.suppressed ? 'withheld' : 'not sent', withheld: true }
          : { text: numberWords(row.value) },
        { text: `${months} of 12${cutShort && row === figure.rows.at(-1) ? ', the last not complete' : ''}` },
        valueCell(known ? row.value! / months : null),
      ]
    }),
  })
}
