import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type TestWeb, testWeb } from '../../test/web-for-tests.ts'
import { cast, castUser } from '../synthetic/casework/cast.ts'

describe('signing in as one of the synthetic partnership', () => {
  let web: TestWeb
  before(async () => {
    web = await testWeb()
  })
  after(() => web.close())

  const enter = (place: number) => {
    const browser = web.browser()
    return browser.submit('/sign-in-as', '/sign-in-as', { person: castUser(place) }).then(answer => ({
      browser,
      answer,
    }))
  }

  test('offers the cast of ten, an analyst and an administrator, all visibly synthetic', async () => {
    const page = await web.browser().get('/sign-in-as')
    for (const { post, name } of cast) {
      assert.match(page.body, new RegExp(`>${post}<`))
      assert.match(name, /\(synthetic\)$/)
    }
    assert.equal(page.body.match(/name="person"/g)?.length, 12)
  })

  test('each lands on a page of theirs, with who they are, for which agency and on what purpose', async () => {
    for (const { place, name } of cast) {
      const { browser, answer } = await enter(place)
      assert.equal(answer.statusCode, 303, name)
      const start = await browser.get('/')
      const page = await browser.get(String(start.headers.location))
      assert.equal(page.statusCode, 200, `${name}: ${start.headers.location}`)
      assert.ok(page.body.includes(`<span>${name}`), name)
    }
    const { browser } = await enter(1)
    assert.match((await browser.get('/measures')).body, /Practitioner · for safeguarding/)
  })

  test('the cookie is opaque, out of reach of scripts and other sites’ forms, and new with every sign-in', async () => {
    const { browser, answer } = await enter(1)
    const first = answer.cookies.find(c => c.name === 'concord_session')!
    assert.match(first.value, /^[\w-]{43}$/)
    assert.equal(first.httpOnly, true)
    assert.equal(first.sameSite, 'Lax')
    const again = await browser.submit('/sign-in-as', '/sign-in-as', { person: castUser(2) })
    const second = again.cookies.find(c => c.name === 'concord_session')!
    assert.notEqual(second.value, first.value)
    const stale = await web.app.inject({ url: '/account', cookies: { concord_session: first.value } })
    assert.equal(stale.statusCode, 404, 'the session before is over')
  })

  test('a session that was put into the browser beforehand is not the one that is signed in (fixation)', async () => {
    const planted = 'A'.repeat(43)
    const page = await web.app.inject({ url: '/sign-in-as', cookies: { concord_session: planted } })
    const token = /name="_csrf" value="([^"]+)"/.exec(page.body)![1]!
    const answer = await web.app.inject({
      method: 'POST',
      url: '/sign-in-as',
      cookies: { concord_session: planted, _csrf: page.cookies.find(c => c.name === '_csrf')!.value },
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ _csrf: token, person: castUser(2) }).toString(),
    })
    assert.equal(answer.statusCode, 303)
    assert.notEqual(answer.cookies.find(c => c.name === 'concord_session')!.value, planted)
    const tried = await web.app.inject({ url: '/account', cookies: { concord_session: planted } })
    assert.equal(tried.statusCode, 404)
  })

  test('signing in and out stands in the audit; a kept page of one person is not another’s', async () => {
    const { browser } = await enter(3)
    assert.match((await browser.get('/measures')).body, /Alex Example/)
    const { browser: other } = await enter(7)
    assert.match((await other.get('/measures')).body, /Lee Example/)
    await browser.submit('/sign-out', '/account')
    assert.doesNotMatch((await browser.get('/measures')).body, /Alex Example/)
    const events = await web.store.installation.database.query<{ event: string }>(
      'select event from audit where user_id = $1 order by seq',
      [castUser(3)],
    )
    assert.deepEqual(events.slice(-2), [{ event: 'person-signed-in' }, { event: 'person-signed-out' }])
  })

  test('the door shuts with the first account that is not synthetic, also for who is inside', async () => {
    const { browser } = await enter(1)
    assert.equal((await browser.get('/account')).statusCode, 200)
    const { database } = web.store.installation
    await database.query(
      `insert into users (agency, name, post, email, role, created_at) values ('schools', 'Real Account', 'Post', 'real@concord.example', 'practitioner', now())`,
    )
    assert.equal((await web.browser().get('/sign-in-as')).statusCode, 404)
    assert.equal((await browser.get('/account')).statusCode, 404)
    await database.query(`delete from users where email = 'real@concord.example'`)
  })
})

test('there is nobody to sign in as where the data are real', async () => {
  const web = await testWeb({ synthetic: false })
  const browser = web.browser()
  assert.equal((await browser.get('/sign-in-as')).statusCode, 404)
  assert.equal((await browser.post('/sign-in-as', { person: castUser(1), _csrf: 'x' })).statusCode, 403)
  await web.close()
})
