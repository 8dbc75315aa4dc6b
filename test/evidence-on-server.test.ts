/** The catalogue on a PostgreSQL server, as an installation runs for real, beside the embedded one. */
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { readAreaPack } from '../src/areas/read-area-pack.ts'
import { findLoad, withdrawLoad } from '../src/evidence/catalogue/loads.ts'
import { importFile } from '../src/evidence/intake/import-file.ts'
import { type EvidenceStore, openEvidence } from '../src/evidence/open-evidence.ts'
import { readConfig } from '../src/platform/config.ts'
import { openInstallation } from '../src/platform/installation.ts'
import { openDatabase } from '../src/platform/postgres.ts'
import { type RealPostgres, startRealPostgres } from './real-postgres.ts'
import { tester, today } from './temporary-store.ts'

let server: RealPostgres
before(async () => {
  server = await startRealPostgres()
})
after(() => server?.stop())

const CSV =
  'offence_id,force,recorded_on,ho_code\nSYN-1,west-midlands,2019-03-14,8N\nSYN-2,west-midlands,2019-04-14,34B\n'
const NEWER = 'offence_id,force,recorded_on,ho_code\nSYN-1,west-midlands,2019-03-14,5D\n'

async function story(store: EvidenceStore, file: (text: string) => Promise<string>) {
  const counts = () =>
    store.evidence.query(
      'select ho_code as code, count(*) as n from offences group by ho_code order by ho_code',
    )
  const first = await importFile(store, { path: await file(CSV), actor: tester })
  const one = { version: await store.evidence.version(), counts: await counts() }
  const newer = await importFile(store, { path: await file(NEWER), actor: tester })
  const two = { version: await store.evidence.version(), counts: await counts() }
  await withdrawLoad(store, newer.loadId!, tester)
  const three = { version: await store.evidence.version(), counts: await counts() }
  const load = await findLoad(store.installation.database, first.loadId!)
  return { one, two, three, months: load!.months, findings: load!.findings, loadedAt: load!.loadedAt }
}

describe('a catalogue on a server', () => {
  test('tells the same story as the embedded one', async () => {
    const answers = []
    for (const databaseUrl of [null, server.url]) {
      const root = await mkdtemp(join(tmpdir(), 'concord-test-'))
      const config = { ...readConfig({}), dataFolder: join(root, 'data'), databaseUrl, logLevel: 'silent' }
      const installation = await openInstallation(config, { clock: () => today })
      const store = await openEvidence(installation, await readAreaPack(config.areaFolder))
      let files = 0
      const file = async (text: string) => {
        const path = join(root, `${files++}.csv`)
        await writeFile(path, text)
        return path
      }
      answers.push(await story(store, file))
      store.close()
      await installation.close()
      await rm(root, { recursive: true })
    }
    assert.deepEqual(answers[1], answers[0])
    assert.equal(answers[0]!.three.version, answers[0]!.one.version)
    assert.notEqual(answers[0]!.two.version, answers[0]!.one.version)
  })

  test('two programs that start together on a new database both find it ready', async () => {
    const { url } = server
    const fresh = `${url.slice(0, url.lastIndexOf('/'))}/fresh`
    const admin = await openDatabase({ databaseUrl: url, folder: null })
    await admin.query('create database fresh')
    await admin.close()
    const opened = await Promise.all([1, 2, 3].map(() => openDatabase({ databaseUrl: fresh, folder: null })))
    const applied = await opened[0]!.query<{ n: number }>('select count(*) as n from migrations')
    assert.ok(applied[0]!.n >= 1)
    for (const database of opened) await database.close()
  })

  test('a database that a newer program has written is refused', async () => {
    const database = await openDatabase({ databaseUrl: server.url, folder: null })
    await database.query("insert into migrations (name) values ('9999-of-the-future.sql')")
    await assert.rejects(
      openDatabase({ databaseUrl: server.url, folder: null }),
      /written by a newer Concord \(it has 9999-of-the-future\.sql\)/,
    )
    await database.query("delete from migrations where name like '9999%'")
    await database.close()
  })
})
