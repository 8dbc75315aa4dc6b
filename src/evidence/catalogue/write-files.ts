/** Writes evidence files so that a crash leaves either the whole file under its name or nothing. */
import { existsSync } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { EngineConnection } from '../../platform/duckdb.ts'
import { quote } from '../dataset.ts'

/**
 * Row groups are small because a load's months are written at once, each with a group in memory. The first level
 * of compression writes a fifth faster than the usual third, to the same size.
 */
export const PARQUET = 'format parquet, compression zstd, compression_level 1, row_group_size 40960'

/** Moves a finished file into the evidence folder under its name, on disk before anybody counts on it. */
export async function settle(finished: string, folder: string, name: string): Promise<void> {
  const target = join(folder, name)
  if (existsSync(target)) {
    await rm(finished)
    return
  }
  await mkdir(dirname(target), { recursive: true })
  const handle = await open(finished, 'r+')
  await handle.sync()
  await handle.close()
  await rename(finished, target)
}

/** Writes the rows of `select` as one file, unless a file of that name is there already. */
export async function writeOnce(
  connection: EngineConnection,
  select: string,
  folder: string,
  name: string,
  scratch: string,
): Promise<void> {
  if (existsSync(join(folder, name))) return
  const draft = join(scratch, basename(name))
  await connection.run(`copy (${select}) to ${quote(draft)} (${PARQUET})`)
  await settle(draft, folder, name)
}
