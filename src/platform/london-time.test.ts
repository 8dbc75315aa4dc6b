import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { londonDay } from './calendar.ts'
import { londonInstant, londonMinutes } from './london-time.ts'

test('an hour of a London day is an hour earlier in UTC while summer time lasts', () => {
  const cases = [
    ['2026-01-15', 17, '2026-01-15T17:00:00.000Z'],
    ['2026-07-15', 17, '2026-07-15T16:00:00.000Z'],
    // The clocks go forward on 29 March 2026 at 01:00 and back on 25 October at 02:00.
    ['2026-03-29', 0, '2026-03-29T00:00:00.000Z'],
    ['2026-03-29', 1, '2026-03-29T01:00:00.000Z'],
    ['2026-03-29', 2, '2026-03-29T01:00:00.000Z'],
    ['2026-03-29', 7, '2026-03-29T06:00:00.000Z'],
    ['2026-10-25', 0, '2026-10-24T23:00:00.000Z'],
    ['2026-10-25', 1, '2026-10-25T00:00:00.000Z'],
    ['2026-10-25', 2, '2026-10-25T02:00:00.000Z'],
    ['2026-10-25', 7, '2026-10-25T07:00:00.000Z'],
  ] as const
  for (const [day, hour, instant] of cases) {
    assert.equal(londonInstant(day, hour).toISOString(), instant, `${day} ${hour}`)
  }
})

test('the clock shows the hour again at the instant that was found', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2018-01-01'), max: new Date('2030-12-31'), noInvalidDate: true }),
      fc.integer({ min: 3, max: 23 }),
      (date, hour) => {
        const day = londonDay(date)
        const instant = londonInstant(day, hour)
        assert.equal(londonDay(instant), day)
        assert.equal(londonMinutes(instant), hour * 60)
      },
    ),
  )
})
