import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { caseworkForTests, morning, type TestCasework } from '../../../test/casework-for-tests.ts'
import { asMember, type Member, type MemberTransaction } from '../access/as-member.ts'
import { gatherPack, readPack } from './pack-store.ts'
import { disputableEntries, restrictEntry } from './restrictions.ts'
import { moveCase, openCase, readCase } from './rights-store.ts'
import { candidatesOf, settleSubjects } from './rights-subjects.ts'
import type { RightsKind } from './statutory-clocks.ts'

/** Everybody's name in these tests: test/casework-for-tests.ts writes it into each record. */
const asked = {
  regime: 'general',
  given: 'Synthetic',
  family: 'Person',
  birthDate: null,
  askedBy: '',
  reachAt: 'Post',
  about: 'Everything',
  aboutReferral: null,
  receivedOn: '2026-11-02',
} as const

describe('rights cases behind the policies', () => {
  let casework: TestCasework
  let officer: Member
  before(async () => {
    casework = await caseworkForTests()
    officer = await casework.member('council', 'information-governance-officer', null)
  })
  after(() => casework.close())

  const as = <T>(member: Member, act: (tx: MemberTransaction) => Promise<T>) =>
    asMember(casework.database, member, { now: morning }, act)

  /** A case whose asker is known and whose person is found; the reference. */
  async function ready(kind: RightsKind, person: string): Promise<{ reference: string; id: string }> {
    const id = randomUUID()
    const reference = await as(officer, tx => openCase(tx, id, { ...asked, kind }))
    await as(officer, tx =>
      moveCase(tx, reference, 'confirm-identity', {
        key: randomUUID(),
        seen: 1,
        detail: { because: 'Seen' },
      }),
    )
    assert.equal(await as(officer, tx => settleSubjects(tx, id, [person])), true)
    return { reference, id }
  }

  test('R22 nobody but an officer of governance opens, reads, gathers, seeks or restricts', async () => {
    const school = await casework.member('school')
    const of = await casework.record(school)
    const entry = await casework.entry(school, of)
    const { id } = await ready('access', of.person)
    const dispute = await ready('restriction', of.person)
    for (const member of [
      school,
      await casework.member('partnership', 'coordinator'),
      await casework.member('council', 'administrator', null),
      await casework.member('council', 'board-member', null),
    ]) {
      assert.deepEqual(await as(member, tx => tx.query('select id from rights_cases')), [], member.role)
      assert.deepEqual(await as(member, tx => candidatesOf(tx, id)), [], member.role)
      assert.deepEqual(await as(member, tx => disputableEntries(tx, dispute.id)), [], member.role)
      assert.equal(await as(member, tx => restrictEntry(tx, dispute.id, entry, 'Mine')), false, member.role)
      const [pack] = await as(member, tx =>
        tx.query<{ done: boolean }>(`select gather_access_pack($1, $2, '2026-12-01') as done`, [
          randomUUID(),
          id,
        ]),
      )
      assert.equal(pack!.done, false, member.role)
      await assert.rejects(
        as(member, tx => openCase(tx, randomUUID(), { ...asked, kind: 'access' })),
        /row-level security/,
        member.role,
      )
    }
  })

  test('R22 an officer reads no case: no record, no entry, no text, but through an open case', async () => {
    const school = await casework.member('school')
    const of = await casework.record(school)
    await casework.entry(school, of)
    for (const table of ['agency_records', 'entries', 'persons', 'disclosures']) {
      assert.deepEqual(await as(officer, tx => tx.query(`select * from ${table}`)), [], table)
    }
    for (const kind of ['rectification', 'complaint'] as const) {
      const { reference } = await ready(kind, of.person)
      await as(officer, async tx => {
        const found = await readCase(tx, reference)
        await assert.rejects(
          gatherPack(tx, randomUUID(), found),
          /is an answer to a request for a copy|Find the person/,
        )
      })
    }
    const { reference, id } = await ready('access', of.person)
    await as(officer, tx =>
      moveCase(tx, reference, 'withdraw', { key: randomUUID(), seen: 2, detail: { because: 'Said so' } }),
    )
    assert.deepEqual(await as(officer, tx => candidatesOf(tx, id)), [], 'closed')
  })

  test('R17 an officer of the police gathers no note of a closed circle, and cannot give what they may not read', async () => {
    const charity = await casework.member('charity')
    const of = await casework.record(charity)
    const circle = randomUUID()
    await as(charity, async tx => {
      await tx.query(
        `insert into circles (id, name, kind, agency, owner, created_at, review_on)
         values ($1, 'Mediation', 'mediation', 'charity', $2, present(), '2027-01-01')`,
        [circle, charity.user],
      )
      await tx.query('insert into circle_members values ($1, $2, $2, present())', [circle, charity.user])
    })
    await casework.entry(charity, of, { text: 'Said in confidence.', circle })
    const police = await casework.member('police', 'information-governance-officer', null)
    const { reference } = await ready('access', of.person)
    const textsFor = (member: Member) =>
      as(member, async tx => {
        const found = await readCase(tx, reference)
        await gatherPack(tx, randomUUID(), found)
        const pack = await readPack(tx, found.id)
        return pack!.items.filter(i => i.kind === 'entry').map(i => i.text ?? null)
      })
    assert.deepEqual(await textsFor(police), [null])
    assert.deepEqual(await textsFor(officer), ['Said in confidence.'])
  })

  test('R22 what is restricted is in the person’s own copy, because it is held', async () => {
    const school = await casework.member('school')
    const of = await casework.record(school)
    const entry = await casework.entry(school, of)
    const dispute = await ready('restriction', of.person)
    assert.equal(await as(officer, tx => restrictEntry(tx, dispute.id, entry, 'They say it is untrue')), true)
    assert.deepEqual(await as(school, tx => tx.query('select id from entries where id = $1', [entry])), [])
    const { reference } = await ready('access', of.person)
    const items = await as(officer, async tx => {
      const found = await readCase(tx, reference)
      await gatherPack(tx, randomUUID(), found)
      return (await readPack(tx, found.id))!.items
    })
    assert.equal(items.find(i => i.kind === 'entry')!.restricted, true)
  })

  test('R18 nobody looks up more people through cases than anybody may in an hour', async () => {
    const school = await casework.member('school')
    const of = await casework.record(school)
    const { id } = await ready('access', of.person)
    const [{ most }] = (await casework.database.query('select existence_look_ups_an_hour() as most')) as [
      { most: number },
    ]
    await assert.rejects(async () => {
      for (let i = 0; i <= most; i++) await as(officer, tx => candidatesOf(tx, id))
    }, /More people were looked up than anybody may in an hour/)
  })
})
