/**
 * The nightly end of keeping (R10 to R12). What nobody reviewed in time is suspended: hidden from lists and pages. What
 * has come to its end, or was suspended for too long, is deleted with every copy that was made of it. What stays is counts,
 * and the numbers of the deleted for the day on which an old backup is put back.
 *
 * One transaction: whoever kills it has the old state or the new. `eraseTraces` afterwards takes the rows from the disk.
 */
import { addDays, type Day, londonDay } from '../../platform/calendar.ts'
import type { Database, Queryable } from '../../platform/postgres.ts'
import { type Acting, theProgram } from '../../platform/record-of-acts.ts'
import { asProgram, type ProgramTransaction } from '../access/as-member.ts'
import { goesWithRecord, type PersonalTable, personalTables } from './personal-tables.ts'
import { ruleFor } from './retention-dates.ts'
import { type RecordType, SUSPENDED_DAYS } from './retention-rules.ts'

export interface RetentionRun {
  suspended: number
  /** How many rows of each kind were deleted. */
  deleted: Partial<Record<RecordType, number>>
  persons: number
}

export async function runRetention(database: Database, now: Date): Promise<RetentionRun> {
  const today = londonDay(now)
  const run = await asProgram(database, now, async tx => {
    const suspended = await suspendUnreviewed(tx, today)
    const deleted: RetentionRun['deleted'] = {}
    const note = (type: RecordType, rows: number) => {
      if (rows > 0) deleted[type] = (deleted[type] ?? 0) + rows
    }
    await tx.query(`create temporary table going (
      record_type text, table_name text, id uuid, agency text, because text, primary key (table_name, id)
    ) on commit drop`)
    for (const table of personalTables) await markDue(tx, table, today)
    for (const copy of goesWithRecord) await markWithRecord(tx, copy)
    await keepCounts(tx, today)
    for (const { recordType, table } of personalTables) {
      const rows = await tx.query(
        `delete from ${table} t using going g where g.table_name = $1 and g.id = t.id returning t.id`,
        [table],
      )
      note(recordType, rows.length)
    }
    const nothingLeft = personalTables
      .filter(t => t.person)
      .map(t => `not exists (select from ${t.table} t where t.${t.person} = p.id)`)
      .join(' and ')
    // Why somebody was held says something of them: it goes when the hold is over and nothing of them is left.
    await tx.query(
      `delete from legal_holds h using persons p
       where p.id = h.person_id and (h.lifted_at is not null or h.ends_on < $1) and ${nothingLeft}`,
      [today],
    )
    const persons = await tx.query(
      `delete from persons p where ${nothingLeft} and not exists (select from legal_holds h where h.person_id = p.id)
       and p.created_at < present() - interval '1 day' returning p.id`,
    )
    await tx.record('retention-ran', { detail: { suspended, deleted, persons: persons.length } })
    return { suspended, deleted, persons: persons.length }
  })
  await eraseTraces(database)
  return run
}

/** A hold goes with a record that was joined to another person since: it holds under the number of today too. */
const held = (table: PersonalTable, alias: string): string =>
  table.person
    ? `exists (select from legal_holds h where h.lifted_at is null and h.ends_on >= $1
        and (h.person_id = ${alias}.${table.person} or h.person_id in (
          select d.moved_from from match_decisions d join agency_records r on r.id = d.moved_record
          where r.person_id = ${alias}.${table.person})))`
    : 'false'

async function suspendUnreviewed(tx: Queryable, today: Day): Promise<number> {
  let suspended = 0
  for (const { table, reviewOn } of personalTables) {
    if (reviewOn === null) continue
    const rows = await tx.query(
      `update ${table} set suspended_on = $1 where suspended_on is null and ${reviewOn} < $1 returning id`,
      [today],
    )
    suspended += rows.length
  }
  // What stands in a record is hidden with it.
  const within = await tx.query(
    `update entries e set suspended_on = $1 from agency_records r
     where r.id = e.record_id and r.suspended_on is not null and e.suspended_on is null returning e.id`,
    [today],
  )
  return suspended + within.length
}

async function markDue(tx: Queryable, table: PersonalTable, today: Day): Promise<void> {
  const { keepDays } = ruleFor(table.recordType, today)
  const deleteOn = table.deleteOn.replace('$keep', String(Math.max(keepDays.adult, keepDays.child)))
  const longSuspended =
    table.reviewOn === null ? 'false' : `suspended_on <= '${addDays(today, -SUSPENDED_DAYS)}'::date`
  await tx.query(
    `insert into going
     select '${table.recordType}', '${table.table}', t.id, ${table.agency},
       case when ${deleteOn} <= $1 then 'its time was over' else 'nobody reviewed it' end
     from ${table.table} t
     where (${deleteOn} <= $1 or ${longSuspended}) and not ${held(table, 't')}`,
    [today],
  )
}

/** With an agency's record go its entries, and the copies that it gave or was given. */
async function markWithRecord(tx: Queryable, copy: (typeof goesWithRecord)[number]): Promise<void> {
  await tx.query(
    `insert into going
     select '${copy.recordType}', '${copy.table}', t.id, r.agency, 'its record was deleted'
     from agency_records r join going g on g.table_name = 'agency_records' and g.id = r.id
     join ${copy.table} t on ${copy.when}
     on conflict do nothing`,
  )
}

async function keepCounts(tx: Queryable, today: Day): Promise<void> {
  await tx.query(
    `insert into going
     select 'entry', 'entries', e.id, e.agency, 'its record was deleted'
     from entries e join going g on g.table_name = 'agency_records' and g.id = e.record_id
     on conflict do nothing`,
  )
  await tx.query(
    `insert into deletion_counts
     select $1::date, record_type, agency, because, count(*) from going group by record_type, agency, because
     on conflict (deleted_on, record_type, agency, because)
     do update set records = deletion_counts.records + excluded.records`,
    [today],
  )
  await tx.query(`insert into deletions select record_type, id, $1::date from going on conflict do nothing`, [
    today,
  ])
}

/**
 * Takes deleted rows from the disk. The embedded store is rewritten and its log begun anew, so that not a byte of them
 * stays; on a server the space is freed, and its backups and log archive end by the stated times.
 */
export async function eraseTraces(database: Database): Promise<void> {
  const tables = await emptiedTables(database)
  if (database.server) {
    for (const table of tables) await database.query(`vacuum ${table}`)
    return
  }
  // Nothing else looks at its tables for the planner, which goes by guesses until somebody does.
  for (const table of tables) await database.query(`vacuum (full, analyze) ${table}`)
  // The first switch ends the segment with the deleted rows, the checkpoint removes it.
  await database.query('select pg_switch_wal()')
  await database.query('checkpoint')
}

/** Tables that the job deletes from, and those whose rows go with theirs: what was said in an action, a key of a name. */
async function emptiedTables(database: Database): Promise<string[]> {
  const rows = await database.query<{ name: string }>(
    `with recursive emptied as (
       select unnest($1::text[])::regclass as name
       union
       select k.conrelid::regclass from pg_constraint k join emptied e on k.confrelid = e.name
       where k.contype = 'f' and k.confdeltype = 'c'
     )
     select name::text as name from emptied order by 1`,
    [[...personalTables.map(t => t.table), 'legal_holds', 'persons']],
  )
  return rows.map(row => row.name)
}

/** The number of what was deleted, and the day. */
export interface Deletion {
  recordType: string
  id: string
  on: Day
}

/** Deletes again what was deleted since a backup was taken: after it was put back. Numbers come from `deletionsSince`. */
export async function repeatDeletions(
  database: Database,
  now: Date,
  deletions: readonly Deletion[],
  acting: Acting = theProgram,
): Promise<number> {
  const again = await asProgram(database, now, tx => deleteAgain(tx, deletions), acting)
  await eraseTraces(database)
  return again
}

/** As `repeatDeletions`, within a transaction that does more; the rows are still on the disk. */
export async function deleteAgain(tx: ProgramTransaction, deletions: readonly Deletion[]): Promise<number> {
  let rows = 0
  for (const { recordType, table } of personalTables) {
    const ids = deletions.filter(d => d.recordType === recordType).map(d => d.id)
    if (ids.length === 0) continue
    rows += (await tx.query(`delete from ${table} where id = any($1) returning id`, [ids])).length
  }
  await tx.query(
    `insert into deletions select d.type, d.id, d.day
     from unnest($1::text[], $2::uuid[], $3::date[]) as d (type, id, day) on conflict do nothing`,
    [deletions.map(d => d.recordType), deletions.map(d => d.id), deletions.map(d => d.on)],
  )
  await tx.record('deletions-repeated', { detail: { listed: deletions.length, rows } })
  return rows
}

/** The numbers of what was deleted on or after a day: kept outside the database, beside its backups. */
export const deletionsSince = (tx: Queryable, day: Day): Promise<Deletion[]> =>
  tx.query<Deletion>(
    `select record_type as "recordType", record_id as id, deleted_on as "on" from deletions
     where deleted_on >= $1 order by deleted_on, record_type, record_id`,
    [day],
  )
