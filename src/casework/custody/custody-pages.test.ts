import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { seatCast, waitingMeeting } from '../../../test/cast-in-meetings.ts'
import { type TestBrowser, type TestWeb, testWeb } from '../../../test/web-for-tests.ts'
import { asProgram } from '../../governance/access/as-member.ts'

const clock = () => new Date('2026-11-20T08:40:00Z')

let web: TestWeb
let alex: TestBrowser
let lee: TestBrowser
let pat: TestBrowser
let person: string
before(async () => {
  web = await testWeb({ clock })
  const { database } = web.store.installation
  const people = await Promise.all(
    (['Neighbourhood police officer', 'Probation officer', 'Social worker'] as const).map(post =>
      web.castMember(post),
    ),
  )
  person = '5e7d0000-0000-4000-8000-00000000c001'
  await asProgram(database, clock(), async tx => {
    await tx.query('insert into persons (id, created_at) values ($1, present())', [person])
    await tx.query(
      `insert into agency_records (id, person_id, agency, names, birth_date, birth_date_known, purpose, legal_basis, owner,
         created_at, changed_at, review_on, delete_on)
       select gen_random_uuid(), $1, u.agency, '[{"given":"Juniper","family":"Synthetic","kind":"usual"}]', '2001-05-04', 'day',
         'violence-prevention', 'for tests', u.id, present(), present(), '2027-01-01', '2028-01-01'
       from users u where u.id = any ($2)`,
      [person, people.map(p => p.user)],
    )
    const [agreement] = await tx.query<{ id: string }>(
      `insert into agreements (title, purpose, legal_basis, owner, starts_on, ends_on, created_at)
       values ('Custody (synthetic)', 'violence-prevention', 'x', 'x', '2026-01-01', '2027-12-31', present()) returning id`,
    )
    await tx.query('insert into agreement_parties select $1, unnest($2::text[])', [
      agreement!.id,
      people.map(p => p.agency),
    ])
    await tx.query(
      `insert into agreement_fields select $1, unnest('{custody,arrangement,meeting}'::text[])`,
      [agreement!.id],
    )
  })
  await seatCast(database, clock())
  const [officer, probation, worker] = people.map(p => ({ ...p, purpose: 'violence-prevention' as const }))
  alex = await web.signInAs(officer!)
  lee = await web.signInAs(probation!)
  pat = await web.signInAs(worker!)
})
after(() => web.close())

const words = (html: string): string =>
  html
    .replaceAll(/<(script|style)[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')

/** What a browser would send of the hidden fields of a page's forms. */
const marks = (html: string) =>
  Object.fromEntries(
    [...html.matchAll(/name="(key|seen|edition)" value="([^"]*)"/g)].map(([, n, v]) => [n!, v!]),
  )

const day = (name: string, iso: string) => ({
  [`${name}-day`]: String(Number(iso.slice(8))),
  [`${name}-month`]: String(Number(iso.slice(5, 7))),
  [`${name}-year`]: iso.slice(0, 4),
})

const send = async (who: TestBrowser, from: string, fields: Record<string, string>) =>
  who.submit(from, from, { ...marks((await who.get(from)).body), ...fields })

test('custody is written down at a person’s page, with sentences for what cannot be kept and what was typed', async () => {
  const form = `/custody/new?person=${person}`
  const missing = await send(lee, form, { wing: 'B wing', ...day('releaseOn', '2026-11-01') })
  assert.equal(missing.statusCode, 400)
  assert.match(words(missing.body), /Say in which prison, institution or home they are\./)
  assert.match(words(missing.body), /That day is over\. Enter a day to come, or leave it empty\./)
  assert.match(missing.body, /value="B wing"/)
  const kept = await send(lee, form, {
    establishment: 'HMP Sampleton',
    wing: 'B wing',
    ...day('releaseOn', '2026-11-21'),
  })
  assert.equal(kept.headers.location, '/custody/CU-2026-0001')
  const again = await send(alex, form, { establishment: 'HMP Other' })
  assert.equal(again.statusCode, 409)
  assert.match(
    words(again.body),
    /Probation has written down that they are in custody: CU-2026-0001\. Open that one\./,
  )
  assert.equal((await pat.get(form)).statusCode, 404, 'a social worker’s agency keeps none')
  assert.match(words((await pat.get('/custody')).body), /Your agency keeps none of this/)
  for (const bad of ['/custody/CU-2026-0002', '/custody/CU-2026-0001/no-step']) {
    assert.equal((await lee.get(bad)).statusCode, 404, bad)
  }
})

test('R14 the social worker reads that they are in custody, until when and whom to ask; the officer reads where', async () => {
  const seen = words((await pat.get(`/register/${person}`)).body)
  assert.match(seen, /In custody\. Release: 21 November 2026, tomorrow \. Ask Probation/)
  assert.doesNotMatch(seen, /Sampleton|B wing|CU-2026/)
  assert.equal((await pat.get('/custody/CU-2026-0001')).statusCode, 404)
  assert.match(words((await alex.get('/custody/CU-2026-0001')).body), /HMP Sampleton/)
})

test('R4 what there is to mind is asked about once where it leans on family, and kept if it is meant', async () => {
  const form = '/custody/CU-2026-0001/mind/visitor'
  const fields = { text: 'Their brother frightens them.', nature: 'reported', source: 'Visits hall' }
  const asked = await send(alex, form, fields)
  assert.equal(asked.statusCode, 200)
  assert.match(words(asked.body), /Read your words once more/)
  const kept = await send(alex, form, { ...fields, keep: 'yes' })
  assert.equal(kept.statusCode, 303)
  assert.match(words((await lee.get('/custody/CU-2026-0001')).body), /Their brother frightens them\./)
})

test('a release comes on the agenda, with who else works with them, for those who may know', async () => {
  const noted = await send(alex, `/arrangements/new?person=${person}`, {
    kind: 'iom',
    leadWorker: 'Offender manager',
    contact: '01632 960100',
    toldBy: 'The panel',
  })
  assert.equal(noted.statusCode, 303)
  const reference = await waitingMeeting(web.store.installation.database, clock())
  const morgan = await web.signInAs({
    ...(await web.castMember('Chief inspector')),
    purpose: 'violence-prevention',
  })
  await morgan.submit(`/meetings/${reference}/agenda`, `/meetings/${reference}`)
  const room = words((await morgan.get(`/meetings/${reference}`)).body)
  assert.match(room, /Release on 21 November 2026: Juniper Synthetic/)
  assert.match(room, /Also with: Integrated Offender Management \(IOM\) \(noted by West Midlands Police\)/)
  const school = await web.signInAs({
    ...(await web.castMember('School link officer')),
    purpose: 'violence-prevention',
  })
  assert.doesNotMatch(
    words((await school.get(`/meetings/${reference}`)).body),
    /Release on|Offender Management/,
  )
})

test('they are released once, and the list of who is in custody is empty', async () => {
  const form = '/custody/CU-2026-0001/release'
  assert.equal((await alex.get(form)).statusCode, 409, 'the police do not keep it')
  const fields = {
    ...marks((await lee.get(form)).body),
    ...day('onDay', '2026-11-20'),
    text: 'Met at the gate.',
  }
  for (let n = 0; n < 2; n++) {
    const sent = await lee.submit(form, `/arrangements/new?person=${person}`, fields)
    assert.equal(sent.statusCode, 303)
  }
  assert.match(words((await lee.get('/custody/CU-2026-0001')).body), /Released 20 November 2026/)
  assert.match(words((await lee.get('/custody')).body), /has written down nobody as in custody/)
  assert.match(
    words((await pat.get(`/register/${person}`)).body),
    /Released from custody on 20 November 2026/,
  )
})
