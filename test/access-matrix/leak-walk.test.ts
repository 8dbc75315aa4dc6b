/**
 * Over HTTP: every route, as every role of two other agencies, with a school's numbers. Not a byte of the school's comes
 * back, nothing of it changes, and what is not theirs is answered as what is not there.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Member } from '../../src/governance/access/as-member.ts'
import { memberRoles } from '../../src/governance/roles.ts'
import { caseworkForTests, morning, type TestCasework } from '../casework-for-tests.ts'
import { type TestBrowser, type TestWeb, testWeb } from '../web-for-tests.ts'
import { type Canaries, heldRows, leaks, settleCanaries } from './canaries.ts'
import { type RegisteredRoute, registeredRoutes } from './registered-routes.ts'

let web: TestWeb
let casework: TestCasework
let theirs: Canaries
let routes: RegisteredRoute[]
let viewers: { member: Member; browser: TestBrowser }[]
before(async () => {
  web = await testWeb({ clock: () => morning, requestsPerMinute: 1_000_000 })
  casework = await caseworkForTests(web.store.installation.database)
  theirs = await settleCanaries(casework)
  routes = registeredRoutes(web.app)
  // The council holds a record of the same person, and is told that the school does too. The police hold none.
  await casework.agree(['school', 'council'], ['known-to'])
  await casework.record(await casework.member('council'), theirs.person)
  viewers = []
  for (const agency of ['police', 'council'] as const) {
    for (const role of memberRoles) {
      const atPeople = ['practitioner', 'coordinator', 'commander'].includes(role)
      const member = await casework.member(agency, role, atPeople ? 'safeguarding' : null)
      viewers.push({ member, browser: await web.signInAs(member) })
    }
  }
})
after(() => web.close())

/**
 * Governance reviews what was done in an emergency: who, whom, why, not what it said. It keeps the cases of rights and the
 * breaches of every agency.
 */
const forGovernance = /^Quokka-(emergency-because|emergency-told|glass-reason|rights-|breach)/

/** The glass that was broken on the person opened the council's record as well, and its people are told why. */
const mayRead = ({ role, agency }: Member, leak: string) =>
  (role === 'information-governance-officer' && forGovernance.test(leak)) ||
  (agency === 'council' && leak === 'Quokka-glass-reason')

/** Pages that end the session, or change what the session is for; breaking the glass is there for others' numbers. */
const leftOut = /^\/(sign-|join|view-as|account|sharing\/people\/:person\/break-glass)/

/** Numbers that a parameter may be given: theirs, and for each one that does not exist. */
function values(name: string, path: string, all: boolean): [string, string][] {
  switch (name) {
    case 'person':
      return [[theirs.person, randomUUID()]]
    case 'id':
    case 'session':
      return Object.entries(theirs.ids)
        .filter(
          ([kind]) =>
            all || (kindsOf.find(([part]) => path.includes(part))?.[1] ?? ['person']).includes(kind),
        )
        .map(([, id]) => [id, randomUUID()])
    case 'draft':
      return [[path.startsWith('/cohorts') ? theirs.ids['placement-draft'] : theirs.draft, randomUUID()]]
    case 'cohort':
      return [['of-the-school', 'of-nobody']]
    case 'reference':
      return [references.find(([part]) => path.startsWith(part))?.[1] ?? [theirs.reference, 'R-2026-9999']]
    case 'escalation':
      return [['E-2026-0001', 'E-2026-9999']]
    case 'copy':
      return [['MC-2026-0001', 'MC-2026-9999']]
    case 'item':
      return [[theirs.ids.item, randomUUID()]]
    case 'user':
      return [[theirs.author, theirs.author]]
    default:
      return (fixed[name] ?? [name]).map(value => [value, value])
  }
}

/** Of what an address takes numbers. One role tries every number at every address; the others the fitting ones. */
const kindsOf: [string, string[]][] = [
  ['/requests/', ['request']],
  ['/disclosures/', ['offered', 'emergency']],
  ['/circles/', ['circle']],
  ['/reviews/', ['emergency', 'glass']],
  ['/matches/', ['record']],
  ['/removals/', ['removal']],
  ['/members/', ['seat']],
  ['/statements/', ['statement']],
  ['/offers/', ['offer']],
  ['/known-places/', ['place', 'line']],
  ['/inside/', ['inside']],
  ['/arrangements/', ['arrangement']],
  ['/relations/', ['relation']],
  ['/groups/links/', ['group-link']],
]

const references: [string, [string, string]][] = [
  ['/concerns', ['C-2026-0001', 'C-2026-9999']],
  ['/actions', ['A-2026-0001', 'A-2026-9999']],
  ['/invitations', ['INV-2026-0001', 'INV-2026-9999']],
  ['/plans', ['P-2026-0001', 'P-2026-9999']],
  ['/panel-cases', ['JP-2026-0001', 'JP-2026-9999']],
  ['/bids', ['BID-2026-0001', 'BID-2026-9999']],
  ['/consequences', ['CM-2026-0001', 'CM-2026-9999']],
  ['/custody', ['CU-2026-0001', 'CU-2026-9999']],
  ['/governance/rights', ['SAR-2026-0001', 'SAR-2026-9999']],
  ['/governance/breaches', ['B-2026-0001', 'B-2026-9999']],
  ['/meetings', ['M-2026-0001', 'M-2026-9999']],
  ['/cohorts', ['T-2026-0001', 'T-2026-9999']],
  ['/groups', ['G-2026-0001', 'G-2026-9999']],
]

/** Parameters that are no number of anybody's. */
const fixed: Record<string, string[]> = {
  agency: ['oak-school'],
  kind: [
    'emergency',
    'glass',
    'need',
    'words',
    'place',
    'line',
    'affected',
    'rumour',
    'own-view',
    'conflict',
  ],
  question: ['name', 'concern', 'grounds'],
  step: [
    'approve',
    'review',
    'archive',
    'remove',
    'challenge',
    'close',
    'hand-over',
    'pursue-alone',
    'release',
    'grant',
    'decide',
    'end',
  ],
  measure: ['knife-crime'],
  format: ['csv', 'pdf'],
  outcome: ['accept', 'decline'],
  move: [
    'withdraw',
    'challenge',
    'suspend',
    'start',
    'note',
    'finish',
    'escalate',
    'move-date',
    'close',
    'take-up',
  ],
  shown: ['hidden'],
  level: ['gang'],
  test: ['street-gang'],
  change: ['0'],
  type: ['quokka-meeting'],
  template: ['playbook-after-an-injury'],
  name: ['concord.css'],
}

/** The addresses of a route with their numbers, each beside the same with numbers of nothing. */
function addresses(path: string, { agency, role }: Member): [string, string][] {
  const all = agency === 'police' && role === 'coordinator'
  return path
    .split('/')
    .reduce<[string, string][]>(
      (made, part) => {
        const options: [string, string][] = part.startsWith(':')
          ? values(part.slice(1), path, all)
          : [[part, part]]
        return made.flatMap(([a, b]) => options.map(([x, y]): [string, string] => [`${a}/${x}`, `${b}/${y}`]))
      },
      [['', '']],
    )
    .map(([a, b]) => [a.slice(1) || '/', b.slice(1) || '/'])
}

/** A page without what differs from one asking to the next: tokens and numbers of its forms, and the number asked for. */
const still = (body: string) =>
  body
    .replaceAll(/name="_csrf" value="[^"]*"/g, '')
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'number')
    .replaceAll(/[A-Z]+-2026-\d{4}/g, 'reference')

const pages = () => routes.filter(r => r.methods.includes('GET') && !leftOut.test(r.path))
const forms = () =>
  routes.filter(r => r.methods.includes('POST') && r.path.includes(':') && !leftOut.test(r.path))

/** The council knows the person: what it may do with them is no leak. */
const knows = ({ agency }: Member, path: string) => agency === 'council' && path.includes(':person')

const reviews = ({ role }: Member, path: string) =>
  role === 'information-governance-officer' && /^\/(sharing\/reviews|governance|rights|breaches)/.test(path)

test('the walk goes over every route that there is', () => {
  assert.ok(routes.length > 60, `${routes.length} routes`)
  for (const path of ['/register/:person', '/referrals/:reference', '/sharing/requests/:id', '/audit']) {
    assert.ok(
      routes.some(r => r.path === path),
      path,
    )
  }
})

test('the canaries are there to be seen by those whose they are', async () => {
  const school = await web.signInAs(await casework.member('school'))
  const body = (await school.get(`/register/${theirs.person}`)).body
  for (const field of ['given', 'family', 'entry', 'note']) assert.match(body, new RegExp(`Quokka-${field}`))
  const charity = await web.signInAs(await casework.member('charity'))
  const placement = (await charity.get('/cohorts/placements/T-2026-0001')).body
  for (const field of ['called', 'strengths', 'ground', 'placement-because']) {
    assert.match(placement, new RegExp(`Quokka-${field}`))
  }
  assert.match((await charity.get('/sharing')).body, /Quokka|Request/)
})

test('no page of another agency has a byte of theirs, and what is not theirs looks as if it were not there', async t => {
  let asked = 0
  for (const { member, browser } of viewers) {
    for (const { path } of pages()) {
      for (const [url, nowhere] of addresses(path, member)) {
        const answer = await browser.get(url)
        asked++
        const where = `${member.role} of ${member.agency}: ${url}`
        const leaked = leaks(answer.body + JSON.stringify(answer.headers)).filter(
          leak => !mayRead(member, leak),
        )
        assert.deepEqual(leaked, [], where)
        assert.ok(answer.statusCode < 500, `${where} answered ${answer.statusCode}`)
        if (url === nowhere || knows(member, path) || reviews(member, path)) continue
        const absent = await browser.get(nowhere)
        assert.equal(answer.statusCode, absent.statusCode, where)
        assert.equal(still(answer.body), still(absent.body), where)
      }
    }
  }
  t.diagnostic(`${asked} pages`)
})

test('no form that is sent with their numbers changes or tells anything', async t => {
  const before = await heldRows(casework)
  let sent = 0
  for (const { member, browser } of viewers) {
    const token = await formToken(browser)
    if (token === null) continue
    for (const { path } of forms()) {
      for (const [url, nowhere] of addresses(path, member)) {
        if (knows(member, path) || reviews(member, path)) continue
        const answer = await browser.post(url, filled(token))
        const absent = await browser.post(nowhere, filled(token))
        sent++
        const where = `${member.role} of ${member.agency}: POST ${url}`
        assert.deepEqual(leaks(answer.body + JSON.stringify(answer.headers)), [], where)
        assert.equal(answer.statusCode, absent.statusCode, where)
        assert.equal(still(answer.body), still(absent.body), where)
        assert.ok(answer.statusCode < 500, `${where} answered ${answer.statusCode}`)
      }
    }
  }
  const now = new Set(await heldRows(casework))
  assert.deepEqual(
    before.filter(row => !now.has(row)),
    [],
  )
  t.diagnostic(`${sent} forms`)
})

/** Every session has a form somewhere: its own account. */
async function formToken(browser: TestBrowser): Promise<string | null> {
  return browser.token('/account').catch(() => null)
}

/** Whatever a handler may want, so that none stops at a field that is missing. */
const filled = (token: string): Record<string, string> => ({
  _csrf: token,
  key: randomUUID(),
  edition: '1',
  question: 'A question',
  because: 'A reason that is long enough',
  reason: 'A reason that is long enough',
  outcome: 'An outcome',
  what: 'What they need',
  to: 'police',
  told: 'told',
  toldDetail: 'At home',
  fields: 'summary',
  'written-summary': 'A summary',
  'endsOn-day': '1',
  'endsOn-month': '12',
  'endsOn-year': '2026',
  user: theirs.author,
  hours: '1',
  name: 'A name',
  kind: 'contact',
  text: 'A text',
  source: 'A source',
  nature: 'fact',
  decision: 'same',
  contact: 'A desk',
})
