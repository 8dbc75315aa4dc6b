import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { morning } from '../../../test/casework-for-tests.ts'
import { type TestBrowser, type TestWeb, testWeb } from '../../../test/web-for-tests.ts'

const NEW = '/governance/breaches/new'

let web: TestWeb
let now = morning
let officer: TestBrowser
let school: TestBrowser

before(async () => {
  web = await testWeb({ clock: () => now })
  officer = await web.signInAs('Information governance officer')
  school = await web.signInAs('School link officer')
})
after(() => web.close())

async function report(fields: Record<string, string> = {}): Promise<string> {
  const answer = await school.submit(NEW, NEW, {
    key: randomUUID(),
    what: 'A list was left on the bus.',
    aware: '4',
    page: '/register',
    ...fields,
  })
  assert.equal(answer.statusCode, 303, answer.body)
  return answer.headers.location as string
}

const step = (browser: TestBrowser, address: string, move: string, seen: number, fields = {}) =>
  browser.submit(`${address}/${move}`, `${address}/${move}`, {
    key: randomUUID(),
    seen: String(seen),
    because: 'As the tests say.',
    ...fields,
  })

test('R23 the way to report a breach is on every page of whoever is signed in, of every role', async () => {
  for (const post of ['Youth worker', 'Analyst', 'Board member', 'Administrator of accounts'] as const) {
    const browser = await web.signInAs(post)
    const account = await browser.get('/account')
    assert.match(account.body, /href="\/governance\/breaches\/new"/, post)
    assert.equal((await browser.get(NEW)).statusCode, 200, post)
  }
  assert.doesNotMatch((await web.browser().get('/picture')).body, /Report a breach/)
})

test('R23 a report knows the page that it came from, and nothing of that page’s question', async () => {
  const form = await school.get(NEW, { referer: 'http://localhost/register?name=Zoe' })
  assert.match(form.body, /name="page" value="\/register"/)
  assert.doesNotMatch(form.body, /Zoe/)
})

test('R23 only the reporter and information governance find it; the clock shows hours left', async () => {
  const address = await report()
  assert.match((await officer.get(address)).body, /68 hours left/)
  assert.match((await school.get(address)).body, /Information governance has it/)
  assert.match((await school.get('/governance/breaches')).body, new RegExp(address))
  for (const post of ['Youth worker', 'Triage coordinator', 'Administrator of accounts'] as const) {
    const browser = await web.signInAs(post)
    assert.equal((await browser.get(address)).statusCode, 404, post)
    assert.doesNotMatch((await browser.get('/governance/breaches')).body, new RegExp(address), post)
  }
})

test('R23 the reporter adds to it, and takes no step of an officer', async () => {
  const address = await report()
  assert.equal((await step(school, address, 'add', 1)).statusCode, 303)
  assert.equal((await school.get(`${address}/assess`)).statusCode, 404)
  const forced = await school.post(`${address}/assess`, {
    key: randomUUID(),
    seen: '2',
    because: 'No',
    risk: 'unlikely',
    _csrf: await school.token(NEW),
  })
  assert.equal(forced.statusCode, 404)
})

test('R23 who was told what stands on the page; late, the report to the Commissioner gives reasons', async () => {
  const address = await report()
  assert.equal((await step(officer, address, 'assess', 1, { risk: '' })).statusCode, 422)
  assert.equal((await step(officer, address, 'assess', 1, { risk: 'high' })).statusCode, 303)
  now = new Date('2026-11-24T08:40:00Z')
  officer = await web.signInAs('Information governance officer')
  const hasty = await step(officer, address, 'tell-commissioner', 2)
  assert.equal(hasty.statusCode, 422)
  assert.match(hasty.body, /Enter the reasons for the delay/)
  await step(officer, address, 'tell-commissioner', 2, { late: 'The list was only found on Monday.' })
  const early = await officer.get(`${address}/close`)
  assert.equal(early.statusCode, 409)
  await step(officer, address, 'tell-people', 3, { because: 'Three families, by telephone.' })
  assert.equal((await step(officer, address, 'close', 4)).statusCode, 303)
  const { body } = await officer.get(address)
  for (const words of [/Three families, by telephone/, /The list was only found on Monday/, /Closed/]) {
    assert.match(body, words)
  }
  now = morning
})
