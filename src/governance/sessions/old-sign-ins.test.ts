import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { account, goodPassword } from '../../../test/accounts-for-tests.ts'
import { caseworkForTests, morning, type TestCasework } from '../../../test/casework-for-tests.ts'
import { asMember } from '../access/as-member.ts'
import { findMember } from '../sign-in/find-member.ts'
import { type Accounts, checkPassword } from '../sign-in/local-sign-in.ts'
import { createSeal } from '../sign-in/sealed.ts'
import { forgetOldSignIns } from './old-sign-ins.ts'
import { startSession } from './session-store.ts'

let casework: TestCasework
before(async () => {
  casework = await caseworkForTests()
})
after(() => casework.close())

const days = (n: number) => new Date(morning.getTime() + n * 86_400_000)

test('sessions, links and failed tries that are over are forgotten, and the account is not', async () => {
  const { database } = casework
  const accounts: Accounts = { database, clock: () => morning, seal: createSeal('a secret of tests') }
  const { user, email } = await account(accounts)
  const member = (await findMember(database, user))!
  await asMember(database, member, { now: morning }, tx =>
    startSession(tx, { way: 'account', device: 'A test' }),
  )
  await checkPassword(accounts, { email, password: 'not the password', address: '198.51.100.1' })
  const held = async () => {
    const [row] = await database.query(
      `select (select count(*) from sessions) as sessions, (select count(*) from account_links) as links,
         (select count(*) from failed_sign_ins) as tries, (select count(*) from users) as users`,
    )
    return row
  }
  const all = { sessions: 1, links: 1, tries: 2, users: 1 }
  assert.deepEqual(await held(), all)
  await forgetOldSignIns(database, days(0.9))
  assert.deepEqual(await held(), all)
  await forgetOldSignIns(database, days(1.1))
  assert.deepEqual(await held(), { ...all, tries: 0 })
  // The session was over after half a day, the link after a week.
  await forgetOldSignIns(database, days(30.6))
  assert.deepEqual(await held(), { sessions: 0, links: 1, tries: 0, users: 1 })
  await forgetOldSignIns(database, days(37.1))
  assert.deepEqual(await held(), { sessions: 0, links: 0, tries: 0, users: 1 })
  const right = await checkPassword(accounts, { email, password: goodPassword, address: '198.51.100.1' })
  assert.equal(right.is, 'right')
})
