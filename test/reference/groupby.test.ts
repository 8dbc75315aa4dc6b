/**
 * A file with quotation marks in quotation marks, commas and line breaks inside cells, accents and empty cells: read as
 * intake reads it, counted as measures are counted, against the same counts made by R's data.table.
 */
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { readHeader } from '../../src/evidence/intake/header.ts'
import { prepareFile } from '../../src/evidence/intake/reading/prepare-file.ts'
import { stageCsv } from '../../src/evidence/intake/stage.ts'
import { type Engine, type EngineConnection, openEngine } from '../../src/platform/duckdb.ts'
import {
  assertNear,
  referenceAbsent,
  referenceJson,
  referencePath,
  referenceTable,
} from './reference-table.ts'

/** Columns of the file in its order, as staging names them. */
const [, OCCURRED, TYPE, WARD, LOCATION, LON, , KNIFE, AGE] = Array.from({ length: 9 }, (_, i) => `c${i}`)

describe('groups', { skip: referenceAbsent }, () => {
  let scratch: string
  let engine: Engine
  let connection: EngineConnection
  before(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'concord-groups-'))
    engine = await openEngine({ memory: '200MB', threads: 2, spill: scratch })
    connection = await engine.connect()
    const { path } = await prepareFile(referencePath('groupby/offences.csv'), 'offences.csv', scratch)
    const header = await readHeader(path, 'offences.csv')
    await stageCsv(connection, path, 'offences.csv', header, scratch)
  })
  after(async () => {
    connection?.close()
    engine?.close()
    if (scratch) await rm(scratch, { recursive: true, force: true })
  })

  test('every row is read whole: empty cells, line breaks and quotation marks within cells', async () => {
    const expected = referenceJson('groupby/expected_meta.json') as Record<string, number>
    const [counted] = await connection.rows<Record<string, number>>(
      `select count(*) as rows,
         count(*) filter (where ${LOCATION} is null or ${LOCATION} = '') as empty_location,
         count(*) filter (where ${LOCATION} like '%' || chr(10) || '%') as multiline_location,
         count(*) filter (where ${LOCATION} like '%"%') as quoted_pub,
         count(*) filter (where ${KNIFE} = '1') as knife
       from staged`,
    )
    for (const [name, value] of Object.entries(counted!)) assert.equal(value, expected[name], name)
  })

  test('months by type, and hours, agree', async () => {
    const expected = referenceTable('groupby/expected_month_type.csv')
    const found = await connection.rows<{ month: string; type: string; n: number }>(
      `select substring(${OCCURRED}, 1, 7) as month, ${TYPE} as type, count(*) as n
       from staged group by 1, 2 order by 1, 2`,
    )
    const keyed = (rows: { month?: string; type?: string; n?: number | string }[]) =>
      new Map(rows.map(row => [`${row.month} ${row.type}`, Number(row.n)]))
    assert.deepEqual(keyed(found), keyed(expected))
    const hours = await connection.rows<{ hour: number; n: number }>(
      `select cast(substring(${OCCURRED}, 12, 2) as integer) as hour, count(*) as n from staged group by 1 order by 1`,
    )
    assert.deepEqual(
      hours.map(row => [row.hour, row.n]),
      referenceTable('groupby/expected_hour.csv').map(row => [Number(row.hour), Number(row.n)]),
    )
  })

  test('wards agree: counts, mean and median age without blanks, types, missing points, rates', async () => {
    const population = new Map(
      referenceTable('groupby/ward_population.csv').map(row => [row.ward!, Number(row.population)]),
    )
    const found = new Map(
      (
        await connection.rows<Record<string, number> & { ward: string }>(
          `select ${WARD} as ward, count(*) as n, count(*) filter (where ${KNIFE} = '1') as knife,
             avg(cast(nullif(${AGE}, '') as integer)) as mean_age,
             count(nullif(${AGE}, '')) as n_age,
             median(cast(nullif(${AGE}, '') as integer)) as median_age,
             count(distinct ${TYPE}) as distinct_types,
             count(*) filter (where ${LON} is null or ${LON} = '') as missing_lon
           from staged group by 1`,
        )
      ).map(row => [row.ward, row]),
    )
    const expected = referenceTable('groupby/expected_ward.csv')
    assert.equal(found.size, expected.length)
    for (const row of expected) {
      const ours = found.get(row.ward!)!
      for (const name of ['n', 'knife', 'n_age', 'median_age', 'distinct_types', 'missing_lon']) {
        assertNear(ours[name]!, row[name]!, 0, `${row.ward} ${name}`)
      }
      assertNear(ours.mean_age!, row.mean_age!, 1e-12, `${row.ward} mean age`)
      assertNear((ours.n! / population.get(row.ward!)!) * 1000, row.rate_per_1000!, 1e-12, `${row.ward} rate`)
    }
  })
})
