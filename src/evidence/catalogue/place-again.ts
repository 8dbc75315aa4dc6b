/**
 * Places what is loaded anew, after boundaries or lookups were loaded. Rows stay as they were sent; only
 * their areas change, so every load gets new files, and all are swapped in at once.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type EngineConnection, openEngine } from '../../platform/duckdb.ts'
import type { Queryable } from '../../platform/postgres.ts'
import { recordAct, settleActing } from '../../platform/record-of-acts.ts'
import type { Actor } from '../actor.ts'
import { type Dataset, placementColumns } from '../dataset.ts'
import { datasets } from '../datasets/index.ts'
import { type Geography, loadGeography } from '../geography/geography.ts'
import type { Finding } from '../intake/load-report.ts'
import { placeRows } from '../intake/place-rows.ts'
import { pointFindings, pointKinds } from '../intake/quality-findings.ts'
import { storedSelect, type WrittenFile, writeLoad } from '../intake/write-load.ts'
import type { EvidenceStore } from '../open-evidence.ts'
import {
  type ActiveRow,
  activeFilesOf,
  countFiles,
  type LoadFiles,
  loadFilesOf,
  parquet,
  putActive,
  stampVersion,
  writeRemainder,
} from './active-files.ts'
import { writeOnce } from './write-files.ts'

export interface PlacedAgain {
  loads: number
  rows: number
}

/** Gives how many loads and rows were placed anew; none when the boundaries are those already used. */
export function placeAgain(
  store: EvidenceStore,
  actor: Actor,
  onProgress: (done: number, of: number) => void = () => {},
): Promise<PlacedAgain> {
  return store.exclusively(async () => {
    const { installation } = store
    const { database, clock, folder } = installation
    const geography = await loadGeography(installation, store.pack)
    const stale = await database.query<{ id: number; dataset: string }>(
      `select distinct l.id, l.dataset from loads l join load_files f on f.load_id = l.id
       where l.status = 'active' and f.placed_with <> $1 order by l.id`,
      [geography.placementVersion],
    )
    if (stale.length === 0) return { loads: 0, rows: 0 }
    const scratch = await mkdtemp(join(folder.incoming, 'place-'))
    const engine = await openEngine({
      memory: '400MB',
      threads: installation.config.engineThreads,
      spill: join(scratch, 'spill'),
      path: join(scratch, 'staging.duckdb'),
    })
    const connection = await engine.connect()
    try {
      const active: ActiveRow[] = []
      const rewritten: Rewritten[] = []
      for (const dataset of datasets) {
        const own = stale.filter(s => s.dataset === dataset.id)
        if (own.length === 0) continue
        const loads = await loadFilesOf(database, dataset.id)
        for (const { id } of own) {
          const anew = await rewrite(connection, dataset, loads.get(id)!, geography, store, scratch)
          loads.set(id, { ...loads.get(id)!, files: anew.files })
          rewritten.push({ id, ...anew })
          onProgress(rewritten.length, stale.length)
        }
        active.push(...(await activeAnew(connection, dataset, loads, store, scratch)))
      }
      const rows = rewritten.reduce((sum, r) => sum + r.files.reduce((n, f) => n + f.rows, 0), 0)
      await database.transaction(async tx => {
        for (const { id, files, findings } of rewritten) {
          await tx.query(
            `update load_files f set file = w.file, placed_with = $4
             from unnest($2::text[], $3::text[]) as w (month, file) where f.load_id = $1 and f.month = w.month`,
            [id, files.map(f => f.month), files.map(f => f.file), geography.placementVersion],
          )
          await replacePointFindings(tx, id, findings)
        }
        await putActive(tx, active)
        await stampVersion(tx)
        await settleActing(tx, actor, clock())
        await recordAct(tx, actor, 'rows-placed-again', {
          kind: 'loads',
          detail: { loads: stale.length, rows },
        })
      })
      store.changed()
      return { loads: stale.length, rows }
    } finally {
      connection.close()
      engine.close()
      await rm(scratch, { recursive: true, force: true })
    }
  })
}

interface Rewritten {
  id: number
  files: WrittenFile[]
  /** What is noticed about the places of its rows now. */
  findings: Finding[]
}

/** "No boundaries are loaded" must not stand at a load whose rows have their areas by now. */
async function replacePointFindings(tx: Queryable, id: number, findings: Finding[]): Promise<void> {
  await tx.query('delete from findings where load_id = $1 and kind = any($2)', [id, pointKinds])
  await tx.query(
    `insert into findings (load_id, position, kind, sentence, rows)
     select $1, (select coalesce(max(position), 0) from findings where load_id = $1) + n, kind, sentence, rows
     from unnest($2::text[], $3::text[], $4::bigint[]) with ordinality as f (kind, sentence, rows, n)`,
    [id, findings.map(f => f.kind), findings.map(f => f.sentence), findings.map(f => f.rows)],
  )
}

async function rewrite(
  connection: EngineConnection,
  dataset: Dataset,
  load: LoadFiles,
  geography: Geography,
  store: EvidenceStore,
  scratch: string,
): Promise<Omit<Rewritten, 'id'>> {
  const { evidenceFiles } = store.installation.folder
  const sent = `(select * exclude (${placementColumns.join(', ')}) from ${parquet(
    evidenceFiles,
    load.files.map(f => f.file),
  )})`
  const placed = await placeRows(connection, dataset, sent, geography)
  const identity = { reading: load.reading, placedWith: geography.placementVersion }
  const files = await writeLoad(
    connection,
    dataset,
    storedSelect(dataset, placed.relation),
    identity,
    evidenceFiles,
    scratch,
  )
  return { files, findings: pointFindings(dataset, placed) }
}

/** The active rows of a dataset over the new files: whole where nothing replaced them, else remainders. */
async function activeAnew(
  connection: EngineConnection,
  dataset: Dataset,
  loads: Map<number, LoadFiles>,
  store: EvidenceStore,
  scratch: string,
): Promise<ActiveRow[]> {
  const { database, folder } = store.installation
  const present = await activeFilesOf(database, dataset.id)
  const ownFile = (row: ActiveRow) => loads.get(row.load_id)!.files.find(f => f.month === row.month)!
  const whole = present.filter(row => row.superseded_by.length === 0)
  const counted = await countFiles(
    connection,
    folder.evidenceFiles,
    dataset,
    whole.map(row => ownFile(row).file),
  )
  const anew: ActiveRow[] = whole.map(row => {
    const { file } = ownFile(row)
    return { ...row, file, ...counted.get(file)! }
  })
  for (const row of present.filter(r => r.superseded_by.length > 0)) {
    const remainder = await writeRemainder(
      connection,
      folder.evidenceFiles,
      dataset,
      ownFile(row),
      row.superseded_by.map(id => loads.get(id)!),
      (name, select) => writeOnce(connection, select, folder.evidenceFiles, name, scratch),
    )
    anew.push({ ...row, ...remainder })
  }
  return anew
}
