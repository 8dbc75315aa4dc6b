/**
 * From the rows that the query answered to the rows of a figure: both sides lined up, zeros filled in where
 * zero is what was counted, missing where nothing was sent, labels for codes.
 */
import { financialYear, type Month } from '../platform/calendar.ts'
import type { Coverage } from './coverage.ts'
import { compareText, type Domain, UNKNOWN } from './dimensions.ts'
import type { DimensionId } from './figure.ts'
import { columnName } from './figure-query.ts'
import { afterName, type FigureCell } from './figure-sql.ts'
import type { SideMonths } from './periods.ts'

/** Counts of one side. */
export interface Tally {
  n: number
  outOf: number
  undetermined: number
  after: number[]
  /** Of a median: how many cases have each value. */
  values?: ReadonlyMap<number, number>
}

/** A cell of the split: null on a side means that nothing was sent for it. */
export interface Cell {
  codes: (string | null)[]
  labels: string[]
  period: Tally | null
  comparator: Tally | null
}

export interface Grid {
  by: readonly DimensionId[]
  cells: Cell[]
  total: { period: Tally | null; comparator: Tally | null }
}

/** Beyond this many cells only those that were seen are shown; a grid of small areas and months is mostly zeros. */
export const LARGEST_COMPLETED_GRID = 20_000

export interface GridRequest {
  by: readonly DimensionId[]
  domains: readonly Domain[]
  cells: readonly FigureCell[]
  period: SideMonths
  comparator: SideMonths | null
  coverage: Coverage
  comparatorCoverage: Coverage | null
  /** Codes asked for by a filter on a dimension of the split. */
  asked: ReadonlyMap<DimensionId, readonly (string | null)[]>
  changes: number
}

export function gridOf(request: GridRequest): Grid {
  const { by, comparator, changes } = request
  const align = alignment(request)
  const seen = [new Map<string, Tally>(), new Map<string, Tally>()]
  const codesSeen = by.map(() => new Set<string | null>())
  for (const cell of request.cells) {
    const codes = by.map(id => codeText(cell[columnName(id)]))
    const lined = cell.side === 1 ? align(codes) : codes
    if (!lined) continue
    for (const [i, code] of lined.entries()) codesSeen[i]!.add(code)
    add(seen[cell.side]!, keyOf(lined), tallyOf(cell, changes))
  }
  const lists = by.map((id, i) => codeList(request.domains[i]!, codesSeen[i]!, request.asked.get(id)))
  const cells = keysOf(lists, seen).map(codes => ({
    codes,
    labels: codes.map((code, i) => lists[i]!.labels.get(code) ?? code ?? UNKNOWN),
    period: heldOr(seen[0]!, codes, changes, isHeld(request, codes, 'period')),
    comparator: comparator && heldOr(seen[1]!, codes, changes, isHeld(request, codes, 'comparator')),
  }))
  const total = (side: 0 | 1, months: SideMonths, coverage: Coverage) =>
    anyHeld(request, months.months, coverage)
      ? request.cells
          .filter(c => c.side === side)
          .reduce((sum, c) => plus(sum, tallyOf(c, changes)), none(changes))
      : null
  return {
    by,
    cells,
    total: {
      period: total(0, request.period, request.coverage),
      comparator: comparator && total(1, comparator, request.comparatorCoverage!),
    },
  }
}

const codeText = (value: unknown): string | null =>
  value === null || value === undefined || value === '' ? null : String(value)

const keyOf = (codes: readonly (string | null)[]): string => JSON.stringify(codes)

const none = (changes: number): Tally => ({ n: 0, outOf: 0, undetermined: 0, after: Array(changes).fill(0) })

const tallyOf = (cell: FigureCell, changes: number): Tally => ({
  n: Number(cell.n),
  outOf: Number(cell.out_of ?? 0),
  undetermined: Number(cell.undetermined ?? 0),
  after: Array.from({ length: changes }, (_, i) => Number(cell[afterName(i)] ?? 0)),
  ...(cell.amount === undefined ? {} : { values: new Map([[Number(cell.amount), Number(cell.n)]]) }),
})

const plus = (a: Tally, b: Tally): Tally => ({
  n: a.n + b.n,
  outOf: a.outOf + b.outOf,
  undetermined: a.undetermined + b.undetermined,
  after: a.after.map((n, i) => n + b.after[i]!),
  ...(a.values || b.values ? { values: together(a.values, b.values) } : {}),
})

function together(a: Tally['values'] = new Map(), b: Tally['values'] = new Map()): Map<number, number> {
  const sums = new Map(a)
  for (const [value, n] of b) sums.set(value, (sums.get(value) ?? 0) + n)
  return sums
}

function add(tallies: Map<string, Tally>, key: string, tally: Tally): void {
  const known = tallies.get(key)
  tallies.set(key, known ? plus(known, tally) : tally)
}

/** Months and financial years of the comparator stand beside those at the same place in the period. */
function alignment(request: GridRequest): (codes: (string | null)[]) => (string | null)[] | null {
  const { by, comparator, period } = request
  if (!comparator) return codes => codes
  const pairs = (theirs: string[], ours: string[]) =>
    new Map(theirs.map((code, i) => [code, ours[i] ?? null]))
  const years = (months: readonly Month[]) => [...new Set(months.map(financialYear))]
  const byMonth = pairs(comparator.months, period.months)
  const byYear = pairs(years(comparator.months), years(period.months))
  return codes => {
    const lined = codes.map((code, i) => {
      const map = by[i] === 'month' ? byMonth : by[i] === 'financial-year' ? byYear : null
      return map && code !== null
        ? { code: map.get(code) ?? null, calendar: true }
        : { code, calendar: false }
    })
    // A month of a longer comparator has no place beside the period; it still counts in the total.
    return lined.some(({ code, calendar }) => calendar && code === null)
      ? null
      : lined.map(({ code }) => code)
  }
}

interface CodeOrder {
  codes: (string | null)[]
  labels: Map<string | null, string>
}

function codeList(
  domain: Domain,
  seen: ReadonlySet<string | null>,
  asked: readonly (string | null)[] | undefined,
): CodeOrder {
  const wanted = (code: string) => asked === undefined || asked.includes(code)
  const known = domain.codes.filter(
    ({ code }) => wanted(code) && (domain.complete || asked || seen.has(code)),
  )
  const names = new Set(domain.codes.map(({ code }) => code))
  const strange = [...seen].filter(code => code !== null && !names.has(code)).sort() as string[]
  const labels = new Map<string | null, string>(domain.codes.map(({ code, label }) => [code, label]))
  labels.set(null, UNKNOWN)
  return {
    codes: [
      ...known.map(({ code }) => code),
      ...strange.sort(compareText),
      ...(seen.has(null) || asked?.includes(null) ? [null] : []),
    ],
    labels,
  }
}

/** Every combination of codes in order, or, where those are too many, the ones that were seen. */
function keysOf(lists: readonly CodeOrder[], seen: readonly Map<string, Tally>[]): (string | null)[][] {
  if (lists.length === 0) return []
  if (lists.reduce((size, list) => size * list.codes.length, 1) <= LARGEST_COMPLETED_GRID) {
    return lists.reduce<(string | null)[][]>(
      (rows, list) => rows.flatMap(row => list.codes.map(code => [...row, code])),
      [[]],
    )
  }
  const places = lists.map(list => new Map(list.codes.map((code, i) => [code, i])))
  const place = (codes: (string | null)[]) => codes.map((code, i) => places[i]!.get(code) ?? -1)
  const keys = new Set(seen.flatMap(side => [...side.keys()]))
  return [...keys]
    .map(key => JSON.parse(key) as (string | null)[])
    .map(codes => ({ codes, at: place(codes) }))
    .sort((a, b) => a.at.reduce((order, at, i) => order || at - b.at[i]!, 0))
    .map(({ codes }) => codes)
}

const heldOr = (
  tallies: Map<string, Tally>,
  codes: (string | null)[],
  changes: number,
  held: boolean,
): Tally | null => tallies.get(keyOf(codes)) ?? (held ? none(changes) : null)

/** Whether anything was sent for the months and the force of a cell. */
function isHeld(request: GridRequest, codes: (string | null)[], side: 'period' | 'comparator'): boolean {
  const { by, period, comparator } = request
  const ours = side === 'period' ? period : comparator!
  const coverage = side === 'period' ? request.coverage : request.comparatorCoverage!
  const at = (id: DimensionId) => {
    const i = by.indexOf(id)
    return i >= 0 ? codes[i]! : undefined
  }
  let months = ours.months
  const month = at('month')
  if (month !== undefined) months = [ours.months[period.months.indexOf(month ?? '')] ?? ''].filter(Boolean)
  const year = at('financial-year')
  if (year !== undefined) {
    const place = new Set(period.months.flatMap((m, i) => (financialYear(m) === year ? [i] : [])))
    months = months.filter(m => place.has(ours.months.indexOf(m)))
  }
  const force = at('force')
  return force === undefined ? anyHeld(request, months, coverage) : months.some(m => coverage.holds(m, force))
}

function anyHeld(request: GridRequest, months: readonly Month[], coverage: Coverage): boolean {
  const forces = request.asked.get('force') ?? [null]
  return months.some(m => forces.some(force => coverage.holds(m, force)))
}
