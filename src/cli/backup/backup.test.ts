/** A backup is taken, carried about, damaged, and put back: real stores, real files. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { caseworkForTests, type TestCasework } from '../../../test/casework-for-tests.ts'
import { openSyntheticCasework } from '../../../test/synthetic-stores.ts'
import { type TemporaryStore, temporaryStore, tester } from '../../../test/temporary-store.ts'
import { withdrawLoad } from '../../evidence/catalogue/loads.ts'
import { importFile } from '../../evidence/intake/import-file.ts'
import { asMember } from '../../governance/access/as-member.ts'
import { verifyAudit } from '../../governance/audit/verify-audit.ts'
import { settleDeletions } from '../../governance/retention/deletion-list.ts'
import { runRetention } from '../../governance/retention/run-retention.ts'
import { startSession } from '../../governance/sessions/session-store.ts'
import type { Config } from '../../platform/config.ts'
import {
  connectDatabase,
  type Database,
  knownMigrations,
  openDatabase,
  readMigrations,
} from '../../platform/postgres.ts'
import { theProgram } from '../../platform/record-of-acts.ts'
import { dumpCasework, fileOfTable } from './dump-casework.ts'
import { loadCasework } from './load-casework.ts'
import { makeBackup } from './make-backup.ts'
import { MANIFEST, MANIFEST_SUM, sumLine } from './manifest.ts'
import { checkBackup, type RestoreRequest, restoreBackup } from './restore-backup.ts'

const now = new Date('2026-11-20T08:40:00Z')

const offences = (from: number, n: number) =>
  `offence_id,force,recorded_on,ho_code\n${Array.from({ length: n }, (_, i) => `A${from + i},west-midlands,2019-0${(i % 9) + 1}-14,34B\n`).join('')}A${from}x,west-midlands,2019-02-31,34B\n`

let place: string
let store: TemporaryStore
let casework: TestCasework

before(async () => {
  place = await mkdtemp(join(tmpdir(), 'concord-backup-'))
  store = await temporaryStore(() => now)
  casework = await caseworkForTests(store.installation.database)
  const school = await casework.member('school')
  await casework.agree(['school', 'council'], ['known-to', 'attendance'])
  for (let i = 0; i < 3; i++) {
    const of = await casework.record(school)
    // What text can hold: lines, quotation marks, backslashes, letters of other alphabets.
    await casework.entry(school, of, { text: `Line one\n"two", {three}\\four\tfünf ${i} 你好 \u2028 NULL` })
  }
  await importFile(store, {
    path: await store.file('a.csv', offences(1, 400)),
    actor: tester,
    acceptRejected: true,
  })
  const { loadId } = await importFile(store, {
    path: await store.file('b.csv', offences(1, 90)),
    actor: tester,
    acceptRejected: true,
  })
  await withdrawLoad(store, loadId!, tester)
  await importFile(store, {
    path: await store.file('c.csv', offences(300, 200)),
    actor: tester,
    acceptRejected: true,
  })
})
after(async () => {
  await store.remove()
  await rm(place, { recursive: true, force: true })
})

let made = 0
const newPath = (ending = '') => join(place, `place-${++made}${ending}`)

async function backup(ending = ''): Promise<string> {
  const target = newPath(ending)
  await makeBackup(store, target, theProgram)
  return target
}

const configFor = (dataFolder: string, more: Partial<Config> = {}): Config => ({
  ...store.installation.config,
  dataFolder,
  ...more,
})

const restore = (
  path: string,
  dataFolder: string,
  more: Partial<RestoreRequest> = {},
  config: Partial<Config> = {},
) =>
  restoreBackup(
    configFor(dataFolder, config),
    { path, replace: false, deletions: null, withoutDeletions: true, key: null, ...more },
    { acting: theProgram, now },
  )

async function opened<T>(folder: string, act: (other: TemporaryStore) => Promise<T>): Promise<T> {
  const other = await temporaryStore(() => now, folder)
  return act(other).finally(async () => {
    other.close()
    await other.installation.close()
  })
}

/** Tables but for those that a restore adds to or leaves out, each with which of its rows are compared. */
async function comparedTables(database: Database, acts: number): Promise<{ name: string; rows: string }[]> {
  const tables = await database.query<{ name: string }>(
    `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
     and relname not in ('migrations', 'sessions', 'account_links', 'failed_sign_ins', 'audit_head') order by 1`,
  )
  return tables.map(({ name }) => ({
    name,
    rows: `${name} t ${name === 'audit' ? `where seq <= ${acts}` : ''}`,
  }))
}

/** Every row of every table as text. */
async function contentOf(database: Database, acts: number): Promise<Record<string, string[]>> {
  const content: Record<string, string[]> = {}
  for (const { name, rows } of await comparedTables(database, acts)) {
    const found = await database.query<{ row: string }>(`select t::text as row from ${rows} order by 1`)
    content[name] = found.map(r => r.row)
  }
  return content
}

/** How many rows every table has, and the sum of what stands in them: for a hundred thousand rows. */
async function sumsOf(database: Database, acts: number): Promise<Record<string, string>> {
  const sums: Record<string, string> = {}
  for (const { name, rows } of await comparedTables(database, acts)) {
    const [found] = await database.query<{ sum: string }>(
      `select count(*) || ' rows, ' || md5(string_agg(row, '' order by row collate "C")) as sum
       from (select md5(t::text) as row from ${rows}) t`,
    )
    sums[name] = found!.sum ?? 'no rows'
  }
  return sums
}

const counted = (of: TemporaryStore) =>
  of.evidence.query(`select count(*) as n, count(distinct offence_id) as ids from offences`)

describe('a backup put into a new place', () => {
  for (const ending of ['', '.tar']) {
    test(`as ${ending || 'a folder'} is every row, every file, and the record of acts whole`, async () => {
      const source = await backup(ending)
      const { database } = store.installation
      const [head] = await database.query<{ seq: number }>('select seq from audit_head')
      // The entry of the backup itself is written when it is whole, and so not in it.
      const acts = head!.seq - 1
      const wanted = await contentOf(database, acts)
      const folder = newPath()
      const restored = await restore(source, folder)
      assert.deepEqual(restored.acts.faults, [])
      assert.equal(
        restored.rows,
        Object.values(restored.manifest.casework.rows).reduce((a, b) => a + b, 0),
      )
      await opened(folder, async other => {
        assert.deepEqual(await contentOf(other.installation.database, acts), wanted)
        assert.ok(wanted.entries!.length === 3 && wanted.loads!.length === 3, 'there was nothing to compare')
        assert.equal(await other.evidence.version(), await store.evidence.version())
        assert.deepEqual(await counted(other), await counted(store))
        assert.deepEqual(await readdir(join(folder, 'evidence/loads')), ['1.csv', '3.csv'])
        // Loads go on from the number that comes next.
        const next = await importFile(other, {
          path: await other.file('d.csv', offences(900, 5)),
          actor: tester,
          acceptRejected: true,
        })
        assert.equal(next.loadId, 4)
      })
    })
  }

  test('says what it is, is readable by its owner alone, and holds no key and nobody’s session', async () => {
    const school = await casework.member('school')
    await asMember(store.installation.database, school, { now }, tx =>
      startSession(tx, { way: 'account', device: 'A test' }),
    )
    await writeFile(join(store.root, 'web-secret'), 'k'.repeat(64))
    const source = await backup()
    const names = (await readdir(source, { recursive: true })).map(name => name.replaceAll('\\', '/'))
    assert.ok(!names.some(name => /secret|sessions|account_links|failed_sign_ins/.test(name)))
    assert.equal((await stat(join(source, MANIFEST))).mode & 0o077, 0)
    const text = await readFile(join(source, MANIFEST), 'utf8')
    const manifest = JSON.parse(text)
    assert.deepEqual([manifest.destroyBy, manifest.area], ['2026-12-20', 'west-midlands'])
    assert.doesNotMatch(text, /kkkk/)
    const folder = newPath()
    const key = newPath('.key')
    await writeFile(key, 'x'.repeat(64))
    await assert.rejects(restore(source, folder, { key }), /is not the key of the installation/)
    await writeFile(key, 'k'.repeat(64))
    assert.equal((await restore(source, folder, { key })).key, 'fits')
    assert.equal(await readFile(join(folder, 'web-secret'), 'utf8'), 'k'.repeat(64))
    await opened(folder, async other => {
      assert.deepEqual(await other.installation.database.query('select id from sessions'), [])
    })
    await store.installation.database.query('delete from sessions')
    await rm(join(store.root, 'web-secret'))
  })

  test('nobody is written to again about what waited to be mailed then', async () => {
    const { database } = store.installation
    const { user } = await casework.member('council', 'coordinator')
    const [mail] = await database.query<{ id: string }>(
      `insert into notice_mails (recipient, urgent, state, next_try_at, made_at) values ($1, true, 'waiting', now(), now()) returning id`,
      [user],
    )
    for (const sending of [mail!.id, null]) {
      await database.query(
        `insert into notices (recipient, kind, subject_kind, reference, link, created_at, delete_on, mail)
         values ($1, 'referral-arrived', 'referral', 'R-2026-0001', '/triage/R-2026-0001', $2, '2027-02-01', $3)`,
        [user, now.toISOString(), sending],
      )
    }
    const folder = newPath()
    await writeFile(join(store.root, 'web-secret'), 'k'.repeat(64))
    assert.equal((await restore(await backup(), folder)).key, 'absent', 'nobody’s second factor works')
    await rm(join(store.root, 'web-secret'))
    await opened(folder, async other => {
      const states = await other.installation.database.query(
        `select m.state, m.fault, count(n.id) as notices from notice_mails m join notices n on n.mail = m.id group by m.id, m.state, m.fault`,
      )
      assert.deepEqual(states, [
        { state: 'uncertain', fault: 'RESTORED', notices: 1 },
        { state: 'uncertain', fault: 'RESTORED', notices: 1 },
      ])
      assert.deepEqual(
        await other.installation.database.query('select id from notices where mail is null'),
        [],
      )
    })
    await database.query('delete from notices')
    await database.query('delete from notice_mails')
  })

  test('a table with e-mail on its way, or with links that are out, is looked after by whoever restores', async () => {
    const tablesWith = async (column: string) =>
      (
        await store.installation.database.query<{ name: string }>(
          `select table_name as name from information_schema.columns
           where table_schema = 'public' and column_name = $1 order by 1`,
          [column],
        )
      ).map(t => t.name)
    assert.deepEqual(await tablesWith('next_try_at'), ['invitation_mails', 'notice_mails'])
    // Of these the first and the last are not in a backup, and a calendar's address is one that stays.
    assert.deepEqual(await tablesWith('token_hash'), [
      'account_links',
      'calendar_feeds',
      'referral_invitations',
      'sessions',
    ])
  })

  test('the casework of the whole synthetic partnership is the same afterwards, whatever kind its values are', async () => {
    const from = await openSyntheticCasework()
    const folder = newPath()
    await mkdir(join(folder, 'casework'), { recursive: true })
    const dumped = await dumpCasework(from, folder)
    const to = await connectDatabase({ databaseUrl: null, folder: null })
    const migrations = await readMigrations()
    await to.transaction(tx =>
      loadCasework(tx, { casework: { from: 'embedded', ...dumped } }, migrations, table =>
        join(folder, fileOfTable(table)),
      ),
    )
    const wanted = await sumsOf(from, dumped.acts.seq)
    const empty = Object.keys(wanted).filter(table => wanted[table] === 'no rows')
    assert.ok(empty.length < Object.keys(wanted).length / 2, `nothing stands in ${empty}`)
    assert.deepEqual(await sumsOf(to, dumped.acts.seq), wanted)
    assert.deepEqual((await verifyAudit(to)).faults, [])
    // What guards the tables is as in any other store.
    const guards = (database: Database) =>
      database.query(
        `select conrelid::regclass::text as "table", conname as name, pg_get_constraintdef(oid) as guard from pg_constraint
         where connamespace = 'public'::regnamespace
         union all select tgrelid::regclass::text, tgname, tgenabled::text || pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
         order by 1, 2, 3`,
      )
    assert.deepEqual(await guards(to), await guards(from))
    await from.close()
    await to.close()
  })

  test('a backup of an earlier program is brought up to date', async () => {
    const earlier = (await knownMigrations()).filter(name => name < '0018')
    const old = await openDatabase({ databaseUrl: null, folder: null }, { migrations: earlier })
    await old.query(
      `insert into acts (at, actor, act, subject) values ('2026-03-01T09:00:00Z', 'command line (jo)', 'LOAD_WITHDRAWN', 'load 7')`,
    )
    const folder = newPath()
    await mkdir(join(folder, 'casework'), { recursive: true })
    const dumped = await dumpCasework(old, folder)
    await old.close()
    const young = await openDatabase({ databaseUrl: null, folder: null }, { migrations: [] })
    const migrations = await readMigrations()
    await young.transaction(tx =>
      loadCasework(tx, { casework: { from: 'embedded', ...dumped } }, migrations, table =>
        join(folder, fileOfTable(table)),
      ),
    )
    const [act] = await young.query('select event, subject_id as load from audit where seq = 1')
    assert.deepEqual(act, { event: 'load-withdrawn', load: '7' })
    assert.deepEqual((await verifyAudit(young)).faults, [])
    await young.close()
  })
})

async function filesWith(folder: string, text: string): Promise<string[]> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = files.filter(f => f.isFile()).map(f => join(f.parentPath, f.name))
  const held = await Promise.all(paths.map(async path => ({ path, bytes: await readFile(path) })))
  return held.filter(({ bytes }) => bytes.includes(text)).map(({ path }) => path)
}

describe('what was deleted after the backup', () => {
  const name = 'Qwyxbertram'

  let prepared: { folder: string; source: string }
  before(async () => {
    prepared = await prepare()
  })

  /** A copy of it, to be changed. */
  async function deletedSince() {
    const folder = newPath()
    await cp(prepared.folder, folder, { recursive: true })
    return { folder, source: prepared.source }
  }

  /** A store of its own with somebody of that name, its backup, and then the deletion. */
  async function prepare() {
    const folder = newPath()
    const source = newPath()
    await opened(folder, async other => {
      const people = await caseworkForTests(other.installation.database)
      const school = await people.member('school')
      const of = await people.record(school)
      await people.entry(school, of, { text: `${name} was seen at the gate.` })
      await makeBackup(other, source, theProgram)
      await cp(join(folder, 'postgres'), `${source}-postgres`, { recursive: true })
      // Not due by its date: somebody ended it early.
      await other.installation.database.query(
        `update agency_records set delete_on = '2026-11-20', review_on = '2026-11-20' where id = $1`,
        [of.record],
      )
      await runRetention(other.installation.database, now)
      await settleDeletions(other.installation.database, join(folder, 'deletions'), now, theProgram)
    })
    return { folder, source }
  }

  test('R12 is not there after the backup is put back, and not a byte of it on the disk', async () => {
    const { folder, source } = await deletedSince()
    assert.deepEqual(await filesWith(join(folder, 'postgres'), name), [])
    const restored = await restore(source, folder, { replace: true, withoutDeletions: false })
    assert.equal(restored.deletedAgain, 2)
    assert.deepEqual(await filesWith(folder, name), [])
    await opened(folder, async other => {
      assert.deepEqual(await other.installation.database.query('select id from agency_records'), [])
      assert.deepEqual(await other.installation.database.query('select id from entries'), [])
    })
  })

  test('R12 on a new machine the list has to come along, or it is said that there is none', async () => {
    const { folder, source } = await deletedSince()
    const other = newPath()
    await assert.rejects(restore(source, other, { withoutDeletions: false }), {
      code: 'restore-refused',
      message: /--deletions FILE; or, where there is none, say --without-deletions/,
    })
    const given = newPath()
    await restore(source, given, { withoutDeletions: false, deletions: join(folder, 'deletions') })
    assert.deepEqual(await filesWith(given, name), [])
    assert.ok(
      (await readFile(join(given, 'deletions'), 'utf8')).includes('agency-record'),
      'and stays for the next time',
    )
    const without = newPath()
    await restore(source, without)
    assert.notDeepEqual(await filesWith(without, name), [], 'the test tests nothing')
  })

  test('R12 is deleted again when somebody puts the store back by other ways', async () => {
    const { folder, source } = await deletedSince()
    await rm(join(folder, 'postgres'), { recursive: true })
    await cp(`${source}-postgres`, join(folder, 'postgres'), { recursive: true })
    await opened(folder, async other => {
      const { database } = other.installation
      assert.equal((await database.query('select id from entries')).length, 1)
      assert.equal(await settleDeletions(database, join(folder, 'deletions'), now, theProgram), 2)
      assert.deepEqual(await database.query('select id from entries'), [])
    })
    assert.deepEqual(await filesWith(join(folder, 'postgres'), name), [])
  })

  test('R12 what came to its end since the backup is ended before anybody looks', async () => {
    const { source } = await deletedSince()
    const folder = newPath()
    const restored = await restoreBackup(
      configFor(folder),
      { path: source, replace: false, deletions: null, withoutDeletions: true, key: null },
      { acting: theProgram, now: new Date('2028-02-01T09:00:00Z') },
    )
    assert.equal(restored.ended, 2)
    assert.deepEqual(await filesWith(folder, name), [])
  })

  test('R12 a draft that its author threw away stays away', async () => {
    const { database } = store.installation
    const school = await casework.member('school')
    const id = randomUUID()
    await asMember(database, school, { now }, async tx => {
      const { discardDraft } = await import('../../casework/intake/referrals/draft-store.ts')
      await tx.query(
        `insert into referral_drafts (id, author, agency, answers, started_at, changed_at, delete_on)
         values ($1, $2, $3, '{}', present(), present(), '2027-01-01')`,
        [id, school.user, school.agency],
      )
      await discardDraft(tx, id)
    })
    const [noted] = await database.query('select record_type as type from deletions where record_id = $1', [
      id,
    ])
    assert.deepEqual(noted, { type: 'referral-draft' })
  })
})

describe('a backup that is not as it was written', () => {
  let source: string
  let tar: string
  let folder: string
  before(async () => {
    source = await backup()
    tar = await backup('.tar')
    folder = newPath()
    await restore(source, folder)
  })

  /** What is in the data folder, with the times at which it was changed. */
  const stateOf = async () => {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    const files = entries.filter(e => e.isFile()).map(e => join(e.parentPath, e.name))
    return Promise.all(files.sort().map(async path => `${path} ${(await stat(path)).mtimeMs}`))
  }

  const refused = async (path: string, because: RegExp) => {
    const old = await stateOf()
    for (const attempt of [
      () => restore(path, folder, { replace: true }),
      () => checkBackup(path, { acting: theProgram, now }),
    ]) {
      await assert.rejects(attempt(), (error: Error & { code?: string }) => {
        assert.match(error.message, because)
        assert.match(String(error.code), /^(backup-unusable|store-newer|file-unreadable)$/)
        return true
      })
    }
    assert.deepEqual(await stateOf(), old, 'something was changed')
  }

  const damaged = async (act: (path: string) => Promise<unknown>) => {
    const path = newPath()
    await cp(source, path, { recursive: true })
    await act(path)
    return path
  }

  const flip = async (path: string, at: number) => {
    const bytes = await readFile(path)
    bytes[at]! ^= 1
    await chmod(path, 0o600)
    await writeFile(path, bytes)
  }

  const anEvidenceFile = async (path: string) => {
    const files = await readdir(join(path, 'evidence/files/offences'))
    return join('evidence/files/offences', files[0]!)
  }

  test('a flipped byte is found, wherever it is', async () => {
    for (const name of [fileOfTable('entries'), await anEvidenceFile(source), 'evidence/loads/1.csv']) {
      const path = await damaged(async to => flip(join(to, name), (await stat(join(to, name))).size >> 1))
      await refused(path, new RegExp(`${name.replaceAll('.', '\\.')} was changed`))
    }
    await refused(await damaged(path => flip(join(path, MANIFEST), 300)), /its manifest is not what it was/)
    await refused(await damaged(path => flip(join(path, MANIFEST_SUM), 3)), /its manifest is not what it was/)
  })

  test('a file that is cut off, missing or too much is found', async () => {
    const audit = fileOfTable('audit')
    await refused(
      await damaged(path => truncate(join(path, audit), 100)),
      /audit\.ndjson\.gz has 100 bytes in place of/,
    )
    await refused(await damaged(path => rm(join(path, audit))), /audit\.ndjson\.gz is missing/)
    await refused(
      await damaged(path => writeFile(join(path, 'casework/more.gz'), 'x')),
      /more\.gz does not belong to it/,
    )
    await refused(await damaged(path => rm(join(path, MANIFEST))), /was cut off: it has no manifest\.json/)
    await refused(await damaged(path => rm(join(path, MANIFEST_SUM))), /its manifest is not what it was/)
  })

  test('a tar file that is cut off anywhere, or changed, is found', async () => {
    const whole = await readFile(tar)
    for (const share of [0.0005, 0.2, 0.5, 0.9, 0.999]) {
      const path = newPath('.tar')
      await writeFile(path, whole.subarray(0, Math.floor(whole.length * share)))
      await refused(path, /it is cut off|it has no manifest/)
    }
    const path = newPath('.tar')
    await writeFile(path, whole)
    await flip(path, 20)
    await refused(path, /it is not a tar file, or was changed/)
    await flip(path, 20)
    await flip(path, whole.length >> 1)
    await refused(path, /was changed/)
  })

  test('what is no backup, and what a newer program made, are refused in a sentence', async () => {
    await refused(join(place, 'nowhere'), /There is no file or folder/)
    await refused(await anything(), /it is no backup of Concord/)
    const text = newPath('.txt')
    await writeFile(text, 'Hello')
    await refused(text, /it is cut off/)
    const newer = await damaged(async path => {
      const manifest = JSON.parse(await readFile(join(path, MANIFEST), 'utf8'))
      manifest.casework.migrations.push('9999-of-the-future.sql')
      const anew = JSON.stringify(manifest)
      await writeFile(join(path, MANIFEST), anew)
      await writeFile(join(path, MANIFEST_SUM), sumLine(anew))
    })
    await refused(newer, /made by a newer Concord \(0\.1\.0; it has 9999-of-the-future\.sql\)/)
  })

  const anything = async () => {
    const path = newPath()
    await cp(join(store.root, 'evidence'), path, { recursive: true })
    return path
  }

  test('an installation that is there is replaced only when that is said', async () => {
    const old = await stateOf()
    await assert.rejects(restore(source, folder), { code: 'restore-refused', message: /add --replace/ })
    assert.deepEqual(await stateOf(), old)
  })

  test('an installation that is open is not touched', async () => {
    await opened(folder, async () => {
      // Another process: a lock of our own process would be taken over.
      const { spawn } = await import('node:child_process')
      const holder = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
      await writeFile(join(folder, 'lock'), String(holder.pid))
      await assert.rejects(restore(source, folder, { replace: true }), {
        code: 'restore-refused',
        message: /Process \d+ has this data folder open\. Stop it first/,
      })
      holder.kill()
    })
  })
})

describe('a place for a backup', () => {
  test('that is taken, missing or within the data is refused, and nothing is left', async () => {
    const there = newPath()
    await writeFile(there, 'mine')
    const refused = (target: string, because: RegExp) =>
      assert.rejects(makeBackup(store, target, theProgram), { code: 'output-unwritable', message: because })
    await refused(there, /is there already, and a backup overwrites nothing/)
    await refused(join(place, 'no', 'such'), /There is no folder/)
    await refused(join(store.root, 'backup'), /lies within the data folder/)
    assert.equal(await readFile(there, 'utf8'), 'mine')
    assert.deepEqual(await readdir(join(store.root, 'incoming')), [])
  })

  test('a backup that is stopped leaves nothing', async () => {
    const target = newPath()
    const stop = new AbortController()
    const stopped = makeBackup(store, target, theProgram, {
      signal: stop.signal,
      onStep: ({ label }) => label === 'copying' && stop.abort(),
    })
    await assert.rejects(stopped, { name: 'AbortError' })
    assert.deepEqual(
      (await readdir(place)).filter(name => name.startsWith(target)),
      [],
    )
    assert.equal(await stat(`${target}.part`).catch(() => null), null)
  })
})
