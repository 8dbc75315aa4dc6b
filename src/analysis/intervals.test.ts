import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gammaP, logGamma } from './gamma.ts'
import { poissonInterval, wilsonInterval } from './intervals.ts'

const near = (actual: number, expected: number, tolerance = 1e-9) =>
  assert.ok(
    Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected)),
    `${actual} is not ${expected}`,
  )

// Garwood 1936, as tabulated in Armitage and Berry, Statistical Methods in Medical Research, table VIII.
test('exact Poisson limits are those of the published table', () => {
  const table: [number, number, number][] = [
    [0, 0, 3.689],
    [1, 0.0253, 5.572],
    [4, 1.09, 10.242],
    [10, 4.795, 18.39],
    [20, 12.217, 30.888],
    [50, 37.111, 65.919],
    [100, 81.364, 121.627],
  ]
  for (const [count, low, high] of table) {
    const interval = poissonInterval(count)
    near(interval.low, low, 5e-4)
    near(interval.high, high, 5e-4)
  }
})

test('the limits of no events at all are 0 and the logarithm of 40', () => {
  assert.equal(poissonInterval(0).low, 0)
  near(poissonInterval(0).high, Math.log(40))
})

test('limits of large counts stay exact: the tails beyond them hold 2.5% each', () => {
  for (const count of [1000, 54321, 2_000_000]) {
    const { low, high } = poissonInterval(count)
    near(gammaP(count, low), 0.025, 1e-8)
    near(gammaP(count + 1, high), 0.975, 1e-8)
  }
})

test('the gamma function agrees with factorials and the square root of pi', () => {
  near(logGamma(5), Math.log(24), 1e-13)
  near(logGamma(0.5), Math.log(Math.sqrt(Math.PI)), 1e-13)
})

// Newcombe, Statistics in Medicine 1998, table I, method 3.
test('Wilson limits are those of the published comparison', () => {
  const table: [number, number, number, number][] = [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ]
  for (const [met, of, low, high] of table) {
    const interval = wilsonInterval(met, of)!
    near(interval.low, low, 6e-5)
    near(interval.high, high, 6e-5)
  }
})

test('a share of nothing has no interval, and a share above one is refused', () => {
  assert.equal(wilsonInterval(0, 0), null)
  assert.throws(() => wilsonInterval(3, 2), RangeError)
  assert.throws(() => poissonInterval(-1), RangeError)
})
