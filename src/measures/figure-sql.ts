/**
 * The query of a figure: named steps joined into one `with … select` statement, one text for a figure.
 *
 * It keeps to what DuckDB, PostgreSQL and ClickHouse share: no casts with colons, no `filter`, no rounding, no
 * function of one engine. Everything that needs a decision (zeros, missing months, rates) happens after it,
 * on a handful of rows.
 */
import { quote } from '../evidence/dataset.ts'
import { type Day, isDay, type Month, monthOf } from '../platform/calendar.ts'
import { dateLiteral, oneOf } from './conditions.ts'
import { columnOf } from './dimensions.ts'
import type { DimensionId } from './figure.ts'
import type {
  Clock,
  Counting,
  Events,
  Measure,
  OffencesByAge,
  PeopleInOffences,
  Role,
  Source,
} from './measure.ts'
import { addDays, firstDayOf, isWholeMonths, lastDayOf, type SideMonths } from './periods.ts'

export interface Step {
  name: string
  sql: string
}

/** Steps with meaningful names, joined into one statement. */
export const statement = (steps: readonly Step[], select: string): string =>
  `with\n${steps.map(step => `${step.name} as (\n${indented(step.sql)}\n)`).join(',\n')}\n${select}`

const indented = (sql: string): string =>
  sql
    .split('\n')
    .map(line => `  ${line}`)
    .join('\n')

/** Codes that a dimension may have; null stands for unknown. */
export type Filters = ReadonlyMap<DimensionId, readonly (string | null)[]>

export interface FigureQuery {
  kind: Measure['kind']
  counting: Counting
  by: readonly DimensionId[]
  where: Filters
  period: SideMonths
  comparator: SideMonths | null
  /** Days from which what was counted is also counted apart, for taking out effects of recording changes. */
  changesOn: readonly Day[]
}

/** One row of the answer. `side` is 0 for the period and 1 for the comparator. */
export interface FigureCell {
  side: number
  n: number
  out_of?: number
  undetermined?: number
  [column: string]: unknown
}

export const columnName = (dimension: DimensionId): string => `by_${dimension.replaceAll('-', '_')}`
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

const isLimitedByAge = (source: Source): boolean => source.underAge !== undefined

const ageLimited = (query: FigureQuery): boolean => query.counting.sources.some(isLimitedByAge)

const countedColumn = (query: FigureQuery): string | null => (ageLimited(query) ? 'counted' : null)

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
  const columns = [
    `${side} as side`,
    ...query.by.map(columnName),
    `${total(amount)} as n`,
    ...(query.kind === 'proportion' ? [`${total(counted)} as out_of`] : []),
    ...(counted ? ['coalesce(sum(undetermined), 0) as undetermined'] : []),
    ...query.changesOn.map(
      (day, i) =>
        `coalesce(sum(case when counted_on >= ${dateLiteral(day)} then ${amount ?? '1'} else 0 end), 0) as ${afterName(i)}`,
    ),
  ]
  const group = query.by.length > 0 ? `\ngroup by ${query.by.map(columnName).join(', ')}` : ''
  return `select ${columns.join(', ')}\nfrom ${from}${group}`
}

function sideSteps(query: FigureQuery, name: string, side: SideMonths): Step[] {
  const before: Step[] = []
  const selects = query.counting.sources.map(source =>
    source.kind === 'events'
      ? eventsSelect(query, source, side, name, before)
      : source.kind === 'people'
        ? peopleSelect(query, source, side)
        : offencesByAgeSelect(query, source, side, name, before),
  )
  return [...before, { name: `in_${name}`, sql: selects.join('\nunion all\n') }]
}

function eventsSelect(
  query: FigureQuery,
  source: Events,
  side: SideMonths,
  name: string,
  before: Step[],
): string {
  const alias = source.table === 'offences' ? 'o' : 'e'
  const limit = ageLimit(source.underAge, alias)
  const conditions = [
    ...inPeriod(source.clock, side),
    ...limit.conditions,
    ...source.where,
    ...filters(query, source),
  ]
  if (source.unlessHeldIn) {
    before.push({
      name: `own_in_${name}`,
      sql: select(['distinct e.force', 'e.month'], `${source.unlessHeldIn} e`, inPeriod(source.clock, side)),
    })
    conditions.push(
      `not exists (select 1 from own_in_${name} own where own.force = e.force and own.month = e.month)`,
    )
  }
  return select([...rowColumns(query, source), ...limit.columns], `${source.table} ${alias}`, conditions)
}

/**
 * People are looked up first and only where they can decide: those under the age, and those whose age nobody
 * wrote down. An offence of the second kind alone is undetermined: not counted, but reported.
 */
function offencesByAgeSelect(
  query: FigureQuery,
  source: OffencesByAge,
  side: SideMonths,
  name: string,
  before: Step[],
): string {
  before.push({
    name: `ages_in_${name}`,
    sql: `${select(
      ['p.force', 'p.offence_id', `max(case when p.age < ${source.underAge} then 1 else 0 end) as counted`],
      'offence_people p',
      [
        ...peopleMonths(source.clock, side),
        roleIs(source.roles),
        `(p.age < ${source.underAge} or p.age is null)`,
      ],
    )}\ngroup by p.force, p.offence_id`,
  })
  return select(
    [...rowColumns(query, source), 'a.counted as counted', '1 - a.counted as undetermined'],
    `offences o\njoin ages_in_${name} a on a.force = o.force and a.offence_id = o.offence_id`,
    [...inPeriod(source.clock, side), ...source.where, ...filters(query, source)],
  )
}

function peopleSelect(query: FigureQuery, source: PeopleInOffences, side: SideMonths): string {
  const limit = ageLimit(source.underAge, 'p')
  return select(
    [...rowColumns(query, source), ...limit.columns],
    'offence_people p\njoin offences o on o.force = p.force and o.offence_id = p.offence_id',
    [
      ...inPeriod(source.clock, side),
      ...peopleMonths(source.clock, side),
      roleIs([source.role]),
      ...limit.conditions,
      ...source.where,
      ...filters(query, source),
    ],
  )
}

const roleIs = (roles: readonly Role[]): string =>
  roles.length === 1 ? `p.role = ${quote(roles[0]!)}` : oneOf('p.role', roles)

/** Those under the age are counted; those whose age nobody wrote down are undetermined. */
const ageLimit = (
  underAge: number | undefined,
  alias: string,
): { columns: string[]; conditions: string[] } =>
  underAge === undefined
    ? { columns: [], conditions: [] }
    : {
        columns: [
          `case when ${alias}.age < ${underAge} then 1 else 0 end as counted`,
          `case when ${alias}.age is null then 1 else 0 end as undetermined`,
        ],
        conditions: [`(${alias}.age < ${underAge} or ${alias}.age is null)`],
      }

/** An offence's people carry its day of recording, so the months of one are the months of the other. */
const peopleMonths = (clock: Clock, side: SideMonths): string[] =>
  clock.acrossFiles ? [`p.month <= ${quote(monthOf(side.period.to))}`] : months('p.month', side)

const select = (columns: readonly string[], from: string, conditions: readonly string[]): string =>
  `select ${columns.join(', ')}\nfrom ${from}\nwhere ${conditions.join('\n  and ')}`

function rowColumns(query: FigureQuery, source: Source): string[] {
  const columns = query.by.map(id => `${columnOf(source, id)!.sql} as ${columnName(id)}`)
  if (query.counting.met) columns.push(`case when ${query.counting.met} then 1 else 0 end as met`)
  if (query.counting.amount) columns.push(`${query.counting.amount} as amount`)
  if (query.changesOn.length > 0) columns.push(`${countedOn(source.clock)} as counted_on`)
  // A step that only counts still needs a column.
  return columns.length > 0 || isLimitedByAge(source) ? columns : ['1 as one']
}

/** Rows without a day count from the first of their month. */
const countedOn = (clock: Clock): string => clock.day ?? `cast(${clock.month} || '-01' as date)`

function months(column: string, side: SideMonths): string[] {
  const from = monthOf(side.period.from)
  const to = monthOf(side.period.to)
  return [
    from === to ? `${column} = ${quote(from)}` : `${column} between ${quote(from)} and ${quote(to)}`,
    ...leftOut(column, side.leftOut),
  ]
}

const leftOut = (column: string, out: readonly Month[]): string[] =>
  out.length > 0 ? [`${column} not in (${out.map(quote).join(', ')})`] : []

function inPeriod(clock: Clock, side: SideMonths): string[] {
  const { day, month } = clock
  if (day === null || (isWholeMonths(side.period) && !clock.acrossFiles)) return months(month, side)
  // Half-open, because the column may be a timestamp: the last day ends at midnight.
  const days = [
    `${day} >= ${dateLiteral(firstDayOf(side.period))}`,
    `${day} < ${dateLiteral(addDays(lastDayOf(side.period), 1))}`,
  ]
  return clock.acrossFiles ? [...days, ...leftOut(month, side.leftOut)] : [...months(month, side), ...days]
}

function filters(query: FigureQuery, source: Source): string[] {
  return [...query.where].map(([id, codes]) => {
    const { sql } = columnOf(source, id)!
    const known = codes.filter(code => code !== null)
    const numeric = id === 'hour' || id === 'weekday'
    const parts = [
      ...(known.length > 0 ? [`${sql} in (${known.map(c => (numeric ? c : quote(c))).join(', ')})`] : []),
      ...(codes.includes(null) ? [`${sql} is null`] : []),
    ]
    return parts.length === 1 ? parts[0]! : `(${parts.join(' or ')})`
  })
}

/** True for a period of days on rows that are published by the month. */
export const needsDays = (query: Pick<FigureQuery, 'counting'>, from: string): boolean =>
  isDay(from) && query.counting.sources.some(source => source.clock.day === null)
