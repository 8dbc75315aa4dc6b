import assert from 'node:assert/strict'
import { access, readFile, stat } from 'node:fs/promises'
import { test } from 'node:test'
import { temporaryStore, today } from '../../test/temporary-store.ts'
import { serve } from './serve.ts'

test('serving leaves an address and a key for commands on this machine, and takes them away at the end', async () => {
  const store = await temporaryStore()
  const { serverFile } = store.installation.folder
  const context = { store, pack: store.pack, clock: () => today, synthetic: false, isOpen: () => false }
  const links: string[] = []
  const serving = await serve(context, { host: '127.0.0.1', port: 0, onSignInLink: link => links.push(link) })
  const { address, key, pid } = JSON.parse(await readFile(serverFile, 'utf8')) as Record<string, string>
  assert.deepEqual([address, Number(pid)], [serving.address, process.pid])
  assert.equal((await stat(serverFile)).mode & 0o777, 0o600)
  assert.equal((await fetch(`${address}/healthz`)).status, 200)
  assert.equal(links.length, 1)
  assert.equal((await fetch(links[0]!)).status, 200)

  const loads = await fetch(`${address}/api/loads`, { headers: { authorization: `Bearer ${key}` } })
  assert.deepEqual(await loads.json(), { total: 0, loads: [] })
  assert.equal((await fetch(`${address}/api/loads`)).status, 404)

  await serving.close()
  await assert.rejects(access(serverFile))
  await assert.rejects(fetch(`${address}/healthz`))
  await store.remove()
})

test('the key that signs cookies is readable by its owner only and outlives a restart', async () => {
  const store = await temporaryStore()
  const context = { store, pack: store.pack, clock: () => today, synthetic: true, isOpen: () => true }
  const secret = async () => {
    const serving = await serve(context, { host: '127.0.0.1', port: 0 })
    await serving.close()
    return readFile(`${store.root}/web-secret`, 'utf8')
  }
  const first = await secret()
  assert.equal(await secret(), first)
  assert.equal(first.length, 64)
  assert.equal((await stat(`${store.root}/web-secret`)).mode & 0o777, 0o600)
  await store.remove()
})
