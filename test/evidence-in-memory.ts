/**
 * Evidence over tables in memory, for tests of what stands above it: real DuckDB, the real columns of every
 * dataset, derived columns computed by the descriptors' own SQL. Only files and loads are left away.
 */
import { createHash } from 'node:crypto'
import type { Dataset } from '../src/evidence/dataset.ts'
import { quote, sqlType, storedColumns } from '../src/evidence/dataset.ts'
import { datasets, getDataset } from '../src/evidence/datasets/index.ts'
import type { ActiveFile, Area, Evidence } from '../src/evidence/evidence.ts'
import type { Day } from '../src/platform/calendar.ts'
import { type EngineConnection, openEngine } from '../src/platform/duckdb.ts'

export type CellValue = string | number | boolean | null
export type EvidenceRow = Record<string, CellValue>

/** Rows by dataset id. Columns that a row leaves out are empty; area codes may be given as placed. */
export type EvidenceRows = Record<string, EvidenceRow[]>

export interface EvidenceInMemory extends Evidence {
  /** Every statement asked, in order. */
  readonly asked: string[]
  /** Adds rows; the evidence version changes. */
  add(dataset: string, rows: EvidenceRow[]): Promise<void>
  /** Every row of a table as stored, in no particular order. */
  rows(table: string): Promise<EvidenceRow[]>
  close(): void
}

export interface EvidenceOptions {
  areas?: Area[]
  /** The last day of which Concord counted a table itself. */
  countedTo?: Record<string, Day>
}

export async function evidenceInMemory(
  rows: EvidenceRows,
  { areas = [], countedTo = {} }: EvidenceOptions = {},
): Promise<EvidenceInMemory> {
  const engine = await openEngine({ memory: '200MB', threads: 2, spill: '' })
  const connection = await engine.connect()
  const contents = createHash('sha256')
  const asked: string[] = []
  for (const dataset of datasets) await connection.run(createTable(dataset))

  const add = async (id: string, added: EvidenceRow[]) => {
    contents.update(JSON.stringify([id, added]))
    await insert(connection, getDataset(id), added)
  }
  for (const [id, given] of Object.entries(rows)) await add(id, given)

  return {
    asked,
    add,
    version: async () => contents.copy().digest('hex'),
    query: async <Row>(sql: string) => {
      asked.push(sql)
      return connection.rows<Row>(sql)
    },
    numbers: async sql => {
      asked.push(sql)
      return connection.numbers(sql)
    },
    files: async (table, from, to) => filesOf(connection, table, from, to),
    countedTo: async table => countedTo[table] ?? null,
    areas: async (kind, from, to) =>
      areas.filter(
        area =>
          area.kind === kind &&
          (area.from === null || to === undefined || area.from.slice(0, 7) <= to) &&
          (area.to === null || from === undefined || area.to.slice(0, 7) >= from),
      ),
    rows: table => connection.rows<EvidenceRow>(`select * from ${table}`),
    close: () => {
      connection.close()
      engine.close()
    },
  }
}

/** `create table` of a dataset as measures read it, spelt so that DuckDB and PostgreSQL both take it. */
export const createTable = (dataset: Dataset): string =>
  `create table ${dataset.table} (${storedColumns(dataset)
    .map(({ name, type }) => `${name} ${sqlType(type)}`)
    .join(', ')})`

export const literal = (value: CellValue): string =>
  value === null ? 'null' : typeof value === 'string' ? quote(value) : String(value)

async function insert(connection: EngineConnection, dataset: Dataset, rows: EvidenceRow[]): Promise<void> {
  if (rows.length === 0) return
  const columns = storedColumns(dataset).map(c => c.name)
  const stranger = rows.flatMap(row => Object.keys(row)).find(name => !columns.includes(name))
  if (stranger) throw new Error(`${dataset.table} has no column ${stranger}`)
  const given = columns.filter(name => rows.some(row => row[name] !== undefined))
  for (let at = 0; at < rows.length; at += 1000) {
    const values = rows
      .slice(at, at + 1000)
      .map(row => `(${given.map(name => literal(row[name] ?? null)).join(', ')})`)
    await connection.run(`insert into ${dataset.table} (${given.join(', ')}) values ${values.join(', ')}`)
  }
  for (const derived of dataset.derived) {
    await connection.run(
      `update ${dataset.table} set ${derived.name} = ${derived.sql} where ${derived.name} is null`,
    )
  }
}

async function filesOf(
  connection: EngineConnection,
  table: string,
  from: string | undefined,
  to: string | undefined,
): Promise<ActiveFile[]> {
  const dataset = getDataset(table)
  const hasForce = storedColumns(dataset).some(c => c.name === 'force')
  const counted = await connection.rows<{ month: string; force: string | null; n: number }>(
    `select month, ${hasForce ? 'force' : 'null'} as force, count(*) as n from ${table} group by all order by all`,
  )
  const files = new Map<string, ActiveFile>()
  for (const { month, force, n } of counted) {
    if ((from !== undefined && month < from) || (to !== undefined && month > to)) continue
    const known = files.get(month)
    const file = known ?? {
      dataset: dataset.id,
      table,
      month,
      file: `${dataset.id}/${month}.parquet`,
      rows: 0,
      forces: {},
    }
    file.rows += n
    if (force) file.forces[force] = n
    files.set(month, file)
  }
  return [...files.values()]
}
