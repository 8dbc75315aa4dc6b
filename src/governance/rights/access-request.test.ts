import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { morning } from '../../../test/casework-for-tests.ts'
import { openRightsCase, takeStep } from '../../../test/rights-for-tests.ts'
import { type TestBrowser, type TestWeb, testWeb } from '../../../test/web-for-tests.ts'
import { runRetention } from '../retention/run-retention.ts'

/** In no other file of the program, so that every byte of it on the disk is the person’s. */
const ONLY_NAME = 'Qwxavier'
const OTHER = 'Brontë Madeup'

describe('an access request, from the question to the night on which nothing is left', () => {
  let web: TestWeb
  let officer: TestBrowser
  let school: TestBrowser
  let person: string
  let address: string

  before(async () => {
    web = await testWeb({ clock: () => morning })
    officer = await web.signInAs('Information governance officer')
    school = await web.signInAs('School link officer')
    const added = await school.submit('/register/new', '/register/new', {
      record: randomUUID(),
      person: randomUUID(),
      different: 'yes',
      given: ONLY_NAME,
      family: 'Invented (synthetic)',
      'birthDate-day': '3',
      'birthDate-month': '5',
      'birthDate-year': '2011',
    })
    person = (added.headers.location as string).split('/').at(-1)!
    for (const text of [`${ONLY_NAME} came to breakfast.`, `${ONLY_NAME} was at the gate with ${OTHER}.`]) {
      await school.submit(`/register/${person}/entry`, `/register/${person}/entry`, {
        key: randomUUID(),
        kind: 'contact',
        nature: 'fact',
        'occurredOn-day': '2',
        'occurredOn-month': '11',
        'occurredOn-year': '2026',
        text,
        source: 'Seen',
      })
    }
    await school.get(`/register/${person}`)
    address = await openRightsCase(officer, { given: ONLY_NAME })
  })
  after(() => web.close())

  const csrf = () => officer.token(address)
  const gather = async () => officer.post(`${address}/pack`, { key: randomUUID(), _csrf: await csrf() })
  const items = async () => [
    ...new Set(
      [...(await officer.get(`${address}/pack`)).body.matchAll(/pack\/([a-z]+-[0-9a-f-]{36})"/g)].map(
        m => m[1]!,
      ),
    ),
  ]

  test('L5 the officer reads who looked, by the number of the person', async () => {
    const { body } = await officer.get(`/audit?person=${person}&event=person-opened`)
    assert.match(
      body,
      /Sam Example \(synthetic\) \(School link officer, [^)]+\), for [a-z ]+, opened a person’s page\./,
    )
    assert.doesNotMatch(body, new RegExp(ONLY_NAME))
  })

  test('R22 nothing is gathered before the asker is known and the person found', async () => {
    const early = await officer.post(`${address}/pack`, {
      key: randomUUID(),
      _csrf: await officer.token('/governance/rights/new'),
    })
    assert.equal(early.statusCode, 409)
    assert.match(early.body, /has shown who they are/)
    await takeStep(officer, address, 'confirm-identity')
    const unfound = await officer.post(`${address}/pack`, {
      key: randomUUID(),
      _csrf: await officer.token(`${address}/subject`),
    })
    assert.equal(unfound.statusCode, 409)
    assert.match(unfound.body, /Find the person first/)
  })

  test('L7 the pack holds what every agency keeps, for what, until when, who received it and who looked', async () => {
    await officer.submit(`${address}/subject`, `${address}/subject`, { person })
    assert.equal((await gather()).statusCode, 303)
    const all = await items()
    assert.equal(all.length, 3, 'the record and two entries')
    const page = await officer.get(`${address}/pack/${all.find(i => i.startsWith('entry-'))}`)
    assert.match(page.body, /A fact/)
    assert.match(page.body, /School link officer/)
    assert.match(page.body, /Deleted on/)
    const { body } = await officer.get(`${address}/pack`)
    assert.match(body, /Who opened or used something about them, by agency/)
    const unready = await officer.post(`${address}/pack/finish`, {
      _csrf: await officer.token(`${address}/pack`),
    })
    assert.equal(unready.statusCode, 409)
    assert.match(unready.body, /3 entries are still to be decided on/)
    assert.equal((await officer.get(`${address}/copy.json`)).statusCode, 404, 'nothing leaves unfinished')
  })

  test('L7 others in a text are marked for a person to take out, and each decision names who made it', async () => {
    for (const item of await items()) {
      const url = `${address}/pack/${item}`
      const { body } = await officer.get(url)
      const others = /<mark>([^<]+)<\/mark>/.exec(body)?.[1]
      const redacted = /<textarea[^>]* name="redacted"[^>]*>([^<]*)<\/textarea>/.exec(body)?.[1] ?? ''
      if (others) {
        assert.equal(others, OTHER)
        assert.match(redacted, /was at the gate with \[another person\]\./)
        assert.equal(
          (await officer.submit(url, url, { decision: 'redact', redacted, decidedBy: '' })).statusCode,
          422,
        )
      }
      const decided = await officer.submit(url, url, {
        decision: others ? 'redact' : 'keep',
        redacted,
        because: others ? 'Names another child (Data Protection Act 2018, schedule 2, paragraph 16).' : '',
        decidedBy: 'Designated safeguarding lead',
      })
      assert.equal(decided.statusCode, 303, decided.body)
    }
    const finished = await officer.post(`${address}/pack/finish`, {
      _csrf: await officer.token(`${address}/pack`),
    })
    assert.equal(finished.statusCode, 303)
  })

  test('L7 the copy is a page and a file with the same entries, without the other child, and each export is recorded', async () => {
    const html = await officer.get(`${address}/copy.html`)
    const file = await officer.get(`${address}/copy.json`)
    assert.equal(html.headers['cache-control'], 'no-store')
    assert.match(String(file.headers['content-disposition']), /^attachment; filename="RR-2026-\d+\.json"$/)
    const copy = JSON.parse(file.body) as {
      items: { text: string; redacted: boolean }[]
      looked: { agency: string; times: number }[]
    }
    assert.equal(copy.items.length, 3)
    assert.equal(copy.items.filter(i => i.redacted).length, 1)
    for (const { body } of [html, file]) {
      assert.match(body, /came to breakfast/)
      assert.match(body, /\[another person\]/)
      assert.doesNotMatch(body, /Bront|Madeup/)
    }
    const opened = copy.looked.find(l => l.times >= 4)
    assert.ok(opened, 'added, two entries, opened once')
    const { body } = await officer.get('/audit?event=access-pack-exported')
    assert.match(body, /2 entries, newest first/)
    const [kept] = await web.store.installation.database.query<{ n: number }>(
      `select count(*) as n from rights_packs where content::text like '%Bront%'`,
    )
    assert.equal(kept!.n, 0, 'what was taken out is not kept in the pack')
  })

  test('R12 the night on which the record ends leaves counts, the number in the record of acts, and no name', async () => {
    await takeStep(officer, address, 'answer', { outcome: 'given' })
    const { database } = web.store.installation
    await database.query(
      `update agency_records set delete_on = '2026-12-01', review_on = '2026-12-01' where person_id = $1`,
      [person],
    )
    const held = async () => filesWith(web.store.root, ONLY_NAME)
    await database.query('checkpoint')
    assert.ok((await held()).length > 0, 'the name was never on the disk')
    const { deleted } = await runRetention(database, new Date('2026-12-01T02:00:00Z'))
    assert.deepEqual(deleted, { entry: 2, 'agency-record': 1, 'access-pack': 1 })
    assert.equal((await officer.get(`${address}/copy.json`)).statusCode, 404, 'the pack went with it')
    const retention = await officer.get('/governance/retention')
    assert.doesNotMatch(retention.body, new RegExp(ONLY_NAME))
    // The request itself is kept for two years more, so that a complaint about the answer can be answered.
    assert.match((await officer.get(address)).body, new RegExp(ONLY_NAME))
    const last = await runRetention(database, new Date('2028-11-21T02:00:00Z'))
    assert.equal(last.deleted['rights-case'], 1)
    assert.deepEqual(await held(), [])
    const counts = await database.query<{ type: string; records: number }>(
      'select record_type as type, sum(records) as records from deletion_counts group by 1 order by 1',
    )
    assert.deepEqual(counts, [
      { type: 'access-pack', records: 1 },
      { type: 'agency-record', records: 1 },
      { type: 'entry', records: 2 },
      { type: 'rights-case', records: 1 },
    ])
    const { body } = await officer.get(`/audit?person=${person}`)
    assert.match(body, /gathered everything held about the person/)
    assert.doesNotMatch(body, new RegExp(ONLY_NAME))
  })
})

async function filesWith(folder: string, text: string): Promise<string[]> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = files.filter(f => f.isFile()).map(f => join(f.parentPath, f.name))
  const held = await Promise.all(paths.map(async path => ({ path, bytes: await readFile(path) })))
  return held.filter(({ bytes }) => bytes.includes(text)).map(({ path }) => path)
}
