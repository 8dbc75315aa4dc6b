/**
 * The query of a figure: named steps joined into one `with … select` statement, one text for a figure.
 *
 * It keeps to what DuckDB, PostgreSQL and ClickHouse share: no casts with colons, no `filter`, no rounding, no
 * function of one engine. Everything that needs a decision (zeros, missing months, rates) happens after it,
 * on a handful of rows.
 */
import { isDay } from '../platform/calendar.ts'
import { dateLiteral } from './conditions.ts'
import { columnName, type FigureQuery, statement } from './figure-query.ts'
import type { SideMonths } from './periods.ts'
import { sideSteps } from './side-steps.ts'

/** One row of the answer. `side` is 0 for the period and 1 for the comparator. */
export interface FigureCell {
  side: number
  n: number
  out_of?: number
  undetermined?: number
  /** Of a median: the value that these `n` cases have. */
  amount?: number
  [column: string]: unknown
}

export const afterName = (index: number): string => `n_after_${index + 1}`

export function figureSql(query: FigureQuery): string {
  const sides: { name: string; side: SideMonths }[] = [
    { name: 'period', side: query.period },
    ...(query.comparator ? [{ name: 'comparator', side: query.comparator }] : []),
  ]
  const steps = sides.flatMap(({ name, side }) => sideSteps(query, name, side))
  const selects = sides.map(({ name }, i) => countOf(query, i, `in_${name}`))
  return statement(steps, selects.join('\nunion all\n'))
}

/** How many rows have no value in each of the dimensions filtered by, when that filter is left away. */
export function unknownSql(query: FigureQuery): string | null {
  const dimensions = [...query.where.keys()]
  if (dimensions.length === 0) return null
  const unfiltered: FigureQuery = {
    ...query,
    where: new Map(),
    by: dimensions,
    comparator: null,
    changesOn: [],
  }
  const steps = sideSteps(unfiltered, 'period', query.period)
  const weight = query.kind === 'sum' ? 'amount' : countedColumn(unfiltered)
  const all = weight ? `sum(${weight})` : 'count(*)'
  const unknowns = dimensions.map(
    id => `sum(case when ${columnName(id)} is null then ${weight ?? '1'} else 0 end) as ${columnName(id)}`,
  )
  return statement(steps, `select ${all} as out_of,\n  ${unknowns.join(',\n  ')}\nfrom in_period`)
}

/** With an age limit not every row counts: some are there because nobody knows. */
const countedColumn = (query: FigureQuery): string | null =>
  query.counting.sources.some(source => source.underAge !== undefined) ? 'counted' : null

function countOf(query: FigureQuery, side: number, from: string): string {
  const counted = countedColumn(query)
  const amount =
    query.kind === 'sum'
      ? 'amount'
      : query.kind === 'proportion'
        ? counted
          ? `met * ${counted}`
          : 'met'
        : counted
  const total = (what: string | null) => (what ? `coalesce(sum(${what}), 0)` : 'count(*)')
  // Engines differ in how they take a median, so each value is counted, and the middle is found afterwards.
  const groups = [...query.by.map(columnName), ...(query.kind === 'median' ? ['amount'] : [])]
  const columns = [
    `${side} as side`,
    ...groups,
    `${total(amount)} as n`,
    ...(query.kind === 'proportion' ? [`${total(counted)} as out_of`] : []),
    ...(counted ? ['coalesce(sum(undetermined), 0) as undetermined'] : []),
    ...query.changesOn.map(
      (day, i) =>
        `coalesce(sum(case when counted_on >= ${dateLiteral(day)} then ${amount ?? '1'} else 0 end), 0) as ${afterName(i)}`,
    ),
  ]
  const group = groups.length > 0 ? `\ngroup by ${groups.join(', ')}` : ''
  return `select ${columns.join(', ')}\nfrom ${from}${group}`
}

/** True for a period of days on rows that are published by the month. */
export const needsDays = (query: Pick<FigureQuery, 'counting'>, from: string): boolean =>
  isDay(from) && query.counting.sources.some(source => source.clock.day === null)
