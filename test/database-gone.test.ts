/** The database goes away: between two requests, in the middle of one, and under every form that there is. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { verifyAudit } from '../src/governance/audit/verify-audit.ts'
import { newSecretToken } from '../src/governance/sessions/secret-token.ts'
import { SESSION_COOKIE } from '../src/web/session-cookie.ts'
import { registeredRoutes } from './access-matrix/registered-routes.ts'
import { type RealPostgres, startRealPostgres } from './real-postgres.ts'
import { type CastPost, type TestBrowser, type TestWeb, testWeb } from './web-for-tests.ts'

const TYPED = 'She came in late again & said “nothing” <b>\nsecond line'

/** What the page would send again, as a browser reads it. */
function sentAgain(body: string): { action: string; fields: Record<string, string> } {
  const plain = (text: string) =>
    text
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&')
  const form = /<form method="post" action="([^"]*)" novalidate>([\s\S]*?)<\/form>/.exec(body)
  assert.ok(form, 'the page has no form that sends it again')
  const fields = [...form[2]!.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)]
  return {
    action: plain(form[1]!),
    fields: Object.fromEntries(fields.map(([, n, v]) => [plain(n!), plain(v!)])),
  }
}

const isGone = (answer: { statusCode: number; body: string }, where: string) => {
  assert.equal(answer.statusCode, 503, where)
  assert.match(answer.body, /<h1[^>]*>Concord cannot reach its database/, where)
  assert.doesNotMatch(answer.body, /ECONN|terminat|57P01/, where)
}

test('under every form: the page says so, and gives back what was typed, ready to be sent again', async () => {
  const server = await startRealPostgres()
  const web = await testWeb({ databaseUrl: server.url })
  const browser = await web.signInAs('School link officer')
  const token = await browser.token('/account/purpose')
  const posts = registeredRoutes(web.app).filter(
    r => r.methods.includes('POST') && !r.path.startsWith('/api/'),
  )
  assert.ok(posts.length > 60, `only ${posts.length} forms were found`)
  await server.stop()
  for (const { path } of posts) {
    const url = path.replaceAll(/:[a-zA-Z]+/g, '5f0c3f6e-0000-4000-8000-000000000001')
    const answer = await browser.post(url, { because: TYPED, _csrf: token })
    isGone(answer, path)
    assert.deepEqual(sentAgain(answer.body), { action: url, fields: { because: TYPED, _csrf: token } }, path)
    assert.match(answer.body, /She came in late again &amp; said/, path)
    assert.equal(answer.headers['cache-control'], 'no-store', path)
  }
  for (const page of ['/account', '/measures']) {
    const answer = await browser.get(page)
    isGone(answer, page)
    assert.match(answer.body, /what you typed is still there/)
  }
  const secret = await browser.post('/sign-in', {
    email: 'a@b.example',
    password: 'coffee tin fish',
    _csrf: token,
  })
  isGone(secret, 'a password')
  assert.doesNotMatch(secret.body, /coffee tin fish/)
  const elsewhere = await web.app.inject({
    method: 'POST',
    cookies: { [SESSION_COOKIE]: newSecretToken().token },
    url: '/concerns/new',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site' },
    payload: `_csrf=x&because=${encodeURIComponent('Words of another site, on ours')}`,
  })
  isGone(elsewhere, 'another site')
  assert.doesNotMatch(elsewhere.body, /Words of another site/)
  assert.equal((await browser.get('/healthz')).statusCode, 503)
  await web.close()
})

let server: RealPostgres
let web: TestWeb
/** Holds the end of the record of acts. */
let other: pg.Client
/** Within a transaction the activity of others would look the same for ever. */
let watcher: pg.Client
before(async () => {
  server = await startRealPostgres()
  web = await testWeb({ databaseUrl: server.url })
  other = new pg.Client({ connectionString: server.url })
  await other.connect()
  watcher = new pg.Client({ connectionString: server.url })
  await watcher.connect()
})
after(async () => {
  await other.end()
  await watcher.end()
  await web.close()
  await server.stop()
})

/** Sends it, and ends its connection when everything but the entry of the act is written. */
async function cutOff(send: () => Promise<{ statusCode: number; body: string }>) {
  await other.query('begin')
  await other.query('select from audit_head for update')
  let early: { statusCode: number; body: string } | null = null
  const answer = send()
  answer.then(given => {
    early = given
  })
  for (let cut = false; !cut && !early; ) {
    const { rowCount } = await watcher.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where pid <> pg_backend_pid() and wait_event_type = 'Lock' and query like '%record_audit%'`,
    )
    cut = (rowCount ?? 0) > 0
    await new Promise(soon => setTimeout(soon, 20))
  }
  await other.query('rollback')
  return answer
}

async function wholeOrNothing(
  who: CastPost,
  form: (browser: TestBrowser) => Promise<{ url: string; fields: Record<string, string> }>,
  count: string,
): Promise<void> {
  const { database } = web.store.installation
  const counted = async () =>
    (await database.query<{ n: number }>(`select count(*) as n from ${count}`))[0]!.n
  const browser = await web.signInAs(who)
  const { url, fields } = await form(browser)
  const old = await counted()
  const answer = await cutOff(() => browser.post(url, fields))
  isGone(answer, url)
  assert.equal(await counted(), old, 'half of it was kept')
  const { action, fields: again } = sentAgain(answer.body)
  assert.deepEqual(again, fields)
  const sent = await browser.post(action, again)
  assert.equal(sent.statusCode, 303, sent.body.slice(0, 500))
  assert.equal(await counted(), old + 1)
  await browser.post(action, again)
  assert.equal(await counted(), old + 1, 'it was done a second time')
  assert.deepEqual((await verifyAudit(database)).faults, [])
}

test('in the middle of adding a person: nothing is kept, and sending it again adds them once', () =>
  wholeOrNothing(
    'School link officer',
    async browser => ({
      url: '/register/new',
      fields: {
        _csrf: await browser.token('/register/new'),
        record: randomUUID(),
        person: randomUUID(),
        different: 'yes',
        given: 'Invented',
        family: 'Person (synthetic)',
      },
    }),
    'agency_records',
  ))

test('in the middle of reporting a breach: nothing is kept, and sending it again reports it once', () =>
  wholeOrNothing(
    'School link officer',
    async browser => {
      const page = (await browser.get('/governance/breaches/new')).body
      const value = (name: string) => new RegExp(`name="${name}"[^>]* value="([^"]*)"`).exec(page)?.[1] ?? ''
      return {
        url: '/governance/breaches/new',
        fields: { _csrf: value('_csrf'), key: value('key') || randomUUID(), what: TYPED, aware: '0' },
      }
    },
    'breaches',
  ))
