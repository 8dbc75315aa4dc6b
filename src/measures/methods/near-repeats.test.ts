import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayBands, dayEdges, distanceBands, distanceEdges, nearBands, nearEvents } from './near-repeats.ts'

/** One record: degrees, day since 1970, hours that it may have taken. */
const records = (...given: [longitude: number, latitude: number, day: number, hours: number][]) => ({
  longitude: Float64Array.from(given, r => r[0]),
  latitude: Float64Array.from(given, r => r[1]),
  day: Float64Array.from(given, r => r[2]),
  from_minute: Float64Array.from(given, r => r[2] * 1440),
  to_minute: Float64Array.from(given, r => r[2] * 1440 + r[3] * 60),
})

test('records without a point, without a day, and with a span of more than two days are left out and counted', () => {
  const events = nearEvents(
    records(
      [-1.9, 52.48, 18_000, 1],
      [Number.NaN, Number.NaN, 18_000, 1],
      [-1.9, 52.48, Number.NaN, 1],
      [-1.9, 52.48, 18_001, 49],
      [-1.9, 52.48, 18_002, Number.NaN],
    ),
  )
  assert.deepEqual([...events.day], [18_002, 18_000])
  assert.equal(events.withoutPoint, 1)
  assert.equal(events.withoutDay, 2)
})

test('beyond the cap the most recent are taken, and how many were not is said', () => {
  const given = [3, 1, 5, 2, 4].map((day): [number, number, number, number] => [-1.9, 52.48, day, 0])
  const events = nearEvents(records(...given), 3)
  assert.deepEqual([...events.day], [5, 4, 3])
  assert.equal(events.older, 2)
})

test('a day that the cap would cut is left out whole: its western half alone would be another pattern', () => {
  const given = [5, 4, 4, 4, 3].map((day, i): [number, number, number, number] => [-1.9 + i, 52.48, day, 0])
  const events = nearEvents(records(...given), 3)
  assert.deepEqual([...events.day], [5])
  assert.equal(events.older, 4)
})

test('rows in another order give the same events, so that the permutations are the same', () => {
  const given: [number, number, number, number][] = [
    [-1.9, 52.48, 7, 0],
    [-1.91, 52.48, 7, 0],
    [-1.9, 52.49, 7, 0],
    [-1.9, 52.48, 3, 0],
  ]
  assert.deepEqual(nearEvents(records(...given)), nearEvents(records(...given.toReversed())))
})

test('bands stand by distance and days, with what was expected, and are marked after allowing for their number', () => {
  // Two distances, two spans of days; the arrays go by days first. Benjamini and Hochberg over four: 0.004 is 0.016.
  const bands = nearBands({
    spaceBands: 2,
    timeBands: 2,
    observed: Float64Array.of(64, 30, 10, 0),
    ratioToMean: Float64Array.of(64 / 36, 1.5, 1, Number.NaN),
    p: Float64Array.of(0.004, 0.04, 0.5, 1),
  })
  const [near, far] = bands
  assert.deepEqual(near![0], { observed: 64, expected: 36, ratio: 64 / 36, p: 0.004, marked: true })
  // 0.04 × 4 / 2 = 0.08.
  assert.equal(far![0]!.marked, false)
  assert.equal(far![0]!.expected, 20)
  assert.equal(near![1]!.observed, 10)
  assert.deepEqual(far![1], { observed: 0, expected: null, ratio: null, p: 1, marked: false })
})

test('every band has a name', () => {
  assert.equal(distanceBands.length, distanceEdges.length - 1)
  assert.equal(dayBands.length, dayEdges.length - 1)
})
