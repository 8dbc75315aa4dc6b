import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { caseworkForTests, morning, type TestCasework } from '../../../../test/casework-for-tests.ts'
import { meetingsForTests, type TestMeetings } from '../../../../test/meetings-for-tests.ts'
import { asMember, type Member } from '../../../governance/access/as-member.ts'
import { actionsOf } from '../actions/action-store.ts'
import { attendanceOverTime, shareWords } from './attendance.ts'
import { readActionCounts, readAttendance } from './board-store.ts'
import { readMeeting } from './meeting-store.ts'
import { noteAttendance } from './members-store.ts'

let casework: TestCasework
let held: TestMeetings
before(async () => {
  casework = await caseworkForTests()
  held = await meetingsForTests(casework)
  await casework.agree(['police', 'partnership', 'school', 'council'], ['meeting'])
})
after(() => casework.close())

const as = <T>(member: Member, act: Parameters<typeof asMember<T>>[3], now = morning) =>
  asMember(casework.database, member, { now }, act)

test('attendance is counted by agency and quarter, with one person an agency is there', async () => {
  const july = new Date('2026-07-07T08:00:00Z')
  for (const [startsAt, came] of [
    [july, [held.police]],
    [new Date('2026-11-19T09:00:00Z'), [held.police, held.school]],
    [new Date('2026-11-20T09:00:00Z'), [held.school]],
  ] as const) {
    const reference = await held.meeting({ startsAt })
    for (const member of came) {
      await as(member, async tx =>
        noteAttendance(tx, await readMeeting(tx, reference), member.user, 'present'),
      )
    }
    await held.move(held.coordinator, reference, 'close')
  }
  const rows = await as(held.council, tx => readAttendance(tx, 'daily', '2026-01-01', '2026-12-31'))
  const table = attendanceOverTime(rows, ['police', 'oak-school', 'council'])
  assert.deepEqual(
    table.map(a => [
      a.agency,
      ...a.quarters.map(q => shareWords(q.there, q.held)),
      shareWords(a.there, a.held),
    ]),
    [
      ['police', '1 of 1 (100%)', '1 of 2 (50%)', '2 of 3 (67%)'],
      ['oak-school', '0 of 1 (0%)', '2 of 2 (100%)', '2 of 3 (67%)'],
      ['council', '0 of 1 (0%)', '0 of 2 (0%)', '0 of 3 (0%)'],
    ],
  )
  assert.equal(shareWords(0, 0), '–')
  const outside = await casework.member('charity')
  assert.deepEqual(await as(outside, tx => readAttendance(tx, 'daily', '2026-01-01', '2026-12-31')), [])
})

test('actions are counted for whoever holds agencies to account, and read by nobody more', async () => {
  const reference = await held.meeting()
  for (const dueOn of ['2026-11-20', '2026-11-23', '2026-11-27']) {
    await held.say(held.coordinator, reference, {
      kind: 'action',
      text: 'Look at the lights behind the library.',
      action: { agency: 'council', dueOn },
    })
  }
  const [first, second] = await casework.database.query<{ id: string }>(
    'select id from actions order by due_on',
  )
  const finish = (id: string, at: string) =>
    casework.database.query(
      `insert into action_moves (action, seq, action_name, state_after, by_user, by_agency, at, request_key, detail)
       values ($1, 2, 'finish', 'done', $2, 'council', $3, gen_random_uuid(), '{"result":"Done"}')`,
      [id, held.council.user, at],
    )
  // One on the day on which it was due, in the last minute of London's day; one after it.
  await finish(first!.id, '2026-11-20T23:59:00Z')
  await finish(second!.id, '2026-11-24T00:00:00Z')
  const later = new Date('2026-12-01T09:00:00Z')
  const counts = (member: Member) =>
    as(member, tx => readActionCounts(tx, 'daily', '2026-11-01', '2026-12-31'), later)
  const board = await casework.member('charity', 'board-member', null)
  assert.deepEqual(await counts(board), [
    { agency: 'council', given: 3, done: 2, onTime: 1, open: 1, overdue: 1 },
  ])
  assert.deepEqual(await counts(await casework.member('charity')), [])
  const inLog = (member: Member) =>
    as(member, tx => actionsOf(tx, { meetingType: 'daily', states: ['open'] }, { limit: 10, offset: 0 }))
  assert.equal((await inLog(held.council)).total, 1)
  assert.equal((await inLog(board)).total, 0)
})
