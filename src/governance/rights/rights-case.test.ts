import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type ActionDetail,
  type CaseFacts,
  caseDeadline,
  insist,
  moveNames,
  moves,
  possibleMoves,
  type RightsAction,
  type RightsMove,
  standing,
  stateWords,
  whyNot,
} from './rights-case.ts'

const officer = { user: 'officer', officer: true }
const access: CaseFacts = { kind: 'access', regime: 'general', receivedOn: '2026-11-02' }

/** Actions on days of November 2026, after the case was opened on the 2nd. */
function after(...steps: [move: RightsMove, day: number, detail?: ActionDetail][]) {
  const opened = action('open', 2, 1)
  return standing([opened, ...steps.map(([move, day, detail], i) => action(move, day, i + 2, detail))])
}

const action = (
  name: RightsAction['action'],
  day: number,
  seq: number,
  detail: ActionDetail = {},
): RightsAction => ({
  seq,
  action: name,
  byUser: 'officer',
  byName: 'Officer',
  at: new Date(`2026-11-${String(day).padStart(2, '0')}T10:00:00Z`),
  reviewer: name === 'assign-reviewer' ? 'reviewer' : null,
  reviewerName: null,
  detail,
})

test('R22 a request for a copy: who asks, what they mean, more time, the answer', () => {
  const stands = after(
    ['ask-identity', 5],
    ['confirm-identity', 12],
    ['ask-clarification', 16],
    ['clarified', 18],
    ['extend', 19],
  )
  assert.equal(stands.state, 'in-hand')
  assert.deepEqual(stands.pauses, [
    { from: '2026-11-05', to: '2026-11-12' },
    { from: '2026-11-16', to: '2026-11-18' },
  ])
  // Three months from 2 November are 2 February 2027; seven and two days stood still.
  assert.equal(caseDeadline(access, stands, '2026-11-20').on, '2027-02-11')
})

test('the day on which an answer came counts, not the day on which it was put down', () => {
  const stands = after(['ask-identity', 5], ['confirm-identity', 20, { on: '2026-11-12' }])
  assert.deepEqual(stands.pauses, [{ from: '2026-11-05', to: '2026-11-12' }])
})

test('a move that does not fit says what is possible instead', () => {
  assert.throws(
    () => insist('clarified', access, after(), officer, '2026-11-20'),
    /It is now: received\. You can ask who they are.*or close it as withdrawn/,
  )
  assert.throws(
    () => insist('extend', access, after(['withdraw', 3]), officer, '2026-11-20'),
    /There is nothing for you to do with it now\./,
  )
})

test('more time is taken once, inside the first period, and not where the law gives none', () => {
  assert.equal(whyNot('extend', access, after(), officer, '2026-12-02'), null)
  assert.match(whyNot('extend', access, after(), officer, '2026-12-03')!, /first period is over/)
  assert.match(whyNot('extend', access, after(['extend', 9]), officer, '2026-11-20')!, /once already/)
  const complaint: CaseFacts = { ...access, kind: 'complaint' }
  assert.match(whyNot('extend', complaint, after(), officer, '2026-11-20')!, /no more time/)
})

test('R21 a challenge is answered only when its reviewer has decided, and nobody else decides', () => {
  const challenge: CaseFacts = { ...access, kind: 'challenge' }
  const inHand = after(['confirm-identity', 3])
  assert.match(whyNot('answer', challenge, inHand, officer, '2026-11-20')!, /no part in the decision/)
  const given = after(['confirm-identity', 3], ['assign-reviewer', 4])
  assert.match(whyNot('decide', challenge, given, officer, '2026-11-20')!, /Only the reviewer/)
  const reviewer = { user: 'reviewer', officer: false }
  assert.deepEqual(possibleMoves(challenge, given, reviewer, '2026-11-20'), ['decide'])
  const decided = after(['confirm-identity', 3], ['assign-reviewer', 4], ['decide', 9, { outcome: 'upheld' }])
  assert.equal(decided.outcome, 'upheld')
  assert.equal(whyNot('answer', challenge, decided, officer, '2026-11-20'), null)
})

test('a complaint is acknowledged before it is answered', () => {
  const complaint: CaseFacts = { ...access, kind: 'complaint' }
  const inHand = after(['confirm-identity', 3])
  assert.match(whyNot('answer', complaint, inHand, officer, '2026-11-20')!, /acknowledged first/)
  const acknowledged = after(['acknowledge', 3], ['confirm-identity', 4])
  assert.equal(whyNot('answer', complaint, acknowledged, officer, '2026-11-20'), null)
})

test('every state can be reached and left, but for the last', () => {
  const reached = new Set(['received', ...moveNames.map(m => moves[m].to)])
  const left = new Set(moveNames.flatMap(m => [...moves[m].from] as string[]))
  for (const state of Object.keys(stateWords)) {
    assert.ok(reached.has(state as never), state)
    assert.equal(left.has(state), state !== 'closed', state)
  }
})
