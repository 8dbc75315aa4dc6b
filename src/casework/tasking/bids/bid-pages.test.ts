import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TestBrowser, type TestWeb, testWeb } from '../../../../test/web-for-tests.ts'
import { castUser } from '../../../synthetic/casework/cast.ts'
import { syncPack } from '../../sync-pack.ts'

const clock = () => new Date('2026-11-20T08:40:00Z')

let web: TestWeb
let robin: TestBrowser
let morgan: TestBrowser
let sam: TestBrowser
before(async () => {
  web = await testWeb({ clock })
  const { database } = web.store.installation
  await syncPack(database, web.store.pack)
  await database.query(
    `insert into meeting_seats (type, user_id, agency, part, since)
     values ('tactical-tasking', $1, 'west-midlands-police', 'chair', '2026-01-01')`,
    [castUser(8)],
  )
  robin = await web.signInAs('Triage coordinator')
  morgan = await web.signInAs('Chief inspector')
  sam = await web.signInAs('School link officer')
})
after(() => web.close())

const text = (html: string): string =>
  html
    .replaceAll(/<(script|style)[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')

const form = async (browser: TestBrowser, address: string, fields: Record<string, string> = {}) => {
  const page = (await browser.get(address)).body
  const marks = [...page.matchAll(/name="(key|seen|keep)" value="([^"]*)"/g)].map(([, n, v]) => [n!, v!])
  return browser.submit(address, address, { ...Object.fromEntries(marks), ...fields })
}

const bid = (place: string, from: string, to: string): Record<string, string> => ({
  resource: 'guardian-taskforce',
  about: 'place',
  place,
  aim: 'Fewer people are hurt there.',
  area: 'E08000025',
  measure: 'knife-crime',
  'startsOn-day': from,
  'startsOn-month': '12',
  'startsOn-year': '2026',
  'endsOn-day': to,
  'endsOn-month': '12',
  'endsOn-year': '2026',
  ...Object.fromEntries(
    ['harm', 'tried', 'community', 'prevention'].map(c => [`criterion-${c}`, `Something about ${c}.`]),
  ),
  keep: 'yes',
})

let first = ''
let second = ''

test('a bid is asked for against the criteria of the pack, and whoever may name somebody is asked once', async () => {
  const missing = await form(robin, '/bids/new', { ...bid('Interchange', '1', '14'), 'criterion-harm': '' })
  assert.equal(missing.statusCode, 400)
  assert.match(text(missing.body), /Say something to this: harm\./)
  const naming = await form(robin, '/bids/new', {
    ...bid('Interchange', '1', '14'),
    aim: 'We keep Marigold away.',
    keep: '',
  })
  assert.match(text(naming.body), /Marigold : It may say who is meant/)
  const asked = await form(robin, '/bids/new', bid('Interchange', '1', '14'))
  assert.equal(asked.statusCode, 303, text(asked.body))
  first = String(asked.headers.location)
  second = String((await form(robin, '/bids/new', bid('Arcade', '10', '20'))).headers.location)
  assert.match(text((await robin.get('/bids')).body), /Interchange .* Asked for/)
  assert.equal((await sam.get(first)).statusCode, 404)
})

test('competing bids stand side by side by the alphabet; the chair grants one, and is told who holds the days', async () => {
  const beside = text((await morgan.get(`/bids/side-by-side?bid=${second.slice(6)}`)).body)
  assert.match(beside, /In the order of the alphabet.*Arcade.*Interchange/)
  assert.match(beside, /Something about community\..*not held/)
  const days = {
    'fromOn-day': '1',
    'fromOn-month': '12',
    'fromOn-year': '2026',
    'toOn-day': '14',
    'toOn-month': '12',
    'toOn-year': '2026',
    keep: 'yes',
  }
  assert.equal((await robin.get(`${first}/grant`)).statusCode, 404, 'not theirs to decide')
  assert.equal(
    (await form(morgan, `${first}/grant`, { ...days, text: 'The harm is recent.' })).statusCode,
    303,
  )
  const taken = await form(morgan, `${second}/grant`, { ...days, text: 'It too.' })
  assert.equal(taken.statusCode, 409)
  assert.match(
    text(taken.body),
    /granted for these days to BID-2026-0001 \(Interchange.*You can grant other days, or refuse it/,
  )
  assert.match(taken.body, />It too\.<\/textarea>/)
  const page = text((await robin.get(first)).body)
  assert.match(page, /Nothing in it is real\. Concord West Midlands/, 'the header keeps its area')
  assert.match(page, /Granted .*1 December 2026 to 14 December 2026.*The harm is recent\./)
  assert.ok(
    page.includes(` – ${web.store.pack.name} – Concord`),
    'the area of the bid is not that of the pack',
  )
})
