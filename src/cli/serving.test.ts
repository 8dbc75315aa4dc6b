import assert from 'node:assert/strict'
import { test } from 'node:test'
import { temporaryStore, tester } from '../../test/temporary-store.ts'
import { importFile } from '../evidence/intake/import-file.ts'
import type { Terminal } from './command.ts'
import { serveUntilStopped } from './serving.ts'

const rows = (prefix: string) =>
  `offence_id,force,recorded_on,ho_code\n${Array.from({ length: 12 }, (_, i) => `${prefix}${i},west-midlands,2019-03-14,34B`).join('\n')}\n`

test('an installation of nothing but invented evidence closes to visitors as soon as anything else is loaded', async () => {
  const store = await temporaryStore()
  await importFile(store, {
    path: await store.file('invented.csv', rows('A')),
    invented: true,
    actor: tester,
  })
  const stop = new AbortController()
  let printed = ''
  const terminal: Terminal = {
    account: 'test',
    signal: stop.signal,
    out: text => {
      printed += text
    },
    err: text => {
      printed += text
    },
    progress: () => {},
    document: async () => {},
  }
  const served = serveUntilStopped(
    store,
    { ...store.installation.config, port: 0 },
    () => undefined,
    terminal,
  )
  try {
    while (!printed.includes('Ctrl-C')) await new Promise(resolve => setTimeout(resolve, 10))
    const address = /http:\/\/localhost:\d+/.exec(printed)![0]
    const looksAs = async () => {
      const page = await (await fetch(`${address}/measures`)).text()
      return />\s*(Visitor|Analyst)\b/.exec(page.slice(page.indexOf('<header')))?.[1]
    }
    assert.equal(await looksAs(), 'Analyst')
    assert.doesNotMatch(printed, /\/sign-in\//)

    await importFile(store, { path: await store.file('real.csv', rows('B')), actor: tester })
    assert.equal(await looksAs(), 'Visitor')
    assert.match(printed, /Concord is closed to visitors now\./)
    assert.match(printed, /http:\/\/localhost:\d+\/sign-in\//)
  } finally {
    stop.abort()
    await served
    await store.remove()
  }
})
