import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { beginRestore, declareReady, finishRestore, putInPlace } from './restored-folder.ts'

/** A data folder with two entries of the old and one that is left alone, and what a restore brings beside it. */
async function halfRestored(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'concord-restored-'))
  for (const name of ['evidence', 'postgres']) {
    await mkdir(join(root, name))
    await writeFile(join(root, name, 'which'), 'old')
  }
  await writeFile(join(root, 'deletions'), 'kept')
  const fresh = await beginRestore(root)
  for (const name of ['evidence', 'postgres']) {
    await mkdir(join(fresh, name))
    await writeFile(join(fresh, name, 'which'), 'new')
  }
  return root
}

const which = (root: string) =>
  Promise.all(['evidence', 'postgres'].map(name => readFile(join(root, name, 'which'), 'utf8')))

const ready = { restore: 'a', names: ['evidence', 'postgres', 'web-secret'], databaseDecides: false }

test('what is not declared ready is dropped by whoever opens the folder next', async () => {
  const root = await halfRestored()
  assert.equal(await finishRestore(root), null)
  assert.deepEqual(await which(root), ['old', 'old'])
  assert.deepEqual((await readdir(root)).sort(), ['deletions', 'evidence', 'postgres'])
  await rm(root, { recursive: true })
})

test('what is ready is put in place, wherever the renames were interrupted', async () => {
  const moves: [string, string][] = [
    ['evidence', 'restoring/replaced/evidence'],
    ['restoring/fresh/evidence', 'evidence'],
    ['postgres', 'restoring/replaced/postgres'],
    ['restoring/fresh/postgres', 'postgres'],
  ]
  for (let done = 0; done <= moves.length; done++) {
    const root = await halfRestored()
    await declareReady(root, ready)
    await mkdir(join(root, 'restoring/replaced'))
    for (const [from, to] of moves.slice(0, done)) await rename(join(root, from), join(root, to))
    assert.equal(await finishRestore(root), null)
    assert.deepEqual(await which(root), ['new', 'new'], `interrupted after ${done} renames`)
    assert.deepEqual((await readdir(root)).sort(), ['deletions', 'evidence', 'postgres'])
    await rm(root, { recursive: true })
  }
})

test('where a database decides, it is asked before anything moves', async () => {
  const root = await halfRestored()
  await declareReady(root, { ...ready, databaseDecides: true })
  assert.equal(await finishRestore(root), 'a')
  assert.deepEqual(await which(root), ['old', 'old'])
  await putInPlace(root)
  assert.deepEqual(await which(root), ['new', 'new'])
  assert.equal(await finishRestore(root), null)
  await rm(root, { recursive: true })
})
