/**
 * Shares of people in a split, beside the shares of residents: what the board paper's figures 7 to 9 show, with
 * the counts and intervals that they leave out.
 *
 * Shares are of those whose group is known; the unknown are a row of their own with their share of everybody.
 * Rates are compared with those of White residents (all White groups together), as government does: "1.6 times
 * as likely". Source: Race Disparity Unit, Stop and search data and the effect of geographical differences, 2021.
 */

import { wilsonInterval } from '../../analysis/intervals.ts'
import { SMALLEST_BASE } from '../disclosure.ts'
import type { DimensionId, Figure, FigureRow } from '../figure.ts'

/** Below this count on either side a ratio says nothing. */
const FEWEST_FOR_RATIO = 5
const Z = 1.959963984540054

export interface Share {
  label: string
  code: string | null
  row: FigureRow
  count: number | null
  /** Out of those whose group is known; for the unknown row, out of everybody. */
  base: number | null
  /** Per cent, with Wilson's interval; null where the base is too small or the count withheld. */
  percent: number | null
  low: number | null
  high: number | null
  residents: number | null
  residentPercent: number | null
}

/** `unknownCodes` are codes that say that nothing was recorded, beside the empty one. */
export function sharesOf(
  figure: Figure,
  dimension: DimensionId,
  unknownCodes: readonly string[] = [],
): Share[] {
  const isUnknown = (row: FigureRow) => {
    const code = row.codes[dimension] ?? null
    return code === null || unknownCodes.includes(code)
  }
  const everybody = figure.total.count
  const unknownRows = figure.rows.filter(isUnknown)
  const unknown = sum(unknownRows.map(r => r.count))
  // From the total, not from the rows: a withheld row still belongs to the base.
  const known = everybody === null || unknown === null ? null : Math.max(0, everybody - unknown)
  // A group that no census counts (another gender) has no residents, and takes none from the others' shares.
  const residents = figure.rows.reduce((all, r) => all + (isUnknown(r) ? 0 : (r.denominator ?? 0)), 0)
  return figure.rows.map(row => {
    const base = isUnknown(row) ? everybody : known
    // Rounded counts may add up to a little more than the rounded total.
    const interval =
      row.count === null || base === null || base < SMALLEST_BASE
        ? null
        : wilsonInterval(Math.min(row.count, base), base)
    return {
      label: row.labels[dimension] ?? 'Unknown',
      code: isUnknown(row) ? null : (row.codes[dimension] ?? null),
      row,
      count: row.count,
      base,
      percent: interval ? (100 * Math.min(row.count!, base!)) / base! : null,
      low: interval ? 100 * interval.low : null,
      high: interval ? 100 * interval.high : null,
      residents: row.denominator,
      residentPercent: row.denominator !== null && residents ? (100 * row.denominator) / residents : null,
    }
  })
}

const sum = (values: (number | null)[]): number | null =>
  values.some(v => v === null) ? null : values.reduce<number>((a, v) => a + v!, 0)

export interface RateRatio {
  ratio: number
  low: number
  high: number
}

/**
 * How many times the rate of `ours` is the rate of `theirs`, with the usual 95% interval on the logarithm:
 * exp(ln ratio ± 1.96 √(1/n₁ − 1/N₁ + 1/n₂ − 1/N₂)). Null where a count is under 5 or residents are not known.
 */
export function rateRatio(
  ours: { count: number | null; residents: number | null },
  theirs: { count: number | null; residents: number | null },
): RateRatio | null {
  const { count: n, residents: of } = ours
  const { count: m, residents: base } = theirs
  if (n === null || m === null || !of || !base) return null
  if (n < FEWEST_FOR_RATIO || m < FEWEST_FOR_RATIO || n > of || m > base) return null
  const ratio = n / of / (m / base)
  const spread = Math.exp(Z * Math.sqrt(1 / n - 1 / of + 1 / m - 1 / base))
  return { ratio, low: ratio / spread, high: ratio * spread }
}
