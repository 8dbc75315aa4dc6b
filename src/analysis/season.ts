/**
 * Which months of the year are high: the index table of a monthly series, 1 being a month like the others.
 *
 * Two answers go by the same name. The mean of ratios takes each month over its own year's monthly mean and averages
 * over the years, so that every year counts alike; the ratio of means pools the years, so that busy years count more.
 * They differ where the level drifts. February is low in both because it is short: the index per day sets that right.
 *
 * Only calendar years with all twelve months count: a year that ends in June would call its spring high or low by
 * what it lacks. A year without events has no ratio.
 */
import { chiSquaredUpper } from './chi-squared.ts'

export interface MonthlySeries {
  /** Calendar year of each value. */
  year: ArrayLike<number>
  /** 1 to 12. */
  month: ArrayLike<number>
  count: ArrayLike<number>
}

/** Twelve values each, January first. */
export interface SeasonIndex {
  /** Complete years, in order. */
  years: number[]
  total: Float64Array
  meanOfRatios: Float64Array
  /** Standard deviation of the ratios between years (divisor n − 1); NaN with fewer than two years. */
  sd: Float64Array
  ratioOfMeans: Float64Array
  perDay: Float64Array
  /** Of equal totals of the twelve months; NaN without events. Events in bursts make it too large. */
  chiSquared: number
  p: number
}

export const MONTHS = 12
/** February of an average year, in a calendar without century years. */
const DAYS = [31, 28.25, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Throws RangeError for a month that is none, a negative or infinite count, or a month given twice. */
export function seasonIndex(series: MonthlySeries): SeasonIndex {
  const years = completeYears(series)
  const total = new Float64Array(MONTHS)
  const ratios: Float64Array[] = []
  for (const counts of years.values()) {
    const mean = counts.reduce((sum, count) => sum + count, 0) / MONTHS
    for (let m = 0; m < MONTHS; m++) total[m]! += counts[m]!
    if (mean > 0) ratios.push(counts.map(count => count / mean))
  }
  const meanOfRatios = total.map((_, m) => ratios.reduce((sum, r) => sum + r[m]!, 0) / ratios.length)
  const sd = meanOfRatios.map((mean, m) =>
    ratios.length < 2
      ? Number.NaN
      : Math.sqrt(ratios.reduce((sum, r) => sum + (r[m]! - mean) ** 2, 0) / (ratios.length - 1)),
  )
  const chiSquared = equalMonths(total)
  return {
    years: [...years.keys()],
    total,
    meanOfRatios,
    sd,
    ratioOfMeans: overTheirMean(total),
    perDay: overTheirMean(total.map((count, m) => count / DAYS[m]!)),
    chiSquared,
    p: Number.isNaN(chiSquared) ? Number.NaN : chiSquaredUpper(chiSquared, MONTHS - 1),
  }
}

function completeYears({ year, month, count }: MonthlySeries): Map<number, Float64Array> {
  const years = new Map<number, Float64Array>()
  for (let i = 0; i < count.length; i++) {
    const m = month[i]!
    if (!Number.isInteger(m) || m < 1 || m > MONTHS) throw new RangeError(`The month of value ${i} is ${m}.`)
    if (!(count[i]! >= 0 && count[i]! < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`The count of ${year[i]}-${m} is ${count[i]}.`)
    }
    const counts = years.get(year[i]!) ?? new Float64Array(MONTHS).fill(Number.NaN)
    if (!Number.isNaN(counts[m - 1]!)) throw new RangeError(`There are two counts of ${year[i]}-${m}.`)
    counts[m - 1] = count[i]!
    years.set(year[i]!, counts)
  }
  const complete = [...years].filter(([, counts]) => !counts.some(Number.isNaN))
  return new Map(complete.sort(([a], [b]) => a - b))
}

function overTheirMean(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return values.map(value => value / mean)
}

function equalMonths(total: Float64Array): number {
  const expected = total.reduce((sum, count) => sum + count, 0) / MONTHS
  return expected > 0 ? total.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0) : Number.NaN
}
