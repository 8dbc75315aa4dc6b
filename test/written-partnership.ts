/** The synthetic partnership's files as plain SQL tables: for tests that count by themselves. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { readAreaPack } from '../src/areas/read-area-pack.ts'
import { quote, sqlType } from '../src/evidence/dataset.ts'
import { getDataset } from '../src/evidence/datasets/index.ts'
import { openEngine } from '../src/platform/duckdb.ts'
import { type PartnershipFiles, writePartnership } from '../src/synthetic/write-partnership.ts'
import { madeOnce } from './made-once.ts'

export const SEED = 2019

export interface WrittenPartnership extends PartnershipFiles {
  folder: string
  rows<Row = Record<string, unknown>>(sql: string): Promise<Row[]>
  /** The single number that a query gives. */
  number(sql: string): Promise<number>
  close(): Promise<void>
}

/** Written and read into tables once for a seed. */
export async function writtenPartnership(seed = SEED): Promise<WrittenPartnership> {
  const made = await madeOnce({
    name: `synthetic-files-${seed}`,
    sources: ['src/synthetic', 'src/evidence', 'areas'],
    make: async folder => {
      const written = await writeFiles(folder, seed)
      await readIntoTables(join(folder, TABLES), folder, written)
      const here = <File extends { path: string }>(file: File) => ({
        ...file,
        path: file.path.slice(folder.length + 1),
      })
      const list = { files: written.files.map(here), boundaries: written.boundaries.map(here) }
      await writeFile(join(folder, LIST), JSON.stringify(list))
    },
  })
  const list = JSON.parse(await readFile(join(made, LIST), 'utf8')) as PartnershipFiles
  const there = <File extends { path: string }>(file: File) => ({ ...file, path: join(made, file.path) })
  const spill = await mkdtemp(join(tmpdir(), 'concord-synthetic-'))
  const engine = await openEngine({ memory: '500MB', threads: 2, spill })
  const connection = await engine.connect()
  await connection.run(`attach ${quote(join(made, TABLES))} as written (read_only)`)
  // Views of a test lie in memory, before the tables.
  await connection.run(`set search_path = 'memory.main,written.main'`)
  const rows = <Row>(sql: string) => connection.rows<Row>(sql)
  return {
    files: list.files.map(there),
    boundaries: list.boundaries.map(there),
    folder: made,
    rows,
    number: async sql => Number(Object.values((await rows<Record<string, unknown>>(sql))[0]!)[0]),
    close: async () => {
      connection.close()
      engine.close()
      await rm(spill, { recursive: true, force: true })
    },
  }
}

const LIST = 'files.json'
const TABLES = 'tables.duckdb'

export async function writeFiles(folder: string, seed: number): Promise<PartnershipFiles> {
  const pack = await readAreaPack(resolve(import.meta.dirname, '../areas/west-midlands'))
  return writePartnership(pack, folder, seed)
}

async function readIntoTables(path: string, folder: string, written: PartnershipFiles): Promise<void> {
  const engine = await openEngine({ path, memory: '500MB', threads: 2, spill: join(folder, 'spill') })
  const connection = await engine.connect()
  for (const id of new Set(written.files.map(f => f.dataset))) {
    const { columns, table } = getDataset(id)
    const paths = written.files.filter(f => f.dataset === id).map(f => quote(f.path))
    const types = columns.map(
      c => `${quote(c.name)}: ${quote(c.type === 'boolean' ? 'varchar' : sqlType(c.type))}`,
    )
    const select = columns.map(c => (c.type === 'boolean' ? `${c.name} = 'yes' as ${c.name}` : c.name))
    await connection.run(
      `create table ${table} as select ${select.join(', ')}
       from read_csv([${paths.join(', ')}], header = true, columns = {${types.join(', ')}})`,
    )
  }
  await connection.run(await areasTable(folder))
  connection.close()
  engine.close()
}

async function areasTable(folder: string): Promise<string> {
  const { features } = JSON.parse(await readFile(join(folder, 'synthetic-lsoa.geojson'), 'utf8')) as {
    features: { properties: Record<string, string | null> }[]
  }
  const values = features.map(
    ({ properties: p }) =>
      `(${[p.lsoa_code, p.ward_name, p.lad_code, p.policing_area].map(v => quote(v!)).join(', ')})`,
  )
  return `create table areas as from (values ${values.join(', ')}) as a (lsoa_code, ward, authority, unit)`
}
