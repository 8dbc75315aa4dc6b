import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { morning } from '../../test/casework-for-tests.ts'
import { openRightsCase } from '../../test/rights-for-tests.ts'
import { type TestBrowser, type TestWeb, testWeb } from '../../test/web-for-tests.ts'
import { runRetention } from './retention/run-retention.ts'

const NEW_BREACH = '/governance/breaches/new'

let web: TestWeb
let officer: TestBrowser
let school: TestBrowser

before(async () => {
  web = await testWeb({ clock: () => morning })
  officer = await web.signInAs('Information governance officer')
  school = await web.signInAs('School link officer')
})
after(() => web.close())

async function person(family: string): Promise<string> {
  const id = randomUUID()
  const answer = await school.submit('/register/new', '/register/new', {
    record: randomUUID(),
    person: id,
    different: 'yes',
    given: 'Alva',
    family,
  })
  assert.equal(answer.statusCode, 303, answer.body)
  return id
}

test('a quiet morning says so, section by section, and is where the officer’s day begins', async () => {
  const start = await officer.get('/')
  assert.equal(start.headers.location, '/governance')
  const { body, headers } = await officer.get('/governance')
  assert.equal(headers['cache-control'], 'no-store')
  for (const words of [
    /None is open\./,
    /Nothing is due\./,
    /No emergency waits for you\./,
    /None in the next month\./,
    /Deleted since yesterday: 0/,
  ]) {
    assert.match(body, words)
  }
})

test('the morning shows what is due first: breaches by hours left, requests by their day', async () => {
  for (const aware of ['0', '24']) {
    await school.submit(NEW_BREACH, NEW_BREACH, { key: randomUUID(), what: 'An email went astray.', aware })
  }
  const later = await openRightsCase(officer, { 'receivedOn-day': '19' })
  const sooner = await openRightsCase(officer)
  const { body } = await officer.get('/governance')
  assert.ok(body.indexOf('48 hours left') < body.indexOf('72 hours left'))
  assert.ok(body.indexOf(sooner) < body.indexOf(later))
  assert.match(body, /in 12 days/)
})

test('R20 an opening without a right waits for review, by its day', async () => {
  const { database } = web.store.installation
  const id = await person('Somebody (synthetic)')
  const police = await web.castMember('Neighbourhood police officer')
  await database.query(
    `insert into break_glass (person_id, user_id, reason, starts_at, ends_at, review_on)
     values ($1, $2, 'Somebody was about to be hurt', $3, $3::timestamptz + interval '1 hour', '2026-11-19')`,
    [id, police.user, morning.toISOString()],
  )
  const { body } = await officer.get('/governance')
  assert.match(body, /An opening without a right/)
  assert.match(body, /Overdue/)
  assert.match(body, /\/sharing\/reviews\/glass\/[0-9a-f-]{36}/)
})

test('R19 a look-up of somebody with the reader’s family name is there to be looked at, without the name', async () => {
  const id = await person('Example')
  await school.get(`/register/${id}`)
  const { body } = await officer.get('/governance')
  assert.match(body, /Sam Example \(synthetic\), [^<]*The reader and the person share a family name\./)
  assert.match(body, new RegExp(`/audit\\?person=${id}`))
  assert.doesNotMatch(body, /Alva/)
})

test('R12 the morning tells what ended last night, as counts', async () => {
  const { database } = web.store.installation
  const id = await person('Ending (synthetic)')
  await database.query(
    `update agency_records set review_on = '2026-11-20', delete_on = '2026-11-20' where person_id = $1`,
    [id],
  )
  await runRetention(database, new Date('2026-11-20T02:00:00Z'))
  const { body } = await officer.get('/governance')
  assert.match(body, /Deleted since yesterday: 1/)
  assert.match(body, /1 × an agency’s record of a person, [^:]+: its time was over/)
  assert.doesNotMatch(body, /Ending/)
})
