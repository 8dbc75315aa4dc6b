/** The chart that suits a figure: months as a trend, hours by weekday as a grid, anything else as bars. */
import type { Figure, FigureRow } from '../../measures/figure.ts'
import { calendarWords, monthOf, monthsBetween, periodWords } from '../../platform/calendar.ts'
import type { Bar, BarChart } from '../charts/bars.ts'
import type { Chart } from '../charts/draw-chart.ts'
import type { ChartWords } from '../charts/frame.ts'
import type { HourGrid } from '../charts/hour-grid.ts'
import { countText, valueText } from '../charts/numbers.ts'
import { MAX_SERIES } from '../charts/palette.ts'
import { rollingMean } from '../charts/rolling-mean.ts'
import type { MonthPoint, TrendChart } from '../charts/trend.ts'
import { SYNTHETIC_SENTENCE } from './export-context.ts'

/** More bars than this cannot be read; the largest are drawn. */
const MOST_BARS = 60
const AVERAGE_MONTHS = 12

export function figureChart(figure: Figure, synthetic: boolean): Chart {
  const others = figure.by.filter(dimension => dimension !== 'month')
  if (figure.by.includes('month') && others.length <= 1) {
    const series = seriesOf(figure)
    if (series.length >= 1 && series.length <= MAX_SERIES) return trend(figure, series, synthetic)
  }
  if (figure.by.length === 2 && figure.by.includes('hour') && figure.by.includes('weekday')) {
    return hourGrid(figure, synthetic)
  }
  return bars(figure, synthetic)
}

function words(figure: Figure, synthetic: boolean, more: string[] = []): ChartWords {
  const against = figure.comparator
    ? `, against ${periodWords(figure.comparator.from, figure.comparator.to)}`
    : ''
  const period = `${periodWords(figure.period.from, figure.period.to)}${against}`
  return {
    id: `figure-${figure.id.replaceAll(/[^A-Za-z0-9]/g, '').slice(0, 12)}`,
    title: figure.title,
    subtitle: `${figure.unit}, ${period}`,
    description: `${figure.title}: ${figure.unit}, ${period}, by ${figure.by.join(' and ') || 'nothing'}.`,
    notes: [...(synthetic ? [SYNTHETIC_SENTENCE] : []), ...more, ...figure.warnings.map(w => w.sentence)],
  }
}

const labelOf = (figure: Figure, row: FigureRow, without: string[] = []): string =>
  figure.by
    .filter(dimension => !without.includes(dimension))
    .map(dimension => row.labels[dimension] ?? 'Unknown')
    .join(', ')

function seriesOf(figure: Figure): TrendChart['series'] {
  const last = monthOf(figure.period.to)
  const lastIncomplete = figure.warnings.some(warning => warning.kind === 'incomplete-month')
  const series = new Map<string, MonthPoint[]>()
  for (const row of figure.rows) {
    const month = row.codes.month
    if (!month) continue
    const label = labelOf(figure, row, ['month']) || figure.title
    const points = series.get(label) ?? []
    series.set(label, points)
    points.push({
      month,
      value: row.value,
      missing: row.missing,
      suppressed: row.suppressed,
      incomplete: lastIncomplete && month === last,
    })
  }
  return [...series].map(([label, points]) => ({ label, points }))
}

function trend(figure: Figure, series: TrendChart['series'], synthetic: boolean): TrendChart {
  const [only] = series.length === 1 ? series : []
  const averaged = only && only.points.length >= 2 * AVERAGE_MONTHS
  return {
    kind: 'trend',
    ...words(figure, synthetic),
    series,
    average: averaged
      ? { label: `${AVERAGE_MONTHS}-month average`, points: rollingMean(only.points, AVERAGE_MONTHS) }
      : null,
    comparator: only ? monthlyComparator(figure) : null,
    changes: figure.recordingChanges.map(({ startsOn, title }) => ({ startsOn, title })),
  }
}

/** Counts can be spread over the comparator's months. Rates and shares of a month cannot be had from the whole. */
function monthlyComparator({ comparator, total }: Figure): TrendChart['comparator'] {
  if (!comparator || total.comparatorValue === null || total.denominator !== null) return null
  const [from, to] = [monthOf(comparator.from), monthOf(comparator.to)]
  const value = total.comparatorValue / monthsBetween(from, to).length
  return { label: `Monthly mean, ${periodWords(from, to)}`, value, from, to }
}

function hourGrid(figure: Figure, synthetic: boolean): HourGrid {
  const counts: (number | null)[][] = Array.from({ length: 7 }, () => Array<number | null>(24).fill(0))
  for (const row of figure.rows) {
    const [weekday, hour] = [Number(row.codes.weekday ?? 0), Number(row.codes.hour ?? -1)]
    const day = counts[weekday - 1]
    if (day && hour >= 0 && hour < 24) day[hour] = row.value
  }
  return { kind: 'hour-grid', ...words(figure, synthetic), counts }
}

function bars(figure: Figure, synthetic: boolean): BarChart {
  // Nothing held for the period leaves no rows: the whole then says so.
  const rows = figure.rows.length === 0 ? [figure.total] : figure.rows
  const drawn =
    rows.length <= MOST_BARS
      ? rows
      : rows.toSorted((a, b) => (b.value ?? -1) - (a.value ?? -1)).slice(0, MOST_BARS)
  const leftOut =
    drawn.length < rows.length ? [`The ${MOST_BARS} largest of ${countText(rows.length)} are drawn.`] : []
  return {
    kind: 'bars',
    ...words(figure, synthetic, leftOut),
    unit: figure.unit,
    barLabel: periodWords(figure.period.from, figure.period.to),
    comparedLabel: figure.comparator ? periodWords(figure.comparator.from, figure.comparator.to) : null,
    bars: drawn.map(row => bar(figure, row)),
  }
}

const bar = (figure: Figure, row: FigureRow): Bar => ({
  label: labelOf(figure, row) || calendarWords(figure.period.to),
  value: row.value,
  low: row.low,
  high: row.high,
  text: barText(row),
  compared: row.comparatorValue,
  unknown: figure.by.some(dimension => row.codes[dimension] === null),
})

/** A share or rate never stands without its counts. */
function barText({ value, count, denominator, suppressed, missing }: FigureRow): string {
  if (suppressed) return 'withheld'
  if (missing || value === null) return 'not sent'
  if (denominator === null || count === null) return valueText(value)
  return `${valueText(value)} (${countText(count)} of ${countText(denominator)})`
}
