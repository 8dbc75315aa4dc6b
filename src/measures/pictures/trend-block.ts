/**
 * Four years of a measure by month, with its average, the monthly mean of what it is compared with, and the limits
 * that its months are judged by.
 */
import type { AreaPack } from '../../areas/area-pack.ts'
import {
  addMonths,
  type Day,
  type Month,
  monthOf,
  monthsBetween,
  periodWords,
} from '../../platform/calendar.ts'
import { figureWords, monthPoints } from '../../reports/charts/figure-parts.ts'
import { isPercent, unitWords } from '../../reports/charts/figure-words.ts'
import { rollingMean } from '../../reports/charts/rolling-mean.ts'
import type { TrendChart } from '../../reports/charts/trend.ts'
import { monthShort } from '../../web/words.ts'
import type { Figure, FigureRequest } from '../figure.ts'
import type { Workings } from '../methods/workings.ts'
import { lacksMonths } from '../warnings.ts'
import { type ChartBlock, chartBlock } from './chart-block.ts'
import { totalFinding } from './finding.ts'
import type { HeldMonths } from './held.ts'
import { type Scope, scoped } from './scope.ts'
import { monthsTable } from './time-tables.ts'
import { type Signals, trendControl } from './trend-control.ts'

const TREND_MONTHS = 48
const AVERAGE_MONTHS = 12

/** Months drawn: four years to the end of the scope, or the scope itself where that is longer. */
export function trendPeriod(scope: Scope, held: HeldMonths): { from: Month; to: Month } {
  const fourYears = later(addMonths(scope.to, 1 - TREND_MONTHS), held.first)
  return { from: earlier(fourYears, scope.from), to: scope.to }
}

/**
 * The request for a trend: a year more than is drawn, so that the average has its first twelve months, and back to
 * the months that its limits rest on.
 */
export function trendRequest(
  measure: string,
  { scope, held, pack }: Pick<TrendOptions, 'scope' | 'held' | 'pack'>,
): FigureRequest {
  const { from, to } = trendPeriod(scope, held)
  const average = later(addMonths(from, 1 - AVERAGE_MONTHS), held.first)
  const rest = baselineOf(scope, held, pack)
  const first = rest ? earlier(average, rest.from) : average
  return scoped(scope, { measure, by: ['month'], from: earlier(first, from), to }, { compare: false })
}

/** The months chosen, or the baseline year where it is held before the end of the period. */
const baselineOf = (scope: Scope, held: HeldMonths, { baseline }: AreaPack): Scope['limits'] =>
  scope.limits ?? (baseline.from >= held.first && baseline.to <= scope.to ? baseline : null)

const later = (a: Month, b: Month): Month => (a > b ? a : b)
const earlier = (a: Month, b: Month): Month => (a < b ? a : b)

export interface TrendOptions {
  id: string
  /** By month, from `trendRequest`. */
  figure: Figure
  request: FigureRequest
  /** The scope as one number, with its comparator: what the title says. */
  whole: Figure
  scope: Scope
  held: HeldMonths
  pack: AreaPack
  today: Day
  /** 3 where the chart stands under a heading of its own. */
  headingLevel?: 2 | 3
}

export interface TrendBlock extends ChartBlock {
  headingLevel: 2 | 3
  signals: Signals
  workings: Workings | null
}

export function trendBlock(options: TrendOptions): TrendBlock {
  const { id, figure, request, whole, scope, held, pack, today } = options
  const { from, to } = trendPeriod(scope, held)
  const all = monthPoints(figure)
  const control = trendControl({ figure, request, scope, pack, today, shown: { from, to } })
  const average = rollingMean(all, AVERAGE_MONTHS).filter(p => p.month >= from)
  const block = chartBlock(
    {
      kind: 'trend',
      ...figureWords(figure, id),
      title: totalFinding(whole),
      subtitle: `${unitWords(figure)}${isPercent(figure) ? ', month by month' : ' a month'}, ${periodWords(from, to)}`,
      notes: [],
      series: [{ label: figure.title, points: all.filter(p => p.month >= from) }],
      // One month alone is no line, and shares are each of another whole.
      average:
        !isPercent(figure) && average.filter(p => p.value !== null).length > 1
          ? { label: `${AVERAGE_MONTHS}-month average`, points: average }
          : null,
      comparator: comparatorMean(whole),
      changes: figure.recordingChanges.map(({ startsOn, title }) => ({ startsOn, title })),
      limits: control.limits,
    },
    monthsTable(figure, control.months, from),
    request,
  )
  return {
    ...block,
    headingLevel: options.headingLevel ?? 2,
    signals: control.signals,
    workings: control.workings,
  }
}

/** The comparator's count spread over its months; null where months of it were not sent, or are not counts. */
export function comparatorMean(figure: Figure): TrendChart['comparator'] {
  const { comparator, total, per } = figure
  if (!comparator || total.comparatorCount === null || total.denominator !== null || per !== null) return null
  if (lacksMonths(figure)) return null
  const from = monthOf(comparator.from)
  const to = monthOf(comparator.to)
  return {
    label: `Average of ${monthShort(from)} to ${monthShort(to)}`,
    value: total.comparatorCount / monthsBetween(from, to).length,
    from,
    to,
  }
}
