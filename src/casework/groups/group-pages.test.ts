import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TestBrowser, type TestWeb, testWeb } from '../../../test/web-for-tests.ts'
import { asMember } from '../../governance/access/as-member.ts'
import { addEntry } from '../register/entry-store.ts'
import { addRecord, recordsOf } from '../register/record-store.ts'
import { testOf } from './group-tests.ts'

const clock = () => new Date('2026-11-20T08:40:00Z')

let web: TestWeb
let alex: TestBrowser
let morgan: TestBrowser
let sam: TestBrowser
let person: string
before(async () => {
  web = await testWeb({ clock })
  const officer = await web.castMember('Neighbourhood police officer')
  person = await asMember(web.store.installation.database, officer, { now: clock() }, async tx => {
    const added = await addRecord(
      tx,
      '5e7d0000-0000-4000-8000-00000000c001',
      '5e7d0000-0000-4000-8000-00000000c002',
      {
        reference: '',
        names: [{ given: 'Rowan', family: 'Synthetic', kind: 'usual' }],
        birth: { date: '2009-05-04', known: 'day' },
        gender: '',
        ethnicity: '',
        address: '',
        postcode: '',
        phone: '',
        school: '',
        sensitive: false,
      },
      'Crime and Disorder Act 1998, section 115',
    )
    const [record] = await recordsOf(tx, added)
    for (const [n, role] of (['suspected', 'injured'] as const).entries()) {
      await addEntry(tx, `5e7d0000-0000-4000-8000-00000000c01${n}`, record!, {
        nature: 'reported',
        kind: 'event',
        roleInEvent: role,
        occurredOn: '2026-11-14',
        text: `Was ${role} at the station.`,
        source: 'officer on the bus',
        sourceGrade: null,
        informationGrade: null,
        handling: 'P',
        handlingConditions: null,
        circle: null,
      })
    }
    return added
  })
  alex = await web.signInAs('Neighbourhood police officer')
  morgan = await web.signInAs('Chief inspector')
  sam = await web.signInAs('School link officer')
})
after(() => web.close())

const text = (html: string): string =>
  html
    .replaceAll(/<(script|style)[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')

const marks = (html: string) =>
  Object.fromEntries([...html.matchAll(/name="(key|seen)" value="([^"]*)"/g)].map(([, n, v]) => [n!, v!]))

const form = async (browser: TestBrowser, address: string, fields: Record<string, string> = {}) =>
  browser.submit(address, address, { ...marks((await browser.get(address)).body), ...fields })

const done = async (browser: TestBrowser, address: string, fields: Record<string, string> = {}) => {
  const answer = await form(browser, address, fields)
  assert.equal(answer.statusCode, 303, text(answer.body))
  return String(answer.headers.location)
}

const day = (name: string, iso: string) => ({
  [`${name}-day`]: String(Number(iso.slice(8))),
  [`${name}-month`]: String(Number(iso.slice(5, 7))),
  [`${name}-year`]: iso.slice(0, 4),
})

const answers = (test: 'street-gang' | 'peer-group', says = 'A fight that two officers saw.') => ({
  territory: 'The station.',
  children: 'yes',
  because: 'So that the plan knows which group it is for.',
  ...Object.fromEntries(
    testOf(test).criteria.flatMap(({ id }) => [
      [id, 'met'],
      [`${id}-says`, says],
      [`${id}-source`, 'officer who was there'],
      ...Object.entries(day(`${id}-on`, '2026-11-02')),
    ]),
  ),
})

let gang = ''

test('R3 a group is assessed criterion by criterion, and is nothing until somebody else approves it', async () => {
  const address = '/groups/new/street-gang'
  const lacks = await form(alex, address, {
    ...answers('street-gang'),
    called: 'Northside',
    conflict: 'not-known',
  })
  assert.equal(lacks.statusCode, 400)
  assert.match(text(lacks.body), /it does not pass the test\. Choose a test that fits what is known/)
  gang = await done(alex, address, { ...answers('street-gang'), called: 'Northside' })
  assert.match(text((await alex.get(gang)).body), /Northside Group that no test has been approved for/)
  assert.equal((await alex.get(`${gang}/step/approve`)).statusCode, 409)
  const unsure = await form(morgan, `${gang}/step/approve`, { because: 'It carries it.' })
  assert.equal(unsure.statusCode, 400)
  assert.match(text(unsure.body), /Look at the grounds, and confirm it/)
  await done(morgan, `${gang}/step/approve`, { because: 'It carries it.', sure: 'yes' })
  assert.match(text((await alex.get(gang)).body), /Northside Gang .*Assessment holds until 19 May 2027/)
})

test('R3 a peer group is not a gang and cannot be shown or exported as one', async () => {
  const address = '/groups/new/peer-group'
  const named = await form(alex, address, { ...answers('peer-group'), called: 'Station gang' })
  assert.equal(named.statusCode, 400)
  assert.match(text(named.body), /A peer group is not a gang, and is not called one/)
  const peers = await done(alex, address, { ...answers('peer-group'), called: 'Station friends' })
  await done(morgan, `${peers}/step/approve`, { because: 'It carries it.', sure: 'yes' })
  const refused = await alex.get(`${peers}/export/gang`)
  assert.equal(refused.statusCode, 409)
  assert.match(text(refused.body), /approved as: peer group\. It cannot be exported as anything else/)
  const body = text((await alex.get(`${peers}/export/peer`)).body)
  assert.match(body, /Peer group: Station friends/)
  assert.doesNotMatch(body, /\bgang\b/i)
})

test('R4 words that lean on music, dress or family are asked about, and whoever approves is told', async () => {
  const address = '/groups/new/street-gang'
  const fields = { ...answers('street-gang', 'They are in a drill video.'), called: 'Southside' }
  const asked = await form(alex, address, fields)
  assert.equal(asked.statusCode, 200)
  assert.match(text(asked.body), /Read your words once more.*Music is no ground/)
  const meant = await done(alex, address, { ...fields, meant: 'yes' })
  assert.match(text((await morgan.get(meant)).body), /The words touch on what is no ground: music/)
})

test('R1 R2 R4 a person was seen with a group, on a day, from a source; never on an event in which they were hurt', async () => {
  const address = `/groups/link/${person}`
  const body = (await alex.get(address)).body
  assert.match(text(body), /Was suspected at the station/)
  assert.doesNotMatch(text(body), /Was injured at the station/)
  const [, group] = body.match(/value="([0-9a-f-]{36})"[^>]*>Northside/)!
  const fields = { group: group!, ground: 'acted-together', says: 'Held the door while others hit him.' }
  const hurt = await form(alex, address, { ...fields, entry: '5e7d0000-0000-4000-8000-00000000c011' })
  assert.equal(hurt.statusCode, 409)
  await done(alex, address, { ...fields, entry: '5e7d0000-0000-4000-8000-00000000c010' })
  const page = (await alex.get(`/register/${person}`)).body
  assert.match(text(page), /Seen with Northside, on 14 November 2026, source: officer on the bus/)
  assert.doesNotMatch(text(page), /member of/i)
  const link = page.match(/\/groups\/links\/[0-9a-f-]{36}/)![0]
  await done(morgan, `${link}/confirm`, {
    because: 'The report carries it.',
    sure: 'yes',
    notice: 'not-told',
    ...day('againOn', '2026-12-01'),
  })
  assert.match(text((await alex.get(link)).body), /Not yet; looked at again on 1 December 2026/)
  await done(alex, `${link}/challenge`, { words: 'I was at home.', reachAt: 'By his mother' })
  assert.match(text((await alex.get(link)).body), /Challenged on/)
  assert.equal(await done(alex, `${link}/remove`, { because: 'He was at home.' }), gang)
  assert.equal((await alex.get(link)).statusCode, 404)
})

test('a plan and an action are begun at the group’s page', async () => {
  const body = (await alex.get(gang)).body
  const plan = await done(alex, body.match(/\/plans\/new\?group=[0-9a-f-]{36}/)![0], {
    called: 'Northside',
    aim: 'Nobody is hurt at the station.',
  })
  assert.match(text((await alex.get(plan)).body), /Northside .* about a group/)
  const action = await done(alex, body.match(/\/actions\/new\?group=[0-9a-f-]{36}/)![0], {
    what: 'Walk the platform at four.',
    agency: 'west-midlands-police',
    ...day('dueOn', '2026-12-04'),
  })
  assert.match(action, /^\/actions\/A-/)
  assert.match(text((await alex.get(gang)).body), /1 open action about it/)
})

test('R14 groups are not there for a school', async () => {
  for (const address of ['/groups', '/groups/new', '/groups/new/street-gang', gang, `/groups/link/${person}`])
    assert.equal((await sam.get(address)).statusCode, 404, address)
  assert.doesNotMatch((await sam.get('/register')).body, /href="\/groups"/)
})
