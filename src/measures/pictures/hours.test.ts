import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SpreadHours } from '../methods/aoristic-hours.ts'
import { busyHours, hoursWords } from './busy-hours.ts'
import { differenceWords, spanWords } from './hours-block.ts'

test('busy hours are the shortest run that holds half, also across midnight', () => {
  const evening = Array(24).fill(0)
  evening[15] = 10
  evening[16] = 30
  evening[17] = 30
  evening[3] = 20
  assert.deepEqual(busyHours(evening), { from: 16, to: 18, count: 60, of: 90 })
  const night = Array(24).fill(1)
  night[23] = 30
  night[0] = 30
  assert.equal(hoursWords(busyHours(night)!), '23:00 and 01:00')
  assert.equal(busyHours(Array(24).fill(0)), null)
})

const hours = (more: Partial<SpreadHours> = {}): SpreadHours => ({
  week: Array.from({ length: 7 }, (_, day) =>
    Array.from({ length: 24 }, (_, h) => (day === 0 && h === 2 ? 3.1 : day === 5 && h === 2 ? 4.2 : 0.5)),
  ),
  byStart: Array.from({ length: 24 }, (_, h) => (h === 22 ? 40 : 1)),
  counted: 90,
  noTime: 0,
  noSpan: 0,
  long: 0,
  capped: 0,
  ...more,
})

test('what differs between start and span is said in hours and numbers', () => {
  // 02:00 holds 3.1 and 4.2 and five times 0.5.
  assert.equal(
    differenceWords(hours()),
    'At the start time 22:00 to 23:00 looks busiest, with 40; spread over the span of each it is 02:00 to 03:00, with 9.8.',
  )
  const same = hours({ byStart: Array.from({ length: 24 }, (_, h) => (h === 2 ? 40 : 1)) })
  assert.equal(
    differenceWords(same),
    'Both ways 02:00 to 03:00 is the busiest hour: 40 at the start time, 9.8 spread over the span of each.',
  )
})

test('how much there was to spread, what was capped and what has no time is said', () => {
  assert.equal(spanWords(hours()), 'None has a span of more than an hour, so the two hardly differ.')
  assert.equal(
    spanWords(hours({ long: 45, capped: 1, noSpan: 2, noTime: 10 })),
    '50.0% (45 of 90) have a span of more than an hour. 1 span is of a week or more and was capped at a week. 2 have a start and no end, and stay in the hour of the start. 10 have no time and are in neither.',
  )
})
