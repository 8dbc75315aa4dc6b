import assert from 'node:assert/strict'
import { test } from 'node:test'
import { afterSkippedHour, dayNumber, dayOfMinute, dayText, minuteOf, minuteText, weekday } from './days.ts'

test('days and minutes since 1970 are written as the calendar has them', () => {
  assert.equal(dayText(dayNumber('2019-04-30')), '2019-04-30')
  assert.equal(dayText(dayNumber('2016-02-29') + 1), '2016-03-01')
  assert.equal(minuteText(minuteOf(dayNumber('2019-03-13'), 21, 15)), '2019-03-13 21:15')
  assert.equal(dayText(dayOfMinute(minuteOf(dayNumber('2019-03-13'), 23, 59) + 1)), '2019-03-14')
})

test('Monday is 0 and Sunday is 6', () => {
  // 1 June 2014 was a Sunday; 29 March 2021 a Monday.
  assert.equal(weekday(dayNumber('2014-06-01')), 6)
  assert.equal(weekday(dayNumber('2021-03-29')), 0)
})

test('the hour that the clocks skip becomes the hour after it, and no other hour moves', () => {
  const at = (day: string, hour: number, minute: number) =>
    minuteText(afterSkippedHour(minuteOf(dayNumber(day), hour, minute)))
  // The clocks went forward on 31 March 2019 and on 27 March 2022.
  assert.equal(at('2019-03-31', 1, 30), '2019-03-31 02:30')
  assert.equal(at('2022-03-27', 1, 0), '2022-03-27 02:00')
  assert.equal(at('2019-03-31', 0, 59), '2019-03-31 00:59')
  assert.equal(at('2019-03-31', 2, 0), '2019-03-31 02:00')
  assert.equal(at('2019-03-24', 1, 30), '2019-03-24 01:30')
  assert.equal(at('2019-10-27', 1, 30), '2019-10-27 01:30')
})
