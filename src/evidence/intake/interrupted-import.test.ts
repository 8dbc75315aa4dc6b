/** Kills a real process in the middle of imports, and fills a real disk. */
import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { type TemporaryStore, temporaryStore, tester } from '../../../test/temporary-store.ts'
import { findLoad, listLoads, withdrawLoad } from '../catalogue/loads.ts'
import { importFile } from './import-file.ts'

const run = promisify(execFile)
const child = join(import.meta.dirname, '../../../test/import-in-child.ts')

/** A number that no compression makes small, the same in every run. */
const scrambled = (i: number): string =>
  [0x9e3779b1, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f]
    .map(prime => (Math.imul(i + 1, prime) ^ Math.imul(i + 7, prime >>> 3)) >>> 0)
    .map(n => n.toString(16).padStart(8, '0'))
    .join('')

/** Rows of several months, so that several files are written. */
const rows = (prefix: string, count: number): string =>
  Array.from({ length: count }, (_, i) => {
    const day = String((i % 28) + 1).padStart(2, '0')
    const month = String((i % 12) + 1).padStart(2, '0')
    return `${prefix}-${scrambled(i)},west-midlands,2019-${month}-${day},8N,-1.9,52.48`
  }).join('\n')
const csv = (prefix: string, count: number): string =>
  `offence_id,force,recorded_on,ho_code,longitude,latitude\n${rows(prefix, count)}\n`

let store: TemporaryStore
before(async () => {
  store = await temporaryStore()
})
after(() => store.remove())

const closed = async <T>(act: () => Promise<T>): Promise<T> => {
  store.close()
  await store.installation.close()
  try {
    return await act()
  } finally {
    await store.openAgain()
  }
}

describe('a process killed in the middle of an import', () => {
  test('leaves the old evidence or the new, never anything between', { timeout: 240_000 }, async () => {
    const first = await importFile(store, {
      path: await store.file('first.csv', csv('A', 3000)),
      actor: tester,
    })
    assert.equal(first.status, 'active')
    const old = await store.evidence.version()
    const second = await store.file('second.csv', csv('A', 2000).replaceAll(',8N,', ',5D,'))
    const whole = await importFile(store, { path: second, actor: tester })
    const renewed = await store.evidence.version()
    await withdrawLoad(store, whole.loadId!, tester)
    assert.equal(await store.evidence.version(), old)

    const seen = new Set<string>()
    for (let after = 0; after <= 1400; after += 100) {
      await closed(async () => {
        const importing = spawn(process.execPath, [child, store.root, second], {
          stdio: ['ignore', 'pipe', 'inherit'],
        })
        // The child says when it begins to import; start-up is not what is being killed.
        await new Promise(resolve => importing.stdout.once('data', resolve))
        const finished = new Promise(resolve => importing.once('exit', resolve))
        setTimeout(() => importing.kill('SIGKILL'), after)
        await finished
      })
      const version = await store.evidence.version()
      assert.ok([old, renewed].includes(version), `killed after ${after} ms: neither old nor new`)
      const counted = await store.evidence.query<{ code: string; n: number }>(
        'select ho_code as code, count(*) as n from offences group by ho_code order by ho_code',
      )
      assert.deepEqual(
        counted,
        version === old
          ? [{ code: '8N', n: 3000 }]
          : [
              { code: '5D', n: 2000 },
              { code: '8N', n: 1000 },
            ],
      )
      seen.add(version)
      for (const load of await listLoads(store.installation.database)) {
        if (load.status === 'active' && load.id !== first.loadId) await withdrawLoad(store, load.id, tester)
      }
    }
    assert.ok(seen.has(old), 'no kill came before the swap: the test tests nothing')
    const orphans = await run('find', [join(store.root, 'evidence/files'), '-name', '*.parquet'])
    await store.reopen()
    const kept = await run('find', [join(store.root, 'evidence/files'), '-name', '*.parquet'])
    assert.ok(kept.stdout.length <= orphans.stdout.length)
    assert.equal((await findLoad(store.installation.database, first.loadId!))!.months.length, 12)
  })
})

describe('a full disk', () => {
  test('leaves the evidence as it was, and says what to do', { timeout: 120_000 }, async t => {
    const small = await mkdtemp(join(tmpdir(), 'concord-small-'))
    const mounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=96m', 'tmpfs', small]).then(
      () => true,
      () => false,
    )
    if (!mounted) {
      t.skip('a small disk can only be mounted by root')
      await rm(small, { recursive: true })
      return
    }
    const tight = await temporaryStore(undefined, join(small, 'data'))
    try {
      const good = await importFile(tight, { path: await tight.file('a.csv', csv('A', 500)), actor: tester })
      assert.equal(good.status, 'active')
      const version = await tight.evidence.version()
      const large = await importFile(tight, {
        path: await tight.file('b.csv', csv('B', 1_500_000)),
        actor: tester,
      })
      assert.equal(large.status, 'refused')
      assert.match(large.refusal!, /no room left on the disk for b\.csv\. Nothing was changed/)
      assert.equal(await tight.evidence.version(), version)
      const [{ n } = { n: 0 }] = await tight.evidence.query<{ n: number }>(
        'select count(*) as n from offences',
      )
      assert.equal(n, 500)
    } finally {
      await tight.remove()
      await run('umount', [small])
      await rm(small, { recursive: true })
    }
  })
})
