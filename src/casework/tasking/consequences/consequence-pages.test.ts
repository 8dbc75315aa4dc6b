import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TestBrowser, type TestWeb, testWeb } from '../../../../test/web-for-tests.ts'
import { asProgram } from '../../../governance/access/as-member.ts'
import { syncPack } from '../../sync-pack.ts'

let now = new Date('2026-11-20T08:40:00Z')

let web: TestWeb
let alex: TestBrowser
let morgan: TestBrowser
let sam: TestBrowser
before(async () => {
  web = await testWeb({ clock: () => now })
  const { database } = web.store.installation
  await syncPack(database, web.store.pack)
  await asProgram(database, now, async tx => {
    const agreement = '5e7d0000-0000-4000-8000-00000000a003'
    await tx.query(
      `insert into agreements (id, title, purpose, legal_basis, owner, starts_on, ends_on, created_at)
       values ($1, 'Consequence management (synthetic)', 'safeguarding', 'x', 'x', '2026-01-01', '2027-12-31', present())`,
      [agreement],
    )
    await tx.query(
      `insert into agreement_parties select $1, unnest('{schools,west-midlands-police}'::text[])`,
      [agreement],
    )
    await tx.query(`insert into agreement_fields values ($1, 'meeting')`, [agreement])
  })
  const of = async (post: Parameters<TestWeb['castMember']>[0]) =>
    web.signInAs({ ...(await web.castMember(post)), purpose: 'safeguarding' })
  alex = await of('Neighbourhood police officer')
  morgan = await of('Chief inspector')
  sam = await of('School link officer')
})
after(() => web.close())

const text = (html: string): string =>
  html
    .replaceAll(/<(script|style)[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')

const marks = (html: string) =>
  Object.fromEntries(
    [...html.matchAll(/name="(key|seen|keep|corrects)" value="([^"]*)"/g)].map(([, n, v]) => [n!, v!]),
  )

const form = async (browser: TestBrowser, address: string, fields: Record<string, string> = {}) =>
  browser.submit(address, address, { ...marks((await browser.get(address)).body), ...fields })

const done = async (browser: TestBrowser, address: string, fields: Record<string, string> = {}) => {
  const answer = await form(browser, address, fields)
  assert.equal(answer.statusCode, 303, text(answer.body))
  return String(answer.headers.location)
}

let at = ''

test('it is opened from an incident in one short form; what was typed is kept where something is missing', async () => {
  const from = '/consequences/new?what=Stabbing%2C+Aston&incident=I-77'
  assert.match((await alex.get(from)).body, /Stabbing, Aston<\/textarea>[\s\S]*value="I-77"/)
  const missing = await form(alex, '/consequences/new', {
    what: 'A young person was stabbed.',
    happenedAt: 'late',
  })
  assert.equal(missing.statusCode, 400)
  assert.match(text(missing.body), /Say where it happened\..*This is no hour/)
  assert.match(missing.body, />A young person was stabbed\.<\/textarea>/)
  at = await done(alex, '/consequences/new', {
    what: 'A young person was stabbed.',
    happenedAt: '07.15',
    place: 'Bus interchange',
    incident: 'I-77',
  })
  assert.match(at, /^\/consequences\/CM-2026-\d{4}$/)
  assert.match(
    text((await alex.get(at)).body),
    /A young person was stabbed\. In hand .* 20 November 2026, 07:15 .* Its review is due on 27 November 2026/,
  )
})

test('entries are added after, each with its author and agency; a threat online needs its authority', async () => {
  const online = await form(alex, `${at}/say/online`, { text: 'Nothing was found.' })
  assert.equal(online.statusCode, 400)
  assert.match(text(online.body), /Without one it cannot be written down/)
  await done(alex, `${at}/say/online`, { text: 'Nothing was found.', authority: 'OSA-4' })
  const leaning = await form(alex, `${at}/say/retaliation`, { text: 'His brothers may look for him.' })
  assert.match(text(leaning.body), /A family tie is no ground/)
  await done(alex, `${at}/say/tension`, { grade: 'raised', text: 'Shouting at the stop.' })
  await done(alex, `${at}/say/affected`, {
    called: 'Marigold',
    role: 'witness',
    nature: 'fact',
    text: 'With an aunt.',
  })
  const page = text((await alex.get(at)).body)
  assert.match(
    page,
    /Marigold \(witness\): With an aunt\. Fact .* Alex Example \(synthetic\), West Midlands Police/,
  )
  assert.match(page, /Raised\. Shouting at the stop\./)
  assert.equal((await alex.get(`${at}/say/suspects`)).statusCode, 404)
  const entry = /say\/tension\?corrects=([0-9a-f-]{36})/.exec((await alex.get(at)).body)![1]!
  await done(alex, `${at}/say/tension?corrects=${entry}`.replace(/\?.*/, ''), {
    corrects: entry,
    grade: 'uneasy',
    text: 'Two people argued.',
  })
  assert.match(text((await alex.get(at)).body), /Uneasy\. Two people argued\..*1 earlier wording/)
})

test('another agency is brought to it, and reads what it may; the others find nothing there', async () => {
  assert.equal((await sam.get(at)).statusCode, 404)
  await done(alex, `${at}/agencies`, { agency: 'schools' })
  assert.match(text((await sam.get(at)).body), /Two people argued\./)
  await done(sam, `${at}/say/school`, { nature: 'fact', text: 'The year group was told.' })
  await done(morgan, `${at}/actions/new`, {
    what: 'Be at the stop at three.',
    agency: 'schools',
    'dueOn-day': '24',
    'dueOn-month': '11',
    'dueOn-year': '2026',
  })
  const page = (await sam.get(at)).body
  assert.match(text(page), /Be at the stop at three\./)
  const action = /href="(\/actions\/A-2026-\d+)"/.exec(page)![1]!
  assert.match(text((await sam.get(action)).body), /Consequence management CM-2026/)
  const elsewhere = await web.signInAs({ ...(await web.castMember('Chief inspector')), purpose: 'support' })
  assert.match(
    text((await elsewhere.get(at)).body),
    /Schools and colleges Nothing that you may read for your purpose\./,
  )
  const twice = await form(alex, `${at}/agencies`, { agency: 'schools', seen: '2' })
  assert.equal(twice.statusCode, 409)
})

test('its review comes due, is overdue on the list, and is written before it can be closed', async () => {
  const early = await alex.get(`${at}/close`)
  assert.equal(early.statusCode, 409)
  assert.match(text(early.body), /after its review, which is written from 27 November 2026 on\. You can/)
  now = new Date('2026-11-30T08:40:00Z')
  const fresh = await web.signInAs({
    ...(await web.castMember('Neighbourhood police officer')),
    purpose: 'safeguarding',
  })
  assert.match(text((await fresh.get('/consequences?show=due')).body), /Overdue since 27 November 2026/)
  await done(fresh, `${at}/review`, { affected: 'Safe.', grade: 'usual', text: 'The stop is quiet.' })
  await done(fresh, `${at}/close`, { text: 'Nothing is needed.' })
  assert.match(text((await fresh.get(at)).body), /Closed on .*The stop is quiet\./)
  const late = await form(fresh, `${at}/say/rumour`, { text: 'x' })
  assert.equal(late.statusCode, 409)
  assert.match(text(late.body), /It is closed\./)
})
