/**
 * Places accepted rows in areas: the different (era, point, code) tuples of a load are placed once each and
 * joined back. Two million published crimes share some twenty thousand map points.
 */
import { BOOLEAN, DuckDBDataChunk, INTEGER, VARCHAR } from '@duckdb/node-api'
import type { EngineConnection } from '../../platform/duckdb.ts'
import { type Dataset, placementColumns, quote } from '../dataset.ts'
import type { Geography } from '../geography/geography.ts'
import { placeTuples } from '../geography/place-tuples.ts'

/** Columns that decide where a row is, of those that the dataset has. */
const decidingColumns = (dataset: Dataset): string[] => {
  const has = (name: string) => dataset.columns.some(c => c.name === name)
  const wanted = {
    point: ['longitude', 'latitude', 'lsoa_code'],
    'small-area': ['lsoa_code'],
    'local-authority': ['authority_code'],
    none: [],
  }[dataset.placement]
  return wanted.filter(has)
}

const noPlaces = placementColumns.map(c => `cast(null as varchar) as ${c}`).join(', ')

export interface PlacedRows {
  /** The rows of the relation with their areas. */
  relation: string
  rows: number
  /** Rows without a point, where the dataset is placed by points. */
  withoutPoint: number
  /** Rows whose point lies in no area of any layer. */
  outside: number
  /** Rows without a local authority. */
  unplaced: number
}

export async function placeRows(
  connection: EngineConnection,
  dataset: Dataset,
  relation: string,
  geography: Geography,
): Promise<PlacedRows> {
  const columns = decidingColumns(dataset)
  if (columns.length === 0) {
    const [{ rows } = { rows: 0 }] = await connection.rows<{ rows: number }>(
      `select count(*) as rows from ${relation}`,
    )
    return {
      relation: `(select *, ${noPlaces} from ${relation})`,
      rows,
      withoutPoint: 0,
      outside: 0,
      unplaced: rows,
    }
  }
  const months = await connection.rows<{ month: string }>(
    `select distinct month from ${relation} order by month`,
  )
  const eras = months.map(({ month }) => ({ month, era: geography.eraOf(month) }))
  const eraSql =
    new Set(eras.map(e => e.era)).size <= 1
      ? quote(eras[0]?.era ?? '')
      : `case month ${eras.map(e => `when ${quote(e.month)} then ${quote(e.era)}`).join(' ')} end`
  await connection.run(`create or replace table tuples as
    select row_number() over () - 1 as tuple, * from (
      select ${eraSql} as era, min(month) as month, count(*) as rows, ${columns.join(', ')} from ${relation} group by era, ${columns.join(', ')}
    )`)
  await placeTuplesInto(connection, columns, geography)
  const [counts] = await connection.rows<Omit<PlacedRows, 'relation'>>(
    `select cast(coalesce(sum(rows), 0) as bigint) as rows,
       cast(coalesce(sum(rows) filter (${columns.includes('longitude') ? 'longitude is null' : 'false'}), 0) as bigint) as "withoutPoint",
       cast(coalesce(sum(rows) filter (outside), 0) as bigint) as outside,
       cast(coalesce(sum(rows) filter (local_authority is null), 0) as bigint) as unplaced
     from tuples join places using (tuple) join area_sets using (area_set)`,
  )
  return {
    ...counts!,
    relation: `(select r.*, ${placementColumns.map(c => `p.${c}`).join(', ')}
    from (select *, ${eraSql} as era from ${relation}) r
    left join (
      select t.* exclude (month, rows, tuple), c.* exclude (area_set, outside)
      from tuples t join places s using (tuple) join area_sets c using (area_set)
    ) p on ${['era', ...columns].map(c => `r.${c} is not distinct from p.${c}`).join(' and ')})`,
  }
}

/** Reads the tuples, places them, and stores for each the number of its set of areas. */
async function placeTuplesInto(
  connection: EngineConnection,
  columns: readonly string[],
  geography: Geography,
): Promise<void> {
  const has = (name: string) => columns.includes(name)
  const reader = await connection.raw.runAndReadAll(
    `select month, ${has('longitude') ? 'longitude, latitude' : 'null, null'},
       ${has('lsoa_code') ? 'lsoa_code' : 'null'}, ${has('authority_code') ? 'authority_code' : 'null'}
     from tuples order by tuple`,
  )
  const [month, longitude, latitude, lsoaCode, authorityCode] = reader.getColumns() as [
    string[],
    (number | null)[],
    (number | null)[],
    (string | null)[],
    (string | null)[],
  ]
  const size = month?.length ?? 0
  const placed = placeTuples(geography, {
    month: month ?? [],
    longitude: Float64Array.from(longitude ?? [], v => v ?? Number.NaN),
    latitude: Float64Array.from(latitude ?? [], v => v ?? Number.NaN),
    lsoaCode: lsoaCode ?? [],
    authorityCode: authorityCode ?? [],
  })
  const sets = new Map<string, { areas: (string | null)[]; outside: boolean }>()
  const numbers = new Map<string, number>()
  const areaSet = new Array<number>(size)
  for (let i = 0; i < size; i++) {
    const areas = [
      placed.lsoa[i]!,
      placed.ward[i]!,
      placed.localAuthority[i]!,
      placed.policingArea[i]!,
      placed.impactArea[i]!,
    ]
    const key = `${areas.join('|')}|${placed.outside[i]}`
    if (!numbers.has(key)) {
      numbers.set(key, numbers.size)
      sets.set(key, { areas, outside: placed.outside[i] === 1 })
    }
    areaSet[i] = numbers.get(key)!
  }
  await connection.run('create or replace table places (tuple integer, area_set integer)')
  await append(connection, 'places', [INTEGER, INTEGER], [areaSet.map((_, i) => i), areaSet])
  await connection.run(
    `create or replace table area_sets (area_set integer, ${placementColumns.map(c => `${c} varchar`).join(', ')}, outside boolean)`,
  )
  const rows = [...sets.values()]
  await append(
    connection,
    'area_sets',
    [INTEGER, ...placementColumns.map(() => VARCHAR), BOOLEAN],
    [
      rows.map((_, i) => i),
      ...placementColumns.map((_, c) => rows.map(r => r.areas[c] ?? null)),
      rows.map(r => r.outside),
    ],
  )
}

const CHUNK = 2048

/** Appends whole columns, a vector at a time: much faster than cell by cell. */
async function append(
  connection: EngineConnection,
  table: string,
  types: (typeof INTEGER | typeof VARCHAR | typeof BOOLEAN)[],
  columns: (number | string | boolean | null)[][],
): Promise<void> {
  const appender = await connection.raw.createAppender(table)
  const size = columns[0]?.length ?? 0
  for (let from = 0; from < size; from += CHUNK) {
    const chunk = DuckDBDataChunk.create(types)
    chunk.setColumns(columns.map(c => c.slice(from, from + CHUNK)))
    appender.appendDataChunk(chunk)
  }
  appender.closeSync()
}
