/**
 * DuckDB, in process: the engine that reads evidence files. It holds no truth of its own: the files and the
 * catalogue do, so it opens in memory and spills to the data folder.
 */
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'

export interface EngineConnection {
  run(sql: string): Promise<void>
  /** Rows as plain objects: counts as numbers, dates and timestamps as ISO text, null for null. */
  rows<Row = Record<string, unknown>>(sql: string): Promise<Row[]>
  /** Columns of a statement whose columns are all numbers: NaN for null. */
  numbers(sql: string): Promise<Record<string, Float64Array>>
  close(): void
  /** For appenders, which DuckDB offers only on its own connection. */
  raw: DuckDBConnection
}

export interface Engine {
  connect(): Promise<EngineConnection>
  close(): void
}

export interface EngineOptions {
  memory: string
  threads: number
  /** Folder to spill to. */
  spill: string
  /** A database file for staging; in memory when absent. */
  path?: string
}

export async function openEngine(options: EngineOptions): Promise<Engine> {
  const instance = await DuckDBInstance.create(options.path ?? ':memory:', {
    memory_limit: options.memory,
    threads: String(options.threads),
    temp_directory: options.spill,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    // Several imports and pages share the process; order of rows is kept because staging numbers them.
    preserve_insertion_order: 'true',
    enable_object_cache: 'true',
  })
  return {
    connect: async () => connection(await instance.connect()),
    close: () => instance.closeSync(),
  }
}

function connection(raw: DuckDBConnection): EngineConnection {
  return {
    raw,
    run: async sql => {
      await raw.run(sql)
    },
    rows: async <Row>(sql: string) => {
      const reader = await raw.runAndReadAll(sql)
      return reader.getRowObjectsJS().map(row => {
        const plain: Record<string, unknown> = {}
        for (const [name, value] of Object.entries(row)) plain[name] = plainValue(value)
        return plain as Row
      })
    },
    numbers: async sql => {
      const reader = await raw.runAndReadAll(sql)
      const columns = reader.getColumns()
      return Object.fromEntries(
        reader.columnNames().map((name, i) => [name, Float64Array.from(columns[i] ?? [], numberOf)]),
      )
    },
    close: () => raw.closeSync(),
  }
}

const numberOf = (value: unknown): number => (value === null ? Number.NaN : Number(value))

function plainValue(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof Date) {
    const iso = value.toISOString()
    return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 19)
  }
  return value
}
