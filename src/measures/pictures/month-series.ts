/** A measure month by month, for trends: the months drawn, their average, and what they are compared with. */

import type { AreaPack } from '../../areas/area-pack.ts'
import { addMonths, type Month, monthsBetween, periodWords } from '../../platform/calendar.ts'
import { monthPoints } from '../../reports/charts/figure-parts.ts'
import { rollingMean } from '../../reports/charts/rolling-mean.ts'
import type { MonthPoint, TrendChart } from '../../reports/charts/trend.ts'
import type { Figure, FigureRequest } from '../figure.ts'
import type { HeldMonths } from './held.ts'
import { type Scope, scoped } from './scope.ts'

export const TREND_MONTHS = 48
const AVERAGE = 12

/** Months of a trend: four years to the end of the scope, or the scope itself where that is longer. */
export function trendPeriod(scope: Scope, held: HeldMonths): { from: Month; to: Month } {
  const fourYears = addMonths(scope.to, 1 - TREND_MONTHS)
  const from = [fourYears, held.first].sort()[1]!
  return { from: [from, scope.from].sort()[0]!, to: scope.to }
}

/** The request for a trend: a year more than is drawn, so that the average has its first twelve months. */
export const trendRequest = (measure: string, scope: Scope, held: HeldMonths): FigureRequest => {
  const { from, to } = trendPeriod(scope, held)
  const first = [addMonths(from, 1 - AVERAGE), held.first].sort()[1]!
  return scoped(scope, { measure, by: ['month'], from: [first, from].sort()[0]!, to }, { compare: false })
}

/** The request for the baseline year of the area pack, month by month. */
export const baselineRequest = (measure: string, scope: Scope, pack: AreaPack): FigureRequest =>
  scoped(
    scope,
    { measure, by: ['month'], from: pack.baseline.from, to: pack.baseline.to },
    { compare: false },
  )

/** Mean of the known months of the baseline year; null where there are none. */
export function baselineMean(figure: Figure, pack: AreaPack): TrendChart['comparator'] {
  const known = monthPoints(figure).flatMap(p => (p.value === null ? [] : [p.value]))
  if (known.length === 0) return null
  const { from, to, label } = pack.baseline
  return { label: `${label} average`, value: known.reduce((a, b) => a + b, 0) / known.length, from, to }
}

/** Points of the trend from a figure by month, with the average over twelve months. */
export function trendSeries(
  figure: Figure,
  from: Month,
): { points: MonthPoint[]; average: TrendChart['average'] } {
  const all = monthPoints(figure)
  const points = all.filter(p => p.month >= from)
  const average = rollingMean(all, AVERAGE).filter(p => p.month >= from)
  return {
    points,
    average: average.some(p => p.value !== null)
      ? { label: `${AVERAGE}-month average`, points: average }
      : null,
  }
}

/** "48 months, April 2018 to March 2022". */
export const trendWords = (from: Month, to: Month): string =>
  `${monthsBetween(from, to).length} months, ${periodWords(from, to)}`
