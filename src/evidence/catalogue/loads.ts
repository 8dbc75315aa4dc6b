/** Loads: what was sent, by whom, with what result; listing them, and taking one back. */
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { InputFault } from '../../platform/errors.ts'
import type { Queryable } from '../../platform/postgres.ts'
import { recordAct, settleActing } from '../../platform/record-of-acts.ts'
import type { Actor } from '../actor.ts'
import { getDataset } from '../datasets/index.ts'
import type { Finding } from '../intake/load-report.ts'
import type { EvidenceStore } from '../open-evidence.ts'
import {
  type ActiveRow,
  activeFilesOf,
  loadFilesOf,
  putActive,
  stampVersion,
  writeRemainder,
} from './active-files.ts'
import { endLoad } from './commit-load.ts'
import { writeOnce } from './write-files.ts'

export interface Load {
  id: number
  dataset: string
  supplier: string | null
  fileName: string
  fileBytes: number
  sha256: string
  status: 'active' | 'waiting' | 'withdrawn'
  rowsRead: number
  rowsAccepted: number
  rowsRejected: number
  rowsRepeated: number
  firstMonth: string | null
  lastMonth: string | null
  encoding: string
  loadedBy: string
  loadedAt: string
  endedBy: string | null
  endedAt: string | null
}

export interface LoadDetail extends Load {
  findings: Finding[]
  reasons: { reason: string; rows: number }[]
  months: { month: string; rows: number; standing: number }[]
}

const COLUMNS = `l.id, l.dataset, l.supplier, l.file_name as "fileName", l.file_bytes as "fileBytes",
  l.file_sha256 as sha256, l.status, l.rows_read as "rowsRead", l.rows_accepted as "rowsAccepted",
  l.rows_rejected as "rowsRejected", l.rows_repeated as "rowsRepeated", l.first_month as "firstMonth",
  l.last_month as "lastMonth", l.encoding, l.loaded_by as "loadedBy",
  to_char(l.loaded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "loadedAt", l.ended_by as "endedBy",
  to_char(l.ended_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "endedAt"`

/** Loads, newest first. */
export const listLoads = (
  db: Queryable,
  { limit = 1000, offset = 0, dataset }: { limit?: number; offset?: number; dataset?: string } = {},
): Promise<Load[]> =>
  db.query<Load>(
    `select ${COLUMNS} from loads l where $3::text is null or l.dataset = $3 order by l.id desc limit $1 offset $2`,
    [limit, offset, dataset ?? null],
  )

export async function countLoads(db: Queryable, dataset?: string): Promise<number> {
  const [row] = await db.query<{ n: number }>(
    'select count(*) as n from loads where $1::text is null or dataset = $1',
    [dataset ?? null],
  )
  return row!.n
}

export async function findLoad(db: Queryable, id: number): Promise<LoadDetail | null> {
  const [load] = await db.query<Load>(`select ${COLUMNS} from loads l where l.id = $1`, [id])
  if (!load) return null
  const [findings, reasons, months] = [
    await db.query<Finding>(
      'select kind, sentence, rows from findings where load_id = $1 order by position',
      [id],
    ),
    await db.query<{ reason: string; rows: number }>(
      'select reason, rows from rejection_reasons where load_id = $1 order by rows desc, reason',
      [id],
    ),
    await db.query<{ month: string; rows: number; standing: number }>(
      `select f.month, f.rows, coalesce(a.rows, 0) as standing
       from load_files f left join active_files a on a.load_id = f.load_id and a.month = f.month
       where f.load_id = $1 order by f.month`,
      [id],
    ),
  ]
  return { ...load, findings, reasons, months }
}

/** Findings of all standing loads of a dataset, newest load first. */
export const listFindings = (
  db: Queryable,
  limit = 200,
): Promise<(Finding & { loadId: number; dataset: string; fileName: string })[]> =>
  db.query(
    `select f.kind, f.sentence, f.rows, l.id as "loadId", l.dataset, l.file_name as "fileName"
     from findings f join loads l on l.id = f.load_id
     where l.status = 'active' order by l.id desc, f.position limit $1`,
    [limit],
  )

/**
 * Takes a load back: its rows leave the evidence, and rows of earlier loads that it had replaced return. The
 * evidence version becomes what it would be had the load never been sent.
 */
export async function withdrawLoad(store: EvidenceStore, id: number, actor: Actor): Promise<LoadDetail> {
  return store.exclusively(async () => {
    const { database, clock, folder } = store.installation
    const load = await findLoad(database, id)
    if (!load || load.status === 'withdrawn') {
      throw new InputFault(
        'load-unknown',
        load ? `Load ${id} is withdrawn already.` : `There is no load ${id}. The Data page lists all loads.`,
      )
    }
    const restored = load.status === 'active' ? await restoredFiles(store, load) : []
    const at = clock()
    await database.transaction(async tx => {
      await tx.query('delete from active_files where load_id = $1', [id])
      await putActive(tx, restored)
      await endLoad(tx, id, actor.name, at)
      await stampVersion(tx)
      await settleActing(tx, actor, at)
      await recordAct(tx, actor, 'load-withdrawn', { kind: 'load', id: String(id) })
    })
    await rm(join(folder.rejected, `${id}.csv`), { force: true })
    store.changed()
    return (await findLoad(database, id))!
  })
}

/** Files of earlier loads as they stand once load `id` no longer replaces any of their rows. */
async function restoredFiles(store: EvidenceStore, load: Load): Promise<ActiveRow[]> {
  const { database, folder } = store.installation
  const dataset = getDataset(load.dataset)
  const loads = await loadFilesOf(database, dataset.id)
  const touched = (await activeFilesOf(database, dataset.id)).filter(a => a.superseded_by.includes(load.id))
  if (touched.length === 0) return []
  const scratch = await mkdtemp(join(folder.incoming, 'withdraw-'))
  const connection = await store.installation.engine.connect()
  try {
    const restored: ActiveRow[] = []
    for (const active of touched) {
      const supersededBy = active.superseded_by.filter(other => other !== load.id)
      const own = loads.get(active.load_id)!.files.find(f => f.month === active.month)!
      const remainder = await writeRemainder(
        connection,
        folder.evidenceFiles,
        dataset,
        own,
        supersededBy.map(other => loads.get(other)!),
        (name, select) => writeOnce(connection, select, folder.evidenceFiles, name, scratch),
      )
      restored.push({ ...active, ...remainder, superseded_by: supersededBy })
    }
    return restored
  } finally {
    connection.close()
    await rm(scratch, { recursive: true, force: true })
  }
}
