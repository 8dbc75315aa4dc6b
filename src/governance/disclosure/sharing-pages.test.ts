import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { caseworkForTests, type TestCasework } from '../../../test/casework-for-tests.ts'
import { type TestBrowser, type TestWeb, testWeb } from '../../../test/web-for-tests.ts'
import type { Member } from '../access/as-member.ts'

/** Friday 20 November 2026: the next working day is Monday. */
let now = new Date('2026-11-20T08:40:00Z')
let web: TestWeb
let casework: TestCasework
let school: Member
let council: Member
let officer: Member
before(async () => {
  web = await testWeb({ clock: () => now })
  casework = await caseworkForTests(web.store.installation.database)
  school = await casework.member('school')
  council = await casework.member('council')
  officer = await casework.member('council', 'information-governance-officer', null)
})
after(() => web.close())

const keyOf = (body: string) => /name="key" value="([^"]+)"/.exec(body)![1]!
const boxesOf = (body: string) =>
  [...body.matchAll(/name="entries" type="checkbox" value="([^"]+)"/g)].map(m => m[1]!)
const csrfOf = (body: string) => /name="_csrf" value="([^"]+)"/.exec(body)![1]!

/** Sends a form whose field may stand several times. */
async function send(browser: TestBrowser, url: string, body: string, fields: [string, string][]) {
  const hidden = [...body.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(
    m => [m[1]!, m[2]!] as [string, string],
  )
  return browser.postPairs(url, [...hidden, ...fields])
}

const told: [string, string][] = [
  ['told', 'told'],
  ['toldDetail', 'At home, with his mother'],
  ['endsOn-day', '20'],
  ['endsOn-month', '12'],
  ['endsOn-year', '2026'],
]

test('R13 R14 from the pointer to a disclosure: asked, seen exactly, given, read, and taken back', async () => {
  const mine = await casework.record(school)
  await casework.record(council, mine.person)
  const first = await casework.entry(school, mine, { text: 'Met his mentor every week.' })
  await casework.entry(school, mine, { text: 'His sister is unwell.' })
  const asking = await web.signInAs(council)
  const person = `/sharing/people/${mine.person}`

  const before = await asking.get(person)
  assert.match(before.body, /No other agency that has an agreement with yours/)
  await casework.agree(['school', 'council'], ['known-to', 'summary', 'contacts'])
  const pointed = await asking.get(person)
  assert.match(pointed.body, /Oak School \(synthetic\) also holds a record\./)
  assert.doesNotMatch(pointed.body, /mentor|sister/)

  const form = await asking.get(`${person}/ask/oak-school`)
  const key = keyOf(form.body)
  const empty = await send(asking, `${person}/ask/oak-school`, form.body, [
    ['question', 'Who knows him well?'],
  ])
  assert.equal(empty.statusCode, 422)
  assert.match(empty.body, /why less would not do/)
  assert.match(empty.body, /Who knows him well\?/)
  const asked: [string, string][] = [
    ['question', 'Who knows him well?'],
    ['because', 'For the assessment; a name is enough'],
  ]
  for (let twice = 0; twice < 2; twice++) {
    const sent = await send(asking, `${person}/ask/oak-school`, form.body, asked)
    assert.equal(sent.statusCode, 303)
    assert.equal(sent.headers.location, `/sharing/requests/${key}`)
  }

  const answering = await web.signInAs(school)
  const inbox = await answering.get('/sharing')
  assert.equal(inbox.body.split(`/sharing/requests/${key}"`).length - 1, 1, 'a double click asks once')
  const request = await answering.get(`/sharing/requests/${key}`)
  assert.match(request.body, /Who knows him well\?/)
  const choose = await answering.get(`/sharing/requests/${key}/give`)
  assert.match(choose.body, /Contacts with them/)
  assert.doesNotMatch(choose.body, />\s*Address\s*</, 'the agreement does not name it')
  const preview = await send(answering, `/sharing/requests/${key}/give/preview`, choose.body, [
    ['fields', 'contacts'],
  ])
  assert.match(preview.body, /Met his mentor every week\./)
  assert.match(preview.body, /Fact, 19 November 2026, source: seen by the author/)
  const keep = boxesOf(preview.body).filter(box => box.startsWith(first))
  assert.equal(keep.length, 1)
  const silent = await send(answering, `/sharing/requests/${key}/give`, preview.body, [['entries', keep[0]!]])
  assert.equal(silent.statusCode, 422)
  assert.match(silent.body, /whether the person was told/)
  const given = await send(answering, `/sharing/requests/${key}/give`, preview.body, [
    ['entries', keep[0]!],
    ...told,
  ])
  assert.equal(given.statusCode, 303, given.body.slice(0, 2000))
  const disclosure = String(given.headers.location)

  const read = await asking.get(disclosure)
  assert.match(read.body, /Met his mentor every week\./)
  assert.doesNotMatch(read.body, /sister/, 'the line that was taken out did not travel')
  assert.match(read.body, /Told: At home, with his mother/)
  assert.match(read.body, /Answer to request/)
  const elsewhere = await (await web.signInAs(await casework.member('police'))).get(disclosure)
  assert.equal(elsewhere.statusCode, 404)

  const back = await answering.get(disclosure)
  await answering.post(`${disclosure}/withdraw`, { _csrf: csrfOf(back.body) })
  assert.equal((await asking.get(disclosure)).statusCode, 404)
  const acts = await casework.database.query<{ event: string }>(
    'select distinct event from audit where person_id = $1',
    [mine.person],
  )
  for (const event of [
    'known-to-looked-up',
    'information-asked-for',
    'request-opened',
    'disclosure-previewed',
    'information-given',
    'disclosure-opened',
    'disclosure-withdrawn',
  ]) {
    assert.ok(
      acts.some(a => a.event === event),
      event,
    )
  }
})

test('what changed between the preview and the giving is looked at again', async () => {
  const mine = await casework.record(school)
  const entry = await casework.entry(school, mine, { text: 'Came late on Monday.' })
  await casework.agree(['school', 'council'], ['contacts'])
  const browser = await web.signInAs(school)
  const path = `/sharing/people/${mine.person}/offer/council`
  const choose = await browser.get(path)
  const preview = await send(browser, `${path}/preview`, choose.body, [['fields', 'contacts']])
  await casework.database.query(
    `update entries set text = 'Came on time.', edition = edition + 1 where id = $1`,
    [entry],
  )
  const boxes = boxesOf(preview.body).map(box => ['entries', box] as [string, string])
  const again = await send(browser, path, preview.body, [
    ['because', 'To help the review'],
    ...boxes,
    ...told,
  ])
  assert.equal(again.statusCode, 422)
  assert.match(again.body, /The record was changed while you looked/)
  assert.match(again.body, /Came on time\./)
})

test('a request is refused with a reason, once', async () => {
  const mine = await casework.record(school)
  await casework.record(council, mine.person)
  await casework.agree(['school', 'council'], ['known-to'])
  const asking = await web.signInAs(council)
  const path = `/sharing/people/${mine.person}/ask/oak-school`
  const form = await asking.get(path)
  await send(asking, path, form.body, [
    ['question', 'Everything?'],
    ['because', 'To be sure'],
  ])
  const url = `/sharing/requests/${keyOf(form.body)}`
  const answering = await web.signInAs(school)
  const page = await answering.get(`${url}/refuse`)
  assert.equal(
    (await answering.post(`${url}/refuse`, { _csrf: csrfOf(page.body), because: ' ' })).statusCode,
    422,
  )
  const fields = { _csrf: csrfOf(page.body), because: 'Ask for what you need to decide.' }
  assert.equal((await answering.post(`${url}/refuse`, fields)).statusCode, 303)
  assert.equal((await answering.post(`${url}/refuse`, fields)).statusCode, 409)
  assert.match((await asking.get(url)).body, /Ask for what you need to decide\./)
})

test('R15 an emergency takes one form and nobody’s approval; governance reviews it without reading it', async () => {
  const mine = await casework.record(school)
  const browser = await web.signInAs(school)
  const path = `/sharing/people/${mine.person}/emergency`
  const form = await browser.get(path)
  const shared = await send(browser, path, form.body, [
    ['to', 'police'],
    ['what', 'Xylophone Street at three'],
    ['because', 'He said that he will be stabbed after school'],
    ['told', 'not-told'],
    ['toldDetail', 'It could add to the danger'],
  ])
  assert.equal(shared.statusCode, 303, shared.body)
  const police = await web.signInAs(await casework.member('police', 'practitioner', 'violence-prevention'))
  assert.match((await police.get(String(shared.headers.location))).body, /Xylophone Street at three/)
  const governance = await web.signInAs(officer)
  const reviews = await governance.get('/sharing/reviews')
  assert.match(reviews.body, /stabbed after school/)
  assert.match(reviews.body, /Due 23 November 2026/)
  assert.doesNotMatch(reviews.body, /Xylophone/)
  const review = /\/sharing\/reviews\/emergency\/[0-9a-f-]+/.exec(reviews.body)![0]
  const page = await governance.get(review)
  assert.equal((await governance.post(review, { _csrf: csrfOf(page.body), outcome: '' })).statusCode, 422)
  assert.equal(
    (await governance.post(review, { _csrf: csrfOf(page.body), outcome: 'Right, and little enough.' }))
      .statusCode,
    303,
  )
  assert.match((await governance.get('/sharing/reviews')).body, /Right, and little enough\./)
})

test('R20 the end is shown before the glass breaks; the owner and governance are told; it closes', async () => {
  const theirs = await casework.record(school)
  await casework.entry(school, theirs, { text: 'Zanzibar is what he fears.' })
  const browser = await web.signInAs(council)
  const person = `/sharing/people/${theirs.person}`
  assert.equal((await browser.get(person)).statusCode, 404)
  const form = await browser.get(`${person}/break-glass`)
  assert.match(form.body, /Until 20 November 2026[^<]*9:40/)
  assert.match(form.body, /reviewed by 27 November 2026/)
  const broken = await send(browser, `${person}/break-glass`, form.body, [
    ['reason', 'Found injured; the duty line is not answered'],
    ['hours', '1'],
  ])
  assert.equal(broken.statusCode, 303)
  assert.match((await browser.get(person)).body, /Zanzibar is what he fears\./)
  for (const told of [school, officer]) {
    const page = await (await web.signInAs(told)).get(told === officer ? '/sharing/reviews' : '/sharing')
    assert.match(page.body, /Found injured; the duty line is not answered/)
  }
  now = new Date('2026-11-20T09:40:00Z')
  assert.equal((await browser.get(person)).statusCode, 404)
  now = new Date('2026-11-20T08:40:00Z')
})

test('R17 police are offered no circle that is closed to them, and a note leaves it through its author alone', async () => {
  const charity = await casework.member('charity')
  const of = await casework.record(charity)
  const browser = await web.signInAs(charity)
  const form = await browser.get('/circles/new')
  await send(browser, '/circles/new', form.body, [
    ['name', 'Mediation 12'],
    ['kind', 'mediation'],
  ])
  const circle = keyOf(form.body)
  const page = await browser.get(`/circles/${circle}`)
  assert.doesNotMatch(page.body, /Police \(synthetic\)/)
  const police = await casework.member('police')
  await browser.post(`/circles/${circle}/members`, { _csrf: csrfOf(page.body), user: police.user })
  assert.doesNotMatch((await browser.get(`/circles/${circle}`)).body, /Police \(synthetic\)/)
  assert.equal((await (await web.signInAs(police)).get(`/circles/${circle}`)).statusCode, 404)
  const kinds = await (await web.signInAs(police)).get('/circles/new')
  assert.doesNotMatch(kinds.body, /value="mediation"/)

  const note = await casework.entry(charity, of, { text: 'He named the day.', circle })
  const path = `/sharing/people/${of.person}/release`
  const release = await browser.get(path)
  assert.match(release.body, /He named the day\./)
  const done = await send(browser, path, release.body, [
    ['to', 'police'],
    ['notes', `${note}:1`],
    ['because', 'It is today'],
    ['told', 'not-told'],
    ['toldDetail', 'There is no time'],
  ])
  assert.equal(done.statusCode, 303, done.body)
  assert.match(
    (await (await web.signInAs(police)).get(String(done.headers.location))).body,
    /He named the day\./,
  )
  const colleague = await web.signInAs(await casework.member('charity', 'coordinator'))
  assert.equal((await colleague.get(path)).statusCode, 404)
})

test('R18 when too many people were looked up, the page says so, and does not say that nobody knows them', async () => {
  const counted = await casework.member('partnership', 'coordinator')
  const browser = await web.signInAs(counted)
  let last = ''
  for (let i = 0; i <= 60; i++)
    last = (await browser.get(`/sharing/people/${(await casework.record(counted)).person}`)).body
  assert.match(last, /as many people as anybody may in an hour/)
  assert.doesNotMatch(last, /No other agency/)
})

test('agreements are open to everybody at work, and kept by information governance alone', async () => {
  const worker = await web.signInAs(await casework.member('charity'))
  assert.equal((await worker.get('/agreements')).statusCode, 200)
  assert.equal((await worker.get('/agreements/new')).statusCode, 404)
  const governance = await web.signInAs(officer)
  const form = await governance.get('/agreements/new')
  const empty = await send(governance, '/agreements/new', form.body, [
    ['title', 'Knife crime <b>protocol</b>'],
  ])
  assert.equal(empty.statusCode, 422)
  for (const sentence of [
    'Choose the purpose',
    'Enter the legal basis',
    'Choose at least two agencies',
    'Enter the last day',
  ]) {
    assert.match(empty.body, new RegExp(sentence))
  }
  assert.match(empty.body, /Knife crime &lt;b&gt;protocol/)
  const fields: [string, string][] = [
    ['title', 'Protocol'],
    ['purpose', 'support'],
    ['legalBasis', 'UK GDPR, article 6(1)(e)'],
    ['owner', 'Head of safeguarding'],
    ['parties', 'charity'],
    ['parties', 'council'],
    ['fields', 'summary'],
    ...(['startsOn', 'endsOn'] as const).flatMap(name => [
      [`${name}-day`, '20'] as [string, string],
      [`${name}-month`, '11'] as [string, string],
      [`${name}-year`, name === 'startsOn' ? '2026' : '2027'] as [string, string],
    ]),
  ]
  const made = await send(governance, '/agreements/new', form.body, fields)
  assert.equal(made.statusCode, 303, made.body)
  const address = String(made.headers.location)
  assert.match((await worker.get(address)).body, /In force|in force/)
  const end = await governance.get(`${address}/end`)
  assert.equal(
    (await governance.post(`${address}/end`, { _csrf: csrfOf(end.body), because: '' })).statusCode,
    422,
  )
  await governance.post(`${address}/end`, { _csrf: csrfOf(end.body), because: 'Replaced by a new one' })
  assert.match((await worker.get(address)).body, /Ended on 20 November 2026: Replaced by a new one/)
})
