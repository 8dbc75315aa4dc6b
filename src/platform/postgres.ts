/**
 * PostgreSQL: the embedded one (PGlite, compiled to WebAssembly) or a server, through the same `pg` driver.
 *
 * PGlite is one connection. Inside a transaction nothing may be awaited but the database: no DuckDB, no
 * hashing, no file. A second transaction waits for the first, so a long one holds everybody up.
 */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { InputFault } from './errors.ts'
import { listenOnServer } from './listen.ts'

export interface Queryable {
  /** Rows of one statement with `$1` parameters. */
  query<Row = Record<string, unknown>>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>
}

export interface Database extends Queryable {
  /** Runs `act` in one transaction: all of it or nothing. */
  transaction<T>(act: (tx: Queryable) => Promise<T>): Promise<T>
  /**
   * Hears what is said on a channel (`pg_notify`) once its transaction is committed, here or on another node; the empty
   * text where something may have been missed. Gives what ends it.
   */
  listen(channel: string, heard: (text: string) => void): Promise<() => Promise<void>>
  /** True when several connections are possible, as on a server. */
  server: boolean
  close(): Promise<void>
}

const migrationsFolder = resolve(import.meta.dirname, '../../migrations')

// Counts arrive as text by default because a bigint may not fit a number. Ours do, and dates stay text:
// a Date would drag a time zone into a calendar day.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number)
pg.types.setTypeParser(pg.types.builtins.DATE, text => text)

const queryable = (client: pg.Pool | pg.PoolClient): Queryable => ({
  query: async <Row>(sql: string, parameters: readonly unknown[] = []) =>
    (await client.query({ text: sql, values: parameters as unknown[], ...named(sql, parameters) }))
      .rows as Row[],
})

const MOST_NAMED = 1000
const names = new Map<string, string>()

/**
 * A statement with parameters is prepared once for a connection, and its plan kept: the policies of a table cost more to
 * plan than to apply. Texts that are made up as they go would fill the server's memory, so there is an end to the names.
 */
function named(sql: string, parameters: readonly unknown[]): { name?: string } {
  if (parameters.length === 0) return {}
  const known = names.get(sql)
  if (known !== undefined) return { name: known }
  if (names.size >= MOST_NAMED) return {}
  const name = createHash('sha1').update(sql).digest('hex')
  names.set(sql, name)
  return { name }
}

export interface StorePlace {
  databaseUrl: string | null
  folder: string | null
}

/**
 * Opens the store at `databaseUrl`, or the embedded one in `folder` (in memory when `folder` is null), and
 * brings it up to date; or to the migrations that are named.
 */
export async function openDatabase(
  place: StorePlace,
  { migrations }: { migrations?: readonly string[] } = {},
): Promise<Database> {
  const database = await connectDatabase(place)
  try {
    await migrate(database, migrations)
  } catch (error) {
    await database.close()
    throw error
  }
  return database
}

/** Opens the store as it is: for whoever brings its tables along. */
export async function connectDatabase(options: StorePlace): Promise<Database> {
  const { pool, listen, end } = options.databaseUrl
    ? await serverPool(options.databaseUrl)
    : await embeddedPool(options.folder)
  return {
    ...queryable(pool),
    listen,
    server: options.databaseUrl !== null,
    transaction: async act => {
      const client = await pool.connect()
      try {
        await client.query('begin')
        const result = await act(queryable(client))
        await client.query('commit')
        return result
      } catch (error) {
        // A lost connection cannot roll back; the server does it for us, and the first error is the one to tell.
        await client.query('rollback').catch(() => {})
        throw error
      } finally {
        client.release()
      }
    },
    close: end,
  }
}

/** As the server lists our connections. */
export const APPLICATION_NAME = 'concord'

async function serverPool(connectionString: string) {
  const pool = new pg.Pool({ connectionString, fallback_application_name: APPLICATION_NAME })
  // A connection that is lost while idle is replaced by the next query; without a listener it ends the process.
  pool.on('error', () => {})
  // One that is lost in the middle of a transaction says so to its query, and once more to whoever listens.
  pool.on('connect', client => {
    client.on('error', () => {})
  })
  const listen: Database['listen'] = async (channel, heard) => {
    const listening = listenOnServer(connectionString, channel, heard)
    await listening.ready
    return listening.end
  }
  return { pool, listen, end: () => pool.end() }
}

async function embeddedPool(folder: string | null) {
  const { PGlite } = await import('@electric-sql/pglite')
  const { createPgConfig } = await import('@electric-sql/pglite/node-postgres')
  // What is deleted must leave the disk: log files that are used again would keep it for nobody knows how long.
  const store = new PGlite(folder ?? undefined, { postgresqlconf: ['wal_recycle = off'] })
  const pool = new pg.Pool({ ...(createPgConfig(store) as unknown as pg.PoolConfig), max: 1 })
  return {
    pool,
    listen: ((channel, heard) => store.listen(channel, heard)) as Database['listen'],
    end: async () => {
      await pool.end()
      await store.close()
    },
  }
}

/** Number of the advisory lock under which migrations run, so that programs starting together take turns. */
const MIGRATION_LOCK = 740_113

/** Names of the numbered files in `migrations/`, in their order. */
export const knownMigrations = async (): Promise<string[]> =>
  (await readdir(migrationsFolder)).filter(f => /^\d{4}-.+\.sql$/.test(f)).sort()

/**
 * Brings the store to the newest of the migrations, or to those that are named. Forward only. A store that a newer
 * program has written is refused rather than used wrongly.
 */
export async function migrate(database: Database, wanted?: readonly string[]): Promise<void> {
  const migrations = await readMigrations()
  await database.transaction(tx => migrateIn(tx, migrations, wanted))
}

export interface Migration {
  name: string
  text: string
}

export const readMigrations = async (): Promise<Migration[]> =>
  Promise.all(
    (await knownMigrations()).map(async name => ({
      name,
      text: await readFile(join(migrationsFolder, name), 'utf8'),
    })),
  )

/** As `migrate`, within a transaction that does more. */
export async function migrateIn(
  tx: Queryable,
  migrations: readonly Migration[],
  wanted: readonly string[] = migrations.map(m => m.name),
): Promise<void> {
  await tx.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK])
  await tx.query(
    `create table if not exists migrations (
       name text primary key,
       applied_at timestamptz not null default now()
     )`,
  )
  const applied = new Set((await tx.query<{ name: string }>('select name from migrations')).map(r => r.name))
  const newer = [...applied].find(name => !wanted.includes(name))
  if (newer) {
    throw new InputFault(
      'store-newer',
      `The data was written by a newer Concord (it has ${newer}). Upgrade the program, or restore an older backup.`,
    )
  }
  for (const { name, text } of migrations) {
    if (applied.has(name) || !wanted.includes(name)) continue
    for (const statement of statementsOf(text)) await tx.query(statement)
    await tx.query('insert into migrations (name) values ($1)', [name])
  }
}

/** Statements of a migration: separated by a line that ends in a semicolon and an empty line or the end. */
const statementsOf = (text: string): string[] =>
  text
    .split(/;[ \t]*(?:\r?\n\s*\r?\n|\s*$)/)
    .map(s => s.trim())
    .filter(s => s.replaceAll(/^--.*$/gm, '').trim() !== '')
