import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { WrongMove } from '../../../platform/errors.ts'
import {
  type ActionDetail,
  answersNow,
  insist,
  type Mover,
  moveNames,
  moves,
  possibleMoves,
  type ReferralAction,
  type ReferralMove,
  standing,
  whyNot,
} from './referral.ts'

const at = new Date('2026-11-20T08:40:00Z')
const referrer: Mover = { user: 'referrer', author: true, ofReferrer: true, coordinator: false }
const ama: Mover = { user: 'ama', author: false, ofReferrer: false, coordinator: true }
const ben: Mover = { ...ama, user: 'ben' }

type Step = [ReferralMove, Mover, ActionDetail?]

const history = (...steps: Step[]): ReferralAction[] =>
  steps.map(([action, who, detail = {}], i) => ({
    seq: i + 1,
    action,
    byUser: who.user,
    byName: who.user,
    at,
    detail,
  }))

const decision = {
  outcome: 'declined' as const,
  level: null,
  route: 'early-help',
  reason: 'already-helped',
  told: 'They have a worker already.',
}
const sent: Step = ['send', referrer]
const taken: Step = ['take', ama]
const declined: Step = ['decline', ama, { decision }]

test('a referral goes from sent to triage to a decision, and a challenge opens it again', () => {
  assert.equal(standing([]).state, 'draft')
  assert.equal(standing(history(sent)).state, 'sent')
  assert.deepEqual(standing(history(sent, taken)).takenBy, { user: 'ama', name: 'ama' })
  const refused = standing(history(sent, taken, declined))
  assert.equal(refused.state, 'declined')
  assert.deepEqual(refused.decision, decision)
  assert.equal(refused.takenBy, null)
  const challenged = standing(history(sent, taken, declined, ['challenge', referrer]))
  assert.equal(challenged.state, 'challenged')
  assert.deepEqual(challenged.deciders, ['ama'])
  assert.deepEqual(challenged.decision, decision, 'the decision stands until there is another')
})

test('R21 a challenge goes to a coordinator who had no part in the decision', () => {
  const challenged = standing(history(sent, taken, declined, ['challenge', referrer]))
  assert.match(whyNot('take', challenged, ama) ?? '', /another coordinator/)
  assert.equal(whyNot('take', challenged, ben), null)
})

test('nobody decides about what they sent themselves', () => {
  const own = { ...ama, author: true, ofReferrer: true }
  assert.match(whyNot('take', standing(history(sent)), own) ?? '', /sent this referral yourself/)
})

test('whoever has not taken it on cannot decide, and says who has', () => {
  const inTriage = standing(history(sent, taken))
  assert.match(whyNot('accept', inTriage, ben) ?? '', /^ama has taken it on/)
  assert.equal(whyNot('take', inTriage, ben), null, 'but may take it over')
  assert.match(whyNot('take', inTriage, ama) ?? '', /have it already/)
})

test('a wrong move says what is possible instead', () => {
  const refused = standing(history(sent, taken, declined))
  assert.throws(
    () => insist('withdraw', refused, referrer),
    (error: Error) => {
      assert.ok(error instanceof WrongMove)
      assert.equal(
        error.message,
        'It is now: not accepted. You can challenge the decision, or correct what was said.',
      )
      return true
    },
  )
  const stranger = { user: 'x', author: false, ofReferrer: false, coordinator: false }
  assert.throws(() => insist('accept', refused, stranger), /There is nothing for you to do with it now/)
})

test('a stranger can do nothing, whatever the state', () => {
  const stranger: Mover = { user: 'x', author: false, ofReferrer: false, coordinator: false }
  for (const steps of [[], [sent], [sent, taken], [sent, taken, declined]] as Step[][]) {
    assert.deepEqual(possibleMoves(standing(history(...steps)), stranger), [])
  }
})

test('a correction changes what was said and not how it stands', () => {
  const actions = history(sent, taken, [
    'correct',
    referrer,
    { because: 'Wrong school', answers: { school: 'Elm School', postcode: null } },
  ])
  assert.equal(standing(actions).state, 'in-triage')
  const before = { given: 'Synthetic', school: 'Oak School', postcode: 'B1 1AA' }
  assert.deepEqual(answersNow(before, actions), { given: 'Synthetic', school: 'Elm School' })
  assert.equal(before.school, 'Oak School', 'what was sent stays as it was')
})

test('however moves are tried, only those of the table happen, and the state is the last that they led to', () => {
  const movers = [{ ...referrer }, ama, ben]
  const attempt = fc.record({ move: fc.constantFrom(...moveNames), mover: fc.constantFrom(...movers) })
  fc.assert(
    fc.property(fc.array(attempt, { maxLength: 30 }), attempts => {
      const actions: ReferralAction[] = []
      for (const { move, mover } of attempts) {
        const before = standing(actions)
        const why = whyNot(move, before, mover)
        const inTable = (moves[move].from as readonly string[]).includes(before.state)
        if (why === null) assert.ok(inTable, `${move} from ${before.state}`)
        if (why !== null) continue
        actions.push(...history([move, mover]).map(a => ({ ...a, seq: actions.length + 1 })))
        assert.equal(standing(actions).state, moves[move].to ?? before.state)
        assert.equal(standing(actions).seq, actions.length)
      }
      const decided = actions.filter(a => a.action === 'accept' || a.action === 'decline')
      assert.equal(new Set(decided.map(a => a.byUser)).size, decided.length, 'nobody decides twice')
    }),
  )
})
