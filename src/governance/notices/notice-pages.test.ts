import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { type TestBrowser, type TestWeb, testWeb } from '../../../test/web-for-tests.ts'
import type { Member } from '../access/as-member.ts'
import type { NoticeKindId } from './notice-kinds.ts'

describe('pages of notices', () => {
  let web: TestWeb
  let coordinator: Member
  let browser: TestBrowser

  before(async () => {
    web = await testWeb()
    coordinator = await web.castMember('Triage coordinator')
  })
  beforeEach(async () => {
    await database().query('delete from notices')
    await database().query('delete from notice_preferences')
    await database().query('delete from calendar_feeds')
    browser = await web.signInAs('Triage coordinator')
  })
  after(() => web.close())

  const database = () => web.store.installation.database
  const tell = async (to: Member, kind: NoticeKindId, reference: string) => {
    const [notice] = await database().query<{ id: string }>(
      `insert into notices (recipient, kind, subject_kind, reference, link, created_at, delete_on)
       values ($1, $2, 'referral', $3, $4, '2026-06-01T08:00:00Z', '2026-09-01') returning id`,
      [to.user, kind, reference, '/work'],
    )
    return notice!.id
  }
  const header = async (page = '/account') =>
    /href="\/notices">Notices(?: <span class="concord-header__count">(\d+))?/.exec(
      (await browser.get(page)).body,
    )?.[1]

  test('the number of notices that are not read stands on every page, also on one that is kept', async () => {
    assert.equal(await header('/measures'), undefined)
    await tell(coordinator, 'referral-arrived', 'R-2026-0001')
    const second = await tell(coordinator, 'referral-arrived', 'R-2026-0002')
    assert.equal(await header('/measures'), '2')
    assert.equal(await header(), '2')
    const opened = await browser.get(`/notices/${second}`)
    assert.equal(opened.statusCode, 303)
    assert.equal(opened.headers.location, '/work')
    assert.equal(await header('/measures'), '1')
  })

  test('the list has what cannot wait first, and marks as read what it showed', async () => {
    await tell(coordinator, 'shared-in-emergency', 'R-2026-0001')
    await tell(coordinator, 'referral-arrived', 'R-2026-0002')
    const page = await browser.get('/notices')
    assert.equal(page.statusCode, 200)
    assert.equal(page.headers['cache-control'], 'no-store')
    assert.match(page.body, /2 notices not read/)
    assert.ok(page.body.indexOf('R-2026-0001: read it now') < page.body.indexOf('R-2026-0002: look at it'))
    assert.match(page.body, /no mail server is set/)
    const shown = [...page.body.matchAll(/name="id" value="([^"]+)"/g)].map(m => m[1]!)
    // Came in while the page was open.
    await tell(coordinator, 'glass-broken', 'R-2026-0003')
    const token = await browser.token('/notices')
    const answer = await browser.postPairs('/notices/read', [
      ['_csrf', token],
      ...shown.map((id): [string, string] => ['id', id]),
    ])
    assert.equal(answer.statusCode, 303)
    const again = (await browser.get('/notices')).body
    assert.match(again, /1 notice not read/)
    assert.match(again, /Read<\/h2>/)
    const [act] = await database().query<{ detail: { notices: number } }>(
      `select detail from audit where event = 'notices-read' and user_id = $1`,
      [coordinator.user],
    )
    assert.equal(act!.detail.notices, 2)
  })

  test('one notice is marked alone, and nobody reads another’s', async () => {
    const school = await web.castMember('School link officer')
    const theirs = await tell(school, 'referral-decided', 'R-2026-0009')
    assert.equal((await browser.get(`/notices/${theirs}`)).statusCode, 404)
    assert.ok(!(await browser.get('/notices')).body.includes('R-2026-0009'))
    const sent = await browser.submit('/notices/read', '/account/notices', { id: theirs })
    assert.equal(sent.statusCode, 303)
    const [row] = await database().query<{ read_at: Date | null }>(
      'select read_at from notices where id = $1',
      [theirs],
    )
    assert.equal(row!.read_at, null)
  })

  test('whoever follows an e-mail signed out is asked to sign in, and comes back to it', async () => {
    const id = await tell(coordinator, 'referral-arrived', 'R-2026-0001')
    for (const notice of [id, '00000000-0000-4000-8000-000000000000']) {
      const answer = await web.browser().get(`/notices/${notice}`)
      assert.equal(answer.headers.location, `/sign-in?next=/notices/${notice}`)
    }
    assert.equal((await web.browser().get('/notices/elsewhere')).statusCode, 400)
  })

  test('when e-mail comes is chosen, and what about but for what cannot wait', async () => {
    const first = (await browser.get('/account/notices')).body
    assert.match(first, /value="daily" checked/)
    assert.match(first, /No mail server is set/)
    assert.ok(!first.includes('value="safeguarding"'))
    const token = await browser.token('/account/notices')
    const answer = await browser.postPairs('/account/notices', [
      ['_csrf', token],
      ['when', 'soon'],
      ['hour', '16'],
      ['groups', 'triage'],
    ])
    assert.equal(answer.headers.location, '/account/notices?saved=yes')
    const [kept] = await database().query('select mail_when, digest_hour, muted from notice_preferences')
    assert.deepEqual(kept, {
      mail_when: 'soon',
      digest_hour: 16,
      muted: ['sent', 'sharing', 'reviews', 'actions', 'cohorts', 'plans', 'meetings', 'consequences'],
    })
    const page = (await browser.get('/account/notices?saved=yes')).body
    assert.match(page, /Your choice is kept/)
    assert.match(page, /value="soon" checked/)
    assert.match(page, /value="16" selected/)
    for (const [field, value] of [
      ['when', 'by night'],
      ['hour', '3'],
    ] as const) {
      const wrong = await browser.submit('/account/notices', '/account/notices', {
        when: 'daily',
        hour: '8',
        [field]: value,
      })
      assert.equal(wrong.statusCode, 422)
      assert.match(wrong.body, /There is a problem/)
    }
  })

  test('the administrator reads how e-mail fares, and nobody else does', async () => {
    await database().query(
      `insert into notice_mails (recipient, urgent, state, fault, tries, next_try_at, made_at)
       values ($1, false, 'waiting', 'ECONNREFUSED', 3, $2, $2), ($1, false, 'refused', '550', 1, $2, $2)`,
      [coordinator.user, '2026-06-01T08:00:00Z'],
    )
    const administrator = await web.signInAs('Administrator of accounts')
    const page = (await administrator.get('/users')).body
    assert.match(page, /1 e-mail has waited for the mail server since 1 June 2026 at 09:00 \(ECONNREFUSED\)/)
    assert.match(page, /1 e-mail was refused by the mail server \(550\)/)
    assert.ok(page.includes(`href="/users/${coordinator.user}">${coordinator.name}`))
    await database().query('delete from notice_mails')
    assert.ok(!(await administrator.get('/users')).body.includes('refused by the mail server'))
  })

  test('R16 a calendar is fetched by its secret address, without a name, until the address ends', async () => {
    const made = await browser.submit('/account/calendar', '/account/notices')
    const address = /http:\/\/[^<\s]+\.ics/.exec(made.body)![0]
    const path = new URL(address).pathname
    assert.match(path, /^\/calendar\/[\w-]{43}\.ics$/)
    assert.ok(
      !JSON.stringify(await database().query('select * from calendar_feeds')).includes(path.slice(10, 53)),
    )
    const anybody = web.browser()
    const calendar = await anybody.get(path)
    assert.equal(calendar.statusCode, 200)
    assert.equal(calendar.headers['content-type'], 'text/calendar; charset=utf-8')
    assert.equal(calendar.headers['cache-control'], 'no-store')
    assert.match(calendar.body, /^BEGIN:VCALENDAR\r\n/)
    assert.ok(!calendar.body.includes(coordinator.name))
    assert.match((await browser.get('/account/notices')).body, /fetched it last on/)
    assert.ok(!(await browser.get('/account/notices')).body.includes(path), 'it is shown once')

    const next = /\/calendar\/[\w-]+\.ics/.exec(
      (await browser.submit('/account/calendar', '/account/notices')).body,
    )![0]
    assert.equal((await anybody.get(path)).statusCode, 404, 'the one before ends')
    assert.equal((await anybody.get(next)).statusCode, 200)
    await database().query(`update users set state = 'suspended' where id = $1`, [coordinator.user])
    assert.equal((await anybody.get(next)).statusCode, 404)
    await database().query(`update users set state = 'active' where id = $1`, [coordinator.user])
    await browser.submit('/account/calendar/end', '/account/notices')
    for (const gone of [next, '/calendar/x.ics', `/calendar/${'a'.repeat(43)}.ics`, next.slice(0, -4)]) {
      assert.equal((await anybody.get(gone)).statusCode, 404, gone)
    }
  })
})
