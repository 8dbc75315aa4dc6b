import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TemporaryStore, temporaryStore } from '../../../test/temporary-store.ts'
import type { Terminal } from '../command.ts'
import { usersCommand } from './users.ts'

let store: TemporaryStore
before(async () => {
  store = await temporaryStore()
})
after(() => store.remove())

async function run(...argv: string[]): Promise<string> {
  let out = ''
  const terminal: Terminal = {
    out: text => {
      out += text
    },
    err: () => {},
    progress: () => {},
    document: async () => {},
    signal: new AbortController().signal,
    account: 'test',
  }
  if (usersCommand.opens !== 'stores') throw new Error('users opens the stores')
  assert.equal(await usersCommand.prepare(argv, '/')(terminal, store), 0)
  return out
}

const details = ['--name', 'First Example (synthetic)', '--post', 'Manager', '--agency', 'probation']

test('the first administrator is added, and has a link to begin with', async () => {
  assert.match(await run('list'), /no accounts/)
  const said = await run('add', 'first@probation.example', ...details, '--role', 'administrator')
  assert.match(said, /http:\/\/localhost:3000\/join\/[\w-]{43}\n/)
  assert.match(await run('list'), /first@probation\.example.*administrator.*invited/)
})

test('an account is suspended, let in again, reset and ended; the audit says that it was the program', async () => {
  await run('suspend', 'FIRST@probation.example')
  await assert.rejects(run('reset', 'first@probation.example'), /is suspended/)
  await assert.rejects(run('suspend', 'first@probation.example'), /nothing was changed/)
  await run('resume', 'first@probation.example')
  assert.match(await run('reset', 'first@probation.example', '--lost-phone'), /\/join\//)
  await run('leave', 'first@probation.example')
  await assert.rejects(run('resume', 'first@probation.example'), /is left/)
  const told = await store.installation.database.query<{ event: string; user: string | null }>(
    'select event, user_id as "user" from audit order by seq',
  )
  assert.deepEqual(
    told.map(t => t.event),
    ['account-added', 'account-ended', 'account-changed', 'account-link-made', 'account-ended'],
  )
  assert.ok(told.every(t => t.user === null))
})

test('what cannot be done is said in a sentence', async () => {
  await assert.rejects(
    run('add', 'x@y.example', ...details, '--role', 'god'),
    /Roles are practitioner, coordinator/,
  )
  await assert.rejects(run('add', 'first@probation.example', ...details, '--role', 'analyst'), /already/)
  await assert.rejects(run('suspend', 'nobody@x.example'), /no account with the address nobody@x\.example/)
  await assert.rejects(run('suspend'), /EMAIL is missing/)
  await assert.rejects(run('delete', 'x@y.example'), /delete/)
})
