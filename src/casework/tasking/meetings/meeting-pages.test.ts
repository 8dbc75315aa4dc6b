import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { DAILY, seatCast, waitingMeeting } from '../../../../test/cast-in-meetings.ts'
import { type TestBrowser, type TestWeb, testWeb } from '../../../../test/web-for-tests.ts'

const now = new Date('2026-11-20T08:40:00Z')

let web: TestWeb
let reference: string
let coordinator: TestBrowser
let police: TestBrowser
before(async () => {
  web = await testWeb({ clock: () => now })
  await seatCast(web.store.installation.database, now)
  reference = await waitingMeeting(web.store.installation.database, now)
  coordinator = await web.signInAs('Triage coordinator')
  police = await web.signInAs('Neighbourhood police officer')
})
after(() => web.close())

const page = () => `/meetings/${reference}`
const add = (browser: TestBrowser, fields: Record<string, string>) =>
  browser.submit(`${page()}/entries`, page(), { key: randomUUID(), kind: 'note', item: '', ...fields })

describe('a daily meeting on the pages', () => {
  test('waits on the morning of whoever sits in it, and is not there for others', async () => {
    assert.match(
      (await coordinator.get('/meetings')).body,
      new RegExp(`${reference}.*waits to be opened`, 's'),
    )
    for (const post of ['Youth worker', 'Analyst', 'Information governance officer'] as const) {
      const other = await web.signInAs(post)
      assert.equal((await other.get(page())).statusCode, 404, post)
      assert.equal((await other.get(`${page()}/changes`)).statusCode, 404, post)
      assert.equal((await other.get(`${page()}/since/0`)).statusCode, 404, post)
    }
  })

  test('is opened by its secretary and not by a member; the agenda is gathered with it', async () => {
    const refused = await police.submit(`${page()}/move/open`, page(), { key: randomUUID(), seen: '1' })
    assert.equal(refused.statusCode, 409)
    const opened = await coordinator.submit(`${page()}/move/open`, page(), { key: randomUUID(), seen: '1' })
    assert.equal(opened.statusCode, 303)
    const body = (await coordinator.get(page())).body
    assert.match(body, /Being held/)
    assert.match(body, /Incidents since the last meeting/)
    assert.match(body, /Nothing\./)
  })

  test('shows to each what an agreement lets them hear, with whose it is', async () => {
    const said = await add(coordinator, {
      kind: 'shared',
      text: 'Quincy Invented is at the <b>bus station</b> after school.',
    })
    assert.equal(said.statusCode, 303)
    const heard = await police.get(page())
    assert.match(heard.body, /bus station/)
    assert.match(heard.body, /&lt;b&gt;/)
    assert.match(heard.body, /Violence Reduction Partnership, Robin Example/)
    // No agreement joins the emergency departments.
    const navigator = await web.signInAs('Navigator in the emergency department')
    assert.doesNotMatch((await navigator.get(page())).body, /bus station/)
    assert.doesNotMatch((await navigator.get(`${page()}/since/0`)).body, /bus station/)
    // The school works for safeguarding, and is told how to hear it.
    const school = await web.signInAs('School link officer')
    const told = (await school.get(page())).body
    assert.match(told, /this meeting is held for preventing violence/)
    assert.doesNotMatch(told, /bus station/)
    const changed = await school.submit('/account/purpose', page(), {
      purpose: 'violence-prevention',
      back: page(),
    })
    assert.equal(changed.headers.location, page())
    assert.match((await school.get(page())).body, /bus station/)
  })

  test('names are hidden on this device, in the page as in what changed, and shown again', async () => {
    assert.match((await police.get(page())).body, /Quincy Invented/)
    const hidden = await police.get('/meetings/names/hidden', { referer: `http://localhost${page()}` })
    assert.equal(hidden.headers.location, page())
    assert.doesNotMatch((await police.get(page())).body, /Quincy/)
    assert.doesNotMatch((await police.get(`${page()}/since/0`)).body, /Quincy/)
    assert.match((await coordinator.get(page())).body, /Quincy Invented/)
    const elsewhere = await police.get('/meetings/names/shown', { referer: 'https://elsewhere.example/x' })
    assert.equal(elsewhere.headers.location, '/meetings')
    assert.match((await police.get(page())).body, /Quincy Invented/)
  })

  test('bad input is answered with a sentence where it was typed, and keeps what was typed', async () => {
    const empty = await add(police, { kind: 'decision', text: ' ' })
    assert.equal(empty.statusCode, 400)
    assert.match(empty.body, /href="#text-general">Write what was decided, and why/)
    const long = await add(police, { text: 'w'.repeat(5001) })
    assert.equal(long.statusCode, 400)
    assert.match(long.body, /5,001 characters long/)
    assert.ok(long.body.includes('w'.repeat(5001)))
    const action = await add(police, {
      kind: 'action',
      text: 'Ring',
      'action-agency': 'nobody',
      'action-due': 'soon',
    })
    assert.match(action.body, /Choose the agency that does it/)
    assert.match(action.body, /Choose by when it is done/)
  })

  test('R26 a word that labels a child is asked about once, and kept if it is meant', async () => {
    const asked = await add(police, { text: 'He is very streetwise.' })
    assert.match(asked.body, /“streetwise”/)
    assert.match(asked.body, /name="keep" value="yes"/)
    const kept = await add(police, { text: 'He is very streetwise.', keep: 'yes' })
    assert.equal(kept.statusCode, 303)
    assert.match((await coordinator.get(page())).body, /streetwise/)
  })

  test('asked by a script, it answers in a few words: done, or why not', async () => {
    const token = await police.token(page())
    const post = (fields: Record<string, string>) =>
      police.post(`${page()}/entries`, { _csrf: token, item: '', ...fields }, { accept: 'application/json' })
    const key = randomUUID()
    const done = await post({ key, kind: 'note', text: 'Said once' })
    assert.deepEqual([done.statusCode, done.json()], [200, { faults: {}, careful: [] }])
    assert.equal((await post({ key, kind: 'note', text: 'Said once' })).statusCode, 200)
    assert.equal((await coordinator.get(page())).body.split('Said once').length, 2)
    const bad = await post({ key: randomUUID(), kind: 'note', text: '' })
    assert.deepEqual([bad.statusCode, bad.json().faults], [400, { text: 'Write what was said' }])
  })

  test('closed, the minutes are there at once, and nothing more is said', async () => {
    await add(coordinator, { kind: 'decision', text: 'A youth worker meets them on Monday.' })
    await add(coordinator, {
      kind: 'action',
      text: 'Ring the bus operator about the cameras.',
      'action-agency': 'west-midlands-police',
      'action-due': '2026-11-27',
    })
    await coordinator.submit(`${page()}/attendance`, page(), { attendance: 'present' })
    const [seen] = await web.store.installation.database.query<{ moves: number }>(
      'select moves from meetings where reference = $1',
      [reference],
    )
    const closed = await coordinator.submit(`${page()}/move/close`, `${page()}/move/close`, {
      key: randomUUID(),
      seen: String(seen!.moves),
    })
    assert.equal(closed.statusCode, 303)
    const page1 = await police.get(page())
    assert.equal(page1.headers.location, `${page()}/minutes`)
    const minutes = (await police.get(`${page()}/minutes`)).body
    assert.match(minutes, /A youth worker meets them on Monday\./)
    assert.match(minutes, /A-2026-\d{4}<\/a>: West Midlands Police, by 27 November 2026/)
    assert.match(minutes, /Not quorate \(agencies that count for it: 1, needed: 3\)/)
    const late = await police.post(`${page()}/entries`, {
      _csrf: await police.token('/account'),
      kind: 'note',
      text: 'Too late',
      key: randomUUID(),
    })
    assert.equal(late.statusCode, 303)
    assert.doesNotMatch((await coordinator.get(`${page()}/minutes`)).body, /Too late/)
  })

  test('R16 a copy of the minutes is for one recipient, without names, and is there for nobody else', async () => {
    const { user } = await web.castMember('Neighbourhood police officer')
    const refused = await coordinator.submit(`${page()}/copies`, `${page()}/copies`, {
      key: randomUUID(),
      recipients: user,
      days: '365',
      names: 'yes',
      because: '',
    })
    assert.equal(refused.statusCode, 400)
    assert.match(refused.body, /Choose for how long/)
    assert.match(refused.body, /Write why these recipients need the names/)
    const form = { key: randomUUID(), recipients: user, days: '14' }
    for (const _ of ['once', 'and the same form again']) {
      const given = await coordinator.submit(`${page()}/copies`, `${page()}/copies`, form)
      assert.equal(given.statusCode, 303)
    }
    const list = (await coordinator.get(`${page()}/copies`)).body
    assert.deepEqual(new Set(list.match(/MC-2026-\d{4}/g)), new Set(['MC-2026-0001']))
    const copy = '/meetings/copies/MC-2026-0001'
    assert.match((await police.get(copy)).body, /Take it as PDF/)
    const pdf = await police.get(`${copy}/pdf`)
    assert.equal(pdf.headers['content-type'], 'application/pdf')
    assert.match(String(pdf.headers['content-disposition']), /filename="MC-2026-0001\.pdf"/)
    assert.equal(pdf.rawPayload.subarray(0, 5).toString(), '%PDF-')
    for (const post of ['School link officer', 'Analyst'] as const) {
      const other = await web.signInAs(post)
      for (const path of [copy, `${copy}/pdf`, `${copy}/docx`])
        assert.equal((await other.get(path)).statusCode, 404)
    }
    // Whoever gave it answers for it, and does not read it in another's name.
    assert.equal((await coordinator.get(`${copy}/docx`)).statusCode, 404)
    assert.match((await coordinator.get(copy)).body, /as PDF/)
    assert.equal((await coordinator.submit(`${copy}/withdraw`, copy, {})).statusCode, 303)
    const over = await police.get(`${copy}/pdf`)
    assert.equal(over.statusCode, 409)
    assert.match(over.body, /was taken back/)
  })

  test('every opening and every word is in the record of acts, and no word of what was said', async () => {
    const rows = await web.store.installation.database.query<{ event: string; detail: string }>(
      `select event, detail::text as detail from audit where event like 'meeting%'`,
    )
    const events = new Set(rows.map(r => r.event))
    for (const event of ['meeting-opened', 'meeting-moved', 'meeting-entry-added', 'meeting-minutes-read']) {
      assert.ok(events.has(event), event)
    }
    assert.ok(rows.every(r => !/bus station|youth worker/.test(r.detail)))
  })
})

describe('kinds of meeting', () => {
  test('say what they are and who sits in them; those who keep them give seats and end them', async () => {
    const list = (await police.get('/meetings/types')).body
    assert.match(list, /Joint decision panel/)
    const type = (await coordinator.get(`/meetings/types/${DAILY}`)).body
    assert.match(type, /every working day at 09:00/)
    assert.match(type, /Morgan Example/)
    assert.match(type, /1 of 1/)
    assert.doesNotMatch((await police.get(`/meetings/types/${DAILY}`)).body, /Give them the seat/)
    const worker = await web.castMember('Youth worker')
    const given = await coordinator.submit(`/meetings/types/${DAILY}/seats`, `/meetings/types/${DAILY}`, {
      member: worker.user,
      part: 'adviser',
    })
    assert.equal(given.statusCode, 303)
    assert.match(
      (await coordinator.get(`/meetings/types/${DAILY}`)).body,
      /Jo Example[^<]*<\/td>\s*<td[^>]*>Adviser/,
    )
    assert.equal(
      (await police.submit(`/meetings/types/${DAILY}/seats`, '/account', { member: worker.user })).statusCode,
      404,
    )
  })

  test('a meeting is planned by whoever keeps it, with sentences for what is wrong', async () => {
    const bad = await coordinator.submit('/meetings/new', '/meetings/new', {
      'startsAt-day': '1',
      'startsAt-month': '11',
      'startsAt-year': '2026',
      'startsAt-time': 'nine',
    })
    assert.equal(bad.statusCode, 400)
    assert.match(bad.body, /The day lies in the past/)
    assert.match(bad.body, /Enter the hour/)
    assert.match(bad.body, /Choose what kind of meeting/)
    const good = await coordinator.submit('/meetings/new', '/meetings/new', {
      type: 'consequence-management',
      'startsAt-day': '20',
      'startsAt-month': '11',
      'startsAt-year': '2026',
      'startsAt-time': '14:00',
      key: randomUUID(),
    })
    assert.equal(good.statusCode, 303)
    const planned = (await coordinator.get(String(good.headers.location))).body
    assert.match(planned, /Consequence management meeting/)
    assert.match(planned, /Robin Example/)
  })
})
