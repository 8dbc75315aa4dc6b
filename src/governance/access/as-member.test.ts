import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { caseworkForTests, morning, type TestCasework } from '../../../test/casework-for-tests.ts'
import { asMember, asProgram, type Member, recordRefusal } from './as-member.ts'

let casework: TestCasework
before(async () => {
  casework = await caseworkForTests()
})
after(() => casework.close())

const rows = (member: Member, sql: string, parameters: unknown[] = []) =>
  asMember(casework.database, member, { now: morning }, tx => tx.query(sql, parameters))

test('what somebody does runs under the members’ role, and only for that transaction', async () => {
  const school = await casework.member('school')
  const [inside] = await rows(school, 'select current_user as role, viewer_agency() as agency')
  assert.deepEqual(inside, { role: 'concord_member', agency: 'oak-school' })
  const [outside] = await casework.database.query<{ role: string; agency: string | null }>(
    'select current_user as role, viewer_agency() as agency',
  )
  assert.notEqual(outside!.role, 'concord_member')
  assert.equal(outside!.agency, null)
})

test('an agency reads its own records and entries, and nobody else’s', async () => {
  const school = await casework.member('school')
  const police = await casework.member('police')
  const of = await casework.record(school)
  await casework.entry(school, of)
  const entries = 'select text from entries where person_id = $1'
  assert.equal((await rows(school, entries, [of.person])).length, 1)
  assert.deepEqual(await rows(police, entries, [of.person]), [])
  assert.deepEqual(await rows(police, 'select id from agency_records where person_id = $1', [of.person]), [])
  assert.deepEqual(await rows(police, 'select id from persons where id = $1', [of.person]), [])
})

test('without a purpose nobody reads about people, and roles without cases never do', async () => {
  const school = await casework.member('school')
  const of = await casework.record(school)
  const seen = (member: Member) => rows(member, 'select id from agency_records where id = $1', [of.record])
  assert.equal((await seen(school)).length, 1)
  assert.deepEqual(await seen({ ...school, purpose: null }), [])
  for (const role of [
    'analyst',
    'board-member',
    'scrutiny-panel-member',
    'information-governance-officer',
    'administrator',
  ] as const) {
    assert.deepEqual(await seen(await casework.member('school', role)), [], role)
  }
})

test('nobody writes in another agency’s name, or into its records', async () => {
  const police = await casework.member('police')
  const of = await casework.record(await casework.member('school'))
  await assert.rejects(casework.entry(police, of), /foreign key/)
  await assert.rejects(
    rows(
      police,
      `insert into entries (record_id, person_id, agency, nature, kind, occurred_on, text, source, author, created_at, changed_at, review_on, delete_on)
       values ($1, $2, 'oak-school', 'fact', 'contact', '2026-11-19', 'Forged', 'x', $3, present(), present(), '2027-01-01', '2028-01-01')`,
      [of.record, of.person, police.user],
    ),
    /row-level security/,
  )
})

test('R13 R14 first a pointer, then a request, then a disclosure; each only under an agreement', async () => {
  const school = await casework.member('school')
  const council = await casework.member('council')
  const mine = await casework.record(school)
  await casework.record(council, mine.person)
  const pointer = (member: Member) => rows(member, 'select agency from known_to($1)', [mine.person])
  assert.deepEqual(await pointer(council), [], 'no agreement yet')
  const ask = () =>
    rows(
      council,
      `insert into sharing_requests (person_id, from_agency, to_agency, asked_by, asked_at, purpose, question, because)
       values ($1, 'council', 'oak-school', $2, present(), 'safeguarding', 'Is attendance a worry?', 'Assessment')`,
      [mine.person, council.user],
    )
  await assert.rejects(ask(), /row-level security/)
  const agreement = await casework.agree(['school', 'council'], ['known-to', 'attendance'])
  assert.deepEqual(await pointer(council), [{ agency: 'oak-school' }])
  assert.deepEqual(await pointer(await casework.member('police')), [], 'police hold no record of them')
  await ask()
  const [asked] = await rows(council, 'select id from sharing_requests where person_id = $1', [mine.person])
  const disclose = (fields: string[]) =>
    rows(
      school,
      `insert into disclosures (person_id, request, agreement, from_agency, to_agency, kind, purpose, legal_basis, fields, content, because, person_told, made_by, made_at, ends_on)
       values ($1, $4, $5, 'oak-school', 'council', 'answer', 'safeguarding', 'Children Act 2004, section 10', $2, '{"attendance":"71 of 100 sessions"}', 'Asked for the assessment', 'Told on the day', $3, present(), '2026-12-20')`,
      [mine.person, fields, school.user, asked!.id, agreement],
    )
  await assert.rejects(disclose(['attendance', 'address']), /row-level security/)
  await disclose(['attendance'])
  const received = (member: Member) =>
    rows(member, 'select content from disclosures where person_id = $1', [mine.person])
  assert.deepEqual(await received(council), [{ content: { attendance: '71 of 100 sessions' } }])
  assert.deepEqual(await received({ ...council, purpose: 'support' }), [], 'it was given for another purpose')
  const later = new Date('2026-12-21T09:00:00Z')
  assert.deepEqual(
    await asMember(casework.database, council, { now: later }, tx => tx.query('select id from disclosures')),
    [],
    'it has ended',
  )
})

test('R15 an emergency needs one sentence and no agreement', async () => {
  const charity = await casework.member('charity')
  const police = await casework.member('police')
  const of = await casework.record(charity)
  await rows(
    charity,
    `insert into disclosures (person_id, from_agency, to_agency, kind, purpose, legal_basis, fields, content, because, person_told, made_by, made_at, ends_on, review_on)
     values ($1, 'charity', 'police', 'emergency', 'safeguarding', 'vital interests', '{safety}', '{"safety":"A knife was shown at the gate"}', 'He is in danger now', 'Not yet: it could add to the danger', $2, present(), '2026-11-23', '2026-11-23')`,
    [of.person, charity.user],
  )
  assert.equal(
    (await rows(police, 'select content from disclosures where person_id = $1', [of.person])).length,
    1,
  )
})

test('R17 police cannot open a closed circle, nor be put into it, nor break the glass on it', async () => {
  const charity = await casework.member('charity')
  const police = await casework.member('police')
  const of = await casework.record(charity)
  const [circle] = await asMember(casework.database, charity, { now: morning }, async tx => {
    await tx.query(
      `insert into circles (id, name, kind, agency, owner, created_at, review_on) values (gen_random_uuid(), 'Mediation', 'mediation', 'charity', $1, present(), '2027-01-01')`,
      [charity.user],
    )
    return tx.query<{ id: string }>(`select id from circles where name = 'Mediation'`)
  })
  const join = (user: string) =>
    rows(charity, 'insert into circle_members values ($1, $2, $3, present())', [
      circle!.id,
      user,
      charity.user,
    ])
  await join(charity.user)
  await assert.rejects(join(police.user), /Police cannot be members/)
  await casework.entry(charity, of, { text: 'Both agreed to talk.', circle: circle!.id })
  await rows(
    police,
    `insert into break_glass (person_id, user_id, reason, starts_at, ends_at, review_on) values ($1, $2, 'A threat to life was reported', present(), present() + interval '1 hour', '2026-11-27')`,
    [of.person, police.user],
  )
  assert.equal((await rows(charity, 'select id from entries where person_id = $1', [of.person])).length, 1)
  assert.equal((await rows(police, 'select id from agency_records where id = $1', [of.record])).length, 1)
  assert.deepEqual(await rows(police, 'select id from entries where person_id = $1', [of.person]), [])
})

test('R20 broken glass closes at the time that was shown', async () => {
  const police = await casework.member('police')
  const of = await casework.record(await casework.member('school'))
  const look = (now: Date) =>
    asMember(casework.database, police, { now }, tx =>
      tx.query('select id from agency_records where id = $1', [of.record]),
    )
  assert.deepEqual(await look(morning), [])
  await rows(
    police,
    `insert into break_glass (person_id, user_id, reason, starts_at, ends_at, review_on) values ($1, $2, 'Found injured and alone', present(), present() + interval '1 hour', '2026-11-27')`,
    [of.person, police.user],
  )
  assert.equal((await look(morning)).length, 1)
  assert.deepEqual(await look(new Date(morning.getTime() + 3_600_000)), [])
})

test('an act and its record are kept together or not at all; a refusal is kept although all is undone', async () => {
  const school = await casework.member('school')
  const count = async (event: string) =>
    (
      await casework.database.query<{ n: number }>('select count(*) as n from audit where event = $1', [
        event,
      ])
    )[0]!.n
  await assert.rejects(
    asMember(casework.database, school, { now: morning }, async tx => {
      await tx.record('test-act')
      throw new Error('undone')
    }),
    /undone/,
  )
  assert.equal(await count('test-act'), 0)
  await recordRefusal(casework.database, school, morning, 'test-refusal')
  assert.equal(await count('test-refusal'), 1)
})

test('R19 an entry of the audit cannot be changed, forged as somebody else, or read by those it is about', async () => {
  const school = await casework.member('school')
  await asMember(casework.database, school, { now: morning }, tx => tx.record('test-view', { id: 'R-1' }))
  await assert.rejects(casework.database.query(`update audit set event = 'nothing'`), /only ever added to/)
  await assert.rejects(casework.database.query('delete from audit'), /only ever added to/)
  await assert.rejects(
    rows(
      school,
      `insert into audit (seq, at, event, outcome, previous_hash, hash) values (9999, present(), 'x', 'done', '', '')`,
    ),
    /permission denied/,
  )
  assert.deepEqual(await rows(school, 'select seq from audit'), [])
  const officer = await casework.member('council', 'information-governance-officer')
  const [entry] = await rows(officer, `select user_id, agency, purpose from audit where event = 'test-view'`)
  assert.deepEqual(entry, { user_id: school.user, agency: 'oak-school', purpose: 'safeguarding' })
  const broken = await asProgram(casework.database, morning, tx =>
    tx.query(
      `select seq from (select a.*, lag(hash, 1, 'start') over (order by seq) as before, audit_hash(a) as again from audit a) c
       where before <> previous_hash or again <> hash`,
    ),
  )
  assert.deepEqual(broken, [])
})
