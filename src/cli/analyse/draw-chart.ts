/** The charts of `concord analyse control-chart`: one series of a table to limits and signals. */
import { type AttributeChart, attributeLimits } from '../../analysis/attribute-charts.ts'
import { type ControlLimits, type Stretch, stretches } from '../../analysis/control-limits.ts'
import { cusum } from '../../analysis/cusum.ts'
import { ewma } from '../../analysis/ewma.ts'
import { D2, xmrLimits } from '../../analysis/xmr-chart.ts'
import type { InputTable } from './analyse-method.ts'
import { type ChartSignals, chartSignals, outsideOnly, type RuleName } from './chart-signals.ts'
import { cellsInOrder, type SeriesRows } from './series-rows.ts'

export const charts = ['xmr', 'p', 'u', 'c', 'p-prime', 'u-prime', 'ewma', 'cusum'] as const
export type Chart = (typeof charts)[number]

interface Drawn {
  within: readonly Stretch[]
  limits: Pick<ControlLimits, 'mean' | 'lower' | 'upper'>
  signals: ChartSignals
  /** What the limits are for, where the file does not hold it. */
  statistics: Record<string, Float64Array>
}

export interface ChartSettings {
  chart: Chart
  rules: RuleName
  screenOutliers: boolean
  fixAfter: number | undefined
  lambda: number
  sigmas: number
  shift: number
  interval: number
}

export const hasDenominator = (chart: Chart): boolean => chart.startsWith('p') || chart.startsWith('u')

/** Limits and signals of one series; `rebaseAt` counts its points from 0. */
export function drawChart(
  table: InputTable,
  series: SeriesRows,
  settings: ChartSettings,
  rebaseAt: number[],
): Drawn {
  const { chart, rules, fixAfter } = settings
  const baseline = { rebaseAt, ...(fixAfter === undefined ? {} : { fixAfter }) }
  const within = stretches(series.rows.length, baseline)
  if (hasDenominator(chart) || chart === 'c') {
    const limits = attributeLimits(
      chart as AttributeChart,
      cellsInOrder(table, chart === 'c' ? 'value' : 'numerator', series),
      chart === 'c' ? new Float64Array(0) : cellsInOrder(table, 'denominator', series),
      baseline,
    )
    const signals = chartSignals(rules, limits.values, limits, within)
    return { within, limits, signals, statistics: chart === 'c' ? {} : { value: limits.values } }
  }
  const values = cellsInOrder(table, 'value', series)
  if (chart === 'ewma') {
    const limits = ewma(values, { ...baseline, lambda: settings.lambda, sigmas: settings.sigmas })
    return {
      within,
      limits,
      signals: outsideOnly(limits.average, limits),
      statistics: { ewma: limits.average },
    }
  }
  if (chart === 'cusum') {
    const { mean, up, down } = cusum(values, { ...baseline, shift: settings.shift })
    const limits = {
      mean,
      lower: new Float64Array(values.length).fill(-settings.interval),
      upper: new Float64Array(values.length).fill(settings.interval),
    }
    // The sum further from 0 stands for both: where one of them is beyond the interval, it is.
    const further = up.map((sum, i) => (sum >= -down[i]! ? sum : down[i]!))
    return {
      within,
      limits,
      signals: outsideOnly(further, limits),
      statistics: { cusum_pos: up, cusum_neg: down },
    }
  }
  const limits = xmrLimits(values, {
    ...baseline,
    multiple: rules === 'nhs' ? 2.66 : 3 / D2,
    screenOutliers: settings.screenOutliers,
  })
  return { within, limits, signals: chartSignals(rules, values, limits, within), statistics: {} }
}
