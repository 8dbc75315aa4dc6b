import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TestBrowser, type TestWeb, testWeb } from '../../../test/web-for-tests.ts'
import { asMember, asProgram } from '../../governance/access/as-member.ts'
import { addRecord } from '../register/record-store.ts'

const clock = () => new Date('2026-11-20T08:40:00Z')

let web: TestWeb
let sam: TestBrowser
let pat: TestBrowser
let alex: TestBrowser
let pupil: string
before(async () => {
  web = await testWeb({ clock })
  const { database } = web.store.installation
  await asProgram(database, clock(), async tx => {
    const agreement = '5e7d0000-0000-4000-8000-00000000a002'
    await tx.query(
      `insert into agreements (id, title, purpose, legal_basis, owner, starts_on, ends_on, created_at)
       values ($1, 'Plans (synthetic)', 'safeguarding', 'x', 'x', '2026-01-01', '2027-12-31', present())`,
      [agreement],
    )
    await tx.query(
      `insert into agreement_parties select $1, unnest('{schools,birmingham-childrens-trust,west-midlands-police}'::text[])`,
      [agreement],
    )
    await tx.query(`insert into agreement_fields values ($1, 'plan')`, [agreement])
  })
  const officer = await web.castMember('School link officer')
  pupil = await asMember(database, officer, { now: clock() }, tx =>
    addRecord(
      tx,
      '5e7d0000-0000-4000-8000-00000000b003',
      '5e7d0000-0000-4000-8000-00000000b004',
      {
        reference: '',
        names: [{ given: 'Marigold', family: 'Synthetic', kind: 'usual' }],
        birth: { date: '2012-05-04', known: 'day' },
        gender: '',
        ethnicity: '',
        address: '',
        postcode: '',
        phone: '',
        school: '',
        sensitive: false,
      },
      'Children Act 2004, section 10',
    ),
  )
  sam = await web.signInAs('School link officer')
  pat = await web.signInAs('Social worker')
  alex = await web.signInAs('Neighbourhood police officer')
})
after(() => web.close())

const text = (html: string): string =>
  html
    .replaceAll(/<(script|style)[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')

/** What a browser would send of the hidden fields of a page's forms. */
const marks = (html: string) =>
  Object.fromEntries(
    [...html.matchAll(/name="(key|seen|keep|edition)" value="([^"]*)"/g)].map(([, n, v]) => [n!, v!]),
  )

const day = (name: string, iso: string) => ({
  [`${name}-day`]: String(Number(iso.slice(8))),
  [`${name}-month`]: String(Number(iso.slice(5, 7))),
  [`${name}-year`]: iso.slice(0, 4),
})

const form = async (browser: TestBrowser, address: string, fields: Record<string, string> = {}) =>
  browser.submit(address, address, { ...marks((await browser.get(address)).body), ...fields })

const done = async (browser: TestBrowser, address: string, fields: Record<string, string> = {}) => {
  const answer = await form(browser, address, fields)
  assert.equal(answer.statusCode, 303, text(answer.body))
  return String(answer.headers.location)
}

let plan = ''

test('a plan is begun at the person’s page, and opens on strengths and their own words', async () => {
  assert.match((await sam.get(`/register/${pupil}`)).body, new RegExp(`href="/plans/new\\?person=${pupil}"`))
  const empty = await form(sam, `/plans/new?person=${pupil}`, { called: '', aim: '' })
  assert.equal(empty.statusCode, 400)
  assert.match(text(empty.body), /Say in a sentence what should be better\./)
  plan = await done(sam, `/plans/new?person=${pupil}`, {
    called: 'Marigold Synthetic',
    aim: 'Marigold is safe on the way home.',
  })
  assert.match(plan, /^\/plans\/P-2026-\d{4}$/)
  await done(sam, `${plan}/say/strength`, { text: 'Plays the trumpet.' })
  await done(sam, `${plan}/say/words`, { text: 'I want my own room.' })
  const page = text((await sam.get(plan)).body)
  assert.match(page, /Marigold Synthetic Child .* about a child/)
  assert.match(page, /What goes well Plays the trumpet\..*In their own words “I want my own room\.”.*Needs/)
  const again = await form(sam, `/plans/new?person=${pupil}`, {
    called: 'Marigold Synthetic',
    aim: 'Another.',
  })
  assert.equal(again.statusCode, 409)
  assert.match(text(again.body), /Your agency leads P-2026-\d{4}/)
})

test('E2 a child’s plan is not begun with Pursue alone; what to do instead is said', async () => {
  const address = `${plan}/actions/new`
  const pursue = {
    what: 'Arrest whoever threatened her.',
    fourP: 'pursue',
    agency: 'west-midlands-police',
    ...day('dueOn', '2026-12-04'),
  }
  const refused = await form(sam, address, pursue)
  assert.equal(refused.statusCode, 409)
  assert.match(
    text(refused.body),
    /would hold nothing but Pursue\. Put something under Prevent, Protect or Prepare/,
  )
  assert.match(refused.body, />Arrest whoever threatened her\.<\/textarea>/)
  await done(sam, address, { ...pursue, what: 'Walk with her.', fourP: 'protect', agency: 'schools' })
  await done(sam, address, pursue)
  const page = text((await sam.get(plan)).body)
  assert.ok(page.indexOf('Walk with her.') < page.indexOf('Arrest whoever'), 'what protects stands first')
})

test('a need is offered something, and its way to an outcome stands in the plan', async () => {
  const missing = await form(sam, `${plan}/say/need`, { text: '' })
  assert.match(text(missing.body), /Write it down\./)
  await done(sam, `${plan}/say/need`, { text: 'Somebody to talk to.', pathway: 'mentoring' })
  const need = /\/offers\/new\?need=([0-9a-f-]{36})/.exec((await sam.get(plan)).body)![1]!
  await done(sam, `${plan}/offers/new`, {
    need,
    pathway: 'mentoring',
    what: 'A mentor on Tuesdays',
    provider: 'A charity',
  })
  const step = /\/offers\/[0-9a-f-]{36}/.exec((await sam.get(plan)).body.replace(/offers\/new[^"]*/g, ''))![0]
  const declined = await form(sam, `${plan}${step}/decline`, { note: '' })
  assert.equal(declined.statusCode, 400)
  await done(sam, `${plan}${step}/take-up`, {})
  await done(sam, `${plan}${step}/end`, { note: 'She goes by herself now.' })
  assert.match(
    text((await sam.get(plan)).body),
    /A mentor on Tuesdays \( A charity \) Ended , 20 November 2026: She goes by herself now\./,
  )
  const wrong = await sam.submit(`${plan}${step}/decline`, `${plan}${step}/decline`, { note: 'x', key: '' })
  assert.equal(wrong.statusCode, 409)
  await done(sam, `${plan}/statements/${need}/end`, { because: 'She has somebody.' })
  assert.match(text((await sam.get(plan)).body), /Met, or none any more since/)
})

test('R13 an agency is brought to it under an agreement, reads it and writes in it; others see nothing', async () => {
  assert.equal((await pat.get(plan)).statusCode, 404)
  const members = `${plan}/members`
  const page = await sam.get(members)
  assert.match(page.body, /value="birmingham-childrens-trust"/)
  assert.doesNotMatch(page.body, /value="st-giles-trust"/)
  const chosen = `${members}?agency=birmingham-childrens-trust`
  const shown = await sam.get(chosen)
  const added = await sam.submit(members, chosen, {
    ...marks(shown.body),
    agency: 'birmingham-childrens-trust',
  })
  assert.equal(added.statusCode, 303)
  assert.match(text((await pat.get(plan)).body), /Marigold Synthetic/)
  await done(pat, `${plan}/say/strength`, { text: 'Her grandmother is there on Sundays.' })
  assert.match(text((await sam.get(plan)).body), /Her grandmother is there on Sundays\./)
  assert.equal((await alex.get(plan)).statusCode, 404)
  assert.equal((await form(pat, `${plan}/say/need`, { text: 'A quiet room.' })).statusCode, 303)
  for (const step of ['close', 'review', 'hand-over'])
    assert.equal((await pat.get(`${plan}/${step}`)).statusCode, 409)
  assert.equal((await web.signInAs('Analyst').then(a => a.get(plan))).statusCode, 404)
})

test('two editors of one text: the second reads both, and loses nothing', async () => {
  const id = /\/statements\/([0-9a-f-]{36})"/.exec((await sam.get(plan)).body)![1]!
  const address = `${plan}/statements/${id}`
  const stale = await sam.get(address)
  await done(sam, address, { text: 'The first text.' })
  const second = await sam.submit(address, address, { ...marks(stale.body), text: 'The second text.' })
  assert.equal(second.statusCode, 409)
  assert.match(
    text(second.body),
    /Somebody else changed it while you had it open What stands there now: The first text\./,
  )
  assert.match(second.body, />The second text\.<\/textarea>/)
  const saved = await sam.submit(address, address, { ...marks(second.body), text: 'Both texts.' })
  assert.equal(saved.statusCode, 303)
  const aim = `${plan}/change`
  const old = await sam.get(aim)
  await done(sam, aim, { called: 'Marigold Synthetic', aim: 'One.' })
  const behind = await sam.submit(aim, aim, { ...marks(old.body), called: 'Marigold Synthetic', aim: 'Two.' })
  assert.equal(behind.statusCode, 409)
  assert.match(text(behind.body), /What stands there now: Marigold Synthetic One\./)
})

test('a playbook of the area is taken up in one go, once however often it is sent', async () => {
  const list = text((await sam.get(`${plan}/templates`)).body)
  assert.match(list, /The first days out of custody/)
  assert.doesNotMatch(list, /The way home from school/, 'that one is for places')
  const address = `${plan}/templates/playbook-after-an-injury`
  const page = await sam.get(address)
  const fields = {
    ...marks(page.body),
    'take-0': 'yes',
    'what-0': 'Offer help at the bedside.',
    'agency-0': 'schools',
    ...day('due-0', '2026-11-23'),
    'take-1': 'yes',
    'what-1': 'Ask what would make her feel safe.',
    'agency-1': 'birmingham-childrens-trust',
    ...day('due-1', '2026-11-24'),
  }
  const none = await sam.submit(address, address, { ...marks(page.body) })
  assert.match(text(none.body), /Choose at least one action\./)
  assert.equal((await sam.submit(address, address, fields)).statusCode, 303)
  assert.equal((await sam.submit(address, address, fields)).statusCode, 303)
  const shown = (await sam.get(plan)).body
  assert.equal(shown.match(/Offer help at the bedside\./g)?.length, 1)
  assert.match(text((await pat.get('/actions?whose=agency')).body), /Ask what would make her feel safe\./)
})

test('a template is saved without anybody’s name, and is there for the next plan of the agency', async () => {
  const address = `${plan}/save-template`
  const row = {
    'take-0': 'yes',
    'fourP-0': 'protect',
    'days-0': '10',
    name: 'The way home',
  }
  const named = await form(sam, address, { ...row, 'what-0': 'Walk with Marigold.' })
  assert.equal(named.statusCode, 400)
  assert.match(text(named.body), /Take the name out/)
  await done(sam, address, { ...row, 'what-0': 'Walk with them.' })
  assert.match(text((await sam.get(`${plan}/templates`)).body), /The way home Saved by Sam Example/)
  assert.doesNotMatch(text((await pat.get(`${plan}/templates`)).body), /The way home Saved/)
})

test('a review says what changed and when the next one is, at most 42 days off for a child', async () => {
  const far = await form(sam, `${plan}/review`, { text: 'Better.', ...day('reviewOn', '2027-03-01') })
  assert.equal(far.statusCode, 409)
  assert.match(text(far.body), /between tomorrow and 1 January 2027/)
  await done(sam, `${plan}/review`, { text: 'She sleeps better.', ...day('reviewOn', '2026-12-18') })
  assert.match(text((await sam.get(plan)).body), /Review by 18 December 2026/)
})

test('a plan is printed whole, without anything to press', async () => {
  const page = await sam.get(`${plan}/print`)
  assert.equal(page.statusCode, 200)
  assert.doesNotMatch(page.body, /<details|Give an action<\/a>/)
  assert.match(text(page.body), /Walk with her\./)
  assert.match(text(page.body), /A mentor on Tuesdays/)
})

test('a place and a line have plans on the same footing', async () => {
  await done(sam, '/known-places/new/place', {
    name: 'The shop at the gate',
    kind: 'licensed-premises',
    address: '',
  })
  await done(sam, '/known-places/new/line', {
    name: 'The Northern line',
    origin: 'Birmingham',
    destinations: 'Shrewsbury\nTelford',
    status: 'active',
  })
  const listed = (await sam.get('/known-places')).body
  assert.match(text(listed), /The Northern line Active, from Birmingham to Shrewsbury , Telford/)
  for (const kind of ['place', 'line']) {
    const id = new RegExp(`/plans/new\\?${kind}=([0-9a-f-]{36})`).exec(listed)![1]!
    const about = await done(sam, `/plans/new?${kind}=${id}`, {
      called: 'Known',
      aim: 'It is quiet there.',
    })
    await done(sam, `${about}/actions/new`, {
      what: 'Look.',
      fourP: 'pursue',
      agency: 'schools',
      ...day('dueOn', '2026-12-04'),
    })
    assert.match(text((await sam.get(about)).body), new RegExp(`about a ${kind}`))
    assert.equal((await sam.get(`${about}/say/told`)).statusCode, 404, 'a place is told nothing')
  }
  assert.equal((await alex.get('/known-places')).body.includes('The shop at the gate'), false)
})

test('R6 R8 the list of plans is narrowed by neither person nor pathway, and ordered by the review alone', async () => {
  const page = (await sam.get('/plans')).body
  const fields = [...page.matchAll(/<select[^>]* name="([^"]+)"/g)].map(m => m[1])
  assert.deepEqual(fields, ['show', 'kind'])
  assert.doesNotMatch(page, /sort=|order=/)
  const days = [...page.matchAll(/data-label="Next review"><div><span[^>]*>(\d+ \w+ \d{4})/g)].map(m =>
    Date.parse(m[1]!),
  )
  assert.ok(days.length >= 3)
  assert.deepEqual(
    days,
    days.toSorted((a, b) => a - b),
  )
})

test('R26 words that label are asked about once, but never in their own words', async () => {
  const asked = await form(sam, `${plan}/say/need`, { text: 'He is streetwise.' })
  assert.match(text(asked.body), /Read your words once more/)
  await done(sam, `${plan}/say/words`, { text: 'They call me streetwise.' })
})

test('a closed plan says what came of it, and nobody writes in it', async () => {
  await done(sam, `${plan}/close`, { text: 'She is at college and safe.' })
  const page = await sam.get(plan)
  assert.match(text(page.body), /What came of it She is at college and safe\./)
  assert.doesNotMatch(page.body, /Give an action/)
  assert.equal((await sam.get(`${plan}/say/need`)).statusCode, 404)
  assert.equal((await sam.get(`${plan}/actions/new`)).statusCode, 404)
})
