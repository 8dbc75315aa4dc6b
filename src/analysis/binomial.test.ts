import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { binomialChance, binomialTest, clopperPearson } from './binomial.ts'

const near = (actual: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`)

test('four tosses of a fair coin: 1, 4, 6, 4, 1 sixteenths', () => {
  for (const [k, ways] of [1, 4, 6, 4, 1].entries()) near(binomialChance(k, 4, 0.5), ways / 16, 1e-15)
})

test('chances of all outcomes add up to 1, for a million trials too', () => {
  for (const [n, p] of [
    [7, 0.3],
    [1000, 0.013],
    [1_000_000, 0.0004],
  ] as const) {
    let sum = 0
    for (let k = 0; k <= n; k++) sum += binomialChance(k, n, p)
    near(sum, 1, 1e-12)
  }
})

// Fisher's lady: 9 heads of 10 with a fair coin, 2 × (1 + 10) / 1024.
test('a two-sided p-value adds the outcomes that are no likelier', () => {
  near(binomialTest(9, 10, 0.5), 22 / 1024, 1e-15)
  assert.equal(binomialTest(5, 10, 0.5), 1)
  assert.equal(binomialTest(0, 0, 0.5), 1)
  // 3 of 3 at 1 in 4: 1/64; nothing on the other side is as unlikely (27/64).
  near(binomialTest(3, 3, 0.25), 1 / 64, 1e-16)
})

test('a two-sided p-value is the plain sum over all outcomes', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.nat(60),
      fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      (n, k, p) => {
        const seen = Math.min(k, n)
        let sum = 0
        for (let i = 0; i <= n; i++) {
          if (binomialChance(i, n, p) <= binomialChance(seen, n, p) * (1 + 1e-7))
            sum += binomialChance(i, n, p)
        }
        near(binomialTest(seen, n, p), Math.min(1, sum), 1e-12)
      },
    ),
  )
})

test('exact limits: none of n leaves 1 − 0.025^(1/n), and tails beyond the limits hold 2.5% each', () => {
  near(clopperPearson(0, 10).high, 1 - 0.025 ** 0.1, 1e-14)
  assert.equal(clopperPearson(0, 10).low, 0)
  assert.equal(clopperPearson(10, 10).high, 1)
  const { low, high } = clopperPearson(37, 120)
  const tail = (from: number, to: number, p: number) => {
    let sum = 0
    for (let k = from; k <= to; k++) sum += binomialChance(k, 120, p)
    return sum
  }
  near(tail(37, 120, low), 0.025, 1e-13)
  near(tail(0, 37, high), 0.025, 1e-13)
})

test('more successes than trials are refused', () => {
  assert.throws(() => binomialTest(3, 2, 0.5), RangeError)
})
