import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { caseworkForTests, morning, type TestCasework } from '../../../../test/casework-for-tests.ts'
import { meetingsForTests } from '../../../../test/meetings-for-tests.ts'
import {
  asMember,
  asProgram,
  type Member,
  type MemberTransaction,
} from '../../../governance/access/as-member.ts'
import type { Agreement } from '../../../governance/agreements/agreement.ts'
import { runRetention } from '../../../governance/retention/run-retention.ts'
import { memberRoles } from '../../../governance/roles.ts'
import { NotThere, WrongMove } from '../../../platform/errors.ts'
import { actionsOf, makeAction } from '../actions/action-store.ts'
import { consequenceSource } from '../meetings/agenda/consequence-source.ts'
import { readRoom } from '../meetings/room-store.ts'
import type { EntryDetails, EntryKind } from './consequence-entry.ts'
import { addEntry, entriesOf, entryToCorrect, peopleInEvents } from './consequence-entry-store.ts'
import { bringToMeeting, meetingsFor } from './consequence-meeting-store.ts'
import {
  listConsequences,
  type MoveForm,
  moveConsequence,
  openConsequence,
  readConsequence,
} from './consequence-store.ts'
import {
  type ConsequenceFacts,
  consequenceWords,
  explainConsequence,
  explainEntry,
} from './explain-consequence.ts'

const dueDay = new Date('2026-11-27T09:00:00Z')

let casework: TestCasework
let police: Member
let inspector: Member
let council: Member
let school: Member
let charity: Member
let agreement: string
before(async () => {
  casework = await caseworkForTests()
  police = await casework.member('police')
  inspector = await casework.member('police', 'commander')
  council = await casework.member('council')
  school = await casework.member('school')
  charity = await casework.member('charity')
  agreement = await casework.agree(['police', 'council', 'school'], ['meeting'])
})
after(() => casework.close())

const as = <T>(member: Member, act: (tx: MemberTransaction) => Promise<T>, now = morning) =>
  asMember(casework.database, member, { now }, act)
const open = (by = police, key: string = randomUUID()) =>
  as(by, tx =>
    openConsequence(
      tx,
      {
        what: 'A young person was stabbed.',
        happenedOn: '2026-11-19',
        happenedAt: '21:40',
        place: 'Outside the library',
        incident: 'LOG 1234',
        reviewDueOn: '2026-11-27',
      },
      { key },
    ),
  )
const step = (
  by: Member,
  reference: string,
  move: Parameters<typeof moveConsequence>[2],
  form: Partial<MoveForm> = {},
  now = morning,
) =>
  as(
    by,
    async tx => {
      const seen = (await readConsequence(tx, reference)).made.at(-1)!.seq
      await moveConsequence(tx, reference, move, { key: randomUUID(), seen, ...form })
    },
    now,
  )
const say = (
  by: Member,
  reference: string,
  kind: EntryKind,
  more: Partial<EntryDetails> = {},
  now = morning,
) =>
  as(
    by,
    async tx => {
      const key = randomUUID()
      const details: EntryDetails = {
        nature: 'fact',
        text: 'Something.',
        onDay: '2026-11-20',
        called: null,
        person: null,
        role: null,
        authority: null,
        grade: null,
        seenBy: null,
        ...more,
      }
      await addEntry(tx, await readConsequence(tx, reference), kind, details, { key, corrects: null })
      return key
    },
    now,
  )
const texts = (by: Member, reference: string) =>
  as(by, async tx => (await entriesOf(tx, (await readConsequence(tx, reference)).id)).map(e => e.text).sort())
const read = (by: Member, reference: string, now = morning) =>
  as(by, tx => readConsequence(tx, reference), now)

test('the same form twice opens one; it is not there for an agency that was not brought to it', async () => {
  const key = randomUUID()
  const reference = await open(police, key)
  assert.equal(await open(police, key), reference)
  assert.match(reference, /^CM-2026-\d{4}$/)
  assert.equal((await read(inspector, reference)).stands.state, 'open')
  await assert.rejects(read(council, reference), NotThere)
})

test('the review cannot be skipped: not by the page, and not past it', async () => {
  const reference = await open()
  await assert.rejects(step(police, reference, 'close'), /after its review/)
  await assert.rejects(step(police, reference, 'review'), /written from 27 November 2026 on/)
  const { id } = await read(police, reference)
  const past = (move: string, after: string, now = morning) =>
    as(
      police,
      tx =>
        tx.query(
          `insert into consequence_moves (consequence, seq, move, state_after, by_user, by_agency, at, request_key)
           values ($1, 2, $2, $3, $4, 'police', present(), $5)`,
          [id, move, after, police.user, randomUUID()],
        ),
      now,
    )
  await assert.rejects(past('close', 'closed', dueDay), /row-level security/)
  await assert.rejects(past('review', 'reviewed'), /row-level security/)
  await assert.rejects(past('review', 'closed', dueDay), /violates check constraint/)
  const due = await as(police, tx => listConsequences(tx, 'due', { limit: 50, offset: 0 }), dueDay)
  assert.ok(due.lines.some(l => l.reference === reference))
  await step(
    police,
    reference,
    'review',
    { detail: { affected: 'Safe.', result: 'Done.', grade: 'usual' } },
    dueDay,
  )
  const colleague = await casework.member('police', 'coordinator')
  await step(colleague, reference, 'close', { detail: { because: 'Calm.' } }, dueDay)
  await assert.rejects(say(police, reference, 'rumour', {}, dueDay), WrongMove)
  await step(inspector, reference, 'reopen', { dueOn: '2026-12-04', detail: { because: 'Again.' } }, dueDay)
  assert.equal((await read(police, reference, dueDay)).stands.reviewDueOn, '2026-12-04')
})

test('R13 an agency comes under an agreement alone; what is for some only is for them; a double move is one', async () => {
  const reference = await open()
  await assert.rejects(
    step(police, reference, 'add-agency', { toAgency: 'charity' }),
    /No agreement in force .* Charity/,
  )
  const key = randomUUID()
  await step(police, reference, 'add-agency', { toAgency: 'council', key, seen: 1 })
  await step(police, reference, 'add-agency', { toAgency: 'council', key, seen: 1 })
  await step(police, reference, 'add-agency', { toAgency: 'oak-school' })
  await say(council, reference, 'family', { text: 'For all.' })
  await say(council, reference, 'offer', { text: 'For the police.', seenBy: ['police'] })
  assert.deepEqual(await texts(police, reference), ['For all.', 'For the police.'])
  assert.deepEqual(await texts(school, reference), ['For all.'])
  const elsewhere = { ...council, purpose: 'support' as const }
  await assert.rejects(read(elsewhere, reference), NotThere)
  await assert.rejects(
    as({ ...police, purpose: 'support' }, async tx => {
      const found = await readConsequence(tx, reference)
      await addEntry(tx, found, 'rumour', {} as EntryDetails, { key: randomUUID(), corrects: null })
    }),
    /kept for safeguarding/,
  )
  await step(council, reference, 'remove-agency', { toAgency: 'council' })
  await assert.rejects(read(council, reference), NotThere)
  await assert.rejects(step(school, reference, 'hand-over', { toUser: school.user }), /for whoever leads it/)
})

test('R1 people whom an agency suspects of it are not offered as affected, and no part is that of a suspect', async () => {
  const reference = await open()
  const hurt = await casework.record(police)
  const both = await casework.record(police)
  const event = async (of: { person: string; record: string }, role: string) => {
    const id = await casework.entry(police, of)
    await casework.database.query(`update entries set kind = 'event', role_in_event = $2 where id = $1`, [
      id,
      role,
    ])
  }
  await event(hurt, 'injured')
  await event(both, 'injured')
  await event(both, 'suspected')
  const offered = await as(police, async tx => peopleInEvents(tx, await readConsequence(tx, reference)))
  assert.deepEqual(
    offered.map(p => p.person),
    [hurt.person],
  )
  const affected = { called: 'Synthetic Person', person: hurt.person }
  await assert.rejects(
    say(police, reference, 'affected', { ...affected, role: 'suspected' as 'injured' }),
    /check constraint/,
  )
  await say(police, reference, 'affected', { ...affected, role: 'injured' })
  await assert.rejects(say(police, reference, 'rumour', { ...affected, role: 'injured' }), /check constraint/)
})

test('R4 R6 the tables keep no threat without its authority and no tension without a word', async () => {
  const reference = await open()
  await assert.rejects(say(police, reference, 'online'), /check constraint/)
  await assert.rejects(say(police, reference, 'tension', { grade: '5' as 'high' }), /check constraint/)
  await say(police, reference, 'online', { authority: 'OSD-17' })
  const numbers = await casework.database.query(
    `select table_name, column_name from information_schema.columns
     where table_name like 'consequence%' and data_type in ('integer', 'smallint', 'numeric', 'real', 'double precision')
       and column_name not in ('seq', 'review_days')`,
  )
  assert.deepEqual(numbers, [])
})

test('a correction is its author’s alone', async () => {
  const reference = await open()
  const id = await say(police, reference, 'rumour')
  const correct = (by: Member) =>
    as(by, async tx => entryToCorrect(tx, await readConsequence(tx, reference), 'rumour', id))
  assert.equal((await correct(police)).id, id)
  await assert.rejects(correct(inspector), NotThere)
})

test('its actions stand in the one log, for everybody who takes part, whenever they came', async () => {
  const reference = await open()
  await step(police, reference, 'add-agency', { toAgency: 'council' })
  const give = (by: Member) =>
    as(by, async tx =>
      makeAction(
        tx,
        {
          what: 'Speak to the school.',
          agency: 'council',
          dueOn: '2026-11-24',
          field: 'meeting',
          consequence: (await readConsequence(tx, reference)).id,
          legalBasis: 'Children Act 2004, section 10',
          child: true,
        },
        { key: randomUUID() },
      ),
    )
  const made = await give(police)
  const log = (by: Member) =>
    as(by, async tx => {
      const { id } = await readConsequence(tx, reference)
      return (await actionsOf(tx, { consequence: id }, { limit: 10, offset: 0 })).lines.map(l => l.reference)
    })
  assert.deepEqual(await log(council), [made.reference])
  assert.deepEqual(await log(inspector), [made.reference], 'who did not give it, at the agency that did')
  await step(police, reference, 'add-agency', { toAgency: 'oak-school' })
  assert.deepEqual(await log(school), [made.reference])
  const { id } = await read(police, reference)
  await assert.rejects(
    as(charity, tx =>
      makeAction(
        tx,
        {
          what: 'x',
          agency: 'charity',
          dueOn: '2026-11-24',
          field: 'meeting',
          consequence: id,
          legalBasis: 'x',
          child: true,
        },
        { key: randomUUID() },
      ),
    ),
    /row-level security/,
  )
})

test('an overdue review stands on every agenda that sees it, and what happened is read by those who may', async () => {
  const meetings = await meetingsForTests(casework)
  await casework.database.query(
    `update meeting_types set definition = jsonb_set(definition, '{sees}', '["consequence", "topic"]') where id = 'daily'`,
  )
  const reference = await open()
  const gather = (today: string, from: Date) =>
    asProgram(casework.database, morning, tx =>
      consequenceSource.gather(tx, {
        meeting: {
          id: randomUUID(),
          type: 'daily',
          agencies: ['police'],
          purpose: 'safeguarding',
          localAuthorities: null,
        },
        window: { from, to: from },
        rule: { section: 'x', items: 'consequence', days: 1 },
        today,
      }),
    )
  const at = async (today: string, from = new Date('2027-01-01T09:00:00Z')) =>
    (await gather(today, from)).find(d => d.sourceId === reference)
  assert.ok(await at('2026-11-20', morning), 'new since the last meeting')
  assert.equal(await at('2026-11-25'), undefined)
  assert.match((await at('2026-12-20'))!.title, /overdue since 27 November 2026/)
  const meeting = await meetings.meeting()
  const bring = () =>
    as(police, async tx =>
      bringToMeeting(tx, await readConsequence(tx, reference), meeting, { key: randomUUID() }),
    )
  await bring()
  await bring()
  const [choice] = await as(police, async tx =>
    (await meetingsFor(tx, await readConsequence(tx, reference))).filter(m => m.reference === meeting),
  )
  assert.equal(choice!.there, true)
  const what = async (by: Member) =>
    (await as(by, tx => readRoom(tx, meeting))).items.map(i => [i.sourceId, i.what])
  assert.deepEqual(await what(police), [[reference, 'A young person was stabbed., Outside the library']])
  assert.deepEqual(await what(meetings.council), [[reference, null]])
})

test('the policies and the explanation never disagree', async () => {
  const agreements: Agreement[] = [
    {
      id: agreement,
      purpose: 'safeguarding',
      parties: ['police', 'council', 'oak-school'],
      fields: ['meeting'],
      startsOn: '2026-01-01',
      endsOn: '2027-12-31',
      endedOn: null,
    },
  ]
  const reference = await open()
  await step(police, reference, 'add-agency', { toAgency: 'council' })
  // Brought to it under an agreement that has ended since.
  const ended = await casework.agree(['police', 'charity'], ['meeting'])
  await step(police, reference, 'add-agency', { toAgency: 'charity' })
  await casework.database.query(`update agreements set ends_on = '2026-11-19' where id = $1`, [ended])
  agreements.push({ ...agreements[0]!, id: ended, parties: ['police', 'charity'], endsOn: '2026-11-19' })
  await say(police, reference, 'school')
  await say(council, reference, 'rumour', { seenBy: ['oak-school'] })
  const disputed = await say(police, reference, 'offer')
  await casework.database.query('update consequence_entries set restricted_at = now() where id = $1', [
    disputed,
  ])
  const entries = await casework.database.query<{
    id: string
    agency: string
    purpose: string
    seenBy: string[] | null
    restrictedAt: Date | null
  }>(
    `select e.id, e.agency, e.purpose, e.seen_by as "seenBy", e.restricted_at as "restrictedAt"
     from consequence_entries e join consequences c on c.id = e.consequence where c.reference = $1`,
    [reference],
  )
  const reasons = new Set<string>()
  for (const suspendedOn of [null, '2026-11-20']) {
    await casework.database.query('update consequences set suspended_on = $2 where reference = $1', [
      reference,
      suspendedOn,
    ])
    const thing: ConsequenceFacts = {
      lead: 'police',
      purpose: 'safeguarding',
      agencies: ['council', 'charity'],
      suspendedOn,
    }
    for (const agency of ['police', 'council', 'school', 'charity'] as const) {
      for (const role of memberRoles) {
        for (const purpose of ['safeguarding', 'support', null] as const) {
          const member = { ...(await casework.member(agency, role)), purpose }
          const found = await as(member, async tx => ({
            whole: await tx.query('select 1 from consequences where reference = $1', [reference]),
            entries: await tx.query<{ id: string }>(
              'select id from consequence_entries where id = any ($1)',
              [entries.map(e => e.id)],
            ),
          }))
          const facts = { now: morning, agreements }
          const explained = explainConsequence(member, thing, facts)
          const where = `${role} of ${agency} for ${purpose}: ${consequenceWords[explained.because]}`
          reasons.add(explained.because)
          assert.equal(found.whole.length === 1, explained.ok, where)
          for (const entry of entries) {
            const heard = explainEntry(member, thing, entry, facts)
            reasons.add(heard.because)
            assert.equal(
              found.entries.some(e => e.id === entry.id),
              heard.ok,
              `${where}; ${heard.because}`,
            )
          }
        }
      }
    }
  }
  for (const reason of [
    'suspended',
    'looks after what is suspended',
    'not brought to it',
    'brought to it',
    'restricted',
    'for others only',
    'agreement not in force',
  ]) {
    assert.ok(reasons.has(reason), `${reason} never came`)
  }
})

test('R10 R12 what nobody looks at is hidden but for a coordinator, and ends; what is closed ends within a year', async () => {
  const reference = await open()
  await say(police, reference, 'family')
  const later = new Date('2027-01-03T02:00:00Z')
  await runRetention(casework.database, later)
  await assert.rejects(read(police, reference, later), NotThere)
  const coordinator = await casework.member('police', 'coordinator')
  const found = await read(coordinator, reference, later)
  assert.ok(found.suspendedOn !== null)
  await step(
    coordinator,
    reference,
    'review',
    { detail: { affected: 'a', result: 'b', grade: 'usual' } },
    later,
  )
  assert.equal((await read(police, reference, later)).suspendedOn, null, 'whatever is done is a look at it')
  await step(coordinator, reference, 'close', { detail: { because: 'c' } }, later)
  assert.equal((await read(police, reference, later)).deleteOn, '2028-01-03')
  await runRetention(casework.database, new Date('2028-01-05T02:00:00Z'))
  await runRetention(casework.database, new Date('2028-01-06T02:00:00Z'))
  const [left] = await casework.database.query<{ n: number }>(
    `select (select count(*) from consequences where reference = $1) as n`,
    [reference],
  )
  assert.equal(left!.n, 0)
})
