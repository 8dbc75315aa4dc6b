import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { medianOf } from './median.ts'

const ranks = (n: number) => Array.from({ length: n }, (_, i) => i + 1)
const once = (n: number) => new Array<number>(n).fill(1)

test('the median of an odd number of values is the middle one, of an even number the mean of the two', () => {
  assert.equal(medianOf([1, 2, 9], [1, 1, 1])?.median, 2)
  assert.equal(medianOf([1, 2, 4, 9], [1, 1, 1, 1])?.median, 3)
  assert.equal(medianOf([0, 1, 30], [4, 3, 1])?.median, 0.5)
  assert.equal(medianOf([5], [12])?.median, 5)
  assert.equal(medianOf([], []), null)
})

// Campbell and Gardner, BMJ 1988, volume 296, table: the ranks of the limits of a median at 95%.
test('the limits lie at the ranks of the published table', () => {
  const table: [number, number, number][] = [
    [6, 1, 6],
    [8, 1, 8],
    [9, 2, 8],
    [10, 2, 9],
    [15, 4, 12],
    [20, 6, 15],
    [30, 10, 21],
    [50, 18, 33],
    [100, 40, 61],
  ]
  for (const [n, low, high] of table) {
    const median = medianOf(ranks(n), once(n))
    assert.deepEqual([median?.low, median?.high], [low, high], `${n} values`)
  }
})

test('fewer than six values have no limits', () => {
  for (let n = 1; n < 6; n++) {
    const median = medianOf(ranks(n), once(n))
    assert.deepEqual([median?.low, median?.high], [null, null])
  }
})

test('counting equal values together changes nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 60 }), list => {
      const sorted = list.toSorted((a, b) => a - b)
      const values = [...new Set(sorted)]
      const counts = values.map(value => sorted.filter(v => v === value).length)
      const whole = medianOf(sorted, once(sorted.length))
      assert.deepEqual(medianOf(values, counts), whole)
      const { median, low, high } = whole!
      if (low !== null && high !== null) assert.ok(low <= median && median <= high)
    }),
  )
})
