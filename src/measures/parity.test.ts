/** The gate of the SQL subset: every measure counts the same on DuckDB and on a real PostgreSQL. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import {
  createTable,
  type EvidenceInMemory,
  evidenceInMemory,
  literal,
} from '../../test/evidence-in-memory.ts'
import { generatedEvidence } from '../../test/generated-evidence.ts'
import { packForTests } from '../../test/pack-for-tests.ts'
import { type RealPostgres, startRealPostgres } from '../../test/real-postgres.ts'
import { storedColumns } from '../evidence/dataset.ts'
import { datasets } from '../evidence/datasets/index.ts'
import type { Evidence } from '../evidence/evidence.ts'
import { measures } from './catalogue/index.ts'
import { computeFigure } from './compute-figure.ts'
import { dimensionsOfCounting } from './dimensions.ts'
import type { FigureRequest } from './figure.ts'
import { choicesOf } from './measure-sql.ts'
import { withoutResidents } from './population.ts'

let server: RealPostgres
let client: pg.Client
let duckdb: EvidenceInMemory
let postgres: Evidence

before(async () => {
  duckdb = await evidenceInMemory(generatedEvidence(20190430, { rows: 300 }))
  server = await startRealPostgres()
  client = new pg.Client({
    connectionString: server.url,
    // bigint and numeric travel as text by default; our counts are far from where numbers lose digits.
    types: { getTypeParser: oid => (numbers.has(oid) ? Number : (text: string) => text) },
  })
  await client.connect()
  await client.query("set datestyle to 'ISO, YMD'")
  for (const dataset of datasets) {
    await client.query(createTable(dataset))
    const columns = storedColumns(dataset).map(c => c.name)
    const rows = await duckdb.rows(dataset.table)
    const values = rows.map(row => `(${columns.map(name => literal(row[name] ?? null)).join(', ')})`)
    if (values.length > 0) await client.query(`insert into ${dataset.table} values ${values.join(', ')}`)
  }
  postgres = {
    ...duckdb,
    query: async <Row>(sql: string) => (await client.query(sql)).rows as Row[],
  }
})

after(async () => {
  await client?.end()
  await server?.stop()
  duckdb?.close()
})

/** int2, int4, int8, float4, float8, numeric. */
const numbers = new Set([21, 23, 20, 700, 701, 1700])

async function agree(request: FigureRequest): Promise<void> {
  const [a, b] = await Promise.all(
    [duckdb, postgres].map(evidence => computeFigure({ evidence, pack: packForTests }, request, 'record')),
  )
  assert.deepEqual(b, a, JSON.stringify(request))
}

for (const measure of measures) {
  test(`${measure.id} counts the same on DuckDB and on PostgreSQL`, async () => {
    const period = { measure: measure.id, from: '2019-04', to: '2020-03' }
    let counted = 0
    const variants = choicesOf(measure)
    for (const variant of variants) {
      const dimensions = dimensionsOfCounting(measure.counting(variant), measure.notBy)
      // Every dimension once for every measure; variants change conditions, not columns.
      const splits = variant === variants[0] ? dimensions : []
      // Of cells of few a protected figure shows none, and then refuses the split.
      const atOnce = measure.onlyProtected ? 1 : 3
      for (let i = 0; i < splits.length; i += atOnce) {
        await agree({ ...period, variant: { ...variant }, by: splits.slice(i, i + atOnce) })
      }
      const compared: FigureRequest = {
        ...period,
        variant: { ...variant },
        compare: 'year-before',
        leaveOutPandemic: true,
        by: dimensions.filter(id => id === 'month' || id === 'gender' || id === 'weapon').slice(0, 2),
        where: dimensions.includes('local-authority')
          ? { 'local-authority': ['Northborough', 'Unknown'] }
          : dimensions.includes('gender')
            ? { gender: ['Female', 'Unknown'] }
            : { agency: ['police', 'Unknown'] },
      }
      await agree(compared)
      if (measure.rate) {
        const by = dimensions.filter(id => !withoutResidents.includes(id)).slice(-2)
        await agree({ ...period, variant: { ...variant }, per: measure.rate.per, by })
        const where: FigureRequest['where'] = dimensions.includes('local-authority')
          ? { 'local-authority': ['X002'] }
          : { gender: ['Male'] }
        await agree({ ...period, variant: { ...variant }, per: 1000, where })
      }
      if (measure.victims)
        await agree({ ...period, variant: { ...variant }, per: 100, by: ['gender', 'age-band'] })
      const days = measure.counting(variant).sources.every(source => source.clock.day !== null)
      if (days) await agree({ ...compared, from: '2019-04-10', to: '2019-11-20', compare: 'previous' })
      const figure = await computeFigure(
        { evidence: duckdb, pack: packForTests },
        { measure: measure.id, variant: { ...variant } },
        'record',
      )
      counted += figure.total.count ?? 0
    }
    assert.ok(counted > 0, 'the generated evidence holds nothing of it, so nothing was compared')
  })
}
