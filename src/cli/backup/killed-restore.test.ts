/** Kills a real restore in the middle, fills a real disk, and asks a running server. */
import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { appendFileSync, existsSync, statfsSync } from 'node:fs'
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { caseworkForTests } from '../../../test/casework-for-tests.ts'
import { type TemporaryStore, temporaryStore, tester } from '../../../test/temporary-store.ts'
import { importFile } from '../../evidence/intake/import-file.ts'
import { verifyAudit } from '../../governance/audit/verify-audit.ts'
import { readConfig } from '../../platform/config.ts'
import { theProgram } from '../../platform/record-of-acts.ts'
import { makeBackup } from './make-backup.ts'
import { restoreBackup } from './restore-backup.ts'

const run = promisify(execFile)
const SOME = Buffer.alloc(4_000_000)
const main = resolve(import.meta.dirname, '../main.ts')
const now = new Date('2026-11-20T08:40:00Z')
const { PORT, HOST, DATABASE_URL, CONCORD_AREA, ...environment } = process.env

const offences = (prefix: string, n: number) =>
  `offence_id,force,recorded_on,ho_code\n${Array.from({ length: n }, (_, i) => `${prefix}${i},west-midlands,2019-0${(i % 9) + 1}-14,34B\n`).join('')}`

let place: string
/** A data folder as it is at first, and a backup of how it is later. */
let first: string
let later: string
before(async () => {
  place = await mkdtemp(join(tmpdir(), 'concord-killed-'))
  first = join(place, 'first')
  later = join(place, 'later')
  await opened(first, async store => {
    await change(store, 'first', 300)
  })
  const data = join(place, 'data-of-later')
  await opened(data, async store => {
    await change(store, 'later', 200)
    await makeBackup(store, later, theProgram)
  })
})
after(() => rm(place, { recursive: true, force: true }))

async function opened<T>(folder: string, act: (store: TemporaryStore) => Promise<T>): Promise<T> {
  const store = await temporaryStore(() => now, folder)
  return act(store).finally(async () => {
    store.close()
    await store.installation.close()
  })
}

async function change(store: TemporaryStore, name: string, n: number): Promise<void> {
  const casework = await caseworkForTests(store.installation.database)
  const school = await casework.member('school')
  await casework.entry(school, await casework.record(school), { text: `${name} of all` })
  await importFile(store, { path: await store.file(`${name}.csv`, offences(name, n)), actor: tester })
}

/** What the folder holds: the word that stands in casework, and the number of offences that evidence counts. */
const held = (folder: string) =>
  opened(folder, async store => {
    const [entry] = await store.installation.database.query<{ text: string }>('select text from entries')
    const [offence] = await store.evidence.query<{ n: number }>('select count(*) as n from offences')
    assert.deepEqual((await verifyAudit(store.installation.database)).faults, [])
    assert.equal(existsSync(join(folder, 'restoring')), false)
    return `${entry?.text} ${offence?.n}`
  })

const restoring = (data: string, ...more: string[]) =>
  spawn(process.execPath, [main, 'restore', later, '--replace', '--without-deletions', ...more], {
    env: { ...environment, CONCORD_DATA: data },
    stdio: ['ignore', 'pipe', 'pipe'],
  })

describe('a restore that is killed', () => {
  test('leaves the old or the new, never anything between', { timeout: 400_000 }, async () => {
    const moments: [string, (data: string) => boolean][] = [
      ['as it begins', data => existsSync(join(data, 'restoring'))],
      ['as it loads', data => existsSync(join(data, 'restoring/fresh/postgres/postmaster.pid'))],
      ['as all is ready', data => existsSync(join(data, 'restoring/ready'))],
      ['between two renames', data => existsSync(join(data, 'restoring/replaced/evidence'))],
      ['when it has ended', () => false],
    ]
    const seen = new Set<string>()
    for (const [moment, isNow] of moments) {
      const data = join(place, 'data')
      await cp(first, data, { recursive: true })
      const child = restoring(data)
      const ended = new Promise(done => child.once('exit', done))
      let over = false
      ended.then(() => {
        over = true
      })
      while (!over && !isNow(data)) await pause(1)
      child.kill('SIGKILL')
      await ended
      const state = await held(data)
      assert.ok(['first of all 300', 'later of all 200'].includes(state), `killed ${moment}: ${state}`)
      seen.add(state)
      await rm(data, { recursive: true })
    }
    assert.equal(seen.size, 2, 'every kill came on the same side: the test tests nothing')
  })
})

const freePort = (): Promise<number> =>
  new Promise(done => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })

describe('a full disk', () => {
  test('leaves what was there, and no half of a backup', { timeout: 120_000 }, async t => {
    const small = await mkdtemp(join(tmpdir(), 'concord-small-'))
    const mounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=260m', 'tmpfs', small]).then(
      () => true,
      () => false,
    )
    if (!mounted) {
      t.skip('a small disk can only be mounted by root')
      await rm(small, { recursive: true })
      return
    }
    try {
      const data = join(small, 'data')
      await cp(first, data, { recursive: true })
      const restoring = (onStep: (step: { label: string }) => void) =>
        restoreBackup(
          { ...readConfig({}), dataFolder: data },
          { path: later, replace: true, deletions: null, withoutDeletions: true, key: null },
          { acting: theProgram, now, onStep },
        )
      const fillUp = (leaving: number) => {
        const { bavail, bsize } = statfsSync(small)
        for (let room = bavail * bsize - leaving; room > 0; room -= SOME.length) {
          appendFileSync(join(small, 'others'), SOME.subarray(0, Math.min(room, SOME.length)))
        }
      }
      fillUp(50_000_000)
      await assert.rejects(
        restoring(() => {}),
        { code: 'disk-full', message: /Nothing was changed/ },
      )
      await rm(join(small, 'others'))
      let isFull = false
      await assert.rejects(
        restoring(({ label }) => {
          if (label !== 'loading casework' || isFull) return
          isFull = true
          fillUp(100_000)
        }),
        { code: 'disk-full', message: /Nothing was changed/ },
      )
      assert.ok(isFull, 'it failed before it began to load')
      await rm(join(small, 'others'))
      assert.equal(await held(data), 'first of all 300')

      await opened(data, async store => {
        fillUp(1000)
        const target = join(small, 'backup')
        await assert.rejects(makeBackup(store, target, theProgram), { code: 'disk-full' })
      })
      assert.deepEqual(
        (await readdir(small)).filter(name => name.startsWith('backup')),
        [],
      )
    } finally {
      // A store that failed keeps its files open until the process ends.
      await run('umount', ['-l', small])
      await rm(small, { recursive: true })
    }
  })
})

test('while the server runs, a backup goes to it and a restore is refused', {
  timeout: 120_000,
}, async () => {
  const data = join(place, 'served')
  await cp(first, data, { recursive: true })
  const concord = (...args: string[]) =>
    run(process.execPath, [main, ...args], { env: { ...environment, CONCORD_DATA: data } }).then(
      ({ stdout, stderr }) => ({ status: 0, out: stdout, err: stderr }),
      error => ({ status: error.code as number, out: String(error.stdout), err: String(error.stderr) }),
    )
  const server = spawn(process.execPath, [main, 'serve'], {
    env: { ...environment, CONCORD_DATA: data, PORT: String(await freePort()), HOST: '127.0.0.1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    let said = ''
    server.stdout.on('data', text => {
      said += text
    })
    while (!said.includes('Ctrl-C')) {
      assert.equal(server.exitCode, null, 'the server did not start')
      await pause(20)
    }
    const target = join(place, 'from-server.tar')
    const made = await concord('backup', target)
    assert.deepEqual([made.status, made.err], [0, ''])
    assert.match(
      made.out,
      /is in .*from-server\.tar: \d+ rows of casework and catalogue and 9 files of evidence/,
    )
    assert.match(made.out, /Destroy it by/)
    const refused = await concord('restore', target, '--replace')
    assert.equal(refused.status, 1)
    assert.match(refused.err, /^Process \d+ has this data folder open\. Stop it first/)
    assert.match((await concord('restore', target, '--check')).out, /is whole: \d+ rows/)
    const ended = new Promise(done => server.once('exit', done))
    server.kill('SIGTERM')
    await ended
    const restored = await concord('restore', target, '--replace')
    assert.deepEqual([restored.status, restored.err], [0, ''])
    assert.match(restored.out, /The record of acts is whole: \d+ entries/)
    assert.equal(await held(data), 'first of all 300')
  } finally {
    server.kill('SIGKILL')
  }
})
