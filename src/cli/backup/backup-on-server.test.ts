/** Backups of casework on a PostgreSQL server, and the way from the embedded store to a server and back. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { gunzipSync, gzipSync } from 'node:zlib'
import { caseworkForTests } from '../../../test/casework-for-tests.ts'
import { ordinaryOwner } from '../../../test/ordinary-owner.ts'
import { type RealPostgres, startRealPostgres } from '../../../test/real-postgres.ts'
import { type TemporaryStore, temporaryStore, tester } from '../../../test/temporary-store.ts'
import { importFile } from '../../evidence/intake/import-file.ts'
import { verifyAudit } from '../../governance/audit/verify-audit.ts'
import { readConfig } from '../../platform/config.ts'
import { connectDatabase, openDatabase } from '../../platform/postgres.ts'
import { theProgram } from '../../platform/record-of-acts.ts'
import { beginRestore, declareReady } from '../../platform/restored-folder.ts'
import { fileOfTable } from './dump-casework.ts'
import { makeBackup } from './make-backup.ts'
import { MANIFEST, MANIFEST_SUM, sumLine } from './manifest.ts'
import { type RestoreRequest, restoreBackup } from './restore-backup.ts'

const now = new Date('2026-11-20T08:40:00Z')

let server: RealPostgres
let databaseUrl: string
let place: string
let made = 0
const newPath = () => join(place, `place-${++made}`)

before(async () => {
  server = await startRealPostgres()
  // No superuser: as an installation should run.
  databaseUrl = await ordinaryOwner(server.url)
  place = await mkdtemp(join(tmpdir(), 'concord-server-backup-'))
})
after(async () => {
  await server.stop()
  await rm(place, { recursive: true, force: true })
})

async function opened<T>(
  folder: string,
  url: string | null,
  act: (store: TemporaryStore) => Promise<T>,
): Promise<T> {
  const store = await temporaryStore(() => now, folder, url)
  return act(store).finally(async () => {
    store.close()
    await store.installation.close()
  })
}

const restore = (path: string, dataFolder: string, url: string | null, more: Partial<RestoreRequest> = {}) =>
  restoreBackup(
    { ...readConfig({}), dataFolder, databaseUrl: url },
    { path, replace: false, deletions: null, withoutDeletions: true, key: null, ...more },
    { acting: theProgram, now },
  )

const stateOf = (folder: string, url: string | null) =>
  opened(folder, url, async ({ installation: { database }, evidence }) => ({
    entries: (await database.query<{ text: string }>('select text from entries order by text')).map(
      e => e.text,
    ),
    owners: await database.query(`select count(*) as n from users u join agencies a on a.id = u.agency`),
    offences: await evidence.query('select count(*) as n from offences'),
    faults: (await verifyAudit(database)).faults,
  }))

async function embedded(text: string, offences: number): Promise<{ folder: string; source: string }> {
  const [folder, source] = [newPath(), newPath()]
  await opened(folder, null, async store => {
    const casework = await caseworkForTests(store.installation.database)
    const school = await casework.member('school')
    await casework.entry(school, await casework.record(school), { text })
    const rows = Array.from({ length: offences }, (_, i) => `A${i},west-midlands,2019-03-14,34B\n`).join('')
    const path = await store.file('a.csv', `offence_id,force,recorded_on,ho_code\n${rows}`)
    await importFile(store, { path, actor: tester })
    await makeBackup(store, source, theProgram)
  })
  return { folder, source }
}

test('casework moves from the embedded store into a server that an ordinary user owns, and back', async () => {
  const { folder, source } = await embedded('from the small store', 12)
  const wanted = await stateOf(folder, null)
  assert.deepEqual([wanted.entries, wanted.offences], [['from the small store'], [{ n: 12 }]])

  const onServer = newPath()
  const restored = await restore(source, onServer, databaseUrl)
  assert.equal(restored.leftBehind, null)
  assert.deepEqual(await stateOf(onServer, databaseUrl), wanted)

  const ofServer = newPath()
  await opened(onServer, databaseUrl, store => makeBackup(store, ofServer, theProgram))
  const back = newPath()
  await restore(ofServer, back, null)
  assert.deepEqual(await stateOf(back, null), wanted)
})

test('what is on the server is replaced only when that is said, all at once, and by nobody while it is in use', async () => {
  const onServer = newPath()
  const old = await embedded('the old one', 5)
  await restore(old.source, onServer, databaseUrl, { replace: true })
  const wanted = await stateOf(onServer, databaseUrl)
  const { source } = await embedded('the new one', 7)

  await assert.rejects(restore(source, onServer, databaseUrl), {
    code: 'restore-refused',
    message: /--replace/,
  })

  const node = await openDatabase({ databaseUrl, folder: null })
  await node.query('select 1')
  await assert.rejects(restore(source, onServer, databaseUrl, { replace: true }), {
    code: 'restore-refused',
    message: /Another Concord has the database open/,
  })
  await node.query('create table of_somebody_else (id integer)')
  await node.close()
  await assert.rejects(restore(source, onServer, databaseUrl, { replace: true }), {
    code: 'restore-refused',
    message: /tables that are not Concord's \(of_somebody_else\)/,
  })
  const administrator = await connectDatabase({ databaseUrl, folder: null })
  await administrator.query('drop table of_somebody_else')
  await administrator.close()

  // Rows that do not fit together, although every checksum is right.
  const torn = newPath()
  await cp(source, torn, { recursive: true })
  const table = join(torn, fileOfTable('entries'))
  const [head, row] = gunzipSync(await readFile(table))
    .toString('utf8')
    .split('\n')
  const columns = (JSON.parse(head!) as { columns: string[] }).columns
  const values = JSON.parse(row!) as string[]
  values[columns.indexOf('record_id')] = '00000000-0000-4000-8000-000000000000'
  const bytes = gzipSync(`${head}\n${JSON.stringify(values)}\n`)
  await writeFile(table, bytes)
  const manifest = JSON.parse(await readFile(join(torn, MANIFEST), 'utf8'))
  Object.assign(
    manifest.files.find((f: { name: string }) => f.name === fileOfTable('entries')),
    { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') },
  )
  const text = JSON.stringify(manifest)
  await writeFile(join(torn, MANIFEST), text)
  await writeFile(join(torn, MANIFEST_SUM), sumLine(text))
  await assert.rejects(restore(torn, onServer, databaseUrl, { replace: true }), /violates foreign key/)

  assert.deepEqual(await stateOf(onServer, databaseUrl), wanted, 'something was changed')
  await restore(source, onServer, databaseUrl, { replace: true })
  assert.deepEqual((await stateOf(onServer, databaseUrl)).entries, ['the new one'])
})

test('a restore that was killed as the server committed is finished, and one before that is dropped', async () => {
  const onServer = newPath()
  const { source, folder } = await embedded('whichever', 3)
  await restore(source, onServer, databaseUrl, { replace: true })
  const [done] = await opened(onServer, databaseUrl, ({ installation: { database } }) =>
    database.query<{ id: string }>(
      `select subject_id as id from audit where event = 'backup-restored' order by seq desc`,
    ),
  )
  const wanted = await stateOf(onServer, databaseUrl)
  for (const [id, inPlace] of [
    ['00000000-0000-4000-8000-000000000000', false],
    [done!.id, true],
  ] as const) {
    const fresh = await beginRestore(onServer)
    await cp(join(folder, 'evidence'), join(fresh, 'evidence'), { recursive: true })
    const mark = `evidence/boundaries/of-restore-${inPlace}`
    await writeFile(join(fresh, mark), 'x')
    await declareReady(onServer, { restore: id, names: ['evidence'], databaseDecides: true })
    await assert.rejects(restore(source, onServer, databaseUrl, { replace: true }), {
      code: 'restore-refused',
      message: /An earlier restore into the server was interrupted/,
    })
    assert.deepEqual(await stateOf(onServer, databaseUrl), wanted)
    assert.equal(existsSync(join(onServer, mark)), inPlace, inPlace ? 'not finished' : 'not dropped')
    assert.equal(existsSync(join(onServer, 'restoring')), false)
  }
})
