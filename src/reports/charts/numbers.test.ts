import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { equalClasses, quantileClasses } from './classes.ts'
import { monthTicks } from './month-axis.ts'
import { axisFromZero, axisText, countText, roundUp, signedTenth, valueText } from './numbers.ts'
import { rollingMean } from './rolling-mean.ts'
import { wrapText } from './text-width.ts'

test('an axis starts at zero, rises in equal round steps and reaches the highest value', () => {
  assert.deepEqual(axisFromZero(414, 5), [0, 100, 200, 300, 400, 500])
  assert.deepEqual(axisFromZero(3, 5), [0, 1, 2, 3])
  assert.deepEqual(axisFromZero(0, 5), [0, 1])
  assert.deepEqual(axisFromZero(0.9, 3, { wholeNumbers: false }), [0, 0.5, 1])
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000_000 }), max => {
      const ticks = axisFromZero(max, 5)
      assert.equal(ticks[0], 0)
      assert.ok(ticks.at(-1)! >= max && ticks.at(-2)! < max)
      assert.ok(ticks.length <= 8)
    }),
  )
})

test('numbers are written with thousands separated and a real minus sign', () => {
  assert.equal(countText(1234567), '1,234,567')
  assert.equal(valueText(12.34), '12.3')
  assert.equal(axisText(0.25), '0.25')
  assert.equal(signedTenth(-14.06), '−14.1')
  assert.equal(signedTenth(6.6), '+6.6')
  assert.equal(signedTenth(-0.04), '0.0')
  assert.equal(roundUp(0.3), 0.5)
})

test('equal classes cover every value from zero and name their ranges', () => {
  const classes = equalClasses([0, 3, 12, 50])
  assert.deepEqual(classes.labels, ['0 to 10', '11 to 21', '22 to 32', '33 to 43', '44 to 50'])
  assert.equal(classes.classOf(0), 0)
  assert.equal(classes.classOf(11), 1)
  assert.equal(classes.classOf(50), 4)
  assert.deepEqual(equalClasses([0, 0]).labels, ['0'])
  assert.deepEqual(equalClasses([0, 1, 2]).labels, ['0', '1', '2'])
})

test('quantile classes put equal values in one class and about as many areas in each', () => {
  const values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 300]
  const classes = quantileClasses(values)
  assert.deepEqual(classes.labels, ['1 to 2', '3 to 4', '5 to 6', '7 to 8', '9 to 300'])
  assert.deepEqual(quantileClasses([7, 7, 7, 7]).labels, ['7'])
  fc.assert(
    fc.property(fc.array(fc.float({ min: 0, max: 500, noNaN: true }), { minLength: 1 }), some => {
      const { starts, labels, classOf } = quantileClasses(some)
      assert.equal(starts.length, labels.length)
      for (const v of some) assert.ok(v >= starts[classOf(v)]! - 1e-6)
    }),
  )
})

test('ticks of a monthly axis stay on the same months of the year and name each new year once', () => {
  const ticks = monthTicks('2015-06', '2019-05', 10)
  assert.deepEqual(
    ticks.map(t => t.label),
    ['Jul\n2015', 'Jan\n2016', 'Jul', 'Jan\n2017', 'Jul', 'Jan\n2018', 'Jul', 'Jan\n2019'],
  )
  assert.deepEqual(
    monthTicks('2015-06', '2019-05', 5).map(t => t.label),
    ['Jan\n2016', 'Jan\n2017', 'Jan\n2018', 'Jan\n2019'],
  )
  assert.deepEqual(
    monthTicks('2019-04', '2019-04', 5).map(t => t.label),
    ['Apr\n2019'],
  )
})

test('a rolling mean waits until every month of its window is known', () => {
  const point = (month: string, value: number | null, incomplete = false) => ({
    month,
    value,
    missing: value === null,
    suppressed: false,
    incomplete,
  })
  const means = rollingMean(
    [
      point('2018-12', 30),
      point('2019-01', 60),
      point('2019-02', 90),
      point('2019-03', null),
      point('2019-04', 60),
      point('2019-05', 20, true),
    ],
    3,
  )
  assert.deepEqual(
    means.map(m => m.value),
    [null, null, 60, null, null, null],
  )
})

test('text is broken at spaces into lines that fit', () => {
  assert.deepEqual(wrapText('Black or Black British', 60, 14), ['Black or', 'Black', 'British'])
  assert.deepEqual(wrapText('', 60, 14), [])
})
