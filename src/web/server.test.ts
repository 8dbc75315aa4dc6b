import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type TestWeb, testWeb } from '../../test/web-for-tests.ts'
import type { Pages } from './context.ts'

const faultyPages: Pages = app => {
  app.get('/fails', { config: { may: 'open-anything-public', records: 'nothing' } }, () => {
    throw new Error('the password is on line 3 of /etc/secrets')
  })
}

describe('the server', () => {
  let web: TestWeb
  before(async () => {
    web = await testWeb({ extraPages: [faultyPages] })
  })
  after(() => web.close())

  test('allows no inline script or style, no frame and no foreign content', async () => {
    const { headers } = await web.app.inject('/accessibility')
    const policy = String(headers['content-security-policy'])
    assert.match(policy, /default-src 'self'/)
    assert.match(policy, /frame-ancestors 'none'/)
    assert.match(policy, /form-action 'self'/)
    assert.doesNotMatch(policy, /unsafe|\*|https?:/)
    assert.equal(headers['x-content-type-options'], 'nosniff')
  })

  test('pages hold no inline script, style or handler', async () => {
    for (const url of ['/measures', '/accessibility', '/data', '/data/upload', '/nowhere']) {
      const { body } = await web.app.inject(url)
      assert.doesNotMatch(body, /<script(?![^>]*\bsrc=)/, url)
      assert.doesNotMatch(body, /<style|\sstyle="|\son[a-z]+="/, url)
    }
  })

  test('static files have names by content and may be kept for a year', async () => {
    const { body } = await web.app.inject('/accessibility')
    const style = /href="(\/assets\/concord\.[\w-]+\.css)"/.exec(body)?.[1]
    assert.ok(style)
    const answer = await web.app.inject({ url: style, headers: { 'accept-encoding': 'br' } })
    assert.equal(answer.statusCode, 200)
    assert.equal(answer.headers['content-encoding'], 'br')
    assert.match(String(answer.headers['cache-control']), /max-age=31536000, immutable/)
  })

  test('assets are served from their folder and from nowhere else', async () => {
    for (const name of ['manifest.json', '..%2f..%2fpackage.json', '%2e%2e/package.json', '.hidden']) {
      const answer = await web.app.inject(`/assets/${name}`)
      assert.doesNotMatch(answer.body, /"name": "concord"/, name)
    }
    assert.equal((await web.app.inject('/assets/..%2f..%2fpackage.json')).statusCode, 400)
  })

  test('an unknown address has a page with a next step', async () => {
    const answer = await web.app.inject('/nowhere')
    assert.equal(answer.statusCode, 404)
    assert.match(answer.body, /<h1[^>]*>Page not found<\/h1>/)
    assert.match(answer.body, /href="\/"/)
  })

  test('a defect is answered with a reference and without what went wrong', async () => {
    const answer = await web.app.inject('/fails')
    assert.equal(answer.statusCode, 500)
    assert.match(answer.body, /Something went wrong/)
    assert.ok(answer.body.includes(String(answer.headers['x-request-id'])))
    assert.doesNotMatch(answer.body, /password|secrets|server\.test/)
  })

  test('an address that cannot be read says which part', async () => {
    for (const [address, sentence] of [
      ['/data?page=none', /&quot;page&quot; is not a whole number\./],
      ['/data?page=0', /&quot;page&quot; cannot be less than 1\./],
      ['/time?npu=BW&npu=CV', /&quot;npu&quot; stands in the address more than once: give it once\./],
      ['/places/hotspots/robbery/download/pdf', /&quot;format&quot; is none of those that are offered\./],
      [`/time?npu=${'A'.repeat(61)}`, /&quot;npu&quot; is longer than 60 characters\./],
    ] as const) {
      const answer = await web.app.inject(address)
      assert.equal(answer.statusCode, 400, address)
      assert.match(answer.body, sentence)
    }
  })

  test('programs are told faults in JSON', async () => {
    const answer = await web.app.inject('/api/figures/no-such-measure')
    assert.equal(answer.statusCode, 404)
    assert.equal(answer.json().error.code, 'measure-unknown')
    assert.match(answer.json().error.sentence, /There is no measure "no-such-measure"/)
  })

  test('is healthy while its stores answer', async () => {
    const answer = await web.app.inject('/healthz')
    assert.deepEqual([answer.statusCode, answer.json()], [200, { status: 'ok' }])
  })

  test('a kept page comes with a tag, compressed, and as 304 when the browser has it', async () => {
    const first = await web.app.inject({ url: '/measures', headers: { 'accept-encoding': 'gzip, br' } })
    const again = await web.app.inject({ url: '/measures', headers: { 'accept-encoding': 'br' } })
    assert.equal(first.headers['content-encoding'], 'br')
    assert.ok(first.headers.etag)
    assert.equal(again.headers.etag, first.headers.etag)
    assert.deepEqual(again.rawPayload, first.rawPayload)
    const held = await web.app.inject({
      url: '/measures',
      headers: { 'if-none-match': String(first.headers.etag) },
    })
    assert.deepEqual([held.statusCode, held.body], [304, ''])
  })

  test('says on every page that the data are synthetic', async () => {
    for (const url of ['/measures', '/data', '/nowhere']) {
      assert.match((await web.app.inject(url)).body, /Synthetic data: a fictional West Midlands/, url)
    }
  })
})

describe('forms', () => {
  let web: TestWeb
  before(async () => {
    web = await testWeb()
  })
  after(() => web.close())

  test('a form without its token is refused, and nothing changes', async () => {
    const browser = web.browser()
    await browser.get('/view-as')
    const answer = await browser.post('/view-as', { role: 'board-member' })
    assert.equal(answer.statusCode, 403)
    assert.match(answer.body, /The form was not accepted/)
    assert.match((await browser.get('/measures')).body, /<span>Analyst/)
  })

  test('a token of another browser does not count', async () => {
    const [mine, theirs] = [web.browser(), web.browser()]
    const token = await theirs.token('/view-as')
    await mine.get('/view-as')
    const answer = await mine.post('/view-as', { role: 'board-member', _csrf: token })
    assert.equal(answer.statusCode, 403)
  })

  test('a form from our page is taken, and recorded', async () => {
    const browser = web.browser()
    const answer = await browser.submit('/view-as', '/view-as', { role: 'board-member' })
    assert.equal(answer.statusCode, 303)
    assert.match((await browser.get('/measures')).body, /<span>Board member/)
    const acts = await web.store.installation.database.query(
      'select role, user_id as "user", event, detail from audit order by seq desc limit 1',
    )
    assert.deepEqual(acts, [
      { role: 'demo', user: null, event: 'view-changed', detail: { as: 'board-member' } },
    ])
  })

  test('a board member cannot send files but can go back to being an analyst', async () => {
    const browser = web.browser()
    await browser.submit('/view-as', '/view-as', { role: 'board-member' })
    assert.equal((await browser.get('/data/upload')).statusCode, 404)
    await browser.submit('/view-as', '/view-as', { role: 'analyst' })
    assert.equal((await browser.get('/data/upload')).statusCode, 200)
  })

  test('a changed cookie is worth nothing', async () => {
    const answer = await web.app.inject({
      url: '/measures',
      cookies: { concord_session: 'x'.repeat(43) },
    })
    assert.match(answer.body, /<span>Analyst/)
  })
})

describe('signing in where the data are real', () => {
  const tokens: string[] = []
  let web: TestWeb
  before(async () => {
    web = await testWeb({ synthetic: false, onSignInToken: token => tokens.push(token) })
    web.app.signInTokens.offer()
  })
  after(() => web.close())

  test('a visitor becomes an analyst with the link, once', async () => {
    const [first, second] = [web.browser(), web.browser()]
    const link = `/sign-in/${tokens[0]}`
    const token = await second.token(link)
    assert.match((await first.get('/measures')).body, /<span>Visitor/)
    // Opening alone uses nothing up: programs that look at links must not.
    assert.equal((await second.get(link)).statusCode, 200)
    assert.equal((await first.submit(link, link)).statusCode, 303)
    assert.match((await first.get('/measures')).body, /<span>Analyst/)
    assert.equal((await second.get(link)).statusCode, 404)
    assert.equal((await second.post(link, { _csrf: token })).statusCode, 404)
    assert.equal(tokens.length, 2)
    // Who did not get in is not recorded as if they had.
    const signedIn = await web.store.installation.database.query(
      `select role, detail from audit where event = 'signed-in'`,
    )
    assert.deepEqual(signedIn, [{ role: 'link', detail: { as: 'analyst' } }])
  })

  test('a wrong token is an address that does not exist', async () => {
    assert.equal((await web.app.inject('/sign-in/guess')).statusCode, 404)
  })

  test('no page says that the data are synthetic', async () => {
    assert.doesNotMatch((await web.app.inject('/measures')).body, /concord-band/)
  })

  test('an analyst can sign out', async () => {
    const browser = web.browser()
    const link = `/sign-in/${tokens.at(-1)}`
    await browser.submit(link, link)
    await browser.submit('/sign-out', '/view-as')
    assert.match((await browser.get('/measures')).body, /<span>Visitor/)
  })
})

test('more requests than the limit are told to wait; kept pages go on', async () => {
  const web = await testWeb({ requestsPerMinute: 3 })
  const statuses: number[] = []
  await web.app.inject('/measures')
  for (let i = 0; i < 4; i++) statuses.push((await web.app.inject('/view-as')).statusCode)
  assert.deepEqual(statuses, [200, 200, 429, 429])
  assert.equal((await web.app.inject('/measures')).statusCode, 200)
  assert.match((await web.app.inject('/view-as')).body, /Wait a minute/)
  await web.close()
})
