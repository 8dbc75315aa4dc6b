import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { morning } from '../../../test/casework-for-tests.ts'
import { type TestBrowser, type TestWeb, testWeb } from '../../../test/web-for-tests.ts'
import { backUp } from '../../cli/backup/nightly-backup.ts'
import { asMember } from '../access/as-member.ts'
import { runRetention } from './run-retention.ts'

const HOLD = '/governance/retention/hold'

let web: TestWeb
let officer: TestBrowser
let person: string

before(async () => {
  web = await testWeb({ clock: () => morning })
  officer = await web.signInAs('Information governance officer')
  const school = await web.signInAs('School link officer')
  person = randomUUID()
  await school.submit('/register/new', '/register/new', {
    record: randomUUID(),
    person,
    different: 'yes',
    given: 'Held',
    family: 'Invented (synthetic)',
  })
})
after(() => web.close())

const endsOn = { 'endsOn-day': '1', 'endsOn-month': '3', 'endsOn-year': '2027' }
const place = (fields: Record<string, string>) =>
  officer.submit(HOLD, HOLD, {
    key: randomUUID(),
    person,
    because: 'Needed for an inquest, asked for by the coroner.',
    ...endsOn,
    ...fields,
  })

test('R12 a hold needs a person, a reason and an end, and says what is missing', async () => {
  const answer = await place({ person: 'Held Invented', because: 'Please', 'endsOn-year': '2029' })
  assert.equal(answer.statusCode, 422)
  assert.match(answer.body, /Enter the number of the person/)
  assert.match(answer.body, /which proceedings/)
  assert.match(answer.body, /A hold ends within a year/)
  assert.match(answer.body, /value="Held Invented"/)
  const nobody = await place({ person: randomUUID() })
  assert.equal(nobody.statusCode, 422)
  assert.match(nobody.body, /There is no person with this number any more/)
})

test('R12 a hold keeps what is due until it is lifted with a reason; then the night leaves a count', async () => {
  const { database } = web.store.installation
  assert.equal((await place({})).statusCode, 303)
  await database.query(
    `update agency_records set review_on = '2026-11-21', delete_on = '2026-11-21' where person_id = $1`,
    [person],
  )
  await runRetention(database, new Date('2026-11-21T02:00:00Z'))
  const { body } = await officer.get('/governance/retention')
  assert.match(body, /Needed for an inquest/)
  assert.match(body, /Deleted in the last 30 days: 0/)
  const [, id] = new RegExp(`${HOLD}/([0-9a-f-]{36})/lift`).exec(body)!
  const lift = `${HOLD}/${id}/lift`
  assert.equal((await officer.submit(lift, lift, { because: ' ' })).statusCode, 422)
  assert.equal((await officer.submit(lift, lift, { because: 'The inquest is over.' })).statusCode, 303)
  assert.equal((await officer.submit(lift, lift, { because: 'Again.' })).statusCode, 409)
  await runRetention(database, new Date('2026-11-21T03:00:00Z'))
  const after = await officer.get('/governance/retention')
  assert.match(after.body, /Deleted in the last 30 days: 1/)
  assert.match(after.body, /An agency’s record of a person/)
  assert.doesNotMatch(after.body, /Held/)
})

test('a hold is never placed as somebody else, prolonged, or unlifted, past the page as well', async () => {
  const member = await web.castMember('Information governance officer')
  const { database } = web.store.installation
  const as = (sql: string, values: unknown[] = []) =>
    asMember(database, member, { now: morning }, tx => tx.query(sql, values))
  await assert.rejects(
    as(
      `insert into legal_holds (person_id, because, ends_on, placed_by, placed_at)
       values ($1, 'Not mine to place', '2027-03-01', $2, present())`,
      [person, (await web.castMember('Analyst')).user],
    ),
    /row-level security/,
  )
  await assert.rejects(as(`update legal_holds set ends_on = '2030-01-01'`), /permission denied/)
  assert.deepEqual(
    await as(
      `update legal_holds set lifted_by = $1, lifted_at = present(), lifted_because = 'Again' where lifted_at is not null returning id`,
      [member.user],
    ),
    [],
  )
})

test('only information governance finds the page', async () => {
  for (const post of ['Triage coordinator', 'Analyst', 'Administrator of accounts'] as const) {
    const browser = await web.signInAs(post)
    for (const path of ['/governance', '/governance/retention', HOLD]) {
      assert.equal((await browser.get(path)).statusCode, 404, `${post} ${path}`)
    }
  }
})

test('R12 the page says how long what is deleted stays in backups, when the last was taken, and that one failed', async () => {
  const { database, folder } = web.store.installation
  const page = async () => (await officer.get('/governance/retention')).body.replaceAll(/<[^>]+>/g, '')
  assert.match(await page(), /stays in backups for at most 30 days/)
  assert.match(await page(), /None was taken yet/)
  const places = await mkdtemp(join(tmpdir(), 'concord-backups-'))
  await backUp(web.store, places)
  assert.match(await page(), /The last was taken on 20 November 2026/)
  assert.doesNotMatch(await page(), /could not be taken/)
  await rm(places, { recursive: true })
  await assert.rejects(backUp(web.store, places), { code: 'output-unwritable' })
  assert.match(await page(), /On 20 November 2026[^.]* the one of the night could not be taken/)
  assert.deepEqual(await readdir(folder.incoming), [])
  assert.ok((await database.query(`select from audit where event = 'backup-made'`)).length === 1)
})

test('R12 backups of the night are destroyed after the days that are set, and the last one never', async () => {
  const places = await mkdtemp(join(tmpdir(), 'concord-backups-'))
  for (const day of ['2026-10-01', '2026-10-20', '2026-10-21', '2026-11-19']) {
    await mkdir(join(places, `concord-${day}`))
  }
  await mkdir(join(places, 'something else'))
  await backUp(web.store, places)
  assert.deepEqual((await readdir(places)).sort(), [
    'concord-2026-10-21',
    'concord-2026-11-19',
    'concord-2026-11-20',
    'something else',
  ])
  for (const day of ['2026-10-21', '2026-11-19', '2026-11-20']) {
    await rm(join(places, `concord-${day}`), { recursive: true })
  }
  // The night fails: there is no folder to prepare it in.
  const { incoming } = web.store.installation.folder
  await mkdir(join(places, 'concord-2026-01-01'))
  await rm(incoming, { recursive: true })
  await assert.rejects(backUp(web.store, places))
  await mkdir(incoming)
  assert.deepEqual((await readdir(places)).sort(), ['concord-2026-01-01', 'something else'])
  await rm(places, { recursive: true })
})
