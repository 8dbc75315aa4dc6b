/**
 * Months with far fewer or far more rows than the months around them: a file that was cut short, or one that was
 * sent twice, before anybody counts anything from it.
 *
 * Each month is divided by the median of the months up to half a year before and after it, all of them a day, so that
 * neither growth nor a change of level nor February counts as odd. The ratios go on an XmR chart; what lies outside its limits is odd, if it
 * is also beyond what chance alone does to counts and more than a few per cent.
 */
import { xmrLimits } from '../../analysis/xmr-chart.ts'
import { lastDay, type Month, monthNumber } from '../../platform/calendar.ts'

export interface RowsOfMonth {
  month: Month
  rows: number
  /** Rows that the months around it let one expect, with limits; null where too few of them are held. */
  expected: { rows: number; lower: number; upper: number } | null
}

export const MONTHS_AROUND = 6
/** Of the twelve months around, so many must be held. */
export const FEWEST_AROUND = 6
/** Fewer months than these do not show how much ordinary months differ. */
export const FEWEST_MONTHS = 12
/** A smaller share of the rows is not worth a question to whoever sent them. */
export const LEAST_SHARE = 0.15

/** Months in order, each once; months that are not held are left out of the list. */
export function rowsByMonth(months: readonly { month: Month; rows: number }[]): RowsOfMonth[] {
  const around = months.map((_, i) => medianAround(months, i))
  const judged = [...around.keys()].filter(i => around[i] !== null && around[i]! > 0)
  if (judged.length < FEWEST_MONTHS) return months.map(m => ({ ...m, expected: null }))
  const ratios = Float64Array.from(judged, i => months[i]!.rows / around[i]!)
  const { mean, upper } = xmrLimits(ratios)
  // Laid about 1 and not about the mean, which the very month that was cut short would pull down.
  const spread = upper[0]! - mean[0]!
  const byMonth = new Map(
    judged.map(i => {
      const rows = around[i]!
      // Three standard deviations of independent counts: constant series have no moving range.
      const reach = Math.max(spread * rows, 3 * Math.sqrt(rows), LEAST_SHARE * rows)
      return [i, { rows, lower: Math.max(0, rows - reach), upper: rows + reach }]
    }),
  )
  return months.map((m, i) => ({ ...m, expected: byMonth.get(i) ?? null }))
}

/** 1 more, −1 fewer than the limits, 0 within them or not judged. */
export const outOfLine = ({ rows, expected }: RowsOfMonth): -1 | 0 | 1 =>
  expected === null || (rows >= expected.lower && rows <= expected.upper) ? 0 : rows > expected.upper ? 1 : -1

/** Rows of the months around, for a month as long as this one. */
function medianAround(months: readonly { month: Month; rows: number }[], at: number): number | null {
  const here = monthNumber(months[at]!.month)
  const rows = months
    .filter((m, i) => i !== at && Math.abs(monthNumber(m.month) - here) <= MONTHS_AROUND)
    .map(m => m.rows / daysOf(m.month))
    .sort((a, b) => a - b)
  if (rows.length < FEWEST_AROUND) return null
  const middle = rows.length / 2
  return (daysOf(months[at]!.month) * (rows[Math.ceil(middle) - 1]! + rows[Math.floor(middle)]!)) / 2
}

const daysOf = (month: Month): number => Number(lastDay(month).slice(8))
