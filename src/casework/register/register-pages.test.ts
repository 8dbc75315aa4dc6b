import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { caseworkForTests } from '../../../test/casework-for-tests.ts'
import { type TestBrowser, type TestWeb, testWeb } from '../../../test/web-for-tests.ts'

let web: TestWeb
let school: TestBrowser
let police: TestBrowser

before(async () => {
  web = await testWeb()
  school = await web.signInAs('School link officer')
  police = await web.signInAs('Neighbourhood police officer')
})
after(() => web.close())

const sam = {
  given: 'Sam',
  family: 'Invented (synthetic)',
  'birthDate-day': '3',
  'birthDate-month': '5',
  'birthDate-year': '2011',
}

async function added(fields: Record<string, string>): Promise<string> {
  const answer = await school.submit('/register/new', '/register/new', {
    record: randomUUID(),
    person: randomUUID(),
    different: 'yes',
    ...fields,
  })
  assert.equal(answer.statusCode, 303, answer.body)
  return answer.headers.location as string
}

test('somebody is added, opened and written about; the page opens on safety and says when it ends', async () => {
  const address = await added(sam)
  await school.submit(`${address}/entry`, `${address}/entry`, {
    key: randomUUID(),
    kind: 'strength',
    nature: 'fact',
    'occurredOn-day': '20',
    'occurredOn-month': '3',
    'occurredOn-year': '2019',
    text: 'Helps at the breakfast club.',
    source: 'Seen',
  })
  const { body, headers } = await school.get(address)
  assert.ok(body.indexOf('Safety and strengths') < body.indexOf('Timeline'))
  assert.match(body, /Helps at the breakfast club\./)
  assert.match(body, /Deleted on \d+ \w+ \d{4}/)
  assert.equal(headers['cache-control'], 'no-store')
})

test('another agency’s person answers as one that is not there, and the attempt is kept', async () => {
  const address = await added({ ...sam, given: 'Hidden' })
  const theirs = await police.get(address)
  const nobody = await police.get(`/register/${randomUUID()}`)
  assert.equal(theirs.statusCode, 404)
  const without = (page: string) => page.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '')
  assert.equal(without(theirs.body), without(nobody.body))
  const [refused] = await web.store.installation.database.query<{ n: number }>(
    `select count(*) as n from audit where event = 'person-opened' and outcome = 'refused' and subject_id = $1`,
    [address.split('/').at(-1)],
  )
  assert.equal(refused!.n, 1)
  for (const path of ['/entry', '/change', '/review']) {
    assert.equal((await police.get(`${address}${path}`)).statusCode, 404, path)
  }
})

test('roles without cases find no register at all', async () => {
  for (const post of [
    'Board member',
    'Administrator of accounts',
    'Information governance officer',
  ] as const) {
    const browser = await web.signInAs(post)
    assert.equal((await browser.get('/register')).statusCode, 404, post)
  }
  assert.equal((await web.browser().get('/register')).statusCode, 404)
})

test('duplicates are shown at entry to those who may act on them, and never hold anybody up', async () => {
  await added({ ...sam, given: 'Mohammed' })
  const keys = { record: randomUUID(), person: randomUUID() }
  const asked = await school.submit('/register/new', '/register/new', { ...sam, given: 'Muhammad', ...keys })
  assert.match(asked.body, /Your agency may know them already/)
  assert.match(asked.body, /value="Muhammad"/, 'what was typed is kept')
  const again = await school.submit('/register/new', '/register/new', {
    ...sam,
    given: 'Muhammad',
    ...keys,
    different: 'yes',
  })
  assert.equal(again.statusCode, 303)
})

test('what cannot be used comes back with a sentence at its field, and with what was typed', async () => {
  const answer = await school.submit('/register/new', '/register/new', {
    record: randomUUID(),
    person: randomUUID(),
    given: '<script>alert(1)</script>',
    'birthDate-day': '31',
    'birthDate-month': '2',
    'birthDate-year': '2011',
  })
  assert.equal(answer.statusCode, 422)
  assert.match(answer.body, /31\/2\/2011 is not a day that existed/)
  assert.match(answer.body, /&lt;script&gt;alert/)
  assert.doesNotMatch(answer.body, /<script>alert/)
})

test('two who change a record at once: the second sees both texts and nothing is lost', async () => {
  const address = await added({ ...sam, given: 'Twice', school: 'First School' })
  const page = await school.get(`${address}/change`)
  const record = /name="record" value="([^"]+)"/.exec(page.body)![1]!
  const change = (given: string) =>
    school.submit(`${address}/change`, `${address}/change`, { ...sam, given, record, edition: '1' })
  assert.equal((await change('One')).statusCode, 303)
  const second = await change('Two')
  assert.equal(second.statusCode, 409)
  assert.match(second.body, /Somebody else saved this record/)
  assert.match(second.body, /Given names, now[\s\S]*One/)
  assert.match(second.body, /value="Two"/)
})

test('R16 no name stands in an address', async () => {
  const found = await school.submit('/register', '/register', { name: 'Mohammed Invented' })
  assert.match(found.body, /people? with a name like/)
  for (const [, href] of found.body.matchAll(/href="([^"]+)"/g))
    assert.doesNotMatch(href!, /Mohammed|Invented/)
})

test('a form without its token, or with another’s record, changes nothing', async () => {
  const address = await added({ ...sam, given: 'Guarded' })
  assert.equal((await school.post(`${address}/review`, { because: 'Still needed here' })).statusCode, 403)
  const theirs = await police.post(`${address}/review`, {
    because: 'Still needed here',
    _csrf: await police.token('/register'),
  })
  assert.equal(theirs.statusCode, 404)
})

test('what was open when a record was joined to another person leads on, a form with what was typed', async () => {
  const casework = await caseworkForTests(web.store.installation.database)
  const practitioner = await casework.member('school')
  const browser = await web.signInAs(practitioner)
  const of = await casework.record(practitioner)
  const other = await casework.record(await casework.member('council'))
  await casework.agree(['school', 'council'], ['known-to'])
  const before = `/register/${of.person}`
  const form = await browser.get(`${before}/entry`)
  assert.equal(form.statusCode, 200)
  await casework.join('school', of.record, other.record)

  const page = await browser.get(before)
  assert.equal(page.statusCode, 307)
  assert.equal(page.headers.location, `/register/${other.person}`)
  assert.equal((await browser.get(page.headers.location as string)).statusCode, 200)
  const sent = await browser.post(`${before}/entry`, {
    _csrf: await browser.token('/register/new'),
    key: randomUUID(),
  })
  assert.equal(sent.statusCode, 307)
  assert.equal(sent.headers.location, `/register/${other.person}/entry`)
  assert.equal((await police.get(before)).statusCode, 404, 'for others it is as before')
})
