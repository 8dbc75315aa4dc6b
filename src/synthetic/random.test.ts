import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { apportion, deal, dealWeighted, picker, randomFrom, takeWeighted } from './random.ts'

const weights = fc
  .array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 30 })
  .filter(w => w.some(n => n > 0))

test('the same seed and name give the same numbers; another name gives others', () => {
  const draw = (seed: number, name: string) => {
    const random = randomFrom(seed, name)
    return Array.from({ length: 5 }, () => random.below(1_000_000))
  }
  assert.deepEqual(draw(1, 'a'), draw(1, 'a'))
  assert.notDeepEqual(draw(1, 'a'), draw(1, 'b'))
  assert.notDeepEqual(draw(1, 'a'), draw(2, 'a'))
})

test('whole numbers stay in their range', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: -50, max: 50 }), fc.nat(50), (seed, least, span) => {
      const n = randomFrom(seed, 'range').between(least, least + span)
      return Number.isInteger(n) && n >= least && n <= least + span
    }),
  )
})

test('shares are apportioned to the last one, each within one of its exact share', () => {
  assert.deepEqual([...apportion([1, 1, 1], 10)], [4, 3, 3])
  assert.deepEqual([...apportion([50, 30, 20], 7)], [4, 2, 1])
  fc.assert(
    fc.property(weights, fc.nat(5000), (w, total) => {
      const counts = apportion(w, total)
      const sum = w.reduce((a, b) => a + b)
      return (
        counts.reduce((a, b) => a + b) === total &&
        counts.every((n, i) => Math.abs(n - (w[i]! / sum) * total) < 1)
      )
    }),
  )
})

test('dealing keeps the counts and changes the order', () => {
  fc.assert(
    fc.property(fc.integer(), fc.array(fc.nat(40), { minLength: 1, maxLength: 8 }), (seed, counts) => {
      const dealt = [...deal(randomFrom(seed, 'deal'), counts)]
      return counts.every((n, value) => dealt.filter(v => v === value).length === n)
    }),
  )
})

test('a value of weight zero is never picked', () => {
  const pick = picker([0, 3, 0, 1, 0])
  const random = randomFrom(5, 'pick')
  const picked = new Set(Array.from({ length: 2000 }, () => pick(random)))
  assert.deepEqual([...picked].sort(), [1, 3])
  assert.throws(() => picker([0, 0]), /no weight above zero among 2/)
})

test('taking gives exactly so many different rows, heavier rows more often', () => {
  const rows = Array.from({ length: 100 }, (_, i) => i)
  let heavy = 0
  for (let seed = 0; seed < 200; seed++) {
    const taken = takeWeighted(randomFrom(seed, 'take'), rows, row => (row < 50 ? 3 : 1), 20)
    assert.equal(new Set(taken).size, 20)
    heavy += taken.filter(row => row < 50).length
  }
  // 3 : 1 at the first draw and a little less as the heavy rows go.
  assert.ok(heavy / 4000 > 0.68 && heavy / 4000 < 0.75, `${heavy / 4000} were heavy`)
  assert.throws(() => takeWeighted(randomFrom(1, 'x'), [1, 2], () => 1, 3), /cannot take 3 of 2 rows/)
})

test('a row of weight zero is taken only when nothing else is left', () => {
  const taken = takeWeighted(randomFrom(3, 'zero'), [0, 1, 2, 3], row => (row === 2 ? 0 : 1), 3)
  assert.deepEqual(taken.sort(), [0, 1, 3])
})

test('weighted dealing gives every row one value and every value its count', () => {
  const rows = Array.from({ length: 60 }, (_, i) => i)
  const given = new Map<number, number>()
  dealWeighted(
    randomFrom(8, 'weighted'),
    rows,
    [40, 15, 5],
    (row, value) => (row % 3 === value ? 10 : 1),
    (row, value) => given.set(row, value),
  )
  assert.equal(given.size, 60)
  assert.deepEqual(
    [0, 1, 2].map(value => [...given.values()].filter(v => v === value).length),
    [40, 15, 5],
  )
  assert.throws(
    () =>
      dealWeighted(
        randomFrom(1, 'y'),
        [1, 2, 3],
        [1],
        () => 1,
        () => {},
      ),
    /2 rows are left over/,
  )
})
