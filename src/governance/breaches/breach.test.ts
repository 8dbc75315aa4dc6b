import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type BreachAction,
  breachClock,
  insist,
  moveNames,
  moves,
  possibleMoves,
  type Risk,
  standing,
  whyNot,
} from './breach.ts'

const aware = new Date('2026-11-18T09:00:00Z')

function after(...steps: [move: BreachAction['action'], risk?: Risk][]) {
  return standing(
    steps.map(([action, risk], i) => ({
      seq: i + 1,
      action,
      byName: 'Officer',
      at: new Date(aware.getTime() + i * 3_600_000),
      detail: risk ? { risk } : {},
    })),
  )
}

test('R23 72 hours run from the moment somebody knew, and are told in whole hours left', () => {
  const stands = after(['report'])
  const words = (now: string) => breachClock(aware, stands, new Date(now))!.words
  assert.equal(words('2026-11-18T09:00:00Z'), '72 hours left')
  assert.equal(words('2026-11-20T08:40:00Z'), '24 hours left')
  assert.equal(words('2026-11-21T07:30:00Z'), '1 hour left')
  assert.equal(words('2026-11-21T08:30:00Z'), 'less than an hour left')
  assert.equal(words('2026-11-21T09:00:01Z'), '1 hour late')
  assert.equal(words('2026-11-22T09:00:00Z'), '24 hours late')
})

test('R23 the clock ends when the Commissioner was told, or no risk is likely, and begins anew if that was wrong', () => {
  const now = new Date('2026-11-20T08:40:00Z')
  assert.equal(breachClock(aware, after(['report'], ['tell-commissioner']), now), null)
  assert.equal(breachClock(aware, after(['report'], ['assess', 'unlikely']), now), null)
  assert.ok(breachClock(aware, after(['report'], ['assess', 'unlikely'], ['assess', 'high']), now))
})

test('R23 with a risk nothing is closed before the Commissioner was told, with a high one not before the people were', () => {
  assert.match(whyNot('close', after(['report']))!, /Judge the risk first/)
  assert.equal(whyNot('close', after(['report'], ['assess', 'unlikely'])), null)
  assert.match(whyNot('close', after(['report'], ['assess', 'risk']))!, /Commissioner has not been told/)
  assert.equal(whyNot('close', after(['report'], ['assess', 'risk'], ['tell-commissioner'])), null)
  const high = after(['report'], ['assess', 'high'], ['tell-commissioner'])
  assert.match(whyNot('close', high)!, /the people were told/)
  assert.equal(
    whyNot('close', after(['report'], ['assess', 'high'], ['tell-people'], ['tell-commissioner'])),
    null,
  )
})

test('what cannot follow says what can; nothing follows what is closed', () => {
  assert.throws(() => insist('close', after(['report'])), /Judge the risk first\. You can say what was done/)
  const closed = after(['report'], ['assess', 'unlikely'], ['close'])
  assert.deepEqual(possibleMoves(closed), [])
  assert.throws(() => insist('assess', closed), /There is nothing more to do with it/)
  assert.ok(moveNames.every(name => !(moves[name].from as readonly string[]).includes('closed')))
})
