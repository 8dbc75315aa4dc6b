/** A trend as a control chart: its limits for drawing, its signals in words, its columns of the table, how it was done. */
import type { AreaPack } from '../../areas/area-pack.ts'
import { type Day, type Month, monthOf, periodWords } from '../../platform/calendar.ts'
import { monthPoints } from '../../reports/charts/figure-parts.ts'
import { isPercent } from '../../reports/charts/figure-words.ts'
import type { TrendLimits } from '../../reports/charts/trend-limits.ts'
import { getMeasure } from '../catalogue/index.ts'
import type { Figure, FigureRequest } from '../figure.ts'
import {
  type ControlChart,
  type ControlledMonth,
  controlChart,
  directionOf,
  isUnsteady,
  type MonthlyValue,
} from '../methods/control-chart.ts'
import { directionOfMeasure } from '../methods/control-chart-direction.ts'
import { methodState } from '../methods/register.ts'
import type { Workings } from '../methods/workings.ts'
import type { Scope } from './scope.ts'
import { signalWords } from './signal-words.ts'
import { baselineWords, trendWorkings } from './trend-workings.ts'

/** What stands under the title of a chart, in words. */
export interface Signals {
  lead: string
  /** True where the latest month stands out: then the sentence is set in bold. */
  isNow: boolean
  /** Others, the latest first. */
  others: string[]
  /** What they are, where they are not other months of the same trend. */
  othersTitle?: string
  /** How many more are marked in the table only. */
  more: number
  notes: string[]
}

export interface TrendControl {
  signals: Signals
  /** Null where the method does not run. */
  limits: TrendLimits | null
  months: ReadonlyMap<Month, ControlledMonth>
  workings: Workings | null
}

export interface ControlledTrend {
  /** By month. */
  figure: Figure
  request: FigureRequest
  /** The months that somebody chose for the limits; null for the usual ones. */
  scope: Pick<Scope, 'limits'>
  pack: AreaPack
  today: Day
  shown: { from: Month; to: Month }
}

const MOST_SENTENCES = 3

export function trendControl(trend: ControlledTrend): TrendControl {
  const { figure, scope, pack, today, shown } = trend
  const state = methodState(pack, 'control-chart', today)
  if (!state.runs) {
    const signals = { lead: state.because, isNow: false, others: [], more: 0, notes: [] }
    return { signals, limits: null, months: new Map(), workings: null }
  }
  const chart = controlChart(monthlyValues(figure), {
    changes: figure.recordingChanges.map(c => monthOf(c.startsOn)),
    pandemic: pack.pandemic,
    baseline: scope.limits ?? pack.baseline,
    shownFrom: shown.from,
    scale: isPercent(figure) ? 100 : figure.per,
    isShare: isPercent(figure),
  })
  const { lead, isNow, others } = signalWords(chart, isPercent(figure))
  return {
    signals: {
      lead,
      isNow,
      others: others.slice(0, MOST_SENTENCES),
      more: Math.max(0, others.length - MOST_SENTENCES),
      notes: notesOf(chart, trend),
    },
    limits: drawn(chart, trend),
    months: new Map(chart.months.map(m => [m.month, m])),
    workings: trendWorkings(chart, trend, state.entry),
  }
}

function monthlyValues(figure: Figure): MonthlyValue[] {
  const rows = new Map(figure.rows.map(row => [row.codes.month, row]))
  return monthPoints(figure).map(({ month, value, incomplete }) => {
    const row = rows.get(month)!
    return { month, value, incomplete, count: row.count, denominator: row.denominator }
  })
}

function drawn({ months, stretches }: ControlChart, { figure, shown, pack }: ControlledTrend): TrendLimits {
  const within = months.filter(m => m.month >= shown.from)
  const stretchOf = (month: Month) => stretches.findLastIndex(s => s.from <= month)
  const { pandemic } = pack
  return {
    months: within.flatMap(({ month, limits }) =>
      limits
        ? [
            {
              month,
              stretch: stretchOf(month),
              average: limits.average,
              lower: limits.lower,
              upper: limits.upper,
            },
          ]
        : [],
    ),
    marks: within.flatMap(m =>
      directionOf(m) === 0 ? [] : [{ month: m.month, value: m.value!, up: directionOf(m) > 0 }],
    ),
    direction: directionOfMeasure(getMeasure(figure.measure)),
    restsOn: stretches.flatMap(({ baseline }) =>
      baseline && baseline.to >= shown.from
        ? [{ from: later(baseline.from, shown.from), to: baseline.to }]
        : [],
    ),
    pandemic:
      pandemic.from <= shown.to && pandemic.to >= shown.from
        ? { from: later(pandemic.from, shown.from), to: earlier(pandemic.to, shown.to) }
        : null,
  }
}

const later = (a: Month, b: Month): Month => (a > b ? a : b)
const earlier = (a: Month, b: Month): Month => (a < b ? a : b)

function notesOf(chart: ControlChart, trend: ControlledTrend): string[] {
  const { stretches } = chart
  const based = stretches.filter(s => s.baseline !== null)
  const rests = based.map(s => baselineWords(s, stretches, trend))
  const { limits } = trend.scope
  const unused = limits !== null && !based.some(s => s.baseline!.isChosen)
  return [
    ...(unused
      ? [
          `The months chosen for the limits (${periodWords(limits.from, limits.to)}) hold fewer than twelve that can be used on one side of a change in recording.`,
        ]
      : []),
    ...(rests.length > 0 ? [`Limits rest on ${rests.join('; ')}.`] : []),
    ...(isUnsteady(chart)
      ? ['Some of those months were themselves in a run or a trend, so the limits are rough.']
      : []),
    ...(trend.figure.disclosure === 'protected' && rests.length > 0
      ? ['The limits are computed from counts rounded to the nearest 5.']
      : []),
    ...(rests.length > 0
      ? ['A signal says that something changed, in the world or in its recording, and not what.']
      : []),
  ]
}
