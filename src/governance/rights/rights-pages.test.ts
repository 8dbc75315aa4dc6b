import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { morning } from '../../../test/casework-for-tests.ts'
import { openRightsCase, takeStep } from '../../../test/rights-for-tests.ts'
import { type TestBrowser, type TestWeb, testWeb } from '../../../test/web-for-tests.ts'

let web: TestWeb
let officer: TestBrowser
let school: TestBrowser
let youthWorker: TestBrowser

before(async () => {
  web = await testWeb({ clock: () => morning })
  officer = await web.signInAs('Information governance officer')
  school = await web.signInAs('School link officer')
  youthWorker = await web.signInAs('Youth worker')
})
after(() => web.close())

/** Somebody with a record of the school and one entry; their page. */
async function person(given: string, text: string): Promise<string> {
  const added = await school.submit('/register/new', '/register/new', {
    record: randomUUID(),
    person: randomUUID(),
    different: 'yes',
    given,
    family: 'Invented (synthetic)',
    'birthDate-day': '3',
    'birthDate-month': '5',
    'birthDate-year': '2011',
  })
  const address = added.headers.location as string
  await school.submit(`${address}/entry`, `${address}/entry`, {
    key: randomUUID(),
    kind: 'concern',
    nature: 'reported',
    'occurredOn-day': '20',
    'occurredOn-month': '3',
    'occurredOn-year': '2019',
    text,
    source: 'Told by a pupil',
  })
  return address
}

const personsOn = (body: string) =>
  [...body.matchAll(/name="person" type="checkbox" value="([^"]+)"/g)].map(m => m[1]!)

test('R22 a case is opened with its clock, and the list is in the order of deadlines', async () => {
  const later = await openRightsCase(officer, { kind: 'rectification', 'receivedOn-day': '19' })
  const sooner = await openRightsCase(officer, { kind: 'restriction' })
  const { body } = await officer.get('/governance/rights')
  const place = (address: string) => body.indexOf(address)
  assert.ok(place(sooner) > 0 && place(sooner) < place(later))
  assert.match((await officer.get(sooner)).body, /Answer by 2 December 2026/)
})

test('what cannot be opened comes back with a sentence at its field, and with what was typed', async () => {
  const url = '/governance/rights/new'
  const answer = await officer.submit(url, url, {
    key: randomUUID(),
    kind: 'objection',
    regime: 'law-enforcement',
    given: '<b>Zoe</b>',
    reachAt: 'Post',
    about: 'Stop it',
    'receivedOn-day': '31',
    'receivedOn-month': '12',
    'receivedOn-year': '2026',
  })
  assert.equal(answer.statusCode, 422)
  assert.match(answer.body, /It cannot have come after today/)
  assert.match(answer.body, /value="&lt;b&gt;Zoe&lt;\/b&gt;"/)
  const part3 = await officer.submit(url, url, {
    key: randomUUID(),
    kind: 'objection',
    regime: 'law-enforcement',
    given: 'Zoe',
    reachAt: 'Post',
    about: 'Stop it',
    'receivedOn-day': '2',
    'receivedOn-month': '11',
    'receivedOn-year': '2026',
  })
  assert.match(part3.body, /There is no right to object where Part 3 applies/)
})

test('R22 a step that does not fit is refused with what is possible', async () => {
  const address = await openRightsCase(officer)
  const early = await officer.get(`${address}/step/answer`)
  assert.equal(early.statusCode, 409)
  assert.match(early.body, /It is now: received\. You can ask who they are/)
  const unsure = await officer.get(`${address}/subject`)
  assert.equal(unsure.statusCode, 409)
  assert.match(unsure.body, /until the asker has shown who they are/)
})

test('R22 the same form twice is one step, and a form that somebody was quicker than is told so', async () => {
  const address = await openRightsCase(officer)
  const fields = { key: randomUUID(), seen: '1', because: 'A passport was looked at.' }
  const day = { 'on-day': '20', 'on-month': '11', 'on-year': '2026' }
  const url = `${address}/step/confirm-identity`
  const [token, stale] = [await officer.token(url), await officer.token(`${address}/step/ask-identity`)]
  for (const _ of [1, 2]) {
    assert.equal((await officer.post(url, { ...fields, ...day, _csrf: token })).statusCode, 303)
  }
  assert.equal((await officer.get(address)).body.split('A passport was looked at.').length, 2)
  const late = await officer.post(`${address}/step/extend`, {
    ...fields,
    key: randomUUID(),
    told: 'A letter',
    _csrf: stale,
  })
  assert.equal(late.statusCode, 409)
  assert.match(late.body, /while you had it open/)
})

test('R18 finding the person of a case shows who holds something, nothing of what, and is recorded', async () => {
  await person('Maya', 'Was at the gate with Levi Madeup.')
  const address = await openRightsCase(officer, { given: 'Maya', kind: 'restriction' })
  await takeStep(officer, address, 'confirm-identity')
  const { body } = await officer.get(`${address}/subject`)
  assert.equal(personsOn(body).length, 1)
  assert.match(body, /Same name, same date of birth/)
  assert.doesNotMatch(body, /gate|Levi|Told by a pupil/)
  const nobody = await officer.submit(`${address}/subject`, `${address}/subject`)
  assert.equal(nobody.statusCode, 422)
  assert.match(nobody.body, /Choose at least one person/)
  const stranger = await officer.submit(`${address}/subject`, `${address}/subject`, { person: randomUUID() })
  assert.equal(stranger.statusCode, 409, 'nobody is settled on whom the look-up did not give')
  const [sought] = await web.store.installation.database.query<{ n: number }>(
    `select count(*) as n from audit where event = 'rights-subject-sought' and case_reference = $1`,
    [address.split('/').at(-1)],
  )
  assert.ok(sought!.n >= 1)
})

test('R22 a disputed statement is gone at once from its own agency’s page, and comes back with a reason', async () => {
  const text = 'Was said to carry something.'
  const page = await person('Noor', text)
  const address = await openRightsCase(officer, { given: 'Noor', kind: 'restriction' })
  await takeStep(officer, address, 'confirm-identity')
  const [who] = personsOn((await officer.get(`${address}/subject`)).body)
  await officer.submit(`${address}/subject`, `${address}/subject`, { person: who! })
  const list = await officer.get(`${address}/restrict`)
  assert.doesNotMatch(list.body, /carry something/)
  const [, entry] = /\/restrict\/([0-9a-f-]{36})"/.exec(list.body)!
  assert.match((await school.get(page)).body, /carry something/)
  const url = `${address}/restrict/${entry}`
  assert.equal((await officer.submit(url, url, { because: '' })).statusCode, 422)
  assert.equal((await officer.submit(url, url, { because: 'They say it is untrue.' })).statusCode, 303)
  assert.doesNotMatch((await school.get(page)).body, /carry something/)
  assert.equal((await officer.submit(url, url, { because: 'Again.' })).statusCode, 409)
  const lift = `${address}/lift/${entry}`
  await officer.submit(lift, lift, { because: 'It was shown to be right; they were told.' })
  assert.match((await school.get(page)).body, /carry something/)
})

test('R21 the reviewer of a challenge had no part in the decision, and decides alone', async () => {
  await person('Ines', 'A concern.')
  const address = await openRightsCase(officer, { given: 'Ines', kind: 'challenge' })
  await takeStep(officer, address, 'confirm-identity')
  assert.match((await officer.get(`${address}/step/assign-reviewer`)).body, /Nobody can be shown yet/)
  const [who] = personsOn((await officer.get(`${address}/subject`)).body)
  await officer.submit(`${address}/subject`, `${address}/subject`, { person: who! })
  const coordinator = await web.castMember('Triage coordinator')
  const form = await officer.get(`${address}/step/assign-reviewer`)
  assert.match(form.body, new RegExp(coordinator.user))
  // The school link officer wrote the entry, and reads people: a practitioner is on no list of reviewers anyway.
  const author = await web.castMember('School link officer')
  assert.equal(
    (await takeStep(officer, address, 'assign-reviewer', { reviewer: author.user })).statusCode,
    422,
  )
  const reviewer = await web.signInAs('Triage coordinator')
  assert.equal((await reviewer.get(address)).statusCode, 404, 'not theirs before it is given to them')
  assert.equal(
    (await takeStep(officer, address, 'assign-reviewer', { reviewer: coordinator.user })).statusCode,
    303,
  )
  assert.equal((await officer.get(`${address}/step/decide`)).statusCode, 409)
  assert.match((await reviewer.get('/governance/rights')).body, new RegExp(address))
  assert.equal((await takeStep(reviewer, address, 'decide', { outcome: 'upheld' })).statusCode, 303)
  assert.equal((await takeStep(officer, address, 'answer')).statusCode, 303)
  assert.match((await officer.get(address)).body, /Upheld: they were taken out/)
})

test('R21 whoever wrote about the person is no reviewer, whatever their role', async () => {
  const { database } = web.store.installation
  await person('Tove', 'A concern.')
  const address = await openRightsCase(officer, { given: 'Tove', kind: 'challenge' })
  await takeStep(officer, address, 'confirm-identity')
  const [who] = personsOn((await officer.get(`${address}/subject`)).body)
  await officer.submit(`${address}/subject`, `${address}/subject`, { person: who! })
  const coordinator = await web.castMember('Triage coordinator')
  await database.query('update entries set author = $1 where person_id = $2', [coordinator.user, who])
  const form = await officer.get(`${address}/step/assign-reviewer`)
  assert.doesNotMatch(form.body, new RegExp(coordinator.user))
})

test('nobody but governance finds a rights case; the youth worker’s list does not exist', async () => {
  const address = await openRightsCase(officer)
  for (const path of ['/governance/rights', address, `${address}/subject`, `${address}/pack`]) {
    assert.equal((await youthWorker.get(path)).statusCode, 404, path)
  }
})
