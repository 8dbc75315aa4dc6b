/** Values, denominators and intervals of a figure's rows. */

import { poissonInterval, wilsonInterval } from '../analysis/intervals.ts'
import { medianOf } from '../analysis/median.ts'
import { rateRatio } from '../analysis/rates.ts'
import type { DimensionId, Figure, FigureRow } from './figure.ts'
import type { Cell, Tally } from './figure-rows.ts'
import type { Measure } from './measure.ts'
import { populationDimensions, residentsKey } from './population.ts'
import { withoutEffects } from './recording-changes.ts'

/** Six decimals: enough for any rate, and no trace of the order in which anything was added. */
export const rounded = (value: number): number => Math.round(value * 1e6) / 1e6

/** Those whom a rate is out of: residents, or victims. */
export interface RateBase {
  /** By the codes of the population dimensions of the split. */
  byCodes: ReadonlyMap<string, number>
  total: number
}

export interface RowContext {
  kind: Measure['kind']
  by: readonly DimensionId[]
  per: number | null
  against: Figure['against']
  base: RateBase | null
  comparatorBase: RateBase | null
  /** Assessed effects in percent, in the order of their dates. */
  effects: readonly number[]
}

export interface Valued {
  value: number | null
  low: number | null
  high: number | null
}

const NOTHING: Valued = { value: null, low: null, high: null }

/** Value and 95% interval of a count out of a denominator. */
export function valued(
  kind: Measure['kind'],
  count: number,
  denominator: number | null,
  per: number | null,
  against: Figure['against'] = per === null ? null : 'residents',
): Valued {
  if (kind === 'proportion') {
    const interval = denominator === null ? null : wilsonInterval(count, denominator)
    return interval === null
      ? NOTHING
      : {
          value: rounded((100 * count) / denominator!),
          low: rounded(100 * interval.low),
          high: rounded(100 * interval.high),
        }
  }
  if (per !== null && !denominator) return NOTHING
  const scale = per === null ? 1 : per / denominator!
  if (against === 'victims') {
    // Victims are a count by chance as well: the interval is that of the ratio of two counts.
    const { low, high } = rateRatio(count, 1, denominator!, 1)
    return {
      value: rounded(count * scale),
      low: low === null ? null : rounded(low * per!),
      high: high === null ? null : rounded(high * per!),
    }
  }
  // A sum of weapons is no count of events, but each weapon is one that somebody could have carried.
  const { low, high } = poissonInterval(count)
  return { value: rounded(count * scale), low: rounded(low * scale), high: rounded(high * scale) }
}

/** The median of a tally's values, with its limits; nothing of none. */
function medianOfTally({ values = new Map() }: Tally): Valued {
  const sorted = [...values].sort(([a], [b]) => a - b)
  const found = medianOf(
    sorted.map(([value]) => value),
    sorted.map(([, n]) => n),
  )
  return found ? { value: found.median, low: found.low, high: found.high } : NOTHING
}

export function rowMaker(context: RowContext): (cell: Cell) => FigureRow {
  const { kind, by, per, against, effects } = context
  const splits = by.flatMap((id, i) => (populationDimensions.includes(id) ? [i] : []))
  const denominatorOf = (cell: Cell, tally: Tally | null, base: RateBase | null): number | null => {
    if (kind === 'proportion') return tally?.outOf ?? null
    if (per === null || base === null) return null
    if (cell.codes.length === 0) return base.total
    return base.byCodes.get(residentsKey(splits.map(i => cell.codes[i]!))) ?? null
  }
  return cell => {
    const ours = cell.period
    const theirs = cell.comparator
    const valuedSide = (tally: Tally, outOf: number | null) =>
      kind === 'median' ? medianOfTally(tally) : valued(kind, tally.n, outOf, per, against)
    const denominator = denominatorOf(cell, ours, context.base)
    const comparatorDenominator = denominatorOf(cell, theirs, context.comparatorBase)
    const adjusted = ours && effects.length > 0 ? withoutEffects(ours.n, ours.after, effects) : null
    const adjustedScale = per === null ? 1 : denominator ? per / denominator : null
    return {
      labels: Object.fromEntries(by.slice(0, cell.labels.length).map((id, i) => [id, cell.labels[i]!])),
      codes: Object.fromEntries(by.slice(0, cell.codes.length).map((id, i) => [id, cell.codes[i]!])),
      ...(ours ? valuedSide(ours, denominator) : NOTHING),
      count: ours?.n ?? null,
      denominator,
      comparatorValue: theirs ? valuedSide(theirs, comparatorDenominator).value : null,
      comparatorCount: theirs?.n ?? null,
      comparatorDenominator,
      adjustedValue: adjusted === null || adjustedScale === null ? null : rounded(adjusted * adjustedScale),
      suppressed: false,
      missing: ours === null,
    }
  }
}
