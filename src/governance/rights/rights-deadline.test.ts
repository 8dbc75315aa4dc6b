import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays } from '../../platform/calendar.ts'
import { deadlineOf, sameDayLater } from './rights-deadline.ts'
import { clockFor, statutoryClocks } from './statutory-clocks.ts'

const access = clockFor('access', 'general', '2026-11-02')!
const plain = { extended: false, pauses: [], today: '2026-11-20' }

test('R22 a month ends on the same day of the next month, or on its last day', () => {
  // The examples of the Information Commissioner’s guidance on the right of access, in the years of our calendar.
  assert.equal(deadlineOf(access, '2026-03-31', plain).on, '2026-04-30')
  assert.equal(sameDayLater('2028-01-31', 1), '2028-02-29')
  assert.equal(sameDayLater('2026-12-31', 2), '2027-02-28')
})

test('R22 an end on a weekend or bank holiday moves to the next working day, and says from where', () => {
  assert.deepEqual(deadlineOf(access, '2026-09-03', plain), {
    on: '2026-10-05',
    movedFrom: '2026-10-03',
    pausedDays: 0,
    paused: false,
  })
  // Friday 25 December; Boxing Day falls on the Saturday, so that Monday the 28th is a holiday in its stead.
  assert.equal(deadlineOf(access, '2026-11-25', plain).on, '2026-12-29')
})

test('R22 the clock stands still while the asker is asked who they are or what they mean', () => {
  const pauses = [{ from: '2026-11-05', to: '2026-11-12' }]
  assert.deepEqual(deadlineOf(access, '2026-11-02', { ...plain, pauses }), {
    on: '2026-12-09',
    movedFrom: null,
    pausedDays: 7,
    paused: false,
  })
  const open = deadlineOf(access, '2026-11-02', { ...plain, pauses: [{ from: '2026-11-18', to: null }] })
  assert.deepEqual([open.paused, open.pausedDays, open.on], [true, 2, '2026-12-04'])
})

test('R22 two further months for what is complex, counted from the day it was received', () => {
  // 30 November and three months: 28 February 2027 is a Sunday.
  assert.equal(deadlineOf(access, '2026-11-30', { ...plain, extended: true }).on, '2027-03-01')
})

test('R22 a complaint is acknowledged within 30 days, the first of which is the day it came', () => {
  const complaint = clockFor('complaint', 'general', '2026-07-01')!
  assert.equal(deadlineOf(complaint, '2026-07-01', plain).on, '2026-07-30')
  assert.equal(clockFor('complaint', 'general', '2026-06-18'), null, 'section 164A began on 19 June 2026')
})

test('R22 there is no right to object where Part 3 of the Act applies', () => {
  assert.equal(clockFor('objection', 'law-enforcement', '2026-11-20'), null)
  assert.ok(clockFor('objection', 'general', '2026-11-20'))
})

test('one clock holds for a kind, a regime and a day, and each names its source', () => {
  for (const clock of statutoryClocks) {
    assert.ok(clock.source.length > 10)
    const same = statutoryClocks.filter(
      c =>
        c.kind === clock.kind &&
        c.regime === clock.regime &&
        c.since <= clock.since &&
        (c.until ?? '9999') >= clock.since,
    )
    assert.equal(same.length, 1, `${clock.kind} ${clock.regime} ${clock.since}`)
  }
})

test('a deadline lies 28 to 36 days off, on a later day the longer it was stopped', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 0, max: 40 }), (start, still) => {
      const received = addDays('2025-01-01', start)
      const one = deadlineOf(access, received, plain).on
      assert.ok(one >= addDays(received, 28) && one <= addDays(received, 36), `${received} ${one}`)
      const pauses = [{ from: received, to: addDays(received, still) }]
      assert.ok(deadlineOf(access, received, { ...plain, pauses }).on >= one)
    }),
  )
})
