import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TestBrowser, type TestWeb, testWeb } from '../../../../test/web-for-tests.ts'
import { asMember, asProgram } from '../../../governance/access/as-member.ts'
import { addRecord } from '../../register/record-store.ts'

const clock = () => new Date('2026-11-20T08:40:00Z')

let web: TestWeb
let sam: TestBrowser
let robin: TestBrowser
let alex: TestBrowser
let pupil: string
before(async () => {
  web = await testWeb({ clock })
  const { database } = web.store.installation
  await asProgram(database, clock(), async tx => {
    await tx.query(
      `insert into agreements (id, title, purpose, legal_basis, owner, starts_on, ends_on, created_at)
       values ('5e7d0000-0000-4000-8000-00000000a001', 'Actions (synthetic)', 'safeguarding', 'x', 'x', '2026-01-01', '2027-12-31', present())`,
    )
    await tx.query(
      `insert into agreement_parties select '5e7d0000-0000-4000-8000-00000000a001', unnest('{schools,violence-reduction-partnership}'::text[])`,
    )
    await tx.query(`insert into agreement_fields values ('5e7d0000-0000-4000-8000-00000000a001', 'action')`)
  })
  const officer = await web.castMember('School link officer')
  pupil = await asMember(database, officer, { now: clock() }, tx => {
    const details = {
      reference: '',
      names: [{ given: 'Synthetic', family: 'Pupil', kind: 'usual' as const }],
      birth: { date: '2012-05-04', known: 'day' as const },
      gender: '',
      ethnicity: '',
      address: '',
      postcode: '',
      phone: '',
      school: '',
      sensitive: false,
    }
    return addRecord(
      tx,
      '5e7d0000-0000-4000-8000-00000000b001',
      '5e7d0000-0000-4000-8000-00000000b002',
      details,
      'Children Act 2004, section 10',
    )
  })
  sam = await web.signInAs('School link officer')
  robin = await web.signInAs('Triage coordinator')
  alex = await web.signInAs('Neighbourhood police officer')
})
after(() => web.close())

const text = (html: string): string =>
  html
    .replaceAll(/<(script|style)[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')

/** What a browser would send of the hidden fields of a page's form. */
const marks = (html: string) =>
  Object.fromEntries(
    [...html.matchAll(/name="(key|seen|keep)" value="([^"]*)"/g)].map(([, n, v]) => [n!, v!]),
  )

const day = (name: string, iso: string) => ({
  [`${name}-day`]: String(Number(iso.slice(8))),
  [`${name}-month`]: String(Number(iso.slice(5, 7))),
  [`${name}-year`]: iso.slice(0, 4),
})

const form = async (browser: TestBrowser, address: string, fields: Record<string, string> = {}) =>
  browser.submit(address, address, { ...marks((await browser.get(address)).body), ...fields })

const give = async (browser: TestBrowser, fields: Record<string, string>, query = ''): Promise<string> => {
  const answer = await form(browser, `/actions/new${query}`, {
    what: 'Ring the club about a place.',
    agency: 'schools',
    ...day('dueOn', '2026-11-25'),
    ...fields,
  })
  assert.equal(answer.statusCode, 303, text(answer.body))
  return String(answer.headers.location)
}

test('an action about somebody is given to another agency, worked by the one table, and comes back done', async () => {
  const address = await give(sam, { agency: 'violence-reduction-partnership' }, `?person=${pupil}`)
  assert.match(text((await sam.get(address)).body), /About Synthetic Pupil/)
  const page = await robin.get(address)
  assert.match(text(page.body), /Somebody of whom your agency holds no record/)
  assert.doesNotMatch(page.body, /Pupil/)
  assert.deepEqual(
    [...page.body.matchAll(/class="govuk-button[^>]*>\s*([^<]+?)\s*</g)]
      .map(([, words]) => words)
      .filter(words => words !== 'Stay signed in'),
    ['Give it to somebody', 'Start it', 'It is done', 'Write a note'],
  )
  assert.deepEqual(
    [...page.body.matchAll(/<li><a class="govuk-link" href="\/actions\/A-[\d-]+\/([a-z-]+)"/g)].map(
      m => m[1],
    ),
    ['not-done', 'move-date', 'escalate'],
  )
  assert.equal((await form(robin, address, {})).statusCode, 404, 'an action itself takes no form')
  const started = await robin.submit(`${address}/start`, address, marks(page.body))
  assert.equal(started.statusCode, 303)
  const empty = await form(robin, `${address}/finish`)
  assert.equal(empty.statusCode, 400)
  assert.match(text(empty.body), /Say in a sentence what came of it\./)
  assert.equal((await form(robin, `${address}/finish`, { text: 'A place from Monday.' })).statusCode, 303)
  assert.match(text((await sam.get(address)).body), /Done\. What came of it A place from Monday\./)
})

test('what is not theirs looks as if it were not there, and is in no list', async () => {
  const address = await give(sam, { what: 'For the school alone.' })
  assert.equal((await alex.get(address)).statusCode, 404)
  assert.equal((await alex.get(`${address}/finish`)).statusCode, 404)
  assert.doesNotMatch((await alex.get('/actions?whose=all')).body, /For the school alone/)
  const analyst = await web.signInAs('Analyst')
  assert.equal((await analyst.get('/actions')).statusCode, 404)
})

test('R13 an action about somebody is not offered to an agency that may not read it', async () => {
  const page = await sam.get(`/actions/new?person=${pupil}`)
  assert.match(page.body, /value="violence-reduction-partnership"/)
  assert.doesNotMatch(page.body, /value="west-midlands-police"/)
  const forced = await form(sam, `/actions/new?person=${pupil}`, {
    what: 'x',
    agency: 'west-midlands-police',
    ...day('dueOn', '2026-11-25'),
  })
  assert.equal(forced.statusCode, 400)
  assert.match(text(forced.body), /Choose the agency that does it\./)
})

test('a day off is asked about once, and the working day before it is one click away', async () => {
  const address = '/actions/new'
  const christmas = { what: 'Ring the family.', agency: 'schools', ...day('dueOn', '2026-12-25') }
  const asked = await form(sam, address, christmas)
  assert.equal(asked.statusCode, 200)
  assert.match(text(asked.body), /Friday 25 December 2026 is a bank holiday\. When is it due\?/)
  assert.match(text(asked.body), /Thursday 24 December 2026, a working day/)
  const before = await sam.submit(address, address, {
    ...marks(asked.body),
    ...christmas,
    instead: '2026-12-24',
  })
  assert.match(text((await sam.get(String(before.headers.location))).body), /Thursday 24 December 2026/)
  const kept = await give(sam, { ...christmas, instead: '2026-12-25' })
  assert.match(text((await sam.get(kept)).body), /Friday 25 December 2026/)
})

test('bad input gets a sentence, and what was typed is kept', async () => {
  const answer = await form(sam, '/actions/new', {
    what: 'Ring the youth club.',
    agency: 'schools',
    'dueOn-day': '31',
    'dueOn-month': '2',
    'dueOn-year': '2027',
    ...day('startOn', '2026-11-01'),
  })
  assert.equal(answer.statusCode, 400)
  assert.match(text(answer.body), /This is not a date\./)
  assert.match(text(answer.body), /This day lies in the past\./)
  assert.match(answer.body, />Ring the youth club\.<\/textarea>/)
  assert.match(answer.body, /value="31"/)
  const far = await form(sam, '/actions/new', {
    what: 'x',
    agency: 'schools',
    ...day('dueOn', '2027-06-01'),
  })
  assert.match(text(far.body), /more than 180 days ahead\. Choose one by 19 May 2027/)
})

test('R26 words that label are asked about once', async () => {
  const asked = await form(sam, '/actions/new', {
    what: 'Talk to the gang member.',
    agency: 'schools',
    ...day('dueOn', '2026-11-25'),
  })
  assert.equal(asked.statusCode, 200)
  assert.match(text(asked.body), /Read your words once more/)
  await give(sam, { what: 'Talk to the gang member.', keep: 'yes' })
})

test('who sends a move that somebody was first with is told, with what they typed', async () => {
  const address = await give(sam, {})
  const stale = await sam.get(`${address}/finish`)
  await form(sam, `${address}/note`, { text: 'No answer yet.' })
  const answer = await sam.submit(`${address}/finish`, `${address}/finish`, {
    ...marks(stale.body),
    text: 'They have a place.',
  })
  assert.equal(answer.statusCode, 409)
  assert.match(text(answer.body), /Something happened to A-2026-\d{4} while you had it open/)
  assert.match(answer.body, />They have a place\.<\/textarea>/)
  const again = await sam.submit(`${address}/finish`, `${address}/finish`, {
    ...marks(answer.body),
    text: 'They have a place.',
  })
  assert.equal(again.statusCode, 303)
})

test('lists narrow by the address, count what they show and turn pages', async () => {
  for (let i = 1; i <= 27; i++) await give(alex, { what: `Number ${i}.`, agency: 'west-midlands-police' })
  const first = await alex.get('/actions?whose=agency')
  assert.match(text(first.body), /Showing 1 to 25 of 27/)
  const second = await alex.get('/actions?whose=agency&page=2')
  assert.match(text(second.body), /Showing 26 to 27 of 27/)
  assert.match(text((await alex.get('/actions')).body), /Nothing waits for you/)
  assert.match(text((await alex.get('/actions?whose=agency&status=unheld')).body), /of 27/)
  assert.match(
    text((await alex.get('/actions?whose=agency&status=overdue')).body),
    /Nothing fits these filters/,
  )
  assert.equal((await alex.get('/actions?whose=x&status=y&p=z&page=99')).statusCode, 200)
})

test('whoever leaves leaves nothing undone, and their notes stay theirs', async () => {
  const officer = await web.castMember('School link officer')
  const address = await give(sam, { owner: officer.user, what: 'Held by who leaves.' })
  await form(sam, `${address}/note`, { text: 'Rang twice.' })
  const { database } = web.store.installation
  const head = '5e7d0000-0000-4000-8000-00000000c001'
  await database.query(
    `insert into users (id, agency, name, post, email, role, created_at, synthetic)
     values ($1, 'schools', 'Head Example', 'Head', 'head@concord.example', 'coordinator', now(), true)`,
    [head],
  )
  const coordinator = await web.signInAs({
    ...officer,
    user: head,
    name: 'Head Example',
    role: 'coordinator',
  })
  await database.query(`update users set state = 'left' where id = $1`, [officer.user])
  assert.match(text((await coordinator.get('/leaving')).body), /Does not work here any more/)
  assert.match(text((await coordinator.get('/actions?status=unheld')).body), /Held by who leaves/)
  const page = `/leaving/${officer.user}`
  const shown = await coordinator.get(page)
  const action = /name="action" type="checkbox" value="([^"]+)"/.exec(shown.body)?.[1]
  assert.ok(action)
  const none = await coordinator.submit(page, page, { ...marks(shown.body), to: head })
  assert.match(text(none.body), /Choose at least one action\./)
  const fields = { ...marks(shown.body), to: head, action }
  assert.equal((await coordinator.submit(page, page, fields)).statusCode, 303)
  const after = text((await coordinator.get(address)).body)
  assert.match(after, /Head Example, .* handed it to Head Example/)
  assert.match(after, /Sam Example \(synthetic\), [^.]* wrote a note .* Rang twice\./)
  await database.query(`update users set state = 'active' where id = $1`, [officer.user])
})
