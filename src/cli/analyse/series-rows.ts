/** Series of a table in order of time: what control charts and the detection of spikes both read. */
import type { InputTable } from './analyse-method.ts'

export interface SeriesRows {
  name: string
  /** Rows of the table, earliest first. */
  rows: readonly number[]
}

/**
 * Series in the order of the file, the points of each by `t`: by number where every t is one, otherwise by text,
 * which is right for dates as 2021-04-01. A file without the column series holds one series without a name.
 */
export function seriesInOrder(table: InputTable): SeriesRows[] {
  const t = table.texts('t')
  const numbers = t.map(text => (text === '' ? Number.NaN : Number(text)))
  const byNumber = numbers.every(Number.isFinite)
  const earlier = byNumber
    ? (a: number, b: number) => numbers[a]! - numbers[b]!
    : (a: number, b: number) => (t[a]! < t[b]! ? -1 : t[a]! > t[b]! ? 1 : 0)
  const bySeries = new Map<string, number[]>()
  for (let row = 0; row < table.rows; row++) {
    const name = table.has('series') ? table.texts('series')[row]! : ''
    const rows = bySeries.get(name)
    if (rows) rows.push(row)
    else bySeries.set(name, [row])
  }
  return [...bySeries].map(([name, rows]) => ({ name, rows: rows.sort(earlier) }))
}

/** The cells of a column in the order of the series. */
export const cellsInOrder = (table: InputTable, column: string, { rows }: SeriesRows): Float64Array =>
  Float64Array.from(rows, row => table.numbers(column)[row]!)
