/** The synthetic partnership's files, written once, as plain SQL tables: for tests that count by themselves. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { readAreaPack } from '../areas/read-area-pack.ts'
import { quote, sqlType } from '../evidence/dataset.ts'
import { getDataset } from '../evidence/datasets/index.ts'
import { openEngine } from '../platform/duckdb.ts'
import { type PartnershipFiles, writePartnership } from './write-partnership.ts'

export const SEED = 2019

export interface WrittenPartnership extends PartnershipFiles {
  folder: string
  rows<Row = Record<string, unknown>>(sql: string): Promise<Row[]>
  /** The single number that a query gives. */
  number(sql: string): Promise<number>
  remove(): Promise<void>
}

export async function writtenPartnership(seed = SEED): Promise<WrittenPartnership> {
  const folder = await mkdtemp(join(tmpdir(), 'concord-synthetic-'))
  const pack = await readAreaPack(resolve(import.meta.dirname, '../../areas/west-midlands'))
  const written = await writePartnership(pack, folder, seed)
  const engine = await openEngine({ memory: '500MB', threads: 2, spill: join(folder, 'spill') })
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
  const rows = <Row>(sql: string) => connection.rows<Row>(sql)
  return {
    ...written,
    folder,
    rows,
    number: async sql => Number(Object.values((await rows<Record<string, unknown>>(sql))[0]!)[0]),
    remove: async () => {
      connection.close()
      engine.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
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
