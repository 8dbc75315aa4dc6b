/** The chart that suits a figure: months as a trend, hours by weekday as a grid, anything else as bars. */
import type { Figure, FigureRow } from '../../measures/figure.ts'
import { monthOf, monthsBetween, periodWords } from '../../platform/calendar.ts'
import type { BarChart } from '../charts/bars.ts'
import type { Chart } from '../charts/draw-chart.ts'
import { figureBars, figureWords, hourGrid, monthPoints } from '../charts/figure-parts.ts'
import { unitWords } from '../charts/figure-words.ts'
import type { ChartWords } from '../charts/frame.ts'
import { countText } from '../charts/numbers.ts'
import { MAX_SERIES } from '../charts/palette.ts'
import { rollingMean } from '../charts/rolling-mean.ts'
import type { TrendChart } from '../charts/trend.ts'
import { SYNTHETIC_SENTENCE } from './export-context.ts'

/** More bars than this cannot be read; the largest are drawn. */
const MOST_BARS = 60
const AVERAGE_MONTHS = 12

export function figureChart(figure: Figure, synthetic: boolean): Chart {
  const words = markedWords(figure, synthetic)
  const series = seriesOf(figure)
  if (series.length >= 1 && series.length <= MAX_SERIES) return trend(figure, series, words)
  if (figure.by.length === 2 && figure.by.includes('hour') && figure.by.includes('weekday')) {
    return { kind: 'hour-grid', ...words, counts: hourGrid(figure) }
  }
  return bars(figure, words)
}

function markedWords(figure: Figure, synthetic: boolean): ChartWords {
  const words = figureWords(figure, `figure-${figure.id.slice(0, 12)}`)
  return { ...words, notes: [...(synthetic ? [SYNTHETIC_SENTENCE] : []), ...words.notes] }
}

/** One series for each value of the other dimension; none where months are not what the figure is split by. */
function seriesOf(figure: Figure): TrendChart['series'] {
  const [other, ...more] = figure.by.filter(dimension => dimension !== 'month')
  if (!figure.by.includes('month') || more.length > 0) return []
  const rows = new Map<string, FigureRow[]>()
  for (const row of figure.rows) {
    const label = other ? (row.labels[other] ?? 'Unknown') : figure.title
    rows.set(label, [...(rows.get(label) ?? []), row])
  }
  return [...rows].map(([label, own]) => ({ label, points: monthPoints(figure, own) }))
}

function trend(figure: Figure, series: TrendChart['series'], words: ChartWords): TrendChart {
  const only = series.length === 1 ? series[0] : undefined
  const averaged = figure.kind !== 'median' && only && only.points.length >= 2 * AVERAGE_MONTHS
  return {
    kind: 'trend',
    ...words,
    series,
    average: averaged
      ? { label: `${AVERAGE_MONTHS}-month average`, points: rollingMean(only.points, AVERAGE_MONTHS) }
      : null,
    comparator: only ? monthlyComparator(figure) : null,
    changes: figure.recordingChanges.map(({ startsOn, title }) => ({ startsOn, title })),
    limits: null,
  }
}

/** Counts can be spread over the comparator's months. Rates, shares and medians of a month cannot be had from the whole. */
function monthlyComparator({ kind, comparator, total }: Figure): TrendChart['comparator'] {
  if (!comparator || kind === 'median') return null
  if (total.comparatorValue === null || total.denominator !== null) return null
  const [from, to] = [monthOf(comparator.from), monthOf(comparator.to)]
  const value = total.comparatorValue / monthsBetween(from, to).length
  return { label: `Monthly mean, ${periodWords(from, to)}`, value, from, to }
}

function bars(figure: Figure, words: ChartWords): BarChart {
  // Nothing held for the period leaves no rows: the whole then says so.
  const rows = figure.rows.length === 0 ? [{ ...figure.total, labels: {}, codes: {} }] : figure.rows
  const all = figureBars({ ...figure, rows }, figure.by[0] ?? 'month')
  const drawn =
    all.length <= MOST_BARS
      ? all
      : all.toSorted((a, b) => (b.value ?? -1) - (a.value ?? -1)).slice(0, MOST_BARS)
  const leftOut =
    drawn.length < all.length ? [`The ${MOST_BARS} largest of ${countText(all.length)} are drawn.`] : []
  return {
    kind: 'bars',
    ...words,
    notes: [...words.notes, ...leftOut],
    unit: unitWords(figure),
    barLabel: periodWords(figure.period.from, figure.period.to),
    comparedLabel:
      figure.comparator && drawn.some(bar => bar.compared !== null)
        ? periodWords(figure.comparator.from, figure.comparator.to)
        : null,
    bars: drawn,
  }
}
