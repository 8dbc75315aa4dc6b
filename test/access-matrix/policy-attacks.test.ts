/** Ways round the policies that somebody with a session, or with words that reached SQL, might try. None gets anywhere. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { asMember, asProgram, type Member } from '../../src/governance/access/as-member.ts'
import { caseworkForTests, morning, type TestCasework } from '../casework-for-tests.ts'

let casework: TestCasework
let school: Member
let council: Member
let police: Member
let charity: Member
before(async () => {
  casework = await caseworkForTests()
  school = await casework.member('school')
  council = await casework.member('council')
  police = await casework.member('police')
  charity = await casework.member('charity')
})
after(() => casework.close())

const run = (member: Member, sql: string, parameters: unknown[] = [], now = morning) =>
  asMember(casework.database, member, { now }, tx => tx.query(sql, parameters))

const refused = /row-level security|permission denied|violates check|Only a coordinator/

const refuses = (member: Member, sql: string, parameters: unknown[] = []) =>
  assert.rejects(run(member, sql, parameters), refused, sql)

const disclose = (member: Member, values: Record<string, unknown>) => {
  const row = {
    id: randomUUID(),
    from_agency: member.agency,
    purpose: 'safeguarding',
    legal_basis: 'for tests',
    fields: ['safety'],
    content: { safety: 'Given' },
    because: 'He is in danger now',
    person_told: 'No: it could add to the danger',
    made_by: member.user,
    made_at: morning.toISOString(),
    ends_on: '2026-11-27',
    ...values,
  }
  const columns = Object.keys(row)
  return run(
    member,
    `insert into disclosures (${columns.join(', ')}) select ${columns.join(', ')} from jsonb_populate_record(null::disclosures, $1)`,
    [JSON.stringify(row)],
  )
}

const emergency = (person: string) => ({
  person_id: person,
  to_agency: 'police',
  kind: 'emergency',
  review_on: '2026-11-23',
})

test('every function that looks behind the policies reads temporary tables last, and is not open to the public', async () => {
  const functions = await casework.database.query<{ name: string; path: string | null; open: boolean }>(
    `select p.oid::regprocedure::text as name, array_to_string(p.proconfig, ';') as path,
       p.prorettype <> 'trigger'::regtype and has_function_privilege('public', p.oid, 'execute') as open
     from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname = 'public' and p.prosecdef`,
  )
  assert.ok(functions.length > 10)
  for (const { name, path, open } of functions) {
    assert.match(path ?? '', /^search_path=.*pg_temp$/, name)
    assert.equal(open, false, name)
  }
})

/** What the area pack says, and names of teams: nothing about anybody. */
const openToMembers = [
  'arrangement_kinds',
  'cohort_parties',
  'cohorts',
  'custody_kinds',
  'meeting_types',
  'resources',
  'teams',
  'tier_schemes',
  'tiers',
]

test('every table that members reach has policies, but for what the area pack says', async () => {
  const open = await casework.database.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'p', 'v') and not c.relrowsecurity
       and has_any_column_privilege('concord_member', c.oid, 'select, insert, update')`,
  )
  assert.deepEqual(open.map(t => t.name).sort(), openToMembers)
})

test('members make no temporary table, and one that is there does not stand in for a table of ours', async () => {
  await refuses(school, 'create temporary table agency_records (person_id uuid)')
  const of = await casework.record(council)
  const undone = new Error('undone')
  const holds = asProgram(casework.database, morning, async tx => {
    await tx.query(`select set_config('concord.agency', 'oak-school', true)`)
    await tx.query('create temporary table agency_records (person_id uuid, agency text, suspended_on date)')
    await tx.query(`insert into pg_temp.agency_records values ($1, 'oak-school')`, [of.person])
    const [answer] = await tx.query<{ holds: boolean }>('select viewer_holds($1) as holds', [of.person])
    assert.equal(answer!.holds, false)
    throw undone
  })
  await assert.rejects(holds, undone)
})

test('nobody changes whose record it is, of whom, from when, in which circle, or lifts a restriction', async () => {
  const mine = await casework.record(school)
  await casework.entry(school, mine)
  for (const change of [
    `update agency_records set agency = 'police' where id = $1`,
    `update agency_records set id = gen_random_uuid() where id = $1`,
    `update agency_records set created_at = '2020-01-01' where id = $1`,
    `update entries set agency = 'police' where record_id = $1`,
    `update entries set author = gen_random_uuid() where record_id = $1`,
    `update entries set circle = null where record_id = $1`,
    `update entries set restricted_at = null where record_id = $1`,
    `update entries set person_id = gen_random_uuid() where record_id = $1`,
    `delete from entries where record_id = $1`,
    `delete from agency_records where id = $1`,
  ]) {
    await refuses(school, change, [mine.record])
  }
})

test('a record is not given to an owner of another agency', async () => {
  const mine = await casework.record(school)
  await refuses(school, 'update agency_records set owner = $2 where id = $1', [mine.record, police.user])
})

test('R18 who merely learnt a person’s number does not become an agency that knows them', async () => {
  const theirs = await casework.record(council)
  const mine = await casework.record(school)
  await refuses(
    school,
    `insert into agency_records (person_id, agency, names, purpose, legal_basis, owner, created_at, changed_at, review_on, delete_on)
     values ($1, 'oak-school', '[{"given":"X"}]', 'safeguarding', 'for tests', $2, present(), present(), '2027-01-01', '2028-01-01')`,
    [theirs.person, school.user],
  )
  const join = 'update agency_records set person_id = $2 where id = $1'
  await refuses(school, join, [mine.record, theirs.person])
  await refuses(await casework.member('school', 'coordinator'), join, [mine.record, theirs.person])
  const other = await casework.record(school)
  await refuses(school, join, [mine.record, other.person])
  await run(await casework.member('school', 'coordinator'), join, [mine.record, other.person])
})

test('what is there and what is not are refused alike: no key tells of another agency’s record', async () => {
  const theirs = await casework.record(council)
  const said = async (person: string) => {
    const words: string[] = []
    for (const [sql, values] of [
      [
        `insert into sharing_requests (person_id, from_agency, to_agency, asked_by, asked_at, purpose, question, because)
         values ($1, 'oak-school', 'council', $2, present(), 'safeguarding', 'q', 'b')`,
        [person, school.user],
      ],
      [
        `insert into entries (record_id, person_id, agency, nature, kind, occurred_on, text, source, author, created_at, changed_at, review_on, delete_on)
         values ($1, $1, 'council', 'fact', 'contact', '2026-11-19', 'x', 'x', $2, present(), present(), '2027-01-01', '2028-01-01')`,
        [person, school.user],
      ],
      [`update agency_records set phone = 'x' where person_id = $1 returning id`, [person]],
      [`select * from known_to($1)`, [person]],
    ] as const) {
      words.push(
        await run(school, sql, [...values]).then(
          rows => JSON.stringify(rows),
          (error: Error) => error.message,
        ),
      )
    }
    return words
  }
  assert.deepEqual(await said(theirs.person), await said(randomUUID()))
})

test('R13 nothing travels beside the fields that were named, and naming none shares nothing', async () => {
  const agreement = await casework.agree(['school', 'council'], ['known-to', 'attendance'])
  const mine = await casework.record(school)
  const offer = (values: Record<string, unknown>) =>
    disclose(school, { person_id: mine.person, to_agency: 'council', kind: 'offered', agreement, ...values })
  const attendance = { fields: ['attendance'], content: { attendance: '71 of 100' } }
  await offer(attendance)
  await assert.rejects(offer({ fields: [], content: { address: '1 High Street' } }), refused)
  await assert.rejects(
    offer({ fields: ['attendance'], content: { attendance: '71', address: '1 High Street' } }),
    refused,
  )
  await assert.rejects(offer({ ...attendance, agreement: null }), refused)
  await assert.rejects(offer({ ...attendance, to_agency: 'police' }), refused)
  await assert.rejects(offer({ ...attendance, purpose: 'support' }), refused)
  await assert.rejects(offer({ ...attendance, ends_on: '2026-11-19' }), refused)
})

test('R13 an answer fits its request: the same person, agencies and purpose, and not twice', async () => {
  const agreement = await casework.agree(['school', 'council'], ['known-to', 'attendance'])
  const mine = await casework.record(school)
  await casework.record(council, mine.person)
  const other = await casework.record(school)
  const request = randomUUID()
  await run(
    council,
    `insert into sharing_requests (id, person_id, from_agency, to_agency, asked_by, asked_at, purpose, question, because)
     values ($1, $2, 'council', 'oak-school', $3, present(), 'safeguarding', 'Is he in school?', 'For the assessment')`,
    [request, mine.person, council.user],
  )
  const answer = (values: Record<string, unknown>) =>
    disclose(school, {
      person_id: mine.person,
      to_agency: 'council',
      kind: 'answer',
      agreement,
      request,
      fields: ['attendance'],
      content: { attendance: '71 of 100' },
      ...values,
    })
  await assert.rejects(answer({ person_id: other.person }), refused)
  await assert.rejects(answer({ request: randomUUID() }), refused)
  const close = `update sharing_requests set answer = 'disclosed', answered_by = $2, answered_at = present() where id = $1`
  await refuses(school, close, [request, school.user])
  assert.deepEqual(
    await run(council, `${close} returning id`, [request, council.user]),
    [],
    'who asked does not answer',
  )
  await answer({})
  await run(school, close, [request, school.user])
  await assert.rejects(answer({}), refused)
})

test('R13 what was given ends with the agreement under which it was given', async () => {
  const agreement = await casework.agree(['charity', 'council'], ['safety'])
  const of = await casework.record(charity)
  await disclose(charity, { person_id: of.person, to_agency: 'council', kind: 'offered', agreement })
  const read = () => run(council, 'select id from disclosures where person_id = $1', [of.person])
  assert.equal((await read()).length, 1)
  await asProgram(casework.database, morning, tx =>
    tx.query('update agreements set ended_on = present_day() where id = $1', [agreement]),
  )
  assert.deepEqual(await read(), [])
})

test('what was taken back stays taken back, and nobody lengthens what was given', async () => {
  const of = await casework.record(charity)
  await disclose(charity, emergency(of.person))
  const change = (what: string) => `update disclosures set ${what} where person_id = $1`
  await refuses(charity, change(`ends_on = '2030-01-01'`), [of.person])
  await refuses(charity, change(`content = '{}'`), [of.person])
  await run(charity, change('withdrawn_at = present()'), [of.person])
  assert.deepEqual(await run(charity, `${change('withdrawn_at = null')} returning id`, [of.person]), [])
  assert.deepEqual(await run(police, 'select id from disclosures where person_id = $1', [of.person]), [])
})

test('R15 an emergency is reviewed the next working day: not later, not by whoever made it, not in advance', async () => {
  const of = await casework.record(charity)
  const share = (values: Record<string, unknown>) => disclose(charity, { ...emergency(of.person), ...values })
  await assert.rejects(share({ review_on: '2027-11-23' }), refused)
  await assert.rejects(share({ review_on: null }), refused)
  await assert.rejects(share({ ends_on: '2027-11-23' }), refused)
  await assert.rejects(share({ because: '  ' }), refused)
  await assert.rejects(share({ reviewed_at: morning.toISOString(), review_outcome: 'Fine' }), refused)
  await assert.rejects(share({ reviewed_by: charity.user }), refused)
})

test('R17 only who wrote a note in a circle releases it, and colleagues outside do not read what they released', async () => {
  const worker = charity
  const colleague = await casework.member('charity', 'coordinator')
  const of = await casework.record(worker)
  const release = (member: Member) => disclose(member, { ...emergency(of.person), kind: 'threat-to-life' })
  await assert.rejects(release(worker), refused, 'they wrote nothing in a circle')
  const circle = randomUUID()
  await run(
    worker,
    `insert into circles (id, name, kind, agency, owner, created_at, review_on) values ($1, 'A circle', 'mediation', 'charity', $2, present(), '2027-01-01')`,
    [circle, worker.user],
  )
  await run(worker, 'insert into circle_members values ($1, $2, $2, present())', [circle, worker.user])
  await casework.entry(worker, of, { text: 'He said he would be killed.', circle })
  await assert.rejects(release(colleague), refused)
  await release(worker)
  const read = (member: Member) => run(member, 'select id from disclosures where person_id = $1', [of.person])
  assert.equal((await read(worker)).length, 1)
  assert.equal((await read(police)).length, 1)
  assert.deepEqual(await read(colleague), [])
})

test('R17 whoever moves to the police leaves every closed circle, also their own', async () => {
  const mover = await casework.member('charity', 'commander')
  const owner = await casework.member('charity', 'coordinator')
  const of = await casework.record(owner)
  const circle = randomUUID()
  await run(
    owner,
    `insert into circles (id, name, kind, agency, owner, created_at, review_on) values ($1, 'Youth work', 'youth-work', 'charity', $2, present(), '2027-01-01')`,
    [circle, owner.user],
  )
  for (const user of [owner.user, mover.user]) {
    await run(owner, 'insert into circle_members values ($1, $2, $3, present())', [circle, user, owner.user])
  }
  await casework.entry(owner, of, { circle })
  const move = (user: string) =>
    casework.database.query(`update users set agency = 'police' where id = $1`, [user])
  const entries = (member: Member) => run(member, 'select id from entries where person_id = $1', [of.person])
  assert.equal((await entries(mover)).length, 1)
  await move(mover.user)
  assert.deepEqual(await entries({ ...mover, agency: 'police' }), [])
  // Also while their session still says the old agency.
  assert.deepEqual(await entries(mover), [])
  await move(owner.user)
  assert.deepEqual(await run(owner, 'select id from circles where id = $1', [circle]), [])
  await refuses(owner, 'insert into circle_members values ($1, $2, $3, present())', [
    circle,
    charity.user,
    owner.user,
  ])
  await refuses(
    police,
    `insert into circles (name, kind, agency, owner, created_at, review_on) values ('x', 'health', 'police', $1, present(), '2027-01-01')`,
    [police.user],
  )
})

test('R10 a circle that nobody reviewed is shut until its owner reviews it', async () => {
  const of = await casework.record(charity)
  const circle = randomUUID()
  await run(
    charity,
    `insert into circles (id, name, kind, agency, owner, created_at, review_on) values ($1, 'Health', 'health', 'charity', $2, present(), '2027-01-01')`,
    [circle, charity.user],
  )
  await run(charity, 'insert into circle_members values ($1, $2, $2, present())', [circle, charity.user])
  await casework.entry(charity, of, { circle })
  const later = new Date('2027-01-02T09:00:00Z')
  const entries = () => run(charity, 'select id from entries where person_id = $1', [of.person], later)
  assert.deepEqual(await entries(), [])
  await assert.rejects(
    run(charity, `update circles set review_on = '2029-01-01' where id = $1`, [circle], later),
    refused,
  )
  await run(charity, `update circles set review_on = '2027-04-01' where id = $1`, [circle], later)
  assert.equal((await entries()).length, 1)
})

test('R20 glass is not broken for longer, earlier, as somebody else, or reviewed in advance or by oneself', async () => {
  const of = await casework.record(school)
  const shatter = (values: Record<string, string>) => {
    const row: Record<string, string> = {
      user_id: `'${police.user}'`,
      reason: `'A threat to life was reported'`,
      starts_at: 'present()',
      ends_at: `present() + interval '1 hour'`,
      review_on: `'2026-11-27'`,
      ...values,
    }
    return run(
      police,
      `insert into break_glass (person_id, ${Object.keys(row).join(', ')}) values ($1, ${Object.values(row).join(', ')})`,
      [of.person],
    )
  }
  await assert.rejects(shatter({ ends_at: `present() + interval '5 hours'` }), refused)
  await assert.rejects(shatter({ starts_at: `present() - interval '1 day'` }), refused)
  await assert.rejects(shatter({ user_id: `'${school.user}'` }), refused)
  await assert.rejects(shatter({ review_on: `'2027-11-27'` }), refused)
  await assert.rejects(shatter({ reviewed_at: 'present()' }), refused)
  await assert.rejects(shatter({ reason: `'            '` }), refused)
  await shatter({})
  await refuses(police, `update break_glass set ends_at = ends_at + interval '1 hour' where person_id = $1`, [
    of.person,
  ])
  assert.deepEqual(
    await run(
      police,
      `update break_glass set reviewed_by = $2, reviewed_at = present(), review_outcome = 'Fine' where person_id = $1 returning id`,
      [of.person, police.user],
    ),
    [],
  )
  assert.equal(
    (await run(school, 'select id from break_glass where person_id = $1', [of.person])).length,
    1,
    'the owner is told',
  )
  assert.deepEqual(await run(council, 'select id from break_glass where person_id = $1', [of.person]), [])
})

test('R22 while a statement is restricted, every copy of it that was given is hidden', async () => {
  const of = await casework.record(charity)
  const entry = await casework.entry(charity, of)
  await disclose(charity, { ...emergency(of.person), entries: [entry] })
  const restrict = (at: string | null) =>
    casework.database.query('update entries set restricted_at = $2 where id = $1', [entry, at])
  const read = (member: Member) => run(member, 'select id from disclosures where person_id = $1', [of.person])
  await restrict(morning.toISOString())
  assert.deepEqual(await read(police), [])
  assert.deepEqual(await read(charity), [])
  await restrict(null)
  assert.equal((await read(police)).length, 1)
})

test('a commander reads, and writes nothing but what an emergency needs', async () => {
  const commander = await casework.member('council', 'commander')
  const of = await casework.record(council)
  assert.equal((await run(commander, 'select id from agency_records where id = $1', [of.record])).length, 1)
  await assert.rejects(casework.entry(commander, of), refused)
  await assert.rejects(casework.record(commander), refused)
  await disclose(commander, emergency(of.person))
})

test('R18 each existence-only answer is in the audit, and after sixty people in an hour there are no more', async () => {
  const counted = await casework.member('partnership', 'coordinator')
  const look = (person: string, now = morning) => run(counted, 'select * from known_to($1)', [person], now)
  const left = async () => (await run(counted, 'select existence_look_ups_left() as n'))[0]!.n
  const people = []
  for (let i = 0; i < 61; i++) people.push((await casework.record(counted)).person)
  for (const person of people.slice(0, 60)) await look(person)
  assert.equal(await left(), 0)
  await look(people[0]!)
  await assert.rejects(look(people[60]!), /More people were looked up/)
  await look(people[60]!, new Date(morning.getTime() + 3_600_001))
  const [row] = await casework.database.query<{ n: number }>(
    `select count(*) as n from audit where event = 'known-to-looked-up' and user_id = $1`,
    [counted.user],
  )
  assert.equal(row!.n, 62)
})
