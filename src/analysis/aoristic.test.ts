import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { aoristicCells, aoristicWeek, hoursOfDay, naiveHours } from './aoristic.ts'

/** 1970-01-04 was a Sunday. */
const SUNDAY = 3 * 24 * 60
const spans = (...pairs: readonly [number, number][]) => ({
  from: Float64Array.from(pairs, ([from]) => SUNDAY + from),
  to: Float64Array.from(pairs, ([, to]) => SUNDAY + to),
})
const weights = (week: Float64Array): [number, number][] =>
  [...week.entries()].filter(([, weight]) => weight !== 0)

test('a span counts by the share that each hour holds', () => {
  const week = aoristicWeek(spans([90, 210]), { cap: 'week' })
  assert.deepEqual(weights(week), [
    [1, 0.25],
    [2, 0.5],
    [3, 0.25],
  ])
})

test('a span that ends on the hour leaves the next hour empty', () => {
  assert.deepEqual(weights(aoristicWeek(spans([60, 120]), { cap: 'week' })), [[1, 1]])
})

test('Saturday night runs into Sunday', () => {
  const week = aoristicWeek(spans([167 * 60, 169 * 60]), { cap: 'week' })
  assert.deepEqual(weights(week), [
    [0, 0.5],
    [167, 0.5],
  ])
})

test('without an end, with an end before the start and within a minute, the hour of the start has all', () => {
  const week = aoristicWeek(spans([60, Number.NaN], [60, 30], [60, 60], [119, 120]), { cap: 'week' })
  assert.deepEqual(weights(week), [[1, 4]])
})

test('a span of a week and a half counts alike everywhere with the cap, and twice on its half without', () => {
  const long = spans([0, 1.5 * 168 * 60])
  assert.deepEqual(new Set(aoristicWeek(long, { cap: 'week' })), new Set([1 / 168]))
  const exact = aoristicWeek(long, { cap: 'none' })
  assert.ok(Math.abs(exact[0]! - 2 / 252) < 1e-15)
  assert.ok(Math.abs(exact[167]! - 1 / 252) < 1e-15)
})

test('times before 1970 fall on their day of the week', () => {
  const week = aoristicWeek(
    { from: Float64Array.of(SUNDAY - 7 * 24 * 60), to: Float64Array.of(Number.NaN) },
    { cap: 'week' },
  )
  assert.deepEqual(weights(week), [[0, 1]])
})

test('the middle of a span is where counting by midpoint puts it', () => {
  const { start, midpoint } = naiveHours(spans([60, 300], [60, Number.NaN]))
  assert.deepEqual([start[1], midpoint[1], midpoint[3]], [2, 1, 1])
})

test('a start that is no time is refused with its value', () => {
  const refused = { from: Float64Array.of(0, Number.NaN), to: Float64Array.of(0, 0) }
  assert.throws(() => aoristicWeek(refused, { cap: 'week' }), /start of event 1 is NaN/)
})

const anySpan = fc.tuple(fc.integer({ min: -1e6, max: 3e7 }), fc.integer({ min: -100, max: 40_000 }))
const anyCap = fc.constantFrom('week' as const, 'none' as const)
const spansFrom = (pairs: readonly [number, number][]) =>
  spans(...pairs.map(([from, length]) => [from, from + length] as [number, number]))

test('every event counts once, whatever its span, and its cells are the sum', () => {
  fc.assert(
    fc.property(fc.array(anySpan, { maxLength: 30 }), anyCap, (pairs, cap) => {
      const week = aoristicWeek(spansFrom(pairs), { cap })
      const sum = week.reduce((a, b) => a + b, 0)
      assert.ok(Math.abs(sum - pairs.length) < 1e-9)
      assert.ok(week.every(weight => weight >= 0))
      assert.ok(Math.abs(hoursOfDay(week).reduce((a, b) => a + b, 0) - pairs.length) < 1e-9)
      const { cell, weight } = aoristicCells(spansFrom(pairs), { cap })
      const again = new Float64Array(168)
      for (const [row, c] of cell.entries()) again[c]! += weight[row]!
      assert.ok(again.every((w, c) => Math.abs(w - week[c]!) < 1e-9))
    }),
  )
})

test('an event weighs as much as the minutes of each hour that it covers', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_079 }), fc.integer({ min: 2, max: 20_000 }), (from, length) => {
      const week = aoristicWeek(spansFrom([[from, length]]), { cap: 'none' })
      const minutes = new Float64Array(168)
      for (let m = from; m < from + length; m++) minutes[Math.floor(m / 60) % 168]! += 1 / length
      assert.ok(minutes.every((share, cell) => Math.abs(share - week[cell]!) < 1e-9))
    }),
    { numRuns: 50 },
  )
})
