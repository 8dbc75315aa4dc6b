import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { after, before, describe, test } from 'node:test'
import { receiveStream } from './receive-upload.ts'

describe('receiving a file', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'concord-receive-'))
  })
  after(() => rm(folder, { recursive: true }))

  const bytes = (...parts: string[]) => Readable.from(parts.map(part => Buffer.from(part)))

  test('it lies in the folder under a name of our making, whatever it was called', async () => {
    for (const name of ['march.csv', '../../march.csv', '/etc/passwd', 'C:\\march.csv', 'a\0b', '']) {
      const file = await receiveStream(bytes('one,', 'two'), name, folder)
      assert.equal(dirname(file.path), folder, name)
      assert.match(file.path, /upload-[0-9a-f-]{36}$/)
      assert.equal(await readFile(file.path, 'utf8'), 'one,two')
      assert.equal(file.bytes, 7)
      await rm(file.path)
    }
  })

  test('a file beyond the limit is refused and leaves nothing', async () => {
    await assert.rejects(receiveStream(bytes('12345', '67890'), 'big.csv', folder, 9), { statusCode: 413 })
    assert.deepEqual(await readdir(folder), [])
  })

  test('a sender that goes away leaves nothing', async () => {
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from('half a fi')
        throw new Error('connection lost')
      })(),
    )
    await assert.rejects(receiveStream(broken, 'half.csv', folder), /connection lost/)
    assert.deepEqual(await readdir(folder), [])
  })
})
