/** Writes the placed rows of a load, one Parquet file a month. */
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Month } from '../../platform/calendar.ts'
import type { EngineConnection } from '../../platform/duckdb.ts'
import { loadFileName } from '../catalogue/evidence-files.ts'
import { PARQUET, settle } from '../catalogue/write-files.ts'
import { type Dataset, quote, sqlType, storedColumns } from '../dataset.ts'

export interface WrittenFile {
  month: Month
  file: string
  rows: number
}

/** The stored columns of a placed relation, in order, wide files turned to rows. */
export function storedRows(dataset: Dataset, placed: string): string {
  const columns = storedColumns(dataset)
  const { unpivot } = dataset
  const source = unpivot
    ? `(unpivot ${placed} on ${unpivot.columns
        .map(name => `${name} as ${quote(dataset.columns.find(c => c.name === name)!.title)}`)
        .join(', ')} into name ${unpivot.name} value ${unpivot.value})`
    : placed
  return `select ${columns.map(c => `cast(${c.name} as ${sqlType(c.type)}) as ${c.name}`).join(', ')} from ${source}`
}

export async function writeLoad(
  connection: EngineConnection,
  dataset: Dataset,
  placed: string,
  identity: { sha256: string; placedWith: string },
  folder: string,
  scratch: string,
): Promise<WrittenFile[]> {
  const drafts = join(scratch, 'months')
  await connection.run('set partitioned_write_max_open_files = 2000')
  await connection.run(
    `copy (${storedRows(dataset, placed)}) to ${quote(drafts)}
     (${PARQUET}, partition_by (month), write_partition_columns true, overwrite_or_ignore true)`,
  )
  const months = await connection.rows<{ month: string; rows: number }>(
    `select month, count(*) as rows from read_parquet(${quote(join(drafts, '**/*.parquet'))}, hive_partitioning = false)
     group by month order by month`,
  )
  const written: WrittenFile[] = []
  for (const { month, rows } of months) {
    const parts = (await readdir(join(drafts, `month=${month}`))).map(f => join(drafts, `month=${month}`, f))
    const file = loadFileName(dataset, month, identity.sha256, identity.placedWith)
    await settle(await asOneFile(connection, parts, scratch), folder, file)
    written.push({ month, file, rows })
  }
  await rm(drafts, { recursive: true, force: true })
  return written
}

async function asOneFile(connection: EngineConnection, parts: string[], scratch: string): Promise<string> {
  if (parts.length === 1) return parts[0]!
  const joined = join(scratch, 'joined.parquet')
  await connection.run(
    `copy (select * from read_parquet([${parts.sort().map(quote).join(', ')}], hive_partitioning = false)) to ${quote(joined)} (${PARQUET})`,
  )
  return joined
}
