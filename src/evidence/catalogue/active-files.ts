/**
 * Which files are the present truth, and how loads replace and give back rows.
 *
 * Each load keeps its own files for ever (until cleaned up after withdrawal). Where a later load replaces
 * rows of an earlier one, the earlier load's file gives way to a remainder without them; withdrawing the
 * later load brings the earlier file back by name. All files are written first and swapped in at once.
 */
import { join } from 'node:path'
import type { Month } from '../../platform/calendar.ts'
import type { EngineConnection } from '../../platform/duckdb.ts'
import type { Queryable } from '../../platform/postgres.ts'
import { type Dataset, quote, storedColumns } from '../dataset.ts'
import { evidenceVersion, remainderName } from './evidence-files.ts'

export interface ActiveRow {
  dataset: string
  month: Month
  file: string
  rows: number
  load_id: number
  superseded_by: number[]
  forces: Record<string, number>
}

export const activeFilesOf = (db: Queryable, dataset: string): Promise<ActiveRow[]> =>
  db.query<ActiveRow>(
    'select dataset, month, file, rows, load_id, to_json(superseded_by) as superseded_by, forces from active_files where dataset = $1 order by month, load_id',
    [dataset],
  )

/** How loads were read, and their own files, as remainders need them. */
export interface LoadFiles {
  loadId: number
  reading: string
  files: { month: Month; file: string; rows: number }[]
}

export async function loadFilesOf(db: Queryable, dataset: string): Promise<Map<number, LoadFiles>> {
  const rows = await db.query<{ id: number; reading: string; month: string; file: string; rows: number }>(
    `select l.id, l.reading, f.month, f.file, f.rows
     from loads l join load_files f on f.load_id = l.id
     where l.dataset = $1 and l.status = 'active' order by l.id, f.month`,
    [dataset],
  )
  const loads = new Map<number, LoadFiles>()
  for (const row of rows) {
    const load = loads.get(row.id) ?? { loadId: row.id, reading: row.reading, files: [] }
    load.files.push({ month: row.month, file: row.file, rows: row.rows })
    loads.set(row.id, load)
  }
  return loads
}

export const parquet = (folder: string, files: readonly string[]): string =>
  `read_parquet([${files.map(f => quote(join(folder, f))).join(', ')}])`

/** Active files that hold rows which `newFiles` replace, by the columns of `replacedBy`. */
export async function supersededFiles(
  connection: EngineConnection,
  folder: string,
  dataset: Dataset,
  active: readonly ActiveRow[],
  newFiles: readonly string[],
): Promise<ActiveRow[]> {
  if (active.length === 0 || newFiles.length === 0) return []
  const keys = dataset.replacedBy
  const hit = await connection.rows<{ filename: string }>(
    `select distinct o.filename from read_parquet([${active.map(a => quote(join(folder, a.file))).join(', ')}], filename = true) o
     semi join (select distinct ${keys.join(', ')} from ${parquet(folder, newFiles)}) k
     on ${keys.map(c => `o.${c} is not distinct from k.${c}`).join(' and ')}`,
  )
  const names = new Set(hit.map(h => h.filename))
  return active.filter(a => names.has(join(folder, a.file)))
}

/** The rows of a load's file that `superseding` loads left standing; written once, found again by name. */
export async function writeRemainder(
  connection: EngineConnection,
  folder: string,
  dataset: Dataset,
  own: { month: Month; file: string; rows: number },
  superseding: readonly LoadFiles[],
  write: (name: string, select: string) => Promise<void>,
): Promise<FileCount & { file: string }> {
  const file = remainderName(
    dataset,
    own.month,
    own.file,
    superseding.map(s => s.reading),
  )
  if (superseding.length > 0) {
    const keys = dataset.replacedBy
    await write(
      file,
      `select o.* from ${parquet(folder, [own.file])} o
       anti join (select distinct ${keys.join(', ')} from ${parquet(
         folder,
         superseding.flatMap(s => s.files.map(f => f.file)),
       )}) k on ${keys.map(c => `o.${c} is not distinct from k.${c}`).join(' and ')}`,
    )
  }
  return { file, ...(await countFiles(connection, folder, dataset, [file])).get(file)! }
}

export interface FileCount {
  rows: number
  forces: Record<string, number>
}

/** Rows of each file, and rows by force where the dataset has forces; all files in one query. */
export async function countFiles(
  connection: EngineConnection,
  folder: string,
  dataset: Dataset,
  files: readonly string[],
): Promise<Map<string, FileCount>> {
  const counted = new Map<string, FileCount>(files.map(f => [f, { rows: 0, forces: {} }]))
  if (files.length === 0) return counted
  const hasForce = storedColumns(dataset).some(c => c.name === 'force')
  const counts = await connection.rows<{ filename: string; force: string | null; n: number }>(
    `select filename, ${hasForce ? 'force' : 'null as force'}, count(*) as n
     from read_parquet([${files.map(f => quote(join(folder, f))).join(', ')}], filename = true)
     group by 1, 2 order by 1, 2`,
  )
  const names = new Map(files.map(f => [join(folder, f), f]))
  for (const { filename, force, n } of counts) {
    const file = counted.get(names.get(filename)!)!
    file.rows += n
    if (force !== null) file.forces[force] = n
  }
  return counted
}

/** Writes active rows, in one statement. */
export async function putActive(tx: Queryable, rows: readonly ActiveRow[]): Promise<void> {
  await tx.query(
    `insert into active_files (dataset, month, file, rows, load_id, superseded_by, forces)
     select dataset, month, file, rows, load_id, array(select jsonb_array_elements_text(superseded_by)::bigint), forces
     from jsonb_to_recordset($1::jsonb) as a (dataset text, month text, file text, rows bigint, load_id bigint,
       superseded_by jsonb, forces jsonb)
     on conflict (load_id, month) do update
     set file = excluded.file, rows = excluded.rows, superseded_by = excluded.superseded_by, forces = excluded.forces`,
    [JSON.stringify(rows)],
  )
}

/** Recomputes the version; called at the end of every swap, in its transaction. */
export async function stampVersion(tx: Queryable): Promise<string> {
  const files = await tx.query<{ file: string }>('select file from active_files where rows > 0')
  const counted = await tx.query<{ dataset: string; to: string }>(
    `select dataset, counted_to as to from loads where status = 'active' and counted_to is not null`,
  )
  const version = evidenceVersion([
    ...files.map(f => f.file),
    ...counted.map(({ dataset, to }) => `${dataset} counted to ${to}`),
  ])
  await tx.query(
    `insert into evidence_state (only_row, version) values (true, $1)
     on conflict (only_row) do update set version = excluded.version`,
    [version],
  )
  return version
}
