import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { caseworkForTests, morning, type TestCasework } from '../../../test/casework-for-tests.ts'
import { onEveryStore } from '../../../test/every-store.ts'
import { asMember, type Member, type MemberTransaction } from '../access/as-member.ts'
import { searchAudit } from '../audit/audit-store.ts'
import { personalTables } from '../retention/personal-tables.ts'
import { itemText } from './access-pack.ts'
import { gatherPack, readPack } from './pack-store.ts'
import { disputableStatements, liftRestriction, restrictStatement } from './restrictions.ts'
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

onEveryStore('rights cases behind the policies', store => {
  let casework: TestCasework
  let officer: Member
  before(async () => {
    casework = await caseworkForTests(await store.open())
    officer = await casework.member('council', 'information-governance-officer', null)
  })
  after(() => casework.database.close())

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
      assert.deepEqual(await as(member, tx => disputableStatements(tx, dispute.id)), [], member.role)
      assert.equal(
        await as(member, tx => restrictStatement(tx, dispute.id, entry, 'Mine')),
        false,
        member.role,
      )
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
    assert.equal(
      await as(officer, tx => restrictStatement(tx, dispute.id, entry, 'They say it is untrue')),
      true,
    )
    assert.deepEqual(await as(school, tx => tx.query('select id from entries where id = $1', [entry])), [])
    const { reference } = await ready('access', of.person)
    const items = await as(officer, async tx => {
      const found = await readCase(tx, reference)
      await gatherPack(tx, randomUUID(), found)
      return (await readPack(tx, found.id))!.items
    })
    assert.equal(items.find(i => i.kind === 'entry')!.restricted, true)
  })

  test('R22 a disputed referral or concern is out of sight too, until an officer lifts it with a reason', async () => {
    const school = await casework.member('school')
    const of = await casework.record(school)
    const [referral, concern] = [randomUUID(), randomUUID()]
    const values = [school.user, morning.toISOString()]
    await casework.database.query(
      `insert into referrals (id, reference, from_agency, to_agency, author, kind, urgency, answers, purpose, legal_basis, shared_under, sent_at, due_at, state_by, state_at, review_on, delete_on)
         values ($3, 'R-2026-0800', 'oak-school', 'partnership', $1, 'child', 'week', '{"given":"Synthetic","family":"Person"}', 'safeguarding', 'Children Act 2004', 'agreement', $2, $2, $1, $2, '2027-01-01', '2028-01-01')`,
      [...values, referral],
    )
    await casework.database.query(
      `insert into concerns (id, reference, agency, author, given, family, noticed_on, text, purpose, legal_basis, noted_at, review_on, delete_on)
         values ($3, 'C-2026-0800', 'oak-school', $1, 'Synthetic', 'Person', '2026-11-19', 'Was quiet.', 'safeguarding', 'Children Act 2004', $2, '2027-01-01', '2027-11-01')`,
      [...values, concern],
    )
    const seen = async () => {
      const rows = await as(school, tx =>
        tx.query<{ id: string }>('select id from referrals union all select id from concerns'),
      )
      return [referral, concern].map(id => rows.some(row => row.id === id))
    }
    const { id } = await ready('challenge', of.person)
    const listed = await as(officer, tx => disputableStatements(tx, id))
    assert.deepEqual(listed.map(l => l.kind).sort(), ['concern', 'referral'])
    assert.deepEqual(await seen(), [true, true])
    for (const statement of [referral, concern]) {
      assert.equal(await as(officer, tx => restrictStatement(tx, id, statement, 'They dispute it')), true)
    }
    assert.deepEqual(await seen(), [false, false])
    assert.equal(await as(school, tx => liftRestriction(tx, referral, 'I think it is right')), false)
    assert.equal(await as(officer, tx => liftRestriction(tx, referral, 'It was shown to be right')), true)
    assert.deepEqual(await seen(), [true, false])
    // The next test counts what is held under this name.
    for (const table of ['referrals', 'concerns']) await casework.database.query(`delete from ${table}`)
  })

  test('L7 whatever is held is in the pack: records, entries, shares, questions, openings, referrals, concerns', async () => {
    const school = await casework.member('school')
    const of = await casework.record(school)
    const entry = await casework.entry(school, of)
    const agreement = await casework.agree(['school', 'council'], ['attendance'])
    const now = morning.toISOString()
    const put = (sql: string, values: unknown[]) => casework.database.query(sql, values)
    await put(
      `insert into disclosures (person_id, agreement, from_agency, to_agency, kind, purpose, legal_basis, fields, content, because, person_told, made_by, made_at, ends_on)
       values ($1, $2, 'oak-school', 'council', 'offered', 'safeguarding', 'Children Act 2004', '{attendance}', '{"attendance":"71 of 100 sessions"}', 'Assessment', 'Told', $3, $4, '2027-01-31')`,
      [of.person, agreement, school.user, now],
    )
    await put(
      `insert into sharing_requests (person_id, from_agency, to_agency, asked_by, asked_at, purpose, question, because)
       values ($1, 'oak-school', 'council', $2, $3, 'safeguarding', 'Is there a plan?', 'A meeting is due')`,
      [of.person, school.user, now],
    )
    await put(
      `insert into break_glass (person_id, user_id, reason, starts_at, ends_at, review_on)
       values ($1, $2, 'Said to be in danger now', $3, $3::timestamptz + interval '1 hour', '2026-11-27')`,
      [of.person, (await casework.member('police')).user, now],
    )
    const referral = randomUUID()
    await put(
      `insert into referrals (id, reference, from_agency, to_agency, author, kind, urgency, answers, purpose, legal_basis, shared_under, sent_at, due_at, state_by, state_at, review_on, delete_on)
       values ($1, 'R-2026-0900', 'oak-school', 'partnership', $2, 'child', 'week', '{"given":"SYNTHETIC","family":"Person","seen":"Came late."}', 'safeguarding', 'Children Act 2004', 'agreement', $3, $3, $2, $3, '2027-01-01', '2028-01-01')`,
      [referral, school.user, now],
    )
    await put(
      `insert into referral_actions (referral, seq, action, state_after, by_user, by_agency, at, request_key, detail)
       values ($1, 1, 'send', 'sent', $2, 'oak-school', $3, $1, '{}'),
         ($1, 2, 'correct', 'sent', $2, 'oak-school', $3, $4, '{"answers":{"seen":"Came late twice."}}')`,
      [referral, school.user, now, randomUUID()],
    )
    await put(
      `insert into concerns (id, reference, agency, author, given, family, noticed_on, text, purpose, legal_basis, noted_at, review_on, delete_on)
       values ($1, 'C-2026-0900', 'oak-school', $2, 'Synthetic', 'Person', '2026-11-19', 'Was quiet.', 'safeguarding', 'Children Act 2004', $3, '2027-01-01', '2027-11-01')`,
      [randomUUID(), school.user, now],
    )
    await put(
      `insert into referral_drafts (id, agency, author, answers, started_at, changed_at, delete_on)
         values ($1, 'oak-school', $2, '{"given":"Synthetic","family":"Person","said":"Wants a club."}', $3, $3, '2026-12-18')`,
      [randomUUID(), school.user, now],
    )
    await put(
      `insert into help_offers (entry, person_id, agency, answer, taken_by, offered_by, offered_at, request_key, purpose, review_on, delete_on)
         values ($1, $2, 'oak-school', 'accepted', 'Breakfast club', $3, $4, $5, 'support', '2027-01-01', '2027-11-01')`,
      [entry, of.person, school.user, now, randomUUID()],
    )
    const { reference } = await ready('access', of.person)
    const pack = await as(officer, async tx => {
      const found = await readCase(tx, reference)
      await gatherPack(tx, randomUUID(), found)
      return (await readPack(tx, found.id))!
    })
    const textOf = (kind: string) => pack.items.filter(i => i.kind === kind).map(itemText)
    assert.deepEqual(textOf('disclosure'), ['Attendance and exclusions: 71 of 100 sessions'])
    assert.deepEqual(textOf('request'), ['Is there a plan?\nA meeting is due'])
    assert.deepEqual(textOf('opening'), ['Said to be in danger now'])
    assert.deepEqual(textOf('concern'), ['Was quiet.'])
    assert.match(textOf('draft')[0]!, /Said: Wants a club\./)
    assert.deepEqual(textOf('offer'), ['Answer: accepted\nTaken on by: Breakfast club'])
    assert.match(textOf('referral')[0]!, /Seen: Came late twice\./)
    assert.deepEqual(textOf('record'), ['Names: Synthetic Person'])
    assert.equal(textOf('entry').length, 1)
  })

  test('L7 what was kept under the number that a record had before it was joined is in the pack', async () => {
    const school = await casework.member('school')
    const of = await casework.record(school)
    const other = await casework.record(await casework.member('charity'))
    await casework.agree(['school', 'charity'], ['known-to'])
    const entry = await casework.entry(school, of)
    await as(school, async tx => {
      await tx.query(
        `insert into help_offers (entry, person_id, agency, answer, taken_by, offered_by, offered_at, request_key, purpose, review_on, delete_on)
         values ($1, $2, 'oak-school', 'accepted', 'Chess club', $3, present(), $4, 'safeguarding', '2027-01-01', '2027-11-01')`,
        [entry, of.person, school.user, randomUUID()],
      )
      await tx.record('person-opened', { person: of.person, kind: 'person', id: of.person })
    })
    await casework.join('school', of.record, other.record)
    const { reference } = await ready('access', other.person)
    const { items, looked } = await as(officer, async tx => {
      const found = await readCase(tx, reference)
      await gatherPack(tx, randomUUID(), found)
      return (await readPack(tx, found.id))!
    })
    assert.ok(
      items.some(i => i.kind === 'offer' && itemText(i) === 'Answer: accepted\nTaken on by: Chess club'),
    )
    assert.ok(
      looked.some(l => l.agency === 'Oak School (synthetic)' && l.times === 2),
      'opened, and joined',
    )
    const { entries } = await as(officer, tx =>
      searchAudit(tx, { person: other.person }, { limit: 50, offset: 0 }),
    )
    for (const event of ['person-opened', 'records-joined'])
      assert.ok(
        entries.some(e => e.event === event),
        event,
      )
  })

  test('L7 no table with something about a person is left out of packs', async () => {
    const [held] = await casework.database.query<{ body: string }>(
      `select string_agg(p.prosrc, ' ') as body from pg_proc p join held_sources s on s.found_by = p.proname`,
    )
    // What people at work are told, and what has ended, holds references and pseudonyms alone; of places, lines and groups
    // nobody is named; a circle is its notes, which are entries; what is raised to a board is a matter without a name; a copy
    // of minutes is who took it; of an incident its entries are held; a bid is for a place or a cohort; the rest are the
    // person’s own request, and breaches.
    const others = [
      ...['notices', 'rights_cases', 'rights_packs', 'breaches', 'removals', 'after_archive'],
      ...['places', 'lines', 'groups', 'group_relations', 'circles', 'escalations', 'meeting_copies'],
      ...['consequences', 'bids'],
    ]
    assert.deepEqual(
      personalTables.map(t => t.table).filter(t => !others.includes(t) && !held!.body.includes(`from ${t} `)),
      [],
    )
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
