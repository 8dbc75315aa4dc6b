import assert from 'node:assert/strict'
import { test } from 'node:test'
import { WrongMove } from '../../../platform/errors.ts'
import { agendaWindow } from './agenda/agenda-window.ts'
import { cadenceWords, meetingsBetween, planningEnd } from './cadence.ts'
import { insist, moves, possibleMoves, quorate, standing, whyNot } from './meeting.ts'

const now = new Date('2026-11-20T09:00:00Z')
const runs = { runs: true, chairs: false }

test('a meeting is planned, opened and closed, and what does not fit is refused with what is possible', () => {
  const stands = standing([
    { seq: 1, action: 'plan', at: now },
    { seq: 2, action: 'open', at: now },
  ])
  assert.deepEqual([stands.state, stands.seq], ['open', 2])
  assert.deepEqual(possibleMoves(stands, runs, now), ['take-the-chair', 'close'])
  assert.throws(
    () => insist('call-off', stands, runs, now),
    (error: WrongMove) =>
      error instanceof WrongMove &&
      /now: being held.*You can take the chair, or close it\./.test(error.message),
  )
  assert.match(whyNot('close', stands, { runs: false, chairs: false }, now)!, /Only whoever runs/)
})

test('every move leads from a state to a state, and none out of a meeting that was called off', () => {
  for (const [name, { from, to }] of Object.entries(moves)) {
    assert.ok(!(from as readonly string[]).includes('called-off'), name)
    assert.ok(to === null || to !== (from as readonly string[])[0], name)
  }
})

test('a closed meeting is opened again within a day, and not later', () => {
  const closed = standing([
    { seq: 1, action: 'plan', at: now },
    { seq: 2, action: 'open', at: now },
    { seq: 3, action: 'close', at: now },
  ])
  assert.equal(whyNot('reopen', closed, runs, new Date('2026-11-21T09:00:00Z')), null)
  assert.match(whyNot('reopen', closed, runs, new Date('2026-11-21T09:00:01Z'))!, /next meeting/)
})

test('a quorum counts agencies and not heads, and only those that count', () => {
  const present = (agency: string) => ({ agency, attendance: 'present' as const })
  const members = [
    present('police'),
    present('police'),
    { agency: 'school', attendance: 'apologies' as const },
  ]
  assert.deepEqual(quorate({ agencies: 2 }, members), { there: 1, needed: 2, enough: false })
  assert.equal(quorate({ agencies: 2 }, [...members, present('council')]).enough, true)
  assert.equal(quorate({ agencies: 1, of: ['school'] }, members).enough, false)
})

const days = (instants: Date[]) => instants.map(at => at.toISOString().slice(0, 16))

test('a daily meeting is held on working days, at the same hour of the clock in summer and winter', () => {
  assert.deepEqual(days(meetingsBetween({ kind: 'daily', at: '09:00' }, '2026-10-23', '2026-10-26')), [
    '2026-10-23T08:00',
    '2026-10-26T09:00',
  ])
  assert.deepEqual(days(meetingsBetween({ kind: 'daily', at: '09:30' }, '2026-12-24', '2026-12-29')), [
    '2026-12-24T09:30',
    '2026-12-29T09:30',
  ])
})

test('a weekly meeting moves to the next working day over a bank holiday, and is held once', () => {
  // Thursday 25 December 2025 and Thursday 1 January 2026 are bank holidays, and so is 26 December.
  assert.deepEqual(
    days(meetingsBetween({ kind: 'weekly', weekday: 'thursday', at: '14:00' }, '2025-12-18', '2026-01-08')),
    ['2025-12-18T14:00', '2025-12-29T14:00', '2026-01-02T14:00', '2026-01-08T14:00'],
  )
})

test('monthly and quarterly meetings fall on their week, and called ones on no day', () => {
  const monthly = { kind: 'monthly', week: 2, weekday: 'tuesday', at: '10:00' } as const
  assert.deepEqual(days(meetingsBetween(monthly, '2026-09-01', '2026-11-30')), [
    '2026-09-08T09:00',
    '2026-10-13T09:00',
    '2026-11-10T10:00',
  ])
  assert.deepEqual(
    days(meetingsBetween({ ...monthly, kind: 'quarterly', months: [2, 11] }, '2026-01-01', '2026-12-31')),
    ['2026-02-10T10:00', '2026-11-10T10:00'],
  )
  assert.deepEqual(meetingsBetween({ kind: 'called' }, '2026-01-01', '2026-12-31'), [])
  assert.equal(cadenceWords(monthly), 'on the second Tuesday of the month at 10:00')
  assert.equal(planningEnd(now), '2026-12-31')
})

test('an agenda reaches back to the same hour of the working day before', () => {
  const from = (startsAt: string) => agendaWindow(new Date(startsAt), now).from.toISOString()
  assert.equal(from('2026-11-20T09:00:00Z'), '2026-11-19T09:00:00.000Z')
  // Monday to Friday, and over Christmas to Christmas Eve.
  assert.equal(from('2026-11-23T09:00:00Z'), '2026-11-20T09:00:00.000Z')
  assert.equal(from('2026-12-29T09:00:00Z'), '2026-12-24T09:00:00.000Z')
})

test('across the change of the clocks it reaches back by the clock on the wall', () => {
  // Clocks went back on Sunday 25 October 2026: nine on Friday was eight by universal time.
  assert.equal(
    agendaWindow(new Date('2026-10-26T09:00:00Z'), now).from.toISOString(),
    '2026-10-23T08:00:00.000Z',
  )
  // In the hour that comes twice, and a meeting that is held after midnight.
  assert.equal(
    agendaWindow(new Date('2026-10-25T01:30:00Z'), now).from.toISOString(),
    '2026-10-23T00:30:00.000Z',
  )
})
