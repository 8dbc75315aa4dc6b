import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { account, goodPassword, invited } from '../../../test/accounts-for-tests.ts'
import { caseworkForTests, morning, type TestCasework } from '../../../test/casework-for-tests.ts'
import { asMember } from '../access/as-member.ts'
import { readSession, startSession } from '../sessions/session-store.ts'
import { findAccountLink, makeAccountLink } from './account-links.ts'
import { findMember } from './find-member.ts'
import {
  type Accounts,
  changePassword,
  checkCode,
  checkPassword,
  confirmSecondFactor,
  setPasswordByLink,
} from './local-sign-in.ts'
import { hashPassword } from './passwords.ts'
import { createSeal } from './sealed.ts'

let casework: TestCasework
let accounts: Accounts
let now = morning
before(async () => {
  casework = await caseworkForTests()
  accounts = { database: casework.database, clock: () => now, seal: createSeal('a secret of tests') }
})
after(() => casework.close())

const later = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000)
}

const events = async (user: string) =>
  (
    await casework.database.query<{ event: string; outcome: string }>(
      'select event, outcome from audit where subject_id = $1 order by seq',
      [user],
    )
  ).map(e => `${e.event} ${e.outcome}`)

let addresses = 0
/** Each test has an address of its own, from the range for documentation. */
const fresh = () => `198.51.100.${++addresses}`

test('a password is kept as argon2id with OWASP’s parameters, and as nothing else', async () => {
  assert.match(await hashPassword(goodPassword), /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  const { user } = await account(accounts)
  const rows = await casework.database.query('select * from credentials where user_id = $1', [user])
  assert.doesNotMatch(JSON.stringify(rows), /coffee/)
})

test('with the password and then the code somebody is in; with one of them alone nobody is', async () => {
  const { user, email, code } = await account(accounts)
  const address = fresh()
  const answer = await checkPassword(accounts, {
    email: ` ${email.toUpperCase()} `,
    password: goodPassword,
    address,
  })
  assert.deepEqual(answer, { is: 'right', user, next: 'code' })
  assert.deepEqual(await checkCode(accounts, { user, code: '000000', address }), { is: 'refused' })
  const entered = await checkCode(accounts, { user, code: code(), address })
  assert.equal(entered.is === 'right' && entered.member.purpose, 'safeguarding')
})

test('a code works once, also where it is sent twice at the same time', async () => {
  const { user, code } = await account(accounts)
  const address = fresh()
  const answers = await Promise.all([1, 2, 3].map(() => checkCode(accounts, { user, code: code(), address })))
  assert.deepEqual(answers.map(a => a.is).sort(), ['refused', 'refused', 'right'])
})

test('each recovery code does once in place of the code, and its use is recorded', async () => {
  const { user, recoveryCodes } = await account(accounts)
  const address = fresh()
  assert.equal(new Set(recoveryCodes).size, 10)
  const enter = (code: string) => checkCode(accounts, { user, code, address })
  assert.equal((await enter(recoveryCodes[3]!.toLowerCase().replaceAll('-', ' '))).is, 'right')
  assert.equal((await enter(recoveryCodes[3]!)).is, 'refused')
  assert.equal((await enter(recoveryCodes[4]!)).is, 'right')
  assert.ok((await events(user)).includes('recovery-code-used done'))
})

test('1,000 tries are refused alike whether or not there is such an account, with five looks at the password', async () => {
  const { user, email } = await account(accounts)
  const tell = async (of: string) => {
    const answers = []
    for (let i = 0; i < 1000; i++) {
      answers.push(
        await checkPassword(accounts, { email: of, password: `guess number ${i}`, address: fresh() }),
      )
    }
    return answers
  }
  const [known, unknown] = [await tell(email), await tell('nobody@nowhere.example')]
  assert.deepEqual(known, unknown)
  assert.equal(known.filter(a => a.is === 'refused').length, 5)
  assert.equal(known.filter(a => a.is === 'wait').length, 995)
  // The right password does not get in either while no try is taken.
  const right = await checkPassword(accounts, { email, password: goodPassword, address: fresh() })
  assert.equal(right.is, 'wait')
  const told = await events(user)
  assert.equal(told.filter(e => e === 'sign-in-failed refused').length, 5)
  assert.equal(told.filter(e => e === 'sign-in-locked refused').length, 996)
})

test('tries at the same time are counted as well', async () => {
  const { email } = await account(accounts)
  const address = fresh()
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      checkPassword(accounts, { email, password: `guess ${i} of many`, address }),
    ),
  )
  assert.equal(answers.filter(a => a.is === 'refused').length, 5)
})

test('each wait is twice the last, up to a quarter of an hour; a success forgets it', async () => {
  const { user, email, code } = await account(accounts)
  const address = fresh()
  const fail = () => checkPassword(accounts, { email, password: 'wrong password', address })
  for (let i = 0; i < 5; i++) await fail()
  for (const minutes of [1, 2, 4, 8, 15, 15]) {
    const answer = await fail()
    assert.equal(answer.is === 'wait' && (answer.until.getTime() - now.getTime()) / 60_000, minutes)
    later(minutes)
    assert.equal((await fail()).is, 'refused')
  }
  later(15)
  assert.equal((await checkPassword(accounts, { email, password: goodPassword, address })).is, 'right')
  later(15)
  assert.equal((await checkCode(accounts, { user, code: code(), address })).is, 'right')
  for (let i = 0; i < 4; i++) assert.equal((await fail()).is, 'refused', 'counted from the beginning')
})

test('one address that fails for many accounts has to wait too', async () => {
  const address = fresh()
  const tries = []
  for (let i = 0; i < 60; i++) {
    tries.push(
      await checkPassword(accounts, { email: `guess-${i}@x.example`, password: 'a guess too many', address }),
    )
  }
  assert.equal(
    tries.findIndex(a => a.is === 'wait'),
    50,
  )
})

test('an unknown account takes as long as a known one: both are hashed', async () => {
  const { email } = await account(accounts)
  // The work itself is compared, not the clock: a hash that was not made would leave its memory untouched.
  const used = async (of: string) => {
    const before = process.cpuUsage()
    await checkPassword(accounts, { email: of, password: 'wrong password', address: fresh() })
    return process.cpuUsage(before).user
  }
  await used('warm@x.example')
  const [known, unknown] = [await used(email), await used('nobody-at-all@x.example')]
  assert.ok(unknown > known / 5, `${unknown} against ${known} microseconds of work`)
})

test('suspended, left and invited people do not get in, and are told what a stranger is told', async () => {
  const { user, email } = await account(accounts)
  for (const state of ['suspended', 'left', 'invited']) {
    await casework.database.query('update users set state = $2 where id = $1', [user, state])
    const answer = await checkPassword(accounts, { email, password: goodPassword, address: fresh() })
    assert.deepEqual(answer, { is: 'refused' }, state)
    await casework.database.query('delete from failed_sign_ins')
  }
})

test('an invitation sets a password once, within seven days, and a newer one replaces it', async () => {
  const { user, token } = await invited(accounts)
  const newer = await makeAccountLink(
    casework.database,
    { user, kind: 'invitation', madeBy: null },
    new Date(now.getTime() + 1000),
  )
  later(1)
  assert.equal((await setPasswordByLink(accounts, token, goodPassword)).is, 'not-there')
  const weak = await setPasswordByLink(accounts, newer, 'Password1234')
  assert.match(weak.is === 'fault' ? weak.sentence : '', /guessed first/)
  assert.deepEqual(await setPasswordByLink(accounts, newer, goodPassword), { is: 'set', user, next: 'enrol' })
  assert.equal((await setPasswordByLink(accounts, newer, 'another good one')).is, 'not-there')
  const late = await invited(accounts)
  assert.equal(
    await findAccountLink(casework.database, late.token, new Date(now.getTime() + 7 * 86_400_000)),
    null,
  )
  const kept = await casework.database.query('select * from account_links')
  assert.doesNotMatch(JSON.stringify(kept), new RegExp(`${token}|${newer}`))
})

test('of two uses of a link at the same time one sets the password', async () => {
  const { token } = await invited(accounts)
  const answers = await Promise.all(
    ['one good password', 'other good password'].map(p => setPasswordByLink(accounts, token, p)),
  )
  assert.deepEqual(answers.map(a => a.is).sort(), ['not-there', 'set'])
})

test('a reset ends every session and leaves the second factor, unless the phone is lost as well', async () => {
  const { user, email, code } = await account(accounts)
  const member = (await findMember(casework.database, user))!
  const session = await asMember(casework.database, member, { now }, tx =>
    startSession(tx, { way: 'account', device: 'A test' }),
  )
  const reset = (clearsSecondFactor: boolean) =>
    makeAccountLink(casework.database, { user, kind: 'reset', madeBy: null, clearsSecondFactor }, now)
  assert.deepEqual(await setPasswordByLink(accounts, await reset(false), 'a whole new one'), {
    is: 'set',
    user,
    next: 'code',
  })
  assert.equal(await readSession(casework.database, session, now), null)
  assert.equal(
    (await checkPassword(accounts, { email, password: goodPassword, address: fresh() })).is,
    'refused',
  )
  assert.equal((await checkCode(accounts, { user, code: code(), address: fresh() })).is, 'right')
  later(1)
  const answer = await setPasswordByLink(accounts, await reset(true), 'yet another one')
  assert.equal(answer.is === 'set' && answer.next, 'enrol')
  assert.equal((await checkCode(accounts, { user, code: code(), address: fresh() })).is, 'refused')
})

test('a second factor that is set cannot be set again by who has the password alone', async () => {
  const { user } = await account(accounts)
  const { totpCode, stepAt } = await import('./totp.ts')
  const secret = Buffer.from('another secret here!')
  const again = { user, secret: secret.toString('base64'), code: totpCode(secret, stepAt(now)) }
  assert.equal(await confirmSecondFactor(accounts, again), null)
})

test('one’s own password is changed with the old one; other sessions end and this one goes on', async () => {
  const { user } = await account(accounts)
  const member = (await findMember(casework.database, user))!
  const start = () =>
    asMember(casework.database, member, { now }, tx => startSession(tx, { way: 'account', device: 'A test' }))
  const [here, elsewhere] = [await start(), await start()]
  const session = (await readSession(casework.database, here, now))!.id
  const change = (old: string, password: string) =>
    changePassword(accounts, { member, session, old, password, address: fresh() })
  assert.deepEqual(await change('not the old one', 'something else here'), { is: 'wrong' })
  assert.equal((await change(goodPassword, 'short')).is, 'fault')
  assert.deepEqual(await change(goodPassword, 'something else here'), { is: 'set' })
  assert.notEqual(await readSession(casework.database, here, now), null)
  assert.equal(await readSession(casework.database, elsewhere, now), null)
})

test('the secret of a second factor cannot be read without the key of the installation', async () => {
  const { user, secret } = await account(accounts)
  const [row] = await casework.database.query<{ factor: string }>(
    'select second_factor as factor from credentials where user_id = $1',
    [user],
  )
  assert.doesNotMatch(row!.factor, new RegExp(secret.toString('base64').slice(0, 10).replaceAll(/\W/g, '.')))
  assert.equal(accounts.seal.open(row!.factor), secret.toString('base64'))
  assert.equal(createSeal('another secret').open(row!.factor), null)
  const changed = `${row!.factor.slice(0, -3)}AAA`
  assert.equal(accounts.seal.open(changed), null)
})
