/**
 * Shares of people in a split, beside the shares of residents: what the board paper's figures 7 to 9 show, with
 * the counts and intervals that they leave out.
 *
 * Shares are of those whose group is known; the unknown are a row of their own with their share of everybody.
 */
import { groupShares } from '../../analysis/shares.ts'
import { SMALLEST_BASE } from '../disclosure.ts'
import type { DimensionId, Figure, FigureRow } from '../figure.ts'

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
    const count = row.count === null || base === null ? null : Math.min(row.count, base)
    const [share] = groupShares(
      [count ?? 0, (base ?? 0) - (count ?? 0)],
      [row.denominator ?? 0, residents - (row.denominator ?? 0)],
    )
    const shown = count === null || base === null || base < SMALLEST_BASE ? null : share!
    return {
      label: row.labels[dimension] ?? 'Unknown',
      code: isUnknown(row) ? null : (row.codes[dimension] ?? null),
      row,
      count: row.count,
      base,
      percent: percent(shown?.shareOfCounts),
      low: percent(shown?.low),
      high: percent(shown?.high),
      residents: row.denominator,
      residentPercent: row.denominator === null || isUnknown(row) ? null : percent(share!.shareOfPopulation),
    }
  })
}

const percent = (share: number | null | undefined): number | null =>
  share === null || share === undefined ? null : 100 * share

const sum = (values: (number | null)[]): number | null =>
  values.some(v => v === null) ? null : values.reduce<number>((a, v) => a + v!, 0)
