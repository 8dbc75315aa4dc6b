/**
 * Makes a written load the present truth. Files first, then one transaction: the load, its findings, the
 * active files and the version change together, or nothing does.
 */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Day } from '../../platform/calendar.ts'
import type { EngineConnection } from '../../platform/duckdb.ts'
import type { Queryable } from '../../platform/postgres.ts'
import { recordAct, settleActing } from '../../platform/record-of-acts.ts'
import type { Actor } from '../actor.ts'
import type { Dataset } from '../dataset.ts'
import type { LoadReport } from '../intake/load-report.ts'
import type { WrittenFile } from '../intake/write-load.ts'
import type { EvidenceStore } from '../open-evidence.ts'
import {
  type ActiveRow,
  activeFilesOf,
  countFiles,
  loadFilesOf,
  putActive,
  stampVersion,
  supersededFiles,
  writeRemainder,
} from './active-files.ts'
import { writeOnce } from './write-files.ts'

export interface FinishedLoad {
  dataset: Dataset
  actor: Actor
  /** As it will be stored; `status` is `active` or `waiting`. */
  report: LoadReport
  sha256: string
  /** `readingOf` the file. */
  reading: string
  bytes: number
  written: WrittenFile[]
  placedWith: string
  scratch: string
  /** A waiting load of the same file, whose place this one takes. */
  replacing: number | null
  /** For what Concord counts in its own casework: the last day of it. Nothing stays of the countings before. */
  countedTo: Day | null
  writeRejected(path: string): Promise<void>
}

/** Gives the number of the load. */
export async function commitLoad(
  store: EvidenceStore,
  connection: EngineConnection,
  load: FinishedLoad,
): Promise<number> {
  const { database, clock, folder } = store.installation
  const [next] = await database.query<{ id: number }>(
    `select nextval(pg_get_serial_sequence('loads', 'id')) as id`,
  )
  const id = next!.id
  const remainders = load.countedTo ? [] : await writeRemainders(store, connection, load, id)
  const own = await countOwn(connection, folder.evidenceFiles, load, id)
  const rejected = join(folder.rejected, `${id}.csv`)
  if (load.report.rowsRejected > 0) await load.writeRejected(rejected)
  const at = clock()
  try {
    await database.transaction(async tx => {
      if (load.countedTo) await forgetLoads(tx, load.dataset)
      else if (load.replacing !== null) await endLoad(tx, load.replacing, load.actor.name, at)
      await insertLoad(tx, id, load, at)
      await putActive(tx, [...own, ...remainders])
      await insertNotes(tx, id, load.report)
      await stampVersion(tx)
      await settleActing(tx, load.actor, at)
      await recordAct(tx, load.actor, load.countedTo ? 'casework-counted' : 'file-sent', {
        kind: 'load',
        id: String(id),
        detail: {
          dataset: load.dataset.id,
          status: load.report.status,
          ...(load.countedTo && { countedTo: load.countedTo }),
          ...(load.replacing !== null && { insteadOf: load.replacing }),
        },
      })
    })
  } catch (error) {
    await rm(rejected, { force: true })
    throw error
  }
  return id
}

/** What stays of earlier loads' files once this load has replaced its share of their rows. */
async function writeRemainders(
  store: EvidenceStore,
  connection: EngineConnection,
  load: FinishedLoad,
  id: number,
): Promise<ActiveRow[]> {
  const { database, folder } = store.installation
  const { dataset, written, scratch } = load
  const active = await activeFilesOf(database, dataset.id)
  const loads = await loadFilesOf(database, dataset.id)
  const newFiles = written.map(w => w.file)
  const hit = await supersededFiles(connection, folder.evidenceFiles, dataset, active, newFiles)
  const remainders: ActiveRow[] = []
  for (const row of hit) {
    const remainder = await writeRemainder(
      connection,
      folder.evidenceFiles,
      dataset,
      loads.get(row.load_id)!.files.find(f => f.month === row.month)!,
      [
        ...row.superseded_by.map(other => loads.get(other)!),
        { loadId: id, reading: load.reading, files: written },
      ],
      (name, select) => writeOnce(connection, select, folder.evidenceFiles, name, scratch),
    )
    remainders.push({ ...row, ...remainder, superseded_by: [...row.superseded_by, id] })
  }
  return remainders
}

async function countOwn(
  connection: EngineConnection,
  folder: string,
  { dataset, written }: FinishedLoad,
  id: number,
): Promise<ActiveRow[]> {
  const counted = await countFiles(
    connection,
    folder,
    dataset,
    written.map(w => w.file),
  )
  return written.map(({ month, file }) => ({
    dataset: dataset.id,
    month,
    file,
    ...counted.get(file)!,
    load_id: id,
    superseded_by: [],
  }))
}

export const endLoad = async (tx: Queryable, id: number, actor: string, at: Date): Promise<void> => {
  await tx.query(`update loads set status = 'withdrawn', ended_by = $2, ended_at = $3 where id = $1`, [
    id,
    actor,
    at,
  ])
}

/** What two countings of casework differ by would tell what became of one referral on one day. */
async function forgetLoads(tx: Queryable, dataset: Dataset): Promise<void> {
  for (const table of ['active_files', 'load_files', 'findings', 'rejection_reasons']) {
    await tx.query(`delete from ${table} where load_id in (select id from loads where dataset = $1)`, [
      dataset.id,
    ])
  }
  await tx.query('delete from loads where dataset = $1', [dataset.id])
}

async function insertLoad(tx: Queryable, id: number, load: FinishedLoad, at: Date): Promise<void> {
  const { report, written } = load
  await tx.query(
    `insert into loads (id, dataset, supplier, file_name, file_sha256, file_bytes, status, rows_read, rows_accepted,
       rows_rejected, rows_repeated, first_month, last_month, encoding, loaded_by, loaded_at, reading, counted_to)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
    [
      id,
      load.dataset.id,
      report.supplier,
      report.fileName,
      load.sha256,
      load.bytes,
      report.status,
      report.rowsRead,
      report.rowsAccepted,
      report.rowsRejected,
      report.rowsRepeated,
      report.months[0]?.month ?? null,
      report.months.at(-1)?.month ?? null,
      report.encoding,
      load.actor.name,
      at,
      load.reading,
      load.countedTo,
    ],
  )
  await tx.query(
    `insert into load_files (load_id, month, file, rows, placed_with)
     select $1, m, f, r, $5 from unnest($2::text[], $3::text[], $4::bigint[]) as w (m, f, r)`,
    [id, written.map(w => w.month), written.map(w => w.file), written.map(w => w.rows), load.placedWith],
  )
}

async function insertNotes(tx: Queryable, id: number, { findings, reasons }: LoadReport): Promise<void> {
  await tx.query(
    `insert into findings (load_id, position, kind, sentence, rows)
     select $1, p, k, s, r from unnest($2::int[], $3::text[], $4::text[], $5::bigint[]) as f (p, k, s, r)`,
    [
      id,
      findings.map((_, i) => i),
      findings.map(f => f.kind),
      findings.map(f => f.sentence),
      findings.map(f => f.rows),
    ],
  )
  await tx.query(
    `insert into rejection_reasons (load_id, reason, rows)
     select $1, t, r from unnest($2::text[], $3::bigint[]) as w (t, r)`,
    [id, reasons.map(r => r.reason), reasons.map(r => r.rows)],
  )
}
