import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { WrongMove } from '../../../platform/errors.ts'
import {
  type ActionMove,
  insist,
  type MadeMove,
  type Mover,
  moveNames,
  moves,
  possibleMoves,
  standing,
  whyNot,
} from './action.ts'

const at = new Date('2026-11-20T08:40:00Z')
const nobody: Mover = { maker: false, doer: false, holder: false, answersFor: null }
const maker: Mover = { ...nobody, maker: true }
const doer: Mover = { ...nobody, doer: true }
const holder: Mover = { ...doer, holder: true }
const board: Mover = { ...nobody, answersFor: 'partnership' }

type Step = [ActionMove, Partial<MadeMove>?]

const history = (...steps: Step[]): MadeMove[] =>
  steps.map(([move, more], i) => ({
    seq: i + 1,
    move,
    byUser: 'somebody',
    byName: 'Somebody',
    byAgency: 'police',
    at,
    toUser: null,
    toName: null,
    toAgency: null,
    toAgencyName: null,
    dueOn: null,
    detail: {},
    ...more,
  }))

const made: Step = ['make']
const escalated: Step = ['escalate', { toAgency: 'partnership' }]

test('an action is made, given to somebody, started and done', () => {
  assert.equal(standing([], null).state, 'unmade')
  assert.equal(standing(history(made), null).state, 'open')
  assert.equal(standing(history(made, ['give', { toUser: 'sam' }]), null).owner, 'sam')
  assert.equal(standing(history(made, ['start']), null).started, true)
  assert.equal(standing(history(made, ['start'], ['finish']), 'sam').state, 'done')
  assert.equal(standing(history(made), 'sam').owner, 'sam', 'an action can be made for somebody at once')
})

test('what was escalated waits for its answer and for nothing else, and closing it ends the wait', () => {
  const waiting = standing(history(made, escalated), null)
  assert.equal(waiting.escalatedTo, 'partnership')
  assert.match(whyNot('escalate', waiting, doer) ?? '', /escalated already/)
  assert.match(whyNot('answer-escalation', waiting, doer) ?? '', /coordinator or commander/)
  assert.equal(whyNot('answer-escalation', waiting, board), null)
  assert.equal(standing(history(made, escalated, ['answer-escalation']), null).escalatedTo, null)
  assert.equal(standing(history(made, escalated, ['finish']), null).escalatedTo, null)
})

test('whoever has it hands it on; nobody gives away what somebody has', () => {
  const had = standing(history(made), 'sam')
  assert.match(whyNot('give', had, holder) ?? '', /has it already/)
  assert.match(whyNot('reassign', had, doer) ?? '', /person who has it/)
  assert.equal(whyNot('reassign', had, holder), null)
  assert.equal(standing(history(made, ['reassign', { toUser: null }]), 'sam').owner, null)
})

test('only its maker withdraws an action; its readers write notes, also when it is closed', () => {
  const open = standing(history(made), null)
  assert.match(whyNot('withdraw', open, holder) ?? '', /whoever made it/)
  assert.equal(whyNot('withdraw', open, maker), null)
  assert.deepEqual(possibleMoves(standing(history(made, ['withdraw']), null), maker), ['note'])
  assert.deepEqual(possibleMoves(open, nobody), ['note'])
})

test('a wrong move is told what is possible instead', () => {
  const done = standing(history(made, ['finish']), null)
  assert.throws(
    () => insist('start', done, doer),
    (error: Error) =>
      error instanceof WrongMove && /^It is now: done\..*You can write a note\.$/.test(error.message),
  )
})

test('whatever is possible leads to a state from which the table knows what follows', () => {
  const movers = [maker, doer, holder, board, nobody]
  fc.assert(
    fc.property(
      fc.array(fc.record({ pick: fc.nat(), who: fc.nat(movers.length - 1) }), { maxLength: 30 }),
      picks => {
        const steps: Step[] = [made]
        for (const { pick, who } of picks) {
          const possible = possibleMoves(standing(history(...steps), null), movers[who]!)
          assert.ok(possible.includes('note'), 'a note is always possible')
          assert.ok(!possible.includes('make'), 'nothing is made twice')
          const move = possible[pick % possible.length]!
          const before = standing(history(...steps), null)
          assert.ok((moves[move].from as readonly string[]).includes(before.state))
          steps.push([move, move === 'escalate' ? { toAgency: 'partnership' } : { toUser: 'sam' }])
          const after = standing(history(...steps), null)
          assert.equal(after.state, moves[move].to ?? before.state)
          assert.equal(after.seq, steps.length)
          if (after.state !== 'open') assert.equal(after.escalatedTo, null)
        }
      },
    ),
  )
  assert.equal(new Set(moveNames).size, moveNames.length)
})
