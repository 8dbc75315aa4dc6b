/** The steps that pick out the rows of one side of a figure: of the period, or of its comparator. */
import { quote } from '../evidence/dataset.ts'
import { addDays, type Month, monthOf } from '../platform/calendar.ts'
import { dateLiteral, oneOf } from './conditions.ts'
import { columnOf } from './dimensions.ts'
import { columnName, type FigureQuery, type Step } from './figure-query.ts'
import type { Clock, Events, OffencesByAge, PeopleInOffences, Role, Source } from './measure.ts'
import { firstDayOf, isWholeMonths, lastDayOf, type SideMonths } from './periods.ts'
import { fieldOf } from './record-fields.ts'

/** The last step is `in_<name>`, with a column for every dimension of the split. */
export function sideSteps(query: FigureQuery, name: string, side: SideMonths): Step[] {
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
  for (const field of query.fields ?? []) columns.push(`${fieldOf(source, field)} as ${field}`)
  // A step that only counts still needs a column.
  return columns.length > 0 || source.underAge !== undefined ? columns : ['1 as one']
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
