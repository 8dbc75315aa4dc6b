import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { caseworkForTests, morning, type TestCasework } from '../../../../test/casework-for-tests.ts'
import { dailyMeeting, meetingsForTests, type TestMeetings } from '../../../../test/meetings-for-tests.ts'
import { packForTests } from '../../../../test/pack-for-tests.ts'
import { asMember, asProgram, type Member } from '../../../governance/access/as-member.ts'
import { NotThere, WrongMove } from '../../../platform/errors.ts'
import { gatherAgenda } from './agenda/gather-agenda.ts'
import { passItem } from './entry-store.ts'
import {
  listMeetings,
  meetingsOfDay,
  moveMeeting,
  planMeeting,
  readMeeting,
  readMoves,
} from './meeting-store.ts'
import { listMeetingTypes, readMeetingType, syncMeetingTypes } from './meeting-type-store.ts'
import { addMember, endSeat, listSeats, noteAttendance, takeSeat } from './members-store.ts'
import { planUpcoming } from './plan-upcoming.ts'
import { readRoom } from './room-store.ts'

let casework: TestCasework
let held: TestMeetings
before(async () => {
  casework = await caseworkForTests()
  held = await meetingsForTests(casework)
  await casework.agree(['police', 'partnership', 'school'], ['meeting'])
})
after(() => casework.close())

const as = <T>(member: Member, act: Parameters<typeof asMember<T>>[3], now = morning) =>
  asMember(casework.database, member, { now }, act)
const room = (member: Member, reference: string, since = 0) =>
  as(member, tx => readRoom(tx, reference, since))

describe('a meeting', () => {
  test('is planned with those who have a seat, opened, attended and closed, and is its moves', async () => {
    const reference = await held.meeting()
    const meeting = await as(held.coordinator, tx => readMeeting(tx, reference))
    assert.match(reference, /^M-2026-\d{4}$/)
    assert.deepEqual(meeting.members.map(m => [m.agency, m.part]).sort(), [
      ['council', 'member'],
      ['oak-school', 'member'],
      ['partnership', 'secretary'],
      ['police', 'chair'],
    ])
    assert.equal(meeting.chair?.user, held.police.user)
    await as(held.police, tx => noteAttendance(tx, meeting, held.police.user, 'present'))
    await as(held.coordinator, tx => noteAttendance(tx, meeting, held.coordinator.user, 'present'))
    await held.move(held.coordinator, reference, 'close', new Date('2026-11-20T09:30:00Z'))
    const after = await as(held.school, tx => readMeeting(tx, reference))
    assert.equal(after.state, 'closed')
    assert.deepEqual(
      (await as(held.school, tx => readMoves(tx, after.id))).map(m => [m.action, m.detail]),
      [
        ['plan', {}],
        ['open', {}],
        ['close', { agencies: 2, quorate: true }],
      ],
    )
    assert.equal(after.members.find(m => m.agency === 'council')?.attendance, 'absent')
  })

  test('the same form twice is one meeting, and one move; two who move it at once are told', async () => {
    const key = randomUUID()
    const plan = () =>
      as(held.coordinator, tx =>
        planMeeting(tx, { type: 'daily', startsAt: new Date('2026-11-24T09:00:00Z'), place: '' }, { key }),
      )
    const [one, two] = [await plan(), await plan()]
    assert.equal(one.reference, two.reference)
    await assert.rejects(
      as(held.coordinator, tx =>
        planMeeting(
          tx,
          { type: 'daily', startsAt: new Date('2026-11-24T09:00:00Z'), place: '' },
          { key: randomUUID() },
        ),
      ),
      (error: WrongMove) => error instanceof WrongMove && error.message.includes(one.reference),
    )
    const move = { key: randomUUID(), seen: 1 }
    await as(held.coordinator, tx => moveMeeting(tx, one.reference, 'open', move))
    await as(held.coordinator, tx => moveMeeting(tx, one.reference, 'open', move))
    await assert.rejects(
      as(held.coordinator, tx => moveMeeting(tx, one.reference, 'close', { key: randomUUID(), seen: 1 })),
      /Something happened/,
    )
  })

  test('is not there for whoever does not sit in it, whatever their role', async () => {
    const reference = await held.meeting()
    for (const other of [
      await casework.member('police', 'commander'),
      await casework.member('school', 'coordinator'),
      await casework.member('charity'),
      await casework.member('partnership', 'information-governance-officer', null),
    ]) {
      await assert.rejects(
        as(other, tx => readMeeting(tx, reference)),
        NotThere,
      )
    }
  })

  test('a member without the chair or the office neither opens nor closes it', async () => {
    const reference = await held.meeting({ open: false })
    await assert.rejects(held.move(held.school, reference, 'open'), /Only whoever runs/)
    await assert.rejects(
      as(held.school, async tx => {
        const { id } = await readMeeting(tx, reference)
        await tx.query(
          `insert into meeting_moves (meeting, seq, action, state_after, by_user, by_agency, at, request_key)
           values ($1, 2, 'open', 'open', viewer_user(), viewer_agency(), present(), gen_random_uuid())`,
          [id],
        )
      }),
      /row-level security/,
    )
    await assert.rejects(
      as(held.school, tx =>
        tx.query(`update meeting_members set part = 'chair' where user_id = viewer_user()`),
      ),
      /gives out its parts/,
    )
  })

  test('goes on when the chair has lost the line: whoever coordinates takes the chair', async () => {
    const reference = await held.meeting()
    await held.move(held.coordinator, reference, 'take-the-chair')
    const meeting = await as(held.school, tx => readMeeting(tx, reference))
    assert.equal(meeting.chair?.user, held.coordinator.user)
    assert.equal(meeting.state, 'open')
  })

  test('goes on across midnight, and is still there the next morning', async () => {
    const reference = await held.meeting({ startsAt: new Date('2026-11-20T23:30:00Z') })
    const night = new Date('2026-11-21T00:20:00Z')
    const waiting = await as(held.coordinator, tx => meetingsOfDay(tx, '2026-11-21'), night)
    assert.ok(waiting.some(m => m.reference === reference))
    await held.move(held.coordinator, reference, 'close', night)
    assert.equal((await as(held.school, tx => readMeeting(tx, reference))).state, 'closed')
  })

  test('lists what is ahead, the next first, and what was held, the latest first', async () => {
    const ahead = await as(held.council, tx => listMeetings(tx, { show: 'ahead', type: null }))
    const starts = ahead.meetings.map(m => m.startsAt.getTime())
    assert.deepEqual(
      starts,
      starts.toSorted((a, b) => a - b),
    )
    const done = await as(held.council, tx => listMeetings(tx, { show: 'held', type: 'daily' }))
    assert.ok(done.total > 0 && done.meetings.every(m => m.state === 'closed'))
    assert.deepEqual(
      await as(await casework.member('charity'), tx => listMeetings(tx, { show: 'held', type: null })),
      { meetings: [], total: 0 },
    )
  })
})

describe('what is said', () => {
  test('R13 no word crosses without an agreement in force that names meetings, for the purpose', async () => {
    const reference = await held.meeting()
    await held.say(held.police, reference, { kind: 'shared', text: 'Police words' })
    await held.say(held.school, reference, { kind: 'shared', text: 'School words' })
    await held.say(held.council, reference, { kind: 'shared', text: 'Council words' })
    const heard = async (member: Member, now = morning) =>
      (await as(member, tx => readRoom(tx, reference), now)).general!.map(e => e.text)
    assert.deepEqual(await heard(held.school), ['Police words', 'School words'])
    assert.deepEqual(await heard(held.council), ['Council words'], 'no agreement joins the council')
    assert.deepEqual(await heard({ ...held.school, purpose: 'support' }), ['School words'], 'another purpose')
    assert.deepEqual(
      await heard(held.school, new Date('2028-01-01T09:00:00Z')),
      ['School words'],
      'the agreement has run out',
    )
  })

  test('R14 what was said to some agencies only is not there for the others', async () => {
    const reference = await held.meeting()
    await held.say(held.police, reference, { text: 'For the partnership', seenBy: ['partnership'] })
    const texts = async (member: Member) => (await room(member, reference)).general!.map(e => e.text)
    assert.deepEqual(await texts(held.coordinator), ['For the partnership'])
    assert.deepEqual(await texts(held.police), ['For the partnership'])
    assert.deepEqual(await texts(held.school), [])
  })

  test('is marked by the agency whose information it is, also where the secretary wrote it down', async () => {
    const reference = await held.meeting()
    await held.say(held.coordinator, reference, {
      kind: 'shared',
      text: 'As the police say',
      agency: 'police',
    })
    const [entry] = (await room(held.school, reference)).general!
    assert.deepEqual(
      [entry!.agency, entry!.byAgencyName, entry!.purpose],
      ['police', 'Partnership (synthetic)', 'safeguarding'],
    )
    // Nobody puts words into the mouth of an agency that theirs may not hear, and members into no other's.
    await assert.rejects(held.say(held.coordinator, reference, { agency: 'council' }), /row-level security/)
    await assert.rejects(held.say(held.school, reference, { agency: 'police' }), /row-level security/)
  })

  test('the same form twice is one entry; before it is open and after it is closed nothing is said', async () => {
    const reference = await held.meeting({ open: false })
    await assert.rejects(held.say(held.school, reference, {}), /is not open/)
    await held.move(held.coordinator, reference, 'open')
    const key = randomUUID()
    await held.say(held.school, reference, { text: 'Once' }, key)
    await held.say(held.school, reference, { text: 'Once' }, key)
    assert.equal((await room(held.school, reference)).general!.length, 1)
    await held.move(held.coordinator, reference, 'close')
    await assert.rejects(held.say(held.school, reference, {}), /is closed/)
  })

  test('whoever works for another purpose is told to change it', async () => {
    const reference = await held.meeting()
    await assert.rejects(
      held.say({ ...held.school, purpose: 'support' }, reference, {}),
      /held for safeguarding/,
    )
  })

  test('an action goes into the one log, with its agency and date, for those who may hear of it', async () => {
    const reference = await held.meeting()
    await held.say(held.coordinator, reference, {
      kind: 'action',
      text: 'Ring the school about the way home.',
      action: { agency: 'oak-school', dueOn: '2026-11-27' },
    })
    const [entry] = (await room(held.police, reference)).general!
    assert.match(entry!.action!.reference, /^A-2026-\d{4}$/)
    assert.deepEqual(
      [entry!.action!.agencyName, entry!.action!.dueOn],
      ['Oak School (synthetic)', '2026-11-27'],
    )
    const [action] = await casework.database.query<{ agency: string; meeting: string; audience: string[] }>(
      `select a.agency, a.meeting, array(select x.agency from action_audience x where x.action = a.id order by 1) as audience
       from actions a where a.reference = $1`,
      [entry!.action!.reference],
    )
    assert.equal(action!.agency, 'oak-school')
    assert.deepEqual(action!.audience, ['police'])
  })

  test('what changed since a change is told, and nothing else', async () => {
    const reference = await held.meeting()
    const one = await held.bringUp(held.police, reference, { title: 'The first matter', kind: 'topic' })
    const two = await held.bringUp(held.police, reference, { title: 'The second matter', kind: 'topic' })
    const before = await room(held.school, reference)
    assert.deepEqual(
      before.items.map(i => i.id),
      [one, two],
    )
    await held.say(held.school, reference, { item: two, text: 'About the second' })
    const since = await room(held.police, reference, before.changes)
    assert.deepEqual(
      since.items.map(i => [i.id, i.entries.map(e => e.text)]),
      [[two, ['About the second']]],
    )
    assert.deepEqual([since.general, since.members], [null, null])
    assert.deepEqual((await room(held.police, reference, since.changes)).items, [])
  })

  test('a matter is gone through by whoever runs the meeting', async () => {
    const reference = await held.meeting()
    const item = await held.bringUp(held.school, reference, { title: 'A matter', kind: 'topic' })
    const meeting = await as(held.coordinator, tx => readMeeting(tx, reference))
    await as(held.coordinator, tx => passItem(tx, meeting, item, true))
    assert.ok((await room(held.school, reference)).items[0]!.passedAt)
    await assert.rejects(
      as(held.school, async tx => passItem(tx, await readMeeting(tx, reference), item, false)),
      /Only whoever runs/,
    )
  })

  test('somebody who is brought up by name is there for those alone whose agency may hear of them', async () => {
    const reference = await held.meeting()
    await held.bringUp(held.school, reference, { title: 'A child: way home', called: 'Synthetic Child' })
    const called = async (member: Member) => (await room(member, reference)).items.map(i => i.called)
    assert.deepEqual(await called(held.police), ['Synthetic Child'])
    assert.deepEqual(await called(held.council), [])
    assert.deepEqual(await called({ ...held.police, purpose: 'violence-prevention' }), [])
  })
})

describe('seats', () => {
  test('somebody new sits in every meeting that is planned, and in none that was held', async () => {
    const planned = await held.meeting({ open: false })
    const over = await held.meeting()
    await held.move(held.coordinator, over, 'close')
    const commander = await casework.member('police', 'commander')
    await as(held.coordinator, tx => takeSeat(tx, 'daily', commander.user, 'member'))
    assert.equal((await as(commander, tx => readMeeting(tx, planned))).part, 'member')
    await assert.rejects(
      as(commander, tx => readMeeting(tx, over)),
      NotThere,
    )
    const seat = (await as(commander, tx => listSeats(tx, 'daily'))).find(s => s.user === commander.user)!
    await as(held.coordinator, tx => endSeat(tx, 'daily', seat.id))
    await assert.rejects(
      as(commander, tx => readMeeting(tx, planned)),
      NotThere,
    )
  })

  test('nobody but the chair’s agency and the partnership gives out seats, and not to strangers', async () => {
    const charity = await casework.member('charity')
    await assert.rejects(
      as(await casework.member('council', 'coordinator'), tx =>
        takeSeat(tx, 'daily', charity.user, 'member'),
      ),
      /row-level security/,
    )
    await assert.rejects(
      as(held.coordinator, tx => takeSeat(tx, 'daily', charity.user, 'member')),
      /row-level security/,
    )
    await assert.rejects(
      as(held.coordinator, tx => takeSeat(tx, 'daily', charity.user, 'chair')),
      /row-level security/,
    )
  })

  test('whoever leaves loses their seats, and what they said stays theirs', async () => {
    const reference = await held.meeting()
    const leaver = await casework.member('school', 'coordinator')
    await as(held.coordinator, tx => takeSeat(tx, 'daily', leaver.user, 'member'))
    const meeting = await as(held.coordinator, tx => readMeeting(tx, reference))
    await as(held.coordinator, tx => addMember(tx, meeting, leaver.user, 'member'))
    await held.say(leaver, reference, { text: 'Said before leaving' })
    await casework.database.query(`update users set state = 'left' where id = $1`, [leaver.user])
    const seats = await as(held.coordinator, tx => listSeats(tx, 'daily'))
    assert.notEqual(seats.find(s => s.user === leaver.user)?.until, null)
    const [entry] = (await room(held.police, reference)).general!
    assert.equal(entry!.byName, leaver.name)
  })

  test('meetings of the cadence are planned ahead, once, however often it runs', async () => {
    const count = async () =>
      (
        await casework.database.query<{ n: number }>(
          `select count(*) as n from meetings where planned_by is null`,
        )
      )[0]!.n
    await planUpcoming(casework.database, morning)
    const first = await count()
    // 28 working days from 20 November 2026 to the end of the year; on one of them a meeting is planned already.
    assert.equal(first, 27)
    await planUpcoming(casework.database, morning)
    assert.equal(await count(), first)
    const next = (await as(held.school, tx => meetingsOfDay(tx, '2026-12-29'))).at(-1)
    assert.equal(next?.startsAt.toISOString(), '2026-12-29T09:00:00.000Z')
  })
})

describe('the agenda', () => {
  const gather = (member: Member | null, reference: string, now = morning) =>
    gatherAgenda(casework.database, member, reference, { now, askOutside: async () => new Map() })

  const referral = async (sentAt: string, dueAt: string, state = 'sent') => {
    const id = randomUUID()
    await casework.database.query(
      `insert into referrals (id, reference, from_agency, to_agency, author, kind, urgency, answers, purpose, legal_basis,
         shared_under, sent_at, due_at, state, state_by, state_at, review_on, delete_on)
       values ($1::uuid, 'R-2026-' || right($1::text, 4), 'oak-school', 'partnership', $2, 'child', 'today',
         '{"given":"Synthetic","family":"Named"}', 'safeguarding', 'x', 'agreement', $3, $4, $5, $2, $3, '2027-01-01', '2028-01-01')`,
      [id, held.school.user, sentAt, dueAt, state],
    )
    return `R-2026-${id.slice(-4)}`
  }

  test('gathers new and overdue referrals without a name, shows it to whoever may open it, and gathers once', async () => {
    const reference = await held.meeting({ open: false, startsAt: new Date('2026-11-20T10:00:00Z') })
    const fresh = await referral('2026-11-19T15:00:00Z', '2026-11-20T17:00:00Z')
    const late = await referral('2026-11-10T15:00:00Z', '2026-11-11T17:00:00Z')
    await referral('2026-11-18T15:00:00Z', '2026-11-24T17:00:00Z')
    await gather(held.coordinator, reference)
    await gather(held.coordinator, reference)
    const { items } = await room(held.coordinator, reference)
    assert.deepEqual(
      items.map(i => [i.section, i.sourceId, i.called]),
      [
        ['Referrals', late, 'Synthetic Named'],
        ['Referrals', fresh, 'Synthetic Named'],
      ],
    )
    assert.match(items[0]!.title, /overdue/)
    const seen = await room(held.police, reference)
    assert.deepEqual(
      seen.items.map(i => i.called),
      [null, null],
      'the police may know that there is one, and not who it is about',
    )
    assert.doesNotMatch(JSON.stringify(seen.items), /Named/)
    assert.deepEqual((await room(held.council, reference)).items, [])
  })

  test('what is over by now leaves the agenda until the meeting is open, and stays from then on', async () => {
    const reference = await held.meeting({ open: false, startsAt: new Date('2026-11-20T10:01:00Z') })
    const decided = await referral('2026-11-10T15:00:00Z', '2026-11-12T17:00:00Z')
    await gather(held.coordinator, reference)
    const listed = async () => (await room(held.coordinator, reference)).items.map(i => i.sourceId)
    assert.ok((await listed()).includes(decided))
    await casework.database.query(`update referrals set state = 'accepted' where reference = $1`, [decided])
    await gather(held.coordinator, reference)
    assert.ok(!(await listed()).includes(decided))
    const open = await referral('2026-11-10T15:00:00Z', '2026-11-12T18:00:00Z')
    await held.move(held.coordinator, reference, 'open')
    await gather(held.coordinator, reference)
    await casework.database.query(`update referrals set state = 'accepted' where reference = $1`, [open])
    await gather(held.coordinator, reference)
    assert.ok((await listed()).includes(open))
  })

  test('counts people in the last events by agency and apart by role (R1), and names nobody', async () => {
    const reference = await held.meeting({ open: false })
    const of = await casework.record(held.school)
    for (const role of ['injured', 'injured', 'suspected']) {
      const { person, record } = role === 'injured' ? await casework.record(held.school) : of
      await casework.database.query(
        `insert into entries (record_id, person_id, agency, nature, kind, role_in_event, occurred_on, text, source, author, created_at, changed_at, review_on, delete_on)
         values ($1, $2, 'oak-school', 'fact', 'event', $3, '2026-11-19', 'Synthetic event', 'x', $4, $5, $5, '2027-01-01', '2028-01-01')`,
        [record, person, role, held.school.user, morning.toISOString()],
      )
    }
    await gather(null, reference)
    const { items } = await room(held.police, reference)
    assert.deepEqual(
      items.filter(i => i.kind === 'event').map(i => i.title),
      ['Oak School (synthetic): 2 hurt, 1 suspected'],
    )
  })

  test('brings actions of earlier meetings back when they are due', async () => {
    const earlier = await held.meeting()
    await held.say(held.coordinator, earlier, {
      kind: 'action',
      text: 'Look at the lights behind the library.',
      action: { agency: 'council', dueOn: '2026-11-20' },
    })
    const reference = await held.meeting({ open: false })
    await gather(held.coordinator, reference)
    const action = (await room(held.coordinator, reference)).items.find(i => i.kind === 'action')!
    assert.equal(action.what, 'Look at the lights behind the library.')
    assert.match(action.title, /^Council \(synthetic\): due on 20 November 2026$/)
  })

  test('is gathered by whoever runs the meeting, and by nobody else', async () => {
    const reference = await held.meeting({ open: false })
    await assert.rejects(gather(held.school, reference), NotThere)
    await held.move(held.coordinator, reference, 'call-off')
    await assert.rejects(gather(held.coordinator, reference), /is over/)
  })
})

test('a kind of meeting that leaves the pack stays readable, and meets no more', async () => {
  const reference = await held.meeting()
  const pack = { ...packForTests, meetingTypes: [dailyMeeting] }
  await syncMeetingTypes(casework.database, { ...pack, meetingTypes: [] })
  assert.equal((await readMeetingType(casework.database, 'daily')).inPack, false)
  assert.equal((await as(held.school, tx => readMeeting(tx, reference))).typeName, dailyMeeting.name)
  await assert.rejects(held.meeting(), NotThere)
  await asProgram(casework.database, morning, tx => syncMeetingTypes(tx, pack))
  assert.ok((await listMeetingTypes(casework.database)).find(t => t.id === 'daily')!.inPack)
})
