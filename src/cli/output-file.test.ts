import assert from 'node:assert/strict'
import { chmod, mkdtemp, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { InputFault } from '../platform/errors.ts'
import { writeWholeFile } from './output-file.ts'

const folder = () => mkdtemp(join(tmpdir(), 'concord-output-'))

test('a document replaces the file whole and leaves nothing beside it', async () => {
  const root = await folder()
  const file = join(root, 'figure.csv')
  await writeFile(file, 'before')
  await writeWholeFile(file, 'after')
  assert.equal(await readFile(file, 'utf8'), 'after')
  assert.deepEqual(await readdir(root), ['figure.csv'])
})

test('a replaced file keeps its permissions', async () => {
  const file = join(await folder(), 'private.csv')
  await writeFile(file, 'before')
  await chmod(file, 0o600)
  await writeWholeFile(file, 'after')
  assert.equal((await stat(file)).mode & 0o777, 0o600)
})

test('a link is followed, not replaced', async () => {
  const root = await folder()
  await writeFile(join(root, 'real.csv'), 'before')
  await symlink('real.csv', join(root, 'link.csv'))
  await writeWholeFile(join(root, 'link.csv'), 'after')
  assert.equal(await readFile(join(root, 'real.csv'), 'utf8'), 'after')
})

test('a device is written to and stays a device', { skip: process.platform === 'win32' }, async () => {
  await writeWholeFile('/dev/null', 'into nothing')
  assert.ok((await stat('/dev/null')).isCharacterDevice())
})

test('a folder that is not there, and a folder in the place of the file, are faults in a sentence', async () => {
  const root = await folder()
  for (const path of [join(root, 'absent', 'figure.csv'), root]) {
    await assert.rejects(
      writeWholeFile(path, 'text'),
      (error: unknown) => error instanceof InputFault && error.code === 'output-unwritable',
    )
  }
  assert.deepEqual(await readdir(root), [])
})
