import assert from 'node:assert/strict'
import { test } from 'node:test'
import { monthsBetween } from '../../platform/calendar.ts'
import { busyHours, hoursWords } from './busy-hours.ts'
import { seasonalIndex, seasonHigh } from './seasonal-index.ts'

test('the seasonal index is per cent from the annual monthly mean, over whole years only', () => {
  // Every month 100 except July, 160: mean 105, July +52.4%, others −4.8%.
  const known = new Map(monthsBetween('2016-01', '2019-05').map(m => [m, m.endsWith('-07') ? 160 : 100]))
  const index = seasonalIndex(known, '2019-05', '2016-01')
  assert.deepEqual(
    index.years.map(y => `${y.from} ${y.to}`),
    ['2018-06 2019-05', '2017-06 2018-05', '2016-06 2017-05'],
  )
  assert.equal(index.counts[6], 480)
  assert.equal(index.percents[6]!.toFixed(1), '52.4')
  assert.equal(index.percents[0]!.toFixed(1), '-4.8')
  assert.ok(Math.abs(index.percents.reduce<number>((a, b) => a + b!, 0)) < 1e-9)
})

test('a year with a month that was not sent is left out, and the years before it still count', () => {
  const known = new Map(monthsBetween('2016-06', '2019-05').map(m => [m, 10]))
  known.delete('2017-11')
  assert.deepEqual(
    seasonalIndex(known, '2019-05', '2016-06').years.map(y => y.to),
    ['2019-05', '2017-05'],
  )
  assert.deepEqual(seasonalIndex(new Map(), '2019-05', '2016-06').percents, Array(12).fill(null))
})

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

test('a spike in one year is not a season', () => {
  const months = monthsBetween('2016-06', '2019-05')
  const flat = new Map(months.map(m => [m, 10]))
  const spike = new Map([...flat, ['2019-03', 100]] as const)
  assert.equal(seasonHigh(seasonalIndex(spike, '2019-05', '2016-06')), null)
  const summers = new Map(months.map(m => [m, m.endsWith('-07') ? 20 : 10]))
  assert.equal(seasonHigh(seasonalIndex(summers, '2019-05', '2016-06')), 6)
  assert.equal(seasonHigh(seasonalIndex(summers, '2019-05', '2017-06')), null)
})
