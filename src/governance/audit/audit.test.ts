import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { caseworkForTests, morning, type TestCasework } from '../../../test/casework-for-tests.ts'
import { asMember, recordRefusal } from '../access/as-member.ts'
import { auditSentence, flagSentences } from './audit-sentences.ts'
import { type AuditSearch, searchAudit } from './audit-store.ts'
import { verifyAudit } from './verify-audit.ts'

describe('the record of acts', () => {
  let casework: TestCasework
  before(async () => {
    casework = await caseworkForTests()
  })
  after(() => casework.close())

  const found = async (search: AuditSearch) => {
    const officer = await casework.member('council', 'information-governance-officer', null)
    return asMember(casework.database, officer, { now: morning }, tx =>
      searchAudit(tx, search, { limit: 10, offset: 0 }),
    )
  }

  test('R19 an act reads as a sentence: who, of which agency, for what', async () => {
    const school = await casework.member('school')
    await asMember(casework.database, school, { now: morning }, tx =>
      tx.record('figure-downloaded', { kind: 'figure', id: 'knife-crime' }),
    )
    const [entry] = (await found({ event: 'figure-downloaded' })).entries
    assert.equal(
      auditSentence(entry!),
      'practitioner of Oak School (synthetic) (practitioner, Oak School (synthetic)), for safeguarding, downloaded a figure.',
    )
    await recordRefusal(casework.database, school, morning, 'audit-searched')
    const [refusal] = (await found({ outcome: 'refused' })).entries
    assert.match(auditSentence(refusal!), /was refused: searched the record of acts\.$/)
  })

  test('R19 the subject’s officer finds every act upon one person, and nobody else’s', async () => {
    const school = await casework.member('school')
    const [one, other] = [await casework.record(school), await casework.record(school)]
    for (const { person } of [one, other, one]) {
      await asMember(casework.database, school, { now: morning }, tx => tx.record('test-opened', { person }))
    }
    const { total, entries } = await found({ person: one.person })
    assert.equal(total, 2)
    assert.ok(entries.every(e => e.person === one.person))
    assert.equal((await found({ person: one.person, from: '2026-11-21' })).total, 0)
    assert.equal((await found({ person: one.person, agency: 'police' })).total, 0)
  })

  test('R19 looking up one’s own name, or a colleague, is flagged for an officer to look at', async () => {
    const school = await casework.member('school')
    const { person, record } = await casework.record(school)
    await casework.database.query(
      `update agency_records set names = '[{"given":"Sam","family":"Ashby","kind":"usual"}]' where id = $1`,
      [record],
    )
    await casework.database.query(`update users set name = 'Alex Ashby' where id = $1`, [school.user])
    await asMember(casework.database, school, { now: morning }, tx => tx.record('test-looked', { person }))
    const [entry] = (await found({ event: 'test-looked' })).entries
    assert.deepEqual(flagSentences(entry!), ['The reader and the person share a family name.'])
    const police = await casework.member('police')
    await casework.database.query(`update users set name = 'Sam Ashby' where id = $1`, [school.user])
    await asMember(casework.database, police, { now: morning }, tx => tx.record('test-looked', { person }))
    const [second] = (await found({ event: 'test-looked' })).entries
    assert.deepEqual(flagSentences(second!), ['The person has the name of somebody at work here.'])
  })

  test('R19 nobody but information governance reads it', async () => {
    for (const role of ['coordinator', 'administrator', 'commander', 'analyst', 'board-member'] as const) {
      const member = await casework.member('partnership', role)
      const seen = await asMember(casework.database, member, { now: morning }, tx =>
        searchAudit(tx, {}, { limit: 10, offset: 0 }),
      )
      assert.equal(seen.total, 0, role)
    }
  })
})

describe('whether it is as it was written', () => {
  const tampered = async (act: string) => {
    const casework = await caseworkForTests()
    const school = await casework.member('school')
    for (let i = 1; i <= 5; i++) {
      await asMember(casework.database, school, { now: morning }, tx =>
        tx.record('test-act', { id: `R-${i}` }),
      )
    }
    const whole = await verifyAudit(casework.database)
    assert.deepEqual({ entries: whole.entries, faults: whole.faults }, { entries: 5, faults: [] })
    // Somebody who rules the database can switch the guard off.
    await casework.database.query('alter table audit disable trigger audit_is_only_added_to')
    await casework.database.query(act)
    const after = await verifyAudit(casework.database, whole.last)
    await casework.close()
    return after.faults.map(f => [f.seq, f.because])
  }

  test('an entry that was altered is found', async () => {
    assert.deepEqual(await tampered(`update audit set subject_id = 'R-9' where seq = 3`), [
      [3, 'it was altered after it was written'],
    ])
  })

  test('an entry whose time or actor was altered is found', async () => {
    assert.equal((await tampered(`update audit set at = at + interval '1 second' where seq = 2`))[0]![0], 2)
    assert.equal((await tampered(`update audit set user_id = null where seq = 5`))[0]![0], 5)
  })

  test('an entry that was removed is found, the last one too', async () => {
    assert.deepEqual(await tampered('delete from audit where seq = 3'), [
      [4, 'it does not follow the entry before it: one was removed, or put in'],
    ])
    const end = await tampered('delete from audit where seq = 5')
    assert.ok(
      end.some(([, because]) => /entries after it were removed: 5 were written/.test(String(because))),
    )
  })

  test('an entry that was put in is found', async () => {
    const faults = await tampered(
      `insert into audit select 6, at, user_id, agency, role, purpose, case_reference, event, outcome, person_id, subject_kind, subject_id, detail, hash, hash from audit where seq = 5`,
    )
    assert.ok(faults.some(([seq]) => seq === 6))
  })

  test('a record that was written anew as a whole is found by the end that was noted outside', async () => {
    const faults = await tampered(`
      do $$
      declare e audit; before text := 'start';
      begin
        for e in select * from audit order by seq loop
          e.agency := 'police'; e.previous_hash := before; e.hash := audit_hash(e); before := e.hash;
          update audit set agency = e.agency, previous_hash = e.previous_hash, hash = e.hash where seq = e.seq;
        end loop;
        update audit_head set hash = before;
      end $$`)
    assert.deepEqual(faults, [[5, 'it is not the entry that was noted: the record was written anew']])
  })
})
