/**
 * The statement that turns staged cells into checked rows, and what it finds at fault.
 *
 * `typed` is one row per staged row: its number, every typed column, and whether anything is wrong with it.
 * Accepted rows are read straight from there into files; only rejected rows are asked for their reasons, in the
 * table `rejections (row_no, reasons)`.
 */

import type { Day } from '../../platform/calendar.ts'
import type { EngineConnection } from '../../platform/duckdb.ts'
import { type Dataset, quote } from '../dataset.ts'
import type { Finding } from './load-report.ts'
import { type ColumnProfile, profileColumns } from './profile.ts'
import type { Recognised } from './recognise.ts'
import type { Stage } from './stage.ts'
import { datedCodeFaults, type Fault, typedColumn } from './typed-columns.ts'

export interface CheckedRows {
  /** A relation with `row_no`, the typed and derived columns, of rows that have no fault. */
  accepted: string
  /** Counts per reason, most frequent first, and of rejected rows. */
  rejected: number
  /** Rows that repeat another and are counted once. */
  repeated: number
  reasons: { reason: string; rows: number }[]
  profiles: Map<string, ColumnProfile>
  findings: Finding[]
}

export interface CheckOptions {
  stage: Stage
  recognised: Recognised
  today: Day
  /** Values that hold for every row: from the file's name, or the area's own force. */
  constants: Record<string, string>
}

export async function checkRows(connection: EngineConnection, options: CheckOptions): Promise<CheckedRows> {
  const { stage, recognised, constants } = options
  const { dataset } = recognised
  const profiles = await profileColumns(connection, recognised.columns)
  const columns = recognised.columns.map(column =>
    typedColumn(column, profiles.get(column.column.name)!, options.today, dataset.period),
  )
  const faults: Fault[] = [
    ...columns.flatMap(c => c.faults),
    ...recognised.columns.flatMap(c => datedCodeFaults(c, dataset.period)),
    ...dataset.checks.map(check => ({ when: check.failsWhen, reason: check.reason })),
  ]
  const anyFault = [
    `${stage.recordFault} is not null`,
    ...faults.map(({ when }) => `coalesce(${when}, false)`),
  ].join('\n      or ')
  const selected = columns
    .filter(c => !(c.name in constants))
    .map(c => `${c.sql} as ${c.name}`)
    .concat(Object.entries(constants).map(([name, value]) => `${quote(value)} as ${name}`))
  // Derived columns may use each other's inputs but never each other, so one more select is enough.
  await connection.run(`create view typed as
    select ${stage.rowNumber} as row_no, ${selected.join(',\n      ')},
      ${anyFault} as at_fault
    from staged`)
  await setAsideConflicts(connection, dataset)
  const reasonList = [
    `case when ${stage.recordFault} is not null then ${stage.recordFault} end`,
    ...faults.map(({ when, reason }) => `case when ${when} then ${quote(reason)} end`),
  ]
  await connection.run(`create table rejections as
    select row_no, list_filter([${reasonList.join(', ')}], x -> x is not null) as reasons
    from (select staged.*, ${stage.rowNumber} as row_no, ${selected.join(', ')} from staged)
    where ${anyFault}
    union all
    select row_no, [reason] from conflicts where reason is not null`)
  const reasons = await connection.rows<{ reason: string; rows: number }>(
    `select reason, count(*) as rows from (select unnest(reasons) as reason from rejections)
     group by reason order by rows desc, reason`,
  )
  const [counts] = await connection.rows<{ rejected: number; repeated: number }>(
    `select (select count(*) from rejections) as rejected,
            (select count(*) from conflicts where reason is null) as repeated`,
  )
  const derived = dataset.derived.map(d => `${d.sql} as ${d.name}`)
  // Where nothing is set aside, nothing needs to be judged again each time that the rows are read.
  const sound = counts!.rejected === 0 && counts!.repeated === 0
  return {
    accepted: `(select * exclude (at_fault), ${derived.join(', ')} from typed${
      sound ? '' : ' where not at_fault and row_no not in (select row_no from conflicts)'
    })`,
    rejected: counts!.rejected,
    repeated: counts!.repeated,
    reasons,
    profiles,
    findings: columns.flatMap(c => c.findings),
  }
}

/**
 * Rows that share a key. Where they agree in everything, the first counts and the others repeat it. Where
 * they differ, nobody but the supplier can tell which is right, so all are rejected.
 */
async function setAsideConflicts(connection: EngineConnection, dataset: Dataset): Promise<void> {
  await connection.run('create table conflicts (row_no bigint, reason varchar)')
  if (dataset.repeatsOn) {
    await connection.run(`insert into conflicts
      select row_no, null from typed
      where ${dataset.repeatsOn} is not null and not at_fault
      qualify row_number() over (partition by ${dataset.repeatsOn} order by row_no) > 1`)
  }
  if (dataset.key.length === 0) return
  const key = dataset.key.join(', ')
  await connection.run(`create table repeated_keys as
    select ${key}, min(row_no) as first_row, count(distinct ${rowHash(dataset)}) as versions
    from typed where not at_fault group by ${key} having count(*) > 1`)
  const [{ n } = { n: 0 }] = await connection.rows<{ n: number }>('select count(*) as n from repeated_keys')
  if (n === 0) return
  const same = dataset.key.map(k => `t.${k} is not distinct from r.${k}`).join(' and ')
  await connection.run(`insert into conflicts
    select t.row_no,
      case when r.versions > 1
        then ${quote(`the same ${dataset.key.join(' and ')} stands on another row with different values`)} end
    from typed t join repeated_keys r on ${same}
    where not t.at_fault and (r.versions > 1 or t.row_no <> r.first_row)`)
}

/** Hash of everything that the supplier sent in a row. */
const rowHash = (dataset: Dataset): string => `hash(${dataset.columns.map(c => c.name).join(', ')})`
