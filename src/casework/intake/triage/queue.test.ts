import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { packForTests } from '../../../../test/pack-for-tests.ts'
import { urgencies } from '../referrals/urgency.ts'
import { readDecision, schemeOn } from './decision-form.ts'
import { ageWords, challengeDue, dueWords, inOrder, type QueueItem, readFilter } from './queue.ts'

const item = (reference: string, due: string, sent = '2026-11-19T09:00:00Z'): QueueItem => ({
  reference,
  kind: 'child',
  urgency: 'today',
  state: 'sent',
  from: { agency: 'school', name: 'School' },
  sentAt: new Date(sent),
  dueAt: new Date(due),
  guest: null,
  takenBy: null,
})

test('R6 the nearest deadline comes first, then what was sent first; nothing else counts', () => {
  const items = [
    item('R-2026-0003', '2026-11-23T17:00:00Z'),
    item('R-2026-0002', '2026-11-20T17:00:00Z', '2026-11-20T08:00:00Z'),
    item('R-2026-0001', '2026-11-20T17:00:00Z', '2026-11-20T07:00:00Z'),
  ]
  const open = { show: 'open' as const }
  assert.deepEqual(
    inOrder(items, open).map(i => i.reference),
    ['R-2026-0001', 'R-2026-0002', 'R-2026-0003'],
  )
  fc.assert(
    fc.property(
      fc.shuffledSubarray(items, { minLength: 3 }),
      fc.constantFrom('child', 'adult', 'family'),
      fc.constantFrom(...(Object.keys(urgencies) as (keyof typeof urgencies)[])),
      (shuffled, kind, urgency) => {
        const changed = shuffled.map(i => ({ ...i, kind: kind as 'child', urgency }))
        assert.deepEqual(
          inOrder(changed, open).map(i => i.reference),
          ['R-2026-0001', 'R-2026-0002', 'R-2026-0003'],
        )
      },
    ),
  )
})

test('lengths of time are words', () => {
  const now = new Date('2026-11-20T08:40:00Z')
  assert.equal(dueWords(new Date('2026-11-20T17:00:00Z'), now), 'due in 8 hours')
  assert.equal(dueWords(new Date('2026-11-20T08:00:00Z'), now), 'overdue by less than an hour')
  assert.equal(dueWords(new Date('2026-11-17T08:00:00Z'), now), 'overdue by 3 days')
  assert.equal(ageWords(new Date('2026-11-20T07:30:00Z'), now), '1 hour')
  assert.equal(
    ageWords(new Date('2026-11-20T09:30:00Z'), now),
    'less than an hour',
    'a clock that goes backwards',
  )
})

test('a challenge has three working days', () => {
  assert.equal(challengeDue(new Date('2026-11-20T10:00:00Z')).toISOString(), '2026-11-25T17:00:00.000Z')
})

test('filters that are none are left out', () => {
  assert.deepEqual(readFilter({ show: 'toString', urgency: 'x', kind: '__proto__', from: '' }), {
    show: 'open',
    urgency: null,
    kind: null,
    from: null,
  })
  assert.deepEqual(readFilter({ show: 'mine', urgency: 'today', kind: 'place', from: 'school' }), {
    show: 'mine',
    urgency: 'today',
    kind: 'place',
    from: 'school',
  })
})

const { intake } = packForTests
const given = { route: 'police', because: 'why', told: 'what', level: 'early', reason: 'duplicate' }

test('a decision needs its reasons; a level belongs to what is accepted, a reason to what is not', () => {
  const read = (outcome: 'accept' | 'decline', typed = given) =>
    readDecision(typed, outcome, intake, '2026-11-20')
  assert.deepEqual(read('accept'), {
    because: 'why',
    decision: { outcome: 'accepted', level: 'early', route: 'police', reason: null, told: 'what' },
  })
  assert.deepEqual(read('decline'), {
    because: 'why',
    decision: { outcome: 'declined', level: null, route: 'police', reason: 'duplicate', told: 'what' },
  })
  for (const [outcome, field] of [
    ['accept', 'level'],
    ['decline', 'reason'],
    ['accept', 'route'],
    ['decline', 'route'],
    ['accept', 'because'],
    ['decline', 'told'],
  ] as const) {
    const answer = read(outcome, { ...given, [field]: '' })
    assert.ok('faults' in answer)
    assert.deepEqual(Object.keys(answer.faults), [field])
  }
  assert.ok('faults' in read('accept', { ...given, level: 'critical' }), 'of another area')
})

test('the scheme in force is the latest that has begun', () => {
  const later = { ...intake.thresholds[0]!, from: '2027-01-01', scheme: 'Later' }
  const schemes = { ...intake, thresholds: [later, ...intake.thresholds] }
  assert.equal(schemeOn(schemes, '2026-12-31').scheme, 'Levels of Exampleshire')
  assert.equal(schemeOn(schemes, '2027-01-01').scheme, 'Later')
  assert.equal(schemeOn(schemes, '2010-01-01').scheme, 'Later', 'the first of the list before any has begun')
})
