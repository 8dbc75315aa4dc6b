/** The parts of charts that come from a figure: its words, its months as points, its rows as bars or as a grid. */

import type { DimensionId, Figure, FigureRow } from '../../measures/figure.ts'
import { periodWords } from '../../platform/calendar.ts'
import type { Bar } from './bars.ts'
import { rowText, unitWords } from './figure-words.ts'
import type { ChartWords } from './frame.ts'
import { valueText } from './numbers.ts'
import type { MonthPoint } from './trend.ts'

/** Points of a figure split by month, for the rows given (all where absent), in order of months. */
export function monthPoints(figure: Figure, rows: readonly FigureRow[] = figure.rows): MonthPoint[] {
  const points = rows
    .flatMap(row => (row.codes.month ? [{ row, month: row.codes.month }] : []))
    .sort((a, b) => (a.month < b.month ? -1 : 1))
    .map(({ row, month }) => ({
      month,
      value: row.value,
      missing: row.missing,
      suppressed: row.suppressed,
      incomplete: false,
    }))
  // Only the last month of what is held can have been cut short; the figure says so as a whole.
  const last = points.findLast(p => p.value !== null)
  if (last && figure.warnings.some(w => w.kind === 'incomplete-month')) last.incomplete = true
  return points
}

/** Rows of a figure as bars; the unknown marked. */
export const figureBars = (figure: Figure, dimension: DimensionId): Bar[] =>
  figure.rows.map(row => ({
    label: labelOf(figure, row),
    value: row.value,
    low: row.low,
    high: row.high,
    text: rowText(figure, row),
    compared: row.comparatorValue,
    unknown: row.codes[dimension] === null,
  }))

const labelOf = (figure: Figure, row: FigureRow): string =>
  figure.by.map(dimension => row.labels[dimension] ?? 'Unknown').join(', ')

/** Title, subtitle and description in the figure's own words. */
export function figureWords(figure: Figure, id: string): ChartWords {
  const period = periodWords(figure.period.from, figure.period.to)
  const filters = Object.values(figure.where).flat()
  const known = figure.rows.flatMap(row => (row.value === null ? [] : [{ row, value: row.value }]))
  const highest = known.reduce<(typeof known)[number] | null>(
    (a, b) => (a && a.value >= b.value ? a : b),
    null,
  )
  return {
    id,
    title: figure.title,
    subtitle: [unitWords(figure), ...filters, period].join(', '),
    description: highest
      ? `Highest: ${valueText(highest.value)}, ${labelOf(figure, highest.row)}. Every value is in the figure's table.`
      : 'No value can be shown.',
    notes: figure.warnings.map(w => w.sentence),
  }
}

/** Counts by weekday (Monday first) and hour; null where withheld. Rows of unknown time are left out. */
export function hourGrid(figure: Figure): (number | null)[][] {
  const grid: (number | null)[][] = Array.from({ length: 7 }, () => Array(24).fill(0))
  for (const row of figure.rows) {
    const { weekday, hour } = row.codes
    if (weekday && hour) grid[Number(weekday) - 1]![Number(hour)] = row.value
  }
  return grid
}
