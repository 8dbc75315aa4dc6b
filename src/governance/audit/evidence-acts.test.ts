/** Acts upon evidence stand in the one record of acts: chained, findable, in words. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { tester } from '../../../test/temporary-store.ts'
import { type TestWeb, testWeb } from '../../../test/web-for-tests.ts'
import { operator } from '../../cli/operator.ts'
import { withdrawLoad } from '../../evidence/catalogue/loads.ts'
import { importFile } from '../../evidence/intake/import-file.ts'
import { knownMigrations, migrate, openDatabase } from '../../platform/postgres.ts'
import { auditSentence } from './audit-sentences.ts'
import { searchAudit } from './audit-store.ts'
import { verifyAudit } from './verify-audit.ts'

const rows = (n: number, from = 1) =>
  `offence_id,force,recorded_on,ho_code\n${Array.from({ length: n }, (_, i) => `A${from + i},west-midlands,2019-03-14,34B\n`).join('')}`

const PAGE = { limit: 50, offset: 0 }

describe('acts upon evidence', () => {
  let web: TestWeb
  before(async () => {
    web = await testWeb()
  })
  after(() => web.close())

  const text = (body: string) => body.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')

  test('R19 what is sent and withdrawn stands in the record with who did it, and the chain is whole', async () => {
    const { store } = web
    const path = await store.file('march.csv', rows(12))
    const { loadId } = await importFile(store, { path, actor: operator('jo') })
    await withdrawLoad(store, loadId!, operator('jo'))
    const { entries } = await searchAudit(store.installation.database, { subject: `load ${loadId}` }, PAGE)
    assert.deepEqual(entries.map(auditSentence), [
      'The operator at the command line (account “jo” of the machine) withdrew a load of evidence.',
      'The operator at the command line (account “jo” of the machine) sent a file of evidence.',
    ])
    assert.deepEqual((await verifyAudit(store.installation.database)).faults, [])
  })

  test('R19 an officer finds every act upon evidence, and those upon one load', async () => {
    const { store } = web
    const path = await store.file('april.csv', rows(3, 50).replaceAll('2019-03', '2019-04'))
    const { loadId } = await importFile(store, { path, actor: tester })
    const officer = await web.signInAs('Information governance officer')
    const all = text((await officer.get('/audit?event=evidence')).body)
    assert.match(all, /The program sent a file of evidence\. load \d+/)
    assert.doesNotMatch(all, /\. searched the record|signed in\./)
    const one = await officer.get(`/audit?subject=load+${loadId}`)
    assert.match(text(one.body), /1 entry, newest first/)
    const nobodys = text((await officer.get('/audit?agency=-&event=file-sent')).body)
    assert.match(nobodys, /sent a file of evidence/)
  })

  test('an analyst with an account is in the record by number, and the page names them', async () => {
    const member = await web.castMember('Analyst')
    const { store } = web
    const path = await store.file('may.csv', rows(2, 80).replaceAll('2019-03', '2019-05'))
    const { loadId } = await importFile(store, { path, actor: { ...member, name: member.name } })
    const [entry] = await store.installation.database.query(
      'select user_id as "user", agency, role from audit where subject_id = $1',
      [String(loadId)],
    )
    assert.deepEqual(entry, { user: member.user, agency: member.agency, role: 'analyst' })
  })

  test('a load whose entry cannot be written is not loaded', async () => {
    const { store } = web
    const { database } = store.installation
    const version = await store.evidence.version()
    await database.query(`alter table audit add constraint shut check (event <> 'file-sent') not valid`)
    const path = await store.file('june.csv', rows(4, 200).replaceAll('2019-03', '2019-06'))
    await assert.rejects(importFile(store, { path, actor: tester }), /shut/)
    await database.query('alter table audit drop constraint shut')
    store.changed()
    assert.equal(await store.evidence.version(), version)
    assert.deepEqual(await database.query(`select id from loads where file_name = 'june.csv'`), [])
  })
})

test('acts from before are carried over in their order, say so, and name nobody', async () => {
  const earlier = (await knownMigrations()).filter(name => name < '0018')
  const database = await openDatabase({ databaseUrl: null, folder: null }, { migrations: earlier })
  await database.query(`insert into agencies (id, name, kind) values ('police', 'Police', 'police')`)
  const user = async (name: string, email: string) => {
    const [row] = await database.query<{ id: string }>(
      `insert into users (agency, name, post, email, role, created_at) values ('police', $1, 'Analyst', $2, 'analyst', now()) returning id`,
      [name, email],
    )
    return row!.id
  }
  const ashby = await user('Sam Ashby', 'a@police.example')
  await user('Alex Berry', 'b@police.example')
  await user('Alex Berry', 'c@police.example')
  for (const [at, actor, act, subject, detail] of [
    ['2026-03-01T09:00:00Z', 'synthetic partnership', 'FILE_LOADED', 'load 1', { file: 'berry.csv' }],
    ['2026-03-02T09:00:00Z', 'Sam Ashby, Police', 'LOAD_WITHDRAWN', 'load 1', {}],
    ['2026-03-03T09:00:00Z', 'Alex Berry, Police', 'figure-downloaded', '/figures', { measure: 'homicide' }],
    ['2026-03-04T09:00:00Z', 'command line (jo)', 'mapping-saved', 'City, offences', {}],
    ['2026-03-05T09:00:00Z', 'analyst (link)', 'signed-in', '/sign-in/:token', {}],
  ] as const) {
    await database.query('insert into acts (at, actor, act, subject, detail) values ($1, $2, $3, $4, $5)', [
      at,
      actor,
      act,
      subject,
      JSON.stringify(detail),
    ])
  }
  await migrate(database)
  const { entries } = await searchAudit(database, {}, PAGE)
  const carried = ' (carried over from where it stood unchained).'
  assert.deepEqual(
    entries
      .toReversed()
      .map(entry => [entry.at.toISOString().slice(0, 10), auditSentence(entry)])
      .slice(0, 5),
    [
      ['2026-03-01', `The program sent a file of evidence${carried}`],
      ['2026-03-02', `Sam Ashby (Analyst, Police) withdrew a load of evidence${carried}`],
      ['2026-03-03', `Somebody whose account can no longer be told downloaded a figure${carried}`],
      [
        '2026-03-04',
        `The operator at the command line (account “jo” of the machine) saved what a supplier’s headings mean${carried}`,
      ],
      [
        '2026-03-05',
        `Whoever was let in by the server’s link signed in without an account, by a link of the server${carried}`,
      ],
    ],
  )
  assert.equal(entries[0]!.event, 'evidence-acts-carried-over')
  assert.deepEqual(entries[0]!.detail, { acts: 5 })
  const kept = JSON.stringify(await database.query('select * from audit'))
  assert.doesNotMatch(kept, /Berry|Ashby|berry\.csv/)
  assert.match(kept, new RegExp(ashby))
  const verified = await verifyAudit(database)
  assert.deepEqual([verified.entries, verified.faults], [6, []])
  await database.close()
})
