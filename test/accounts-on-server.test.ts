/** Signing in on a real server: several connections at once, and an owner whom policies would bind if they could. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { asMember } from '../src/governance/access/as-member.ts'
import { readSession, startSession } from '../src/governance/sessions/session-store.ts'
import { findMember } from '../src/governance/sign-in/find-member.ts'
import {
  type Accounts,
  checkCode,
  checkPassword,
  setPasswordByLink,
} from '../src/governance/sign-in/local-sign-in.ts'
import { createSeal } from '../src/governance/sign-in/sealed.ts'
import { addUser, listUsers, moveUser } from '../src/governance/users/user-store.ts'
import { openDatabase } from '../src/platform/postgres.ts'
import { account, goodPassword, invited } from './accounts-for-tests.ts'
import { caseworkForTests, morning, type TestCasework } from './casework-for-tests.ts'
import { ordinaryOwner } from './ordinary-owner.ts'
import { type RealPostgres, startRealPostgres } from './real-postgres.ts'

let server: RealPostgres
let casework: TestCasework
let accounts: Accounts
before(async () => {
  server = await startRealPostgres()
  const databaseUrl = await ordinaryOwner(server.url)
  casework = await caseworkForTests(await openDatabase({ databaseUrl, folder: null }))
  accounts = { database: casework.database, clock: () => morning, seal: createSeal('a secret of tests') }
})
after(async () => {
  await casework.database.close()
  await server.stop()
})

const address = '198.51.100.7'

test('of many tries at the same time five are looked at, for a known account and an unknown one', async () => {
  const { email } = await account(accounts)
  for (const one of [email, 'nobody@x.example']) {
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        checkPassword(accounts, { email: one, password: `guess ${i} of many`, address: `${address}${i}` }),
      ),
    )
    assert.equal(answers.filter(a => a.is === 'refused').length, 5, one)
  }
})

test('of many uses of a code, and of a recovery code, at the same time one gets in', async () => {
  for (const kind of ['code', 'recovery'] as const) {
    const { user, code, recoveryCodes } = await account(accounts)
    const typed = kind === 'code' ? code() : recoveryCodes[0]!
    const answers = await Promise.all(
      [1, 2, 3, 4].map(i => checkCode(accounts, { user, code: typed, address: `192.0.2.${i}` })),
    )
    assert.equal(answers.filter(a => a.is === 'right').length, 1, kind)
  }
})

test('of two uses of a link at the same time one sets the password', async () => {
  const { token } = await invited(accounts)
  const answers = await Promise.all(
    [1, 2].map(i => setPasswordByLink(accounts, token, `${goodPassword} ${i}`)),
  )
  assert.deepEqual(answers.map(a => a.is).sort(), ['not-there', 'set'])
})

test('the administrator adds and ends accounts, whose sessions end with them', async () => {
  const { user } = await account(accounts)
  const member = (await findMember(casework.database, user))!
  const token = await asMember(casework.database, member, { now: morning }, tx =>
    startSession(tx, { way: 'account', device: 'A test' }),
  )
  assert.deepEqual((await readSession(casework.database, token, morning))?.member, member)
  const administrator = await casework.member('partnership', 'administrator')
  const added = await asMember(casework.database, administrator, { now: morning }, async tx => {
    await moveUser(tx, user, 'leave')
    return addUser(tx, crypto.randomUUID(), {
      name: 'New Example (synthetic)',
      post: 'Officer',
      email: 'new@council.example',
      agency: 'council',
      role: 'practitioner',
    })
  })
  assert.equal(added.is, 'added')
  assert.equal(await readSession(casework.database, token, morning), null)
  const listed = await asMember(casework.database, administrator, { now: morning }, tx => listUsers(tx, {}))
  assert.ok(listed.some(u => u.id === user && u.state === 'left'))
})

test('nobody but the administrator reaches accounts, and nobody at all passwords, links and tries', async () => {
  const { user } = await account(accounts)
  const practitioner = await casework.member('school')
  const administrator = await casework.member('partnership', 'administrator')
  const as = (who: typeof practitioner, sql: string) =>
    asMember(casework.database, who, { now: morning }, tx => tx.query(sql))
  assert.deepEqual(await as(practitioner, 'select * from user_accounts()'), [])
  assert.deepEqual(
    await as(practitioner, `update users set state = 'left' where id = '${user}' returning id`),
    [],
  )
  await assert.rejects(as(practitioner, 'select email from users'), /permission denied/)
  for (const table of [
    'credentials',
    'recovery_codes',
    'account_links',
    'failed_sign_ins',
    'external_identities',
    'demo_cast',
  ]) {
    for (const who of [practitioner, administrator]) {
      await assert.rejects(as(who, `select * from ${table}`), /permission denied/, table)
    }
  }
  for (const column of ['email', 'synthetic', 'id']) {
    await assert.rejects(
      as(administrator, `update users set ${column} = ${column}`),
      /permission denied/,
      column,
    )
  }
  await assert.rejects(
    as(
      administrator,
      `insert into users (agency, name, post, email, role, state, created_at, synthetic)
       values ('council', 'X', 'X', 'x@x.example', 'coordinator', 'active', present(), false)`,
    ),
    /row-level security/,
    'nobody is made active without an invitation',
  )
  assert.deepEqual(
    await as(
      administrator,
      `update users set role = 'coordinator' where id = '${administrator.user}' returning id`,
    ),
    [],
    'nor does an administrator make themselves something else',
  )
})
