import assert from 'node:assert/strict'
import { test } from 'node:test'
import { normalTwoSided, normalUpperTail } from './normal-tail.ts'
import { benjaminiHochberg, bonferroni } from './p-value-adjustment.ts'

const near = (found: number, expected: number, tolerance = 1e-13) =>
  assert.ok(Math.abs(found - expected) <= tolerance * expected, `${found}, expected ${expected}`)

test('the tail of the normal distribution keeps its digits far out', () => {
  // From erfc of the C library.
  near(normalUpperTail(0), 0.5)
  near(normalUpperTail(0.3), 0.3820885778110474)
  near(normalUpperTail(1), 0.15865525393145707)
  near(normalUpperTail(-3), 0.9986501019683699)
  near(normalUpperTail(5.7), 5.990371401063533e-9)
  near(normalUpperTail(10), 7.619853024160593e-24)
  near(normalUpperTail(37), 5.725571222525139e-300, 2e-13)
  // The limits of every textbook.
  near(normalTwoSided(1.959963984540054), 0.05)
  near(normalTwoSided(-2.5758293035489004), 0.01)
})

test('the ends and what is missing', () => {
  assert.equal(normalTwoSided(0), 1)
  assert.equal(normalUpperTail(Infinity), 0)
  assert.equal(normalUpperTail(-Infinity), 1)
  assert.equal(normalTwoSided(50), 0)
  assert.ok(Number.isNaN(normalTwoSided(Number.NaN)))
})

test('p-values adjusted, worked by hand; what is missing stays so and is no test', () => {
  const p = Float64Array.of(0.005, 0.04, Number.NaN, 0.03)
  const found = [...benjaminiHochberg(p)]
  near(found[0]!, 0.015)
  // 0.03 × 3 / 2 would be 0.045, but 0.04 × 3 / 3 is less.
  assert.deepEqual(found.slice(1), [0.04, Number.NaN, 0.04])
  const times = [...bonferroni(p)]
  near(times[0]!, 0.015)
  near(times[1]!, 0.12)
  assert.deepEqual([...bonferroni(Float64Array.of(0.6, 0.6))], [1, 1])
  assert.deepEqual([...benjaminiHochberg(Float64Array.of(0.05, 0.05))], [0.05, 0.05])
  assert.deepEqual([...benjaminiHochberg(new Float64Array(0))], [])
  assert.throws(() => bonferroni(Float64Array.of(1.5)), /p-value 0 is 1.5/)
})
