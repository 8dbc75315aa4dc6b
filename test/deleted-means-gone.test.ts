/**
 * R12: what has come to its end is in no table any more, wherever it went. The embedded store is looked through byte by
 * byte. On a server its tables are; its log, its archive and its backups end by the times that its operator sets
 * (docs/decisions/0015).
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { saveAnswers, startDraft } from '../src/casework/intake/referrals/draft-store.ts'
import { move, readReferral } from '../src/casework/intake/referrals/referral-store.ts'
import { sendDraft } from '../src/casework/intake/referrals/send-referral.ts'
import { addRecord } from '../src/casework/register/record-store.ts'
import { asMember, type Member, type MemberTransaction } from '../src/governance/access/as-member.ts'
import { placeHold } from '../src/governance/retention/legal-holds.ts'
import { personalTables } from '../src/governance/retention/personal-tables.ts'
import { runRetention } from '../src/governance/retention/run-retention.ts'
import { gatherPack } from '../src/governance/rights/pack-store.ts'
import { moveCase, openCase, readCase } from '../src/governance/rights/rights-store.ts'
import { settleSubjects } from '../src/governance/rights/rights-subjects.ts'
import { type Database, openDatabase } from '../src/platform/postgres.ts'
import { type Canaries, settleCanaries } from './access-matrix/canaries.ts'
import { caseworkForTests, type TestCasework } from './casework-for-tests.ts'
import { onEveryStore } from './every-store.ts'
import { filesWith, tablesWith } from './traces.ts'

const name = 'Quokka'
/** Of these a row has a reference, a number or a pseudonym, and nothing that anybody typed. */
const nameless = ['notices', 'removals', 'after_archive']
/** A kind of meeting, its room, a cohort, its tier and a template are called after the canaries: nobody’s, and they stay. */
const ofTheCanaries = ['meeting_types', 'meetings', 'kept_counts', 'plan_templates']
/** References of a year of its own: those of this one stand in canaries.ts. */
const nextYear = new Date('2027-01-04T09:00:00Z')
/** After every period, also of what begins only when something else has ended. */
const inTheEnd = new Date('2049-11-20T02:00:00Z')

onEveryStore('a unique name that went through everything', store => {
  test('R12 is gone with the nightly job: from every table, and on the embedded store from every byte', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'concord-gone-'))
    const at = { databaseUrl: await store.databaseUrl(), folder }
    let database = await openDatabase(at)
    try {
      const casework = await caseworkForTests(database)
      await throughEverything(casework, await settleCanaries(casework))
      const went = await tablesWith(database, name)
      assert.deepEqual(
        personalTables.map(t => t.table).filter(table => !nameless.includes(table) && !went.includes(table)),
        [],
        'a table about people to which the name never came: let canaries.ts, or this test, write it there',
      )
      for (const table of ['referral_actions', 'match_decisions', 'legal_holds']) {
        assert.ok(went.includes(table), table)
      }
      assert.deepEqual(
        went.filter(table => ['audit', ...nameless].includes(table)),
        [],
        'these name nobody',
      )
      const keys = async () =>
        (await database.query<{ n: number }>('select count(*) as n from record_keys'))[0]!.n
      assert.ok((await keys()) > 0, 'what a name sounds like, for searching')
      await database.query('analyze')
      if (!store.server) {
        await database.query('checkpoint')
        assert.ok((await filesWith(folder, name)).length > 0, 'it was never on the disk')
      }

      const aside = await filesOf(database, ofTheCanaries)
      const found = async () =>
        (await filesWith(folder, name)).filter(path => !aside.some(file => path.endsWith(file)))
      await runRetention(database, inTheEnd)
      // What leaned on something goes in the night after it.
      await runRetention(database, new Date(inTheEnd.getTime() + 86_400_000))
      // Before anybody reads: a page that is read for the first time is written to the log as it stands.
      assert.deepEqual(await found(), [])
      await database.close()
      assert.deepEqual(await found(), [], 'nor is it written when the store is closed')

      database = await openDatabase(at)
      assert.deepEqual(
        (await tablesWith(database, name)).filter(table => !ofTheCanaries.includes(table)),
        [],
      )
      const [left] = await database.query<{ keys: number; kinds: number }>(
        `select (select count(*) from record_keys) as keys,
           (select count(distinct record_type) from deletion_counts) as kinds`,
      )
      assert.equal(left!.keys, 0)
      assert.ok(left!.kinds >= personalTables.length - nameless.length, 'counts stay, of each kind')
    } finally {
      await database.close()
      await rm(folder, { recursive: true, force: true })
    }
  })
})

/** Files in which tables and their indexes lie, from the folder of the database on. */
const filesOf = async (database: Database, tables: readonly string[]): Promise<string[]> =>
  (
    await database.query<{ file: string }>(
      `select pg_relation_filepath(c.oid) as file from pg_class c left join pg_index i on i.indexrelid = c.oid
       where coalesce(i.indrelid, c.oid) = any ($1::text[]::regclass[])`,
      [tables],
    )
  ).map(({ file }) => `/${file}`)

/** Beside what stands in canaries.ts: by the acts of the program, so that whatever else they write is looked for as well. */
async function throughEverything(casework: TestCasework, { person, ids }: Canaries): Promise<void> {
  const as = <T>(member: Member, act: (tx: MemberTransaction) => Promise<T>) =>
    asMember(casework.database, member, { now: nextYear }, act)
  const school = await casework.member('school')
  const coordinator = await casework.member('partnership', 'coordinator')
  const officer = await casework.member('council', 'information-governance-officer', null)
  await casework.agree(['school', 'partnership', 'council'], ['known-to', 'referral'])
  const answers = {
    kind: 'child',
    urgency: 'three-working-days',
    given: `${name}-given`,
    family: `${name}-family`,
    birthDate: '2012-05-04',
    gender: 'female',
    ethnicity: 'not-known',
    disability: 'not-known',
    care: 'no',
    seen: `${name} came late.`,
    basis: 'safeguarding',
    told: 'yes',
  } as const

  const sending = await as(school, async tx => {
    const draft = await startDraft(tx)
    await saveAnswers(tx, draft, answers)
    return sendDraft(tx, draft)
  })
  assert.ok(sending.outcome === 'sent', JSON.stringify(sending))
  const { reference } = sending
  await as(coordinator, tx => move(tx, reference, 'take', { key: randomUUID(), seen: 1 }))
  await as(coordinator, async tx =>
    move(tx, reference, 'decline', {
      key: randomUUID(),
      seen: (await readReferral(tx, reference)).stands.seq,
      detail: {
        decision: {
          outcome: 'declined',
          level: null,
          route: 'early-help',
          reason: 'already-helped',
          told: `${name} has help.`,
        },
      },
      because: `${name} is known.`,
    }),
  )

  const record = randomUUID()
  const details = {
    reference: '',
    names: [{ given: `${name}bert`, family: `${name}son`, kind: 'usual' }],
    birth: { date: '2011-05-03', known: 'day' },
    gender: '',
    ethnicity: '',
    address: '',
    postcode: '',
    phone: '',
    school: '',
    sensitive: false,
  } as const
  await as(school, tx => addRecord(tx, record, randomUUID(), { ...details, names: [...details.names] }, 'x'))
  const theirs = await casework.record(await casework.member('council'))
  await casework.join('school', record, theirs.record)
  await casework.database.query('update match_decisions set because = $1', [`${name} is one child.`])
  await as(school, tx =>
    tx.query(
      `insert into help_offers (entry, person_id, agency, answer, taken_by, offered_by, offered_at, request_key, purpose, review_on, delete_on)
       values ($1, $2, $3, 'accepted', $4, $5, present(), $6, 'safeguarding', '2027-03-01', '2027-11-01')`,
      [ids.entry, person, school.agency, `${name}’s aunt`, school.user, randomUUID()],
    ),
  )
  await as(officer, tx =>
    placeHold(tx, randomUUID(), { person, because: `${name}: an inquest`, endsOn: '2027-06-01' }),
  )

  const rights = randomUUID()
  const asked = {
    kind: 'access',
    regime: 'general',
    given: `${name}-given`,
    family: `${name}-family`,
    birthDate: null,
    askedBy: '',
    reachAt: `${name}’s school`,
    about: `All about ${name}`,
    aboutReferral: null,
    receivedOn: '2026-11-02',
  } as const
  const caseReference = await as(officer, tx => openCase(tx, rights, asked))
  const step = (action: 'confirm-identity' | 'answer', detail: Record<string, string>) =>
    as(officer, async tx =>
      moveCase(tx, caseReference, action, {
        key: randomUUID(),
        seen: (await readCase(tx, caseReference)).stands.seq,
        detail,
      }),
    )
  await step('confirm-identity', { because: `${name} was seen.` })
  assert.ok(await as(officer, tx => settleSubjects(tx, rights, [person])))
  await as(officer, async tx => gatherPack(tx, randomUUID(), await readCase(tx, caseReference)))
  // What is open never ends: the cases of canaries.ts are closed.
  await casework.database.query(
    `insert into rights_actions (rights_case, seq, action, state_after, by_user, at, request_key)
     select id, 1, 'withdraw', 'closed', $1, $2, gen_random_uuid() from rights_cases where id <> $3`,
    [officer.user, nextYear.toISOString(), rights],
  )
  await casework.database.query(
    `insert into breach_actions (breach, seq, action, state_after, by_user, at, request_key)
     select id, 1, 'close', 'closed', $1, $2, gen_random_uuid() from breaches`,
    [officer.user, nextYear.toISOString()],
  )
  await step('answer', { because: `${name} was told why.`, told: `${name} has it.`, outcome: 'refused' })
}
