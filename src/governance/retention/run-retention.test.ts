import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { caseworkForTests, morning, type TestCasework } from '../../../test/casework-for-tests.ts'
import { asMember, asProgram } from '../access/as-member.ts'
import { personalTables } from './personal-tables.ts'
import { retentionDates } from './retention-dates.ts'
import { LONGEST_REVIEW_DAYS, retentionRules } from './retention-rules.ts'
import { deletionsSince, repeatDeletions, runRetention } from './run-retention.ts'

const at = (day: string) => new Date(`${day}T02:00:00Z`)

describe('the nightly end of keeping', () => {
  let casework: TestCasework
  before(async () => {
    casework = await caseworkForTests()
  })
  after(() => casework.close())

  const count = async (sql: string) =>
    (await casework.database.query<{ n: number }>(`select count(*) as n from ${sql}`))[0]!.n

  test('R10 what nobody reviewed is hidden, from its owner too, and removed a month later', async () => {
    const school = await casework.member('school')
    const of = await casework.record(school)
    await casework.entry(school, of)
    const seen = (now: Date) =>
      asMember(casework.database, school, { now }, tx =>
        tx.query('select id from entries where person_id = $1', [of.person]),
      )
    assert.equal((await runRetention(casework.database, at('2027-01-01'))).suspended, 0)
    assert.equal((await seen(at('2027-01-01'))).length, 1)
    assert.equal((await runRetention(casework.database, at('2027-01-02'))).suspended, 2)
    assert.deepEqual(await seen(at('2027-01-02')), [])
    assert.deepEqual((await runRetention(casework.database, at('2027-01-31'))).deleted, {})
    assert.deepEqual((await runRetention(casework.database, at('2027-02-01'))).deleted, {
      entry: 1,
      'agency-record': 1,
    })
    assert.equal(await count('persons'), 0)
  })

  test('R10 what stands in a record is hidden with it', async () => {
    const school = await casework.member('school', 'coordinator')
    const of = await casework.record(school)
    await casework.entry(school, of)
    await casework.database.query(`update agency_records set review_on = '2026-12-01' where id = $1`, [
      of.record,
    ])
    await runRetention(casework.database, at('2026-12-02'))
    const practitioner = await casework.member('school')
    const seen = () =>
      asMember(casework.database, practitioner, { now: at('2026-12-02') }, tx =>
        tx.query('select id from entries where person_id = $1', [of.person]),
      )
    assert.deepEqual(await seen(), [])
    const [hidden] = await casework.database.query<{ n: number }>(
      `select count(*) as n from entries where record_id = $1 and suspended_on = '2026-12-02'`,
      [of.record],
    )
    assert.equal(hidden!.n, 1)
    await casework.database.query('delete from entries where record_id = $1', [of.record])
    await casework.database.query('delete from agency_records where id = $1', [of.record])
    await casework.database.query('delete from persons where id = $1', [of.person])
  })

  test('R12 removal reaches every copy, and leaves counts', async () => {
    const school = await casework.member('school')
    const council = await casework.member('council')
    const agreement = await casework.agree(['school', 'council'], ['known-to', 'attendance'])
    const of = await casework.record(school)
    await casework.record(council, of.person)
    await asMember(casework.database, school, { now: morning }, tx =>
      tx.query(
        `insert into disclosures (person_id, agreement, from_agency, to_agency, kind, purpose, legal_basis, fields, content, because, person_told, made_by, made_at, ends_on)
         values ($1, $3, 'oak-school', 'council', 'offered', 'safeguarding', 'Children Act 2004, section 10', '{attendance}', '{"attendance":"71 of 100"}', 'Assessment', 'Told', $2, present(), '2026-12-20')`,
        [of.person, school.user, agreement],
      ),
    )
    await casework.database.query(
      `update agency_records set delete_on = '2026-12-01', review_on = '2026-12-01' where id = $1`,
      [of.record],
    )
    const { deleted } = await runRetention(casework.database, at('2026-12-01'))
    assert.deepEqual(deleted, { disclosure: 1, 'agency-record': 1 })
    assert.equal(await count(`agency_records where person_id = '${of.person}'`), 1, 'the council’s own stays')
    assert.deepEqual(
      await casework.database.query(
        `select record_type, agency, because, records from deletion_counts where deleted_on = '2026-12-01' order by record_type`,
      ),
      [
        { record_type: 'agency-record', agency: 'oak-school', because: 'its time was over', records: 1 },
        { record_type: 'disclosure', agency: 'oak-school', because: 'its record was deleted', records: 1 },
      ],
    )
  })

  test('R12 a legal hold keeps what is due until it ends', async () => {
    const school = await casework.member('school')
    const officer = await casework.member('council', 'information-governance-officer')
    const of = await casework.record(school)
    await casework.database.query(
      `update agency_records set delete_on = '2026-12-01', review_on = '2026-12-01' where id = $1`,
      [of.record],
    )
    await asMember(casework.database, officer, { now: morning }, tx =>
      tx.query(
        `insert into legal_holds (person_id, because, ends_on, placed_by, placed_at) values ($1, 'Needed for an inquest', '2027-03-01', $2, present())`,
        [of.person, officer.user],
      ),
    )
    await runRetention(casework.database, at('2027-03-01'))
    assert.equal(await count(`agency_records where id = '${of.record}'`), 1)
    await runRetention(casework.database, at('2027-03-02'))
    assert.equal(await count(`agency_records where id = '${of.record}'`), 0)
  })

  test('R12 a legal hold goes with a record that is joined to another person', async () => {
    const school = await casework.member('school')
    const officer = await casework.member('council', 'information-governance-officer')
    const of = await casework.record(school)
    const other = await casework.record(await casework.member('council'))
    await casework.agree(['school', 'council'], ['known-to'])
    await asMember(casework.database, officer, { now: morning }, tx =>
      tx.query(
        `insert into legal_holds (person_id, because, ends_on, placed_by, placed_at) values ($1, 'Needed for an inquest', '2027-03-01', $2, present())`,
        [of.person, officer.user],
      ),
    )
    await casework.join('school', of.record, other.record)
    await casework.database.query(
      `update agency_records set delete_on = '2026-12-01', review_on = '2026-12-01' where id = $1`,
      [of.record],
    )
    await runRetention(casework.database, at('2027-03-01'))
    assert.equal(await count(`agency_records where id = '${of.record}'`), 1)
    await runRetention(casework.database, at('2027-03-02'))
    assert.equal(await count(`agency_records where id = '${of.record}'`), 0)
  })

  test('R12 putting an old backup back deletes again what was deleted since', async () => {
    const school = await casework.member('school')
    const of = await casework.record(school)
    await casework.entry(school, of)
    await casework.database.query(
      `update agency_records set delete_on = '2026-12-05', review_on = '2026-12-05' where id = $1`,
      [of.record],
    )
    const before = await casework.database.query('select * from agency_records where id = $1', [of.record])
    await runRetention(casework.database, at('2026-12-05'))
    const kept = await asProgram(casework.database, at('2026-12-05'), tx => deletionsSince(tx, '2026-12-05'))
    assert.ok(kept.some(d => d.recordType === 'agency-record' && d.id === of.record))
    await casework.database.query('insert into persons (id, created_at) values ($1, now())', [of.person])
    await casework.database.query(
      'insert into agency_records select * from jsonb_populate_record(null::agency_records, $1)',
      [JSON.stringify(before[0])],
    )
    assert.equal(await repeatDeletions(casework.database, at('2026-12-06'), kept), 1)
    assert.equal(await count(`agency_records where id = '${of.record}'`), 0)
  })

  test('R12 what goes with a deleted row is found by an index, however much is held', async () => {
    // Lists of the program and of the pack, from which nothing is deleted by night.
    const lasting = [
      'users',
      'agencies',
      'agreements',
      'teams',
      'cohorts',
      'tier_schemes',
      'tiers',
      'meeting_types',
    ]
    const unfound = await casework.database.query(
      `select c.conrelid::regclass::text as "table", pg_get_constraintdef(c.oid) as reference
       from pg_constraint c
       where c.contype = 'f' and c.connamespace = 'public'::regnamespace
         and not c.confrelid::regclass::text = any ($1)
         and not c.confrelid::regclass::text ~ '_(kinds|subjects)$|^boundary_sets$'
         and not exists (select from pg_index i where i.indrelid = c.conrelid and i.indkey[0] = c.conkey[1])`,
      [lasting],
    )
    assert.deepEqual(unfound, [])
  })

  test('every table with something about a person has its end in the list', async () => {
    const personal = await casework.database.query<{ name: string }>(
      `select distinct table_name as name from information_schema.columns
       where table_schema = 'public' and column_name in ('person_id', 'delete_on') order by 1`,
    )
    const listed = personalTables.map(t => t.table)
    // The audit names people by number alone; a hold is no record of them and keeps their number until it ends.
    const others = ['audit', 'legal_holds']
    assert.deepEqual(
      personal.map(t => t.name).filter(name => !listed.includes(name) && !others.includes(name)),
      [],
    )
  })
})

test('R10 no rule lets a review lie further off than is allowed, and a child’s never further than an adult’s', () => {
  for (const { recordType, reviewDays, keepDays } of retentionRules) {
    assert.ok(reviewDays.child <= reviewDays.adult && keepDays.child <= keepDays.adult, recordType)
    assert.ok(reviewDays.adult <= LONGEST_REVIEW_DAYS, recordType)
  }
  assert.deepEqual(retentionDates('agency-record', '2026-11-20', { child: true }), {
    reviewOn: '2027-01-01',
    deleteOn: '2032-11-18',
  })
})

test('a kind of record without a rule on the day cannot be kept', () => {
  assert.throws(() => retentionDates('entry', '2018-05-24', { child: false }), /no retention rule holds/)
})
