import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { byarInterval, poissonInterval } from './intervals.ts'
import { rateRatio } from './rates.ts'
import { groupShares } from './shares.ts'

test('twice the rate: 20 of 1,000 against 10 of 1,000', () => {
  const { ratio, low, high, p } = rateRatio(20, 1000, 10, 1000)
  assert.equal(ratio, 2)
  assert.ok(low! < 1 && high! > 4)
  // 2 × P(at least 20 of 30 heads) = 0.0987.
  assert.ok(Math.abs(p! - 0.09874) < 5e-5, `${p}`)
})

test('a reference without events leaves the ratio open upwards, and two groups without events say nothing', () => {
  const open = rateRatio(4, 100, 0, 100)
  assert.deepEqual([open.ratio, open.high, open.p], [null, null, 0.125])
  // Lower limit of 4 of 4 is 0.025^(1/4); as odds.
  const low = 0.025 ** 0.25
  assert.ok(Math.abs(open.low! - low / (1 - low)) < 1e-14)
  assert.deepEqual(rateRatio(0, 100, 0, 100), { ratio: null, low: null, high: null, p: null })
  assert.throws(() => rateRatio(1, 0, 1, 100), RangeError)
})

test('groups that change places have the inverse ratio and limits and the same p', () => {
  const count = fc.integer({ min: 1, max: 400 })
  const people = fc.integer({ min: 500, max: 50_000 })
  fc.assert(
    fc.property(count, people, count, people, (a, m, b, n) => {
      const one = rateRatio(a, m, b, n)
      const other = rateRatio(b, n, a, m)
      for (const [x, y] of [
        [one.ratio! * other.ratio!, 1],
        [one.low! * other.high!, 1],
        [one.p!, other.p!],
      ] as const) {
        assert.ok(Math.abs(x - y) < 1e-9, `${x} is not ${y}`)
      }
    }),
  )
})

test("Byar's limits are exact below ten events and within two thousandths from there", () => {
  assert.deepEqual(byarInterval(9), poissonInterval(9))
  for (const count of [10, 30, 500]) {
    const byar = byarInterval(count)
    const exact = poissonInterval(count)
    assert.ok(Math.abs(byar.low / exact.low - 1) < 2e-3 && Math.abs(byar.high / exact.high - 1) < 2e-3)
  }
})

test('shares: 30 of 40 counts in half of the population is one and a half times the share', () => {
  const [first, second] = groupShares([30, 10], [500, 500])
  assert.equal(first!.ratio, 1.5)
  assert.equal(second!.ratio, 0.5)
  assert.deepEqual(
    groupShares([0, 0], [5, 0]).map(s => [s.shareOfCounts, s.low, s.shareOfPopulation, s.ratio]),
    [
      [null, null, 1, null],
      [null, null, 0, null],
    ],
  )
})
