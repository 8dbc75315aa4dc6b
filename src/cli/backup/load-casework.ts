/**
 * Puts rows of a backup into a store that has no tables yet, all in one transaction: the tables as they were when the backup
 * was taken, its rows, then every migration since. What does not fit together stops it, and the store is as it was.
 */
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { type Migration, migrateIn, type Queryable } from '../../platform/postgres.ts'
import { settleFormats, type TableHead } from './dump-casework.ts'
import type { Manifest } from './manifest.ts'

/** Text of rows that is handed over at once. */
const CHARACTERS_AT_ONCE = 1_000_000

/**
 * `fileOf` gives the path of a table's file. Files are awaited within the transaction: nobody else has the store open.
 * Throws where the rows are not those that were counted.
 */
export async function loadCasework(
  tx: Queryable,
  { casework }: Pick<Manifest, 'casework'>,
  migrations: readonly Migration[],
  fileOf: (table: string) => string,
  onTable: (done: number, of: number) => void = () => {},
): Promise<void> {
  await settleFormats(tx)
  await migrateIn(tx, migrations, casework.migrations)
  const guards = await takeGuardsOff(tx)
  const tables = Object.keys(casework.rows)
  for (const [i, table] of tables.entries()) {
    const rows = await loadTable(tx, fileOf(table))
    if (rows !== casework.rows[table]) {
      throw new Error(`${table} has ${rows} rows in place of ${casework.rows[table]}`)
    }
    onTable(i + 1, tables.length)
  }
  await putGuardsBack(tx, guards)
  await migrateIn(tx, migrations)
}

interface Guards {
  tables: string[]
  foreignKeys: { table: string; name: string; definition: string }[]
}

/**
 * Rows come in the order of tables' names. What refers from one to another is taken off and put back, and the database
 * looks at each of them then; triggers have done their work when the rows were made.
 */
async function takeGuardsOff(tx: Queryable): Promise<Guards> {
  const tables = (
    await tx.query<{ name: string }>(
      `select quote_ident(relname) as name from pg_class
       where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> 'migrations'`,
    )
  ).map(t => t.name)
  const foreignKeys = await tx.query<Guards['foreignKeys'][number]>(
    `select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
     from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`,
  )
  for (const { table, name } of foreignKeys) await tx.query(`alter table ${table} drop constraint ${name}`)
  for (const table of tables) await tx.query(`alter table ${table} disable trigger user`)
  // What migrations wrote is in the backup as well.
  await tx.query(`truncate ${tables.join(', ')}`)
  return { tables, foreignKeys }
}

async function putGuardsBack(tx: Queryable, { tables, foreignKeys }: Guards): Promise<void> {
  for (const { table, name, definition } of foreignKeys) {
    await tx.query(`alter table ${table} add constraint ${name} ${definition}`)
  }
  for (const table of tables) await tx.query(`alter table ${table} enable trigger user`)
}

/** Gives the number of rows. */
async function loadTable(tx: Queryable, path: string): Promise<number> {
  let head: TableHead | null = null
  let insert = ''
  let some: string[] = []
  let characters = 0
  let rows = 0
  const handOver = async () => {
    if (some.length > 0) await tx.query(insert, [`[${some.join(',')}]`])
    rows += some.length
    some = []
    characters = 0
  }
  const take = async (line: string) => {
    if (head === null) {
      head = JSON.parse(line) as TableHead
      insert = await insertOf(tx, head)
      for (const [column, last] of Object.entries(head.numbered)) {
        await tx.query('select setval(pg_get_serial_sequence($1, $2), $3)', [
          `public.${head.table}`,
          column,
          last,
        ])
      }
      return
    }
    some.push(line)
    characters += line.length
    if (characters >= CHARACTERS_AT_ONCE) await handOver()
  }
  await pipeline(createReadStream(path), createGunzip(), async (unpacked: AsyncIterable<Buffer>) => {
    for await (const line of linesOf(unpacked)) await take(line)
  })
  await handOver()
  return rows
}

async function* linesOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf8', { fatal: true })
  let rest = ''
  for await (const some of bytes) {
    const lines = (rest + decoder.decode(some, { stream: true })).split('\n')
    rest = lines.pop()!
    yield* lines
  }
  if (rest !== '') throw new Error('a table of the backup ends within a row')
}

async function insertOf(tx: Queryable, { table, columns }: TableHead): Promise<string> {
  const types = await tx.query<{ name: string; type: string }>(
    `select quote_ident(attname) as name, format_type(atttypid, atttypmod) as type
     from pg_attribute where attrelid = ('public.' || quote_ident($1))::regclass and attnum > 0 and not attisdropped`,
    [table],
  )
  const typeOf = (column: string): string => {
    const type = types.find(t => t.name === column)?.type
    if (type === undefined) throw new Error(`the backup has a column ${table}.${column} that is not known`)
    return type
  }
  return `insert into public.${table} (${columns.join(', ')}) overriding system value
    select ${columns.map((column, i) => `(r ->> ${i})::${typeOf(column)}`).join(', ')}
    from json_array_elements($1::json) as rows (r)`
}
