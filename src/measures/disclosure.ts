/**
 * Disclosure control (R27 to R29), applied to a figure before it leaves for anybody who may not see records.
 *
 * Two layers. Withholding: counts from 1 to 4, and further cells so that no total gives them back. Rounding:
 * every count that is shown goes to the nearest 5, and values, percentages and intervals are computed anew
 * from the rounded counts. The second layer protects where the first cannot: two figures with different
 * filters can be subtracted, but only to within several fives.
 *
 * Before either, a request for several values of one dimension together, or for days, is refused here.
 *
 * The limit of all: rounding is the same every time, so whoever asks for a hundred periods that differ by one
 * month, and averages the differences, comes near its count. Against that
 * stand the record of downloads and the number of requests a minute, not this function.
 */

import { UsageFault } from '../platform/errors.ts'
import type { DimensionId, Figure, FigureRow } from './figure.ts'
import type { Measure } from './measure.ts'
import { rounded, valued } from './row-values.ts'
import { isSmall, type Withheld, withholdLine, withholdTable } from './suppression.ts'
import { isUnknown } from './unknown-share.ts'

export const ROUND_TO = 5
/** Percentages and rates on a smaller base say more about chance, and about people, than about the world. */
export const SMALLEST_BASE = 20

/** Beyond this, nearly every cell would be withheld, and finding which takes longer than anybody waits. */
const LARGEST_PROTECTED_TABLE = 20_000

export const roundedCount = (count: number): number => Math.round(count / ROUND_TO) * ROUND_TO

/** Rows of files to the nearest 5; 1 to 7 are all 5, because a file may hold one row an event. */
export const roundedRows = (rows: number): number => (rows === 0 ? 0 : Math.max(ROUND_TO, roundedCount(rows)))

/** The figure as it may leave. Takes a figure of at most two dimensions, with its exact counts; throws UsageFault for too fine a split. */
export function protect(figure: Figure, kind: Measure['kind']): Figure {
  const periodTables =
    kind === 'proportion' ? shareTables : figure.against === 'victims' ? besideTables : countTables
  const own = withheldOf(
    figure,
    periodTables(
      row => row.count,
      row => row.denominator,
    ),
  )
  const comparator = withheldOf(
    figure,
    periodTables(
      row => row.comparatorCount,
      row => row.comparatorDenominator,
    ),
  )
  const protectRow = (row: FigureRow, hide: boolean, hideComparator: boolean) =>
    withComparator(released(row, hide, kind, figure), row, hideComparator, kind, figure)
  const total = protectRow(figure.total, own.total, comparator.total)
  const rows = figure.rows.map((row, i) => protectRow(row, own.cells[i]!, comparator.cells[i]!))
  return {
    ...figure,
    rows,
    total,
    unknown: protectedUnknown(figure, own, total, kind),
    lineage: {
      ...figure.lineage,
      files: figure.lineage.files.map(file => ({ ...file, rows: roundedRows(file.rows) })),
      rowsRead: roundedRows(figure.lineage.rowsRead),
    },
  }
}

type Read = (row: FigureRow) => number | null

/** The tables of counts that a figure lets out: for a proportion also its base, and the rest of the base. */
const countTables = (count: Read, _denominator: Read): Read[] => [count]
/** Victims are counted people too: what a rate is out of could give them away. */
const besideTables = (count: Read, denominator: Read): Read[] => [count, denominator]
const shareTables = (count: Read, denominator: Read): Read[] => [
  count,
  denominator,
  row => (denominator(row) ?? 0) - (count(row) ?? 0),
]

function withheldOf(figure: Figure, tables: readonly Read[]): Withheld {
  return tables.map(read => withheldIn(figure, read)).reduce(either)
}

/** What is withheld in any of the tables is withheld in all: hiding more never gives a cell away. */
const either = (a: Withheld, b: Withheld): Withheld => {
  const or = (x: boolean[], y: boolean[]) => x.map((flag, i) => flag || y[i]!)
  return {
    cells: or(a.cells, b.cells),
    rows: or(a.rows, b.rows),
    columns: or(a.columns, b.columns),
    total: a.total || b.total,
  }
}

function withheldIn(figure: Figure, read: Read): Withheld {
  const counts = figure.rows.map(row => read(row) ?? 0)
  const [first, second] = figure.by
  if (first === undefined) {
    const total = read(figure.total) ?? 0
    return { cells: [], rows: [], columns: [], total: isSmall(total) }
  }
  if (second === undefined) {
    const line = withholdLine(counts)
    return { cells: line.cells, rows: line.cells, columns: [], total: line.total }
  }
  // Rows of a figure need not fill the rectangle: a grid too large to complete holds only what was seen.
  const places = (id: DimensionId) => [...new Set(figure.rows.map(row => row.codes[id] ?? null))]
  const rowCodes = places(first)
  const columnCodes = places(second)
  if (rowCodes.length * columnCodes.length > LARGEST_PROTECTED_TABLE) {
    throw new UsageFault(
      `A split into ${rowCodes.length} by ${columnCodes.length} is too fine to be shown where records may not be seen: most cells would be withheld. Choose larger areas or periods.`,
    )
  }
  const place = (row: FigureRow) =>
    rowCodes.indexOf(row.codes[first] ?? null) * columnCodes.length +
    columnCodes.indexOf(row.codes[second] ?? null)
  const full = new Array<number>(rowCodes.length * columnCodes.length).fill(0)
  figure.rows.forEach((row, i) => {
    full[place(row)] = counts[i]!
  })
  const table = withholdTable(full, columnCodes.length)
  return { ...table, cells: figure.rows.map(row => table.cells[place(row)]!) }
}

const NOTHING = { value: null, low: null, high: null, count: null, adjustedValue: null } as const

type Rated = Pick<Figure, 'per' | 'against'>

/** A denominator as it may leave: residents are public, cases and victims are counts. */
const shownBase = (base: number | null, kind: Measure['kind'], { against }: Rated): number | null =>
  base !== null && (kind === 'proportion' || against === 'victims') ? roundedCount(base) : base

function released(row: FigureRow, hide: boolean, kind: Measure['kind'], rated: Rated): FigureRow {
  const { per, against } = rated
  if (row.count === null) return row
  if (hide) {
    return {
      ...row,
      ...NOTHING,
      denominator: kind === 'proportion' || against === 'victims' ? null : row.denominator,
      suppressed: true,
    }
  }
  const count = roundedCount(row.count)
  const denominator = shownBase(row.denominator, kind, rated)
  const small =
    kind === 'median'
      ? row.count < SMALLEST_BASE && row.count > 0
      : isRated(kind, per) && row.denominator !== null && row.denominator < SMALLEST_BASE
  if (small) return { ...row, ...NOTHING, count, denominator, suppressed: true }
  // The middle of so many is nobody's own, and says nothing of how many they are.
  if (kind === 'median') return { ...row, count }
  const value = valued(kind, count, denominator, per, against)
  const scale = per === null ? 1 : per / denominator!
  return {
    ...row,
    ...value,
    count,
    denominator,
    // Rounded as a count before it is a rate: the exact ratio of adjusted to recorded would tell the count.
    adjustedValue:
      row.adjustedValue === null ? null : rounded(roundedCount(row.adjustedValue / scale) * scale),
  }
}

const isRated = (kind: Measure['kind'], per: number | null): boolean => kind === 'proportion' || per !== null

function withComparator(
  row: FigureRow,
  exact: FigureRow,
  hide: boolean,
  kind: Measure['kind'],
  rated: Rated,
): FigureRow {
  if (exact.comparatorCount === null) return row
  const { per, against } = rated
  const base = exact.comparatorDenominator
  const counted = kind === 'proportion' || against === 'victims'
  const denominator = counted && hide ? null : shownBase(base, kind, rated)
  const count = hide ? null : roundedCount(exact.comparatorCount)
  const small =
    kind === 'median'
      ? exact.comparatorCount < SMALLEST_BASE
      : isRated(kind, per) && base !== null && base < SMALLEST_BASE
  const value =
    count === null || small
      ? null
      : kind === 'median'
        ? exact.comparatorValue
        : valued(kind, count, denominator, per, against).value
  return {
    ...row,
    comparatorCount: count,
    comparatorDenominator: denominator,
    comparatorValue: value,
  }
}

/** How many are unknown is a margin of the table, and is withheld and rounded with it. */
function protectedUnknown(
  figure: Figure,
  own: Withheld,
  total: FigureRow,
  kind: Measure['kind'],
): Figure['unknown'] {
  const of = kind === 'proportion' ? total.denominator : total.count
  return Object.fromEntries(
    Object.entries(figure.unknown).map(([key, exact]) => {
      const id = key as DimensionId
      const axis = figure.by.indexOf(id)
      const isSplit = axis >= 0 && !(id in figure.where)
      const codes = [...new Set(figure.rows.map(row => row.codes[id] ?? null))]
      const flags = axis === 1 ? own.columns : own.rows
      const withheld = isSplit && codes.some((code, i) => isUnknown(id, code) && flags[i] === true)
      const hidden =
        withheld || exact.count === null || exact.of === null || isSmall(exact.count) || isSmall(exact.of)
      const base = isSplit ? of : hidden ? null : roundedCount(exact.of!)
      const count = hidden ? null : roundedCount(exact.count!)
      const share = count === null || !base || base < SMALLEST_BASE ? null : Math.min(1, count / base)
      return [id, { count, of: base, share }]
    }),
  )
}
