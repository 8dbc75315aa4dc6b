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

/** The stored columns of a relation that has them all, in order. */
export const storedSelect = (dataset: Dataset, source: string): string =>
  `select ${storedColumns(dataset)
    .map(c => `cast(${c.name} as ${sqlType(c.type)}) as ${c.name}`)
    .join(', ')} from ${source}`

/** The same of rows as they were sent: wide files are turned to rows. */
export function storedRows(dataset: Dataset, placed: string): string {
  const { unpivot } = dataset
  const source = unpivot
    ? `(unpivot ${placed} on ${unpivot.columns
        .map(name => `${name} as ${quote(dataset.columns.find(c => c.name === name)!.title)}`)
        .join(', ')} into name ${unpivot.name} value ${unpivot.value})`
    : placed
  return storedSelect(dataset, source)
}

/** Writes the rows of `select`, which are stored rows, under names that say what they are made of. */
export async function writeLoad(
  connection: EngineConnection,
  dataset: Dataset,
  select: string,
  identity: { reading: string; placedWith: string },
  folder: string,
  scratch: string,
): Promise<WrittenFile[]> {
  const drafts = join(scratch, 'months')
  // All months stay open, so that each is one file; each is written on early, so that together they stay small.
  await connection.run('set partitioned_write_max_open_files = 2000')
  await connection.run('set partitioned_write_flush_threshold = 65536')
  await connection.run(
    `copy (${select}) to ${quote(drafts)}
     (${PARQUET}, partition_by (month), write_partition_columns true, overwrite_or_ignore true)`,
  )
  const months = await connection.rows<{ month: string; rows: number }>(
    `select month, count(*) as rows from read_parquet(${quote(join(drafts, '**/*.parquet'))}, hive_partitioning = false)
     group by month order by month`,
  )
  const written = await Promise.all(
    months.map(async ({ month, rows }) => {
      const own = join(drafts, `month=${month}`)
      const parts = (await readdir(own)).map(f => join(own, f))
      const file = loadFileName(dataset, month, identity.reading, identity.placedWith)
      await settle(await asOneFile(connection, parts, join(own, 'joined.parquet')), folder, file)
      return { month, file, rows }
    }),
  )
  await rm(drafts, { recursive: true, force: true })
  return written
}

async function asOneFile(connection: EngineConnection, parts: string[], joined: string): Promise<string> {
  if (parts.length === 1) return parts[0]!
  await connection.run(
    `copy (select * from read_parquet([${parts.sort().map(quote).join(', ')}], hive_partitioning = false)) to ${quote(joined)} (${PARQUET})`,
  )
  return joined
}
