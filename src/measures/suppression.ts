/**
 * Which cells of a table to withhold so that no count from 1 to 4 is shown and none can be worked out from
 * rows, columns and totals (R27).
 *
 * Margins are decided first, each as the table that it is when asked for alone, so that two figures of the
 * same counts withhold the same and cannot be played off against each other.
 */
import { closingPath, type Flows, isClosed, tableFlows } from './table-flows.ts'

export interface Withheld {
  /** Row by row. */
  cells: boolean[]
  rows: boolean[]
  columns: boolean[]
  total: boolean
}

/** Counts below this, and above 0, are withheld. An area may raise it, never lower it. */
const SMALLEST_SHOWN = 5

export const isSmall = (count: number): boolean => count > 0 && count < SMALLEST_SHOWN

/**
 * One line of counts and their total. Where the total itself is from 1 to 4 nothing of the line is shown, zeros
 * included: four cells that are not zero would say that each is 1, and zeros say where the few are not.
 *
 * Elsewhere zeros are shown, so withheld counts are at least 1, and a reader who knows their sum knows them all
 * when there is only one, or when the sum leaves 1 for each. Then the smallest that is shown is withheld too, and
 * the total itself where there is none.
 */
export function withholdLine(counts: readonly number[]): { cells: boolean[]; total: boolean } {
  const cells = counts.map(isSmall)
  const total = isSmall(add(counts))
  const withheld = counts.filter(isSmall)
  if (total) return { cells: counts.map(() => true), total }
  if (withheld.length === 0) return { cells, total }
  const shown = counts
    .map((count, i) => ({ count, i }))
    .filter(({ count }) => count >= SMALLEST_SHOWN)
    .sort((a, b) => a.count - b.count || a.i - b.i)
  const isTold = withheld.length === 1 || withheld.every(count => count === 1)
  if (!isTold) return { cells, total }
  if (shown.length === 0) return { cells, total: true }
  cells[shown[0]!.i] = true
  return { cells, total }
}

/** A table of two dimensions, row by row, with row totals, column totals and the total. */
export function withholdTable(counts: readonly number[], columnCount: number): Withheld {
  const rowCount = columnCount === 0 ? 0 : counts.length / columnCount
  const rowSums = new Array<number>(rowCount).fill(0)
  const columnSums = new Array<number>(columnCount).fill(0)
  counts.forEach((count, i) => {
    rowSums[Math.floor(i / columnCount)]! += count
    columnSums[i % columnCount]! += count
  })
  if (isSmall(add(counts))) {
    const all = (cells: readonly number[]) => cells.map(() => true)
    return { cells: all(counts), rows: all(rowSums), columns: all(columnSums), total: true }
  }
  const rowLine = withholdLine(rowSums)
  const columnLine = withholdLine(columnSums)
  const flows = tableFlows(
    rowCount,
    columnCount,
    [...counts, ...rowSums, ...columnSums, add(rowSums)],
    [...counts.map(isSmall), ...rowLine.cells, ...columnLine.cells, rowLine.total || columnLine.total],
  )
  secure(flows)
  const flags = [...flows.withheld].map(flag => flag === 1)
  const cells = counts.length
  const isOfSmall = (cell: number) =>
    isSmall(rowSums[Math.floor(cell / columnCount)]!) || isSmall(columnSums[cell % columnCount]!)
  return {
    // Zeros of a line that is itself small join last: they are on no path, and hiding more gives nothing away.
    cells: flags.slice(0, cells).map((flag, cell) => flag || isOfSmall(cell)),
    rows: flags.slice(cells, cells + rowCount),
    columns: flags.slice(cells + rowCount, cells + rowCount + columnCount),
    total: flags.at(-1)!,
  }
}

const add = (counts: readonly number[]): number => counts.reduce((sum, n) => sum + n, 0)

/** Withholds more until every withheld count lies on a closed path: smallest first, as that often saves others. */
function secure(flows: Flows): void {
  const order = [...flows.withheld.keys()]
    .filter(flow => flows.withheld[flow] === 1)
    .sort((a, b) => flows.count[a]! - flows.count[b]! || a - b)
  for (const flow of order) {
    if (isClosed(flows, flow)) continue
    for (const more of closingPath(flows, flow)) flows.withheld[more] = 1
  }
}
