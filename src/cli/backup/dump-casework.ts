/**
 * Casework as rows of text: a file for each table, in one snapshot of all. The same from the embedded store and from a
 * server, so that a backup of one can be put into the other.
 *
 * Each value is written as the database itself writes it, and read by it again. Nothing deleted is in it, as it would
 * be in a copy of the store's own files.
 */
import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Database, Queryable } from '../../platform/postgres.ts'

export interface DumpedCasework {
  migrations: string[]
  /** Rows of each table. */
  rows: Record<string, number>
  acts: { seq: number; hash: string }
}

/** The first line of a table's file; every other is an array of texts and nulls in this order. */
export interface TableHead {
  table: string
  columns: string[]
  /** Last value of each numbering of the table's, by column. */
  numbered: Record<string, number>
}

/**
 * Tables that are left empty. Who was signed in then is not signed in now, links that were out by then may have been used,
 * and tries that failed are forgotten within a day anyway.
 */
const leftOut = ['migrations', 'sessions', 'account_links', 'failed_sign_ins']

const ROWS_AT_ONCE = 1000

/** The text of a value must not depend on settings of the server. */
export const settleFormats = (tx: Queryable): Promise<unknown> =>
  tx.query(
    `select set_config('timezone', 'UTC', true), set_config('datestyle', 'ISO, YMD', true),
       set_config('intervalstyle', 'postgres', true), set_config('extra_float_digits', '1', true),
       set_config('bytea_output', 'hex', true)`,
  )

export const fileOfTable = (table: string): string => `casework/${table}.ndjson.gz`

/**
 * Writes every table below `folder`, which has a folder `casework`. Within the transaction files are written without
 * waiting: others wait for the one connection of the embedded store.
 */
export function dumpCasework(
  database: Database,
  folder: string,
  onTable: (done: number, of: number) => void = () => {},
): Promise<DumpedCasework> {
  return database.transaction(async tx => {
    await tx.query('set transaction isolation level repeatable read, read only')
    await settleFormats(tx)
    const tables = await tablesOf(tx)
    const rows: Record<string, number> = {}
    for (const [i, table] of tables.entries()) {
      rows[table.name] = await dumpTable(tx, table, join(folder, fileOfTable(table.name)))
      onTable(i + 1, tables.length)
    }
    const migrations = await tx.query<{ name: string }>('select name from migrations order by name')
    const [acts] = await tx.query<{ seq: number; hash: string }>('select seq, hash from audit_head')
    return { migrations: migrations.map(m => m.name), rows, acts: acts! }
  })
}

interface Table {
  name: string
  columns: string[]
  numbered: string[]
}

const tablesOf = (tx: Queryable): Promise<Table[]> =>
  tx.query<Table>(
    `select c.relname as name,
       array_agg(quote_ident(a.attname) order by a.attnum) filter (where a.attgenerated = '') as columns,
       coalesce(array_agg(quote_ident(a.attname)) filter (where a.attidentity <> ''), '{}') as numbered
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and not c.relname = any ($1)
     group by c.relname order by c.relname`,
    [leftOut],
  )

async function dumpTable(tx: Queryable, { name, columns, numbered }: Table, path: string): Promise<number> {
  const last: Record<string, number> = {}
  for (const column of numbered) {
    const [row] = await tx.query<{ last: number | null }>(
      'select pg_sequence_last_value(pg_get_serial_sequence($1, $2)::regclass) as last',
      [`public.${name}`, column],
    )
    if (row?.last != null) last[column] = row.last
  }
  const head: TableHead = { table: name, columns, numbered: last }
  writeFileSync(path, gzipSync(`${JSON.stringify(head)}\n`), { mode: 0o600 })
  await tx.query(
    `declare dumped no scroll cursor for
     select json_build_array(${columns.map(column => `${column}::text`).join(', ')})::text as line from public.${name}`,
  )
  let rows = 0
  for (;;) {
    const some = await tx.query<{ line: string }>(`fetch ${ROWS_AT_ONCE} from dumped`)
    if (some.length === 0) break
    rows += some.length
    appendFileSync(path, gzipSync(some.map(({ line }) => `${line}\n`).join('')))
  }
  await tx.query('close dumped')
  return rows
}
