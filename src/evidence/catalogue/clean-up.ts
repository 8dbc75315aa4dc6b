/**
 * After a crash, or long after a withdrawal, files stand in the evidence folder that the catalogue does not
 * name. They are not part of the truth, so they go at the next start.
 */
import { readdir, rm } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { DataFolder } from '../../platform/data-folder.ts'
import type { Queryable } from '../../platform/postgres.ts'

/** Removes evidence files that no standing load and no active row names, and rejected rows of no load. */
export async function removeOrphans(db: Queryable, folder: DataFolder): Promise<number> {
  const named = new Set(
    (
      await db.query<{ file: string }>(
        `select f.file from load_files f join loads l on l.id = f.load_id where l.status = 'active'
         union select file from active_files`,
      )
    ).map(row => row.file),
  )
  const entries = await readdir(folder.evidenceFiles, { recursive: true, withFileTypes: true })
  const orphans = entries
    .filter(e => e.isFile())
    .map(e => join(e.parentPath, e.name))
    .filter(path => !named.has(relative(folder.evidenceFiles, path).replaceAll('\\', '/')))
  const numbers = new Set((await db.query<{ id: number }>('select id from loads')).map(l => `${l.id}.csv`))
  const strayRejected = (await readdir(folder.rejected))
    .filter(name => !numbers.has(name))
    .map(name => join(folder.rejected, name))
  for (const path of [...orphans, ...strayRejected]) await rm(path, { force: true })
  return orphans.length + strayRejected.length
}
