/**
 * From cells to values: for each column the SQL of its typed value, and what can be wrong with it in words.
 * Everything is an expression over the staging table, so that a million rows are one statement.
 *
 * Dates are read as 2019-04-30 or, British order, 30/04/2019. A timestamp with an offset is taken to
 * Europe/London wall-clock time; one without is wall-clock time already.
 */
import { type Day, monthOf } from '../../platform/calendar.ts'
import type { Code, CodeList } from '../codes/code-list.ts'
import { type Column, quote } from '../dataset.ts'
import type { Finding } from './load-report.ts'
import type { ColumnProfile } from './profile.ts'
import type { RecognisedColumn } from './recognise.ts'

export interface Fault {
  /** SQL over cells and typed values; null counts as no fault. */
  when: string
  reason: string
}

export interface TypedColumn {
  name: string
  sql: string
  faults: Fault[]
  findings: Finding[]
}

const DATE_FORMATS = "['%d/%m/%Y', '%d-%m-%Y', '%d.%m.%Y', '%d %b %Y', '%d %B %Y', '%Y/%m/%d']"
const TIME_FORMATS =
  "['%d/%m/%Y %H:%M:%S', '%d/%m/%Y %H:%M', '%d-%m-%Y %H:%M:%S', '%d-%m-%Y %H:%M', '%d/%m/%Y', '%Y-%m-%d %H:%M', '%Y-%m-%dT%H:%M']"

/** The last Sunday of March between one and two: British clocks skip it. (Summer Time Order 2002.) */
const skippedHour = (t: string): string =>
  `month(${t}) = 3 and day(${t}) >= 25 and isodow(${t}) = 7 and hour(${t}) = 1`

export function typedColumn(
  { column, index, heading }: RecognisedColumn,
  profile: ColumnProfile,
  today: Day,
  periodColumn: string,
): TypedColumn {
  const { cell } = profile
  const { sql, faults, findings } = value(column, cell, heading, profile)
  if (index !== null && column.required) {
    faults.unshift({ when: `${cell} is null`, reason: `“${heading}” is empty` })
  }
  const { range } = column
  if (range) {
    faults.push({
      when: `${column.name} < ${range.min} or ${column.name} > ${range.max}`,
      reason: rangeReason(column, heading),
    })
  }
  if (column.name === periodColumn) faults.push(...periodFaults(column, heading, today))
  return {
    name: column.name,
    sql: index === null ? `cast(null as ${nullType(column)})` : sql,
    faults,
    findings,
  }
}

/**
 * Every figure reaches by default over all that is held, so one row of 1900 or 2091 would stretch them all. No police
 * force or partner has records of single events from before 1950.
 */
function periodFaults({ name, type }: Column, heading: string, today: Day): Fault[] {
  const isMonth = type === 'month'
  if (!isMonth && !['date', 'timestamp', 'instant'].includes(type)) return []
  const value = isMonth ? name : `cast(${name} as date)`
  const [first, last] = isMonth
    ? [quote('1950-01'), quote(monthOf(today))]
    : [`date ${quote('1950-01-01')}`, `date ${quote(today)}`]
  return [
    { when: `${value} > ${last}`, reason: `“${heading}” is in the future` },
    {
      when: `${value} < ${first}`,
      reason: `“${heading}” is before 1950; an empty date may have become one`,
    },
  ]
}

const nullType = (column: Column): string =>
  ({
    text: 'varchar',
    month: 'varchar',
    integer: 'integer',
    number: 'double',
    date: 'date',
    timestamp: 'timestamp',
    instant: 'timestamp',
    boolean: 'boolean',
  })[column.type]

function rangeReason(column: Column, heading: string): string {
  const { min, max } = column.range!
  if (column.unit === 'degrees') {
    return `“${heading}” is not between ${min} and ${max} degrees; it may be an easting or northing, or longitude and latitude may be swapped`
  }
  return `“${heading}” is not between ${min} and ${max}${column.unit ? ` ${column.unit}` : ''}`
}

type Value = Omit<TypedColumn, 'name'>

function value(column: Column, cell: string, heading: string, profile: ColumnProfile): Value {
  const named = column.name
  const unreadable = (reason: string): Fault[] => [
    { when: `${cell} is not null and ${named} is null`, reason: `“${heading}” ${reason}` },
  ]
  switch (column.type) {
    case 'text':
      return column.codes
        ? coded(column.codes, cell, heading, profile.values)
        : { sql: cell, faults: [], findings: [] }
    case 'integer':
      return {
        sql: `case when regexp_full_match(${cell}, '[+-]?[0-9]{1,9}(\\.0+)?') then cast(cast(${cell} as double) as integer) end`,
        faults: unreadable('is not a whole number'),
        findings: [],
      }
    case 'number':
      return {
        sql: `case when isfinite(try_cast(${cell} as double)) then try_cast(${cell} as double) end`,
        faults: unreadable('is not a number'),
        findings: [],
      }
    case 'month':
      return {
        sql: `case when regexp_full_match(${cell}, '[0-9]{4}-(0[1-9]|1[0-2])') then ${cell} end`,
        faults: unreadable('is not a month; write it as 2019-04'),
        findings: [],
      }
    case 'date':
      return {
        sql: `coalesce(try_cast(${cell} as date), cast(try_strptime(${cell}, ${DATE_FORMATS}) as date),
          case when regexp_full_match(${cell}, '[0-9]{4}-[0-9]{2}-[0-9]{2}[ T]00:00(:00(\\.0+)?)?') then try_cast(substr(${cell}, 1, 10) as date) end)`,
        faults: unreadable('is not a date that exists; write it as 2019-04-30'),
        findings: [],
      }
    case 'timestamp':
      return {
        sql: `case when regexp_matches(${cell}, '[0-9](Z|[+-][0-9]{2}(:?[0-9]{2})?)$') and regexp_matches(${cell}, ':')
          then timezone('Europe/London', try_cast(${cell} as timestamptz))
          else coalesce(try_cast(${cell} as timestamp), try_strptime(${cell}, ${TIME_FORMATS})) end`,
        faults: [
          ...unreadable('is not a time that exists; write it as 2019-04-30 21:15'),
          {
            when: `${skippedHour(named)} and not regexp_matches(${cell}, '[0-9](Z|[+-][0-9]{2}(:?[0-9]{2})?)$')`,
            reason: `“${heading}” is in the hour that the clocks skip in March, so it did not happen then`,
          },
        ],
        findings: [],
      }
    case 'instant':
      return {
        sql: `case when regexp_matches(${cell}, '(Z|[+-][0-9]{2}(:?[0-9]{2})?)$') then timezone('Europe/London', try_cast(${cell} as timestamptz)) end`,
        faults: unreadable('is not a time with an offset, such as 2019-07-02T15:40:00+00:00'),
        findings: [],
      }
    case 'boolean':
      return {
        sql: `case when lower(${cell}) in ('true', 'yes', 'y', '1', 't') then true when lower(${cell}) in ('false', 'no', 'n', '0', 'f') then false end`,
        faults: unreadable('is neither yes nor no'),
        findings: [],
      }
  }
}

/**
 * Codes are judged per different value: exact code, then label or another spelling, without case, then the code
 * without what other systems put round numbers.
 */
function coded(list: CodeList, cell: string, heading: string, values: string[] | null): Value {
  if (values === null) {
    const codes = list.codes.map(c => quote(c.code)).join(', ')
    return {
      sql: cell,
      faults: [{ when: `${cell} not in (${codes})`, reason: notOnList(heading, list) }],
      findings: [],
    }
  }
  const respelt: [string, string][] = []
  const unknown: string[] = []
  for (const found of values) {
    const code = codeFor(list, found)
    if (!code) unknown.push(found)
    else if (code.code !== found) respelt.push([found, code.code])
  }
  const sql =
    respelt.length === 0
      ? cell
      : `case ${cell} ${respelt.map(([from, to]) => `when ${quote(from)} then ${quote(to)}`).join(' ')} else ${cell} end`
  if (unknown.length === 0) return { sql, faults: [], findings: [] }
  if (list.closed) {
    return {
      sql,
      faults: [{ when: `${cell} in (${unknown.map(quote).join(', ')})`, reason: notOnList(heading, list) }],
      findings: [],
    }
  }
  const shown = unknown.slice(0, 5).map(v => `"${v.slice(0, 60)}"`)
  return {
    sql,
    faults: [],
    findings: [
      {
        kind: 'name-not-on-list',
        sentence: `“${heading}” has ${unknown.length === 1 ? 'a name that is' : `${unknown.length} names that are`} not on the list of ${list.title.toLowerCase()} and ${unknown.length === 1 ? 'was' : 'were'} kept as sent: ${shown.join(', ')}${unknown.length > 5 ? ' …' : ''}.`,
        rows: null,
      },
    ],
  }
}

const notOnList = (heading: string, list: CodeList): string =>
  `“${heading}” is not on the list of codes for ${list.title.toLowerCase()}`

/** `008N` is 8N, and `1.0`, from a column of numbers with gaps, is 1. `4.10` stays: it is not 4.1. */
const withoutPadding = (text: string): string => text.replace(/^0+(?=\d)/, '').replace(/^(\d+)\.0$/, '$1')

export function codeFor(list: CodeList, text: string): Code | undefined {
  const lower = text.toLowerCase()
  return (
    list.codes.find(c => c.code === text) ??
    list.codes.find(
      c =>
        c.code.toLowerCase() === lower ||
        c.label.toLowerCase() === lower ||
        c.aliases?.some(alias => alias.toLowerCase() === lower),
    ) ??
    list.codes.find(c => c.code.toLowerCase() === withoutPadding(lower))
  )
}

/** Codes used before they existed or after they ended. `on` is the dataset's period column. */
export function datedCodeFaults({ column, heading }: RecognisedColumn, on: string): Fault[] {
  return (column.codes?.codes ?? []).flatMap(({ code, from, to }) => [
    ...(from
      ? [
          {
            when: `${column.name} = ${quote(code)} and cast(${on} as date) < date ${quote(from)}`,
            reason: `“${heading}” is ${code}, which did not exist before ${from}`,
          },
        ]
      : []),
    ...(to
      ? [
          {
            when: `${column.name} = ${quote(code)} and cast(${on} as date) > date ${quote(to)}`,
            reason: `“${heading}” is ${code}, which ended on ${to}`,
          },
        ]
      : []),
  ])
}
