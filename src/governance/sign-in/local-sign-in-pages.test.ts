import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { account, goodPassword, type TestAccount } from '../../../test/accounts-for-tests.ts'
import { today } from '../../../test/temporary-store.ts'
import { type TestBrowser, type TestWeb, testWeb } from '../../../test/web-for-tests.ts'
import { cookieSecret } from '../../web/secrets.ts'
import type { Accounts } from './local-sign-in.ts'
import { createSeal } from './sealed.ts'

let web: TestWeb
let accounts: Accounts
let now = today
before(async () => {
  web = await testWeb({ synthetic: false, clock: () => now })
  const { database, folder } = web.store.installation
  accounts = { database, clock: () => now, seal: createSeal(await cookieSecret(folder.root)) }
})
after(() => web.close())

const minutes = (n: number) => {
  now = new Date(now.getTime() + n * 60_000)
}

const password = (
  browser: TestBrowser,
  { email }: Pick<TestAccount, 'email'>,
  typed = goodPassword,
  goal = '',
) => browser.submit('/sign-in', '/sign-in', { email, password: typed, goal })

async function enter(of: TestAccount, goal = ''): Promise<{ browser: TestBrowser; location: string }> {
  const browser = web.browser()
  await password(browser, of, goodPassword, goal)
  const answer = await browser.submit('/sign-in/code', '/sign-in/code', { code: of.code() })
  assert.equal(answer.statusCode, 303)
  return { browser, location: String(answer.headers.location) }
}

const probation = { agency: 'probation' }

test('R19 signing in and out, failing to and ending a session are recorded, by whom and about whom', async () => {
  const of = await account(accounts, probation)
  const stranger = web.browser()
  await password(stranger, of, 'not the password')
  const { browser } = await enter(of)
  minutes(1)
  const { browser: second } = await enter(of)
  const page = await second.get('/account')
  const session = /\/account\/sessions\/([0-9a-f-]{36})\/end/.exec(page.body)![1]!
  await second.submit(`/account/sessions/${session}/end`, '/account')
  assert.equal((await browser.get('/account')).statusCode, 404)
  await second.submit('/sign-out', '/account')
  const told = await web.store.installation.database.query<{ what: string }>(
    `select event || ' ' || outcome || ' by ' || coalesce(user_id::text, 'nobody') as what from audit
     where subject_id = $1 or user_id = $1::uuid order by seq`,
    [of.user],
  )
  assert.deepEqual(
    told.map(t => t.what.replace(of.user, 'them')),
    [
      'password-changed done by nobody',
      'second-factor-changed done by them',
      'sign-in-failed refused by nobody',
      'person-signed-in done by them',
      'person-signed-in done by them',
      'session-ended done by them',
      'person-signed-out done by them',
    ],
  )
})

test('the record of a failed sign-in holds neither what was typed nor the address', async () => {
  const browser = web.browser()
  await password(browser, { email: 'mistyped@example.example' }, 'a password of somewhere else')
  const rows = await web.store.installation.database.query('select a.*, f.* from audit a, failed_sign_ins f')
  assert.doesNotMatch(JSON.stringify(rows), /mistyped|somewhere else|127\.0\.0\.1/)
})

test('a known and an unknown account are answered with the same bytes', async () => {
  const of = await account(accounts, probation)
  const said = async (email: string) => {
    const answer = await password(web.browser(), { email }, 'not the password')
    return {
      status: answer.statusCode,
      cookies: answer.cookies.map(c => c.name),
      body: answer.body.replaceAll(email, '…').replaceAll(/name="_csrf" value="[^"]+"/g, ''),
    }
  }
  assert.deepEqual(await said(of.email), await said('nobody@example.example'))
})

test('with the password alone no page of one’s own opens, and a step that was made up leads nowhere', async () => {
  const of = await account(accounts, probation)
  const browser = web.browser()
  assert.equal((await password(browser, of)).headers.location, '/sign-in/code')
  assert.equal((await browser.get('/account')).statusCode, 404)
  for (const forged of ['x', Buffer.alloc(60).toString('base64url')]) {
    const answer = await web.app.inject({ url: '/sign-in/code', cookies: { concord_step: forged } })
    assert.equal(answer.headers.location, '/sign-in')
  }
  const sealed = createSeal('another installation').seal(
    JSON.stringify({ user: of.user, next: 'code', goal: null, until: now.getTime() + 1e9 }),
  )
  const answer = await web.app.inject({ url: '/sign-in/code', cookies: { concord_step: sealed } })
  assert.equal(answer.headers.location, '/sign-in')
})

test('the step between password and code is over after ten minutes', async () => {
  const of = await account(accounts, probation)
  const browser = web.browser()
  await password(browser, of)
  minutes(10)
  assert.equal((await browser.get('/sign-in/code')).headers.location, '/sign-in')
})

test('after signing in people come to the page that they wanted, and never to another site', async () => {
  const of = await account(accounts, probation)
  for (const [goal, leads] of [
    ['/people?x=1&y=2', '/people?x=1&y=2'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['https://evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/x\r\nset-cookie: stolen=1', '/'],
    ['/\t/evil.example', '/'],
    ['/people/../../..//evil.example', '/people/../../..//evil.example'],
  ] as const) {
    minutes(1)
    const { browser, location } = await enter(of, goal)
    assert.equal(location, leads, goal)
    assert.equal(new URL(location, 'http://localhost').host, 'localhost')
    assert.doesNotMatch(JSON.stringify((await browser.get('/account')).cookies), /stolen/)
  }
})

test('the page from which somebody went to sign in is where they come back to, if it is one of ours', async () => {
  const shown = async (referer: string) =>
    /name="goal" value="([^"]*)"/.exec(
      (await web.browser().get('/sign-in', { referer, host: 'concord.example' })).body,
    )![1]
  assert.equal(await shown('http://concord.example/people?x=1'), '/people?x=1')
  assert.equal(await shown('http://evil.example/people'), '')
  assert.equal(await shown('http://concord.example/join/secret'), '')
  assert.equal(await shown('nonsense'), '')
})

test('a form to sign in that another site sends is refused, and other verbs do nothing', async () => {
  const of = await account(accounts, probation)
  const browser = web.browser()
  await browser.get('/sign-in')
  const forged = await browser.post('/sign-in', { email: of.email, password: goodPassword, _csrf: 'forged' })
  assert.equal(forged.statusCode, 403)
  for (const method of ['PUT', 'DELETE', 'PATCH'] as const) {
    for (const url of ['/sign-in', '/sign-out', '/account/password', '/users']) {
      assert.equal((await web.app.inject({ method, url })).statusCode, 404, `${method} ${url}`)
    }
  }
  const overGet = await browser.get(`/sign-in?email=${encodeURIComponent(of.email)}&password=${goodPassword}`)
  assert.doesNotMatch(overGet.body, new RegExp(of.email))
})

test('the form of an earlier session does not count in the next one', async () => {
  const of = await account(accounts, probation)
  const browser = web.browser()
  const before = await browser.token('/sign-in')
  await password(browser, of)
  await browser.submit('/sign-in/code', '/sign-in/code', { code: of.code() })
  assert.equal(
    (await browser.post('/sign-out', { _csrf: before })).statusCode,
    403,
    'from before the sign-in',
  )
  const token = await browser.token('/account')
  await browser.submit('/sign-out', '/account')
  minutes(1)
  await password(browser, of)
  await browser.submit('/sign-in/code', '/sign-in/code', { code: of.code() })
  assert.equal((await browser.post('/sign-out', { _csrf: token })).statusCode, 403)
})

test('a stolen cookie is worth nothing once its session was ended, and after half an hour in any case', async () => {
  const of = await account(accounts, probation)
  const { browser } = await enter(of)
  minutes(29)
  assert.equal((await browser.get('/account')).statusCode, 200)
  minutes(31)
  const late = await browser.get('/account')
  assert.equal(late.statusCode, 404)
  assert.match(late.body, /Sign in again/)
})

test('one’s own password is changed on one’s account, and only by who signs in with one', async () => {
  const of = await account(accounts, probation)
  const { browser } = await enter(of)
  const change = (old: string, typed: string) =>
    browser.submit('/account/password', '/account/password', { old, password: typed })
  assert.match((await change('not it', 'something else here')).body, /That is not your password/)
  assert.match((await change(goodPassword, 'Password1234')).body, /guessed first/)
  assert.equal((await change(goodPassword, 'something else here')).statusCode, 303)
  minutes(1)
  const again = await password(web.browser(), of, 'something else here')
  assert.equal(again.headers.location, '/sign-in/code')
})

test('new recovery codes take a code of the app, and put an end to the old ones', async () => {
  const of = await account(accounts, probation)
  const { browser } = await enter(of)
  const renew = (code: string) =>
    browser.submit('/account/recovery-codes', '/account/recovery-codes', { code })
  assert.equal((await renew(of.recoveryCodes[0]!)).statusCode, 400, 'a recovery code does not make others')
  assert.equal((await renew(of.code())).statusCode, 400, 'it was used to sign in')
  minutes(1)
  const page = await renew(of.code())
  const codes = [...page.body.matchAll(/[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}/g)].map(m => m[0])
  assert.equal(new Set(codes).size, 10)
  const tryCode = async (code: string) => {
    const other = web.browser()
    await password(other, of)
    return (await other.submit('/sign-in/code', '/sign-in/code', { code })).statusCode
  }
  assert.equal(await tryCode(of.recoveryCodes[1]!), 400)
  assert.equal(await tryCode(codes[0]!), 303)
})

test('pages of accounts are kept by nobody', async () => {
  const of = await account(accounts, probation)
  const { browser } = await enter(of)
  for (const url of [
    '/account',
    '/account/purpose',
    '/account/password',
    '/account/recovery-codes',
    '/sign-in',
  ]) {
    const { headers } = await browser.get(url)
    assert.ok(headers['cache-control'] === 'no-store' || url === '/sign-in', url)
  }
  assert.equal((await web.browser().get('/sign-in')).headers['cache-control'], 'no-store')
})
