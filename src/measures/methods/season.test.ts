import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lastDay, type Month, monthsBetween } from '../../platform/calendar.ts'
import { monthsInARow, seasonHigh, seasonOfMonths, trendWithoutSeason } from './season.ts'

const months = (from: Month, to: Month, count: (month: Month) => number) =>
  new Map(monthsBetween(from, to).map(m => [m, count(m)]))
const near = (found: number, expected: number, by = 1e-9) =>
  assert.ok(Math.abs(found - expected) < by, `${found} is not ${expected}`)
const isJuly = (month: Month) => month.endsWith('-07')

test('the index is per cent from the annual monthly mean, over years that end with the month asked for', () => {
  // Every month 100 except July, 160: mean 105, July +52.4%, the others −4.8%.
  const known = months('2016-01', '2019-05', m => (isJuly(m) ? 160 : 100))
  const season = seasonOfMonths(known, '2016-01', '2019-05')
  assert.deepEqual(
    season.years.map(y => `${y.from} ${y.to}`),
    ['2016-06 2017-05', '2017-06 2018-05', '2018-06 2019-05'],
  )
  assert.equal(season.counts[6], 480)
  near(season.index[6]!, (100 * 160) / 105 - 100)
  near(season.index[0]!, (100 * 100) / 105 - 100)
  near(season.sd[6]!, 0)
})

test('each year counts alike in the index, and busy years count more in all years together', () => {
  // July is twice its year's other months in the first year, the same as them in the second, which is ten times as busy.
  const known = months('2017-06', '2019-05', m => (m < '2018-06' ? (isJuly(m) ? 20 : 10) : 100))
  const { index, pooled, sd } = seasonOfMonths(known, '2017-06', '2019-05')
  const first = 20 / (130 / 12)
  near(index[6]!, 100 * ((first + 1) / 2 - 1))
  near(pooled[6]!, 100 * (120 / ((130 + 1200) / 12) - 1))
  // Of two values the standard deviation is their difference over the root of two.
  near(sd[6]!, (100 * (first - 1)) / Math.SQRT2)
})

test('February is judged by its days', () => {
  // As many a day in every month: 31 in January, 28 in February.
  const days = { '02': 28, '04': 30, '06': 30, '09': 30, '11': 30 } as Record<string, number>
  const known = months('2017-01', '2019-12', m => 10 * (days[m.slice(5)] ?? 31))
  const { index, perDay, years } = seasonOfMonths(known, '2017-01', '2019-12')
  near(index[1]!, 100 * (280 / (3650 / 12) - 1))
  assert.ok(Math.abs(perDay[1]!) < 1 && perDay[1]! > index[1]!)
  for (const percent of years.flatMap(y => y.perDay)) near(percent, 0)
})

test('months that differ by their days alone are no season, and those that differ beyond are', () => {
  // 100 a day for three years: against equal months chi-squared would be 88 (February 8,400 where 9,125 are a twelfth).
  const daily = months('2017-01', '2019-12', m => 100 * Number(lastDay(m).slice(8)))
  const { chiSquared, p } = seasonOfMonths(daily, '2017-01', '2019-12')
  near(chiSquared, 0)
  near(p, 1)
  // One year: 50 in January, whose share of 365 days is 31, 0 in the other months. 50 × (365/31 − 1) by hand.
  const january = months('2019-01', '2019-12', m => (m === '2019-01' ? 50 : 0))
  near(seasonOfMonths(january, '2019-01', '2019-12').chiSquared, 50 * (365 / 31 - 1))
})

test('a year with a month that was not sent is left out, and the years before it still count', () => {
  const known = months('2016-06', '2019-05', () => 10)
  known.delete('2017-11')
  assert.deepEqual(
    seasonOfMonths(known, '2016-06', '2019-05').years.map(y => y.to),
    ['2017-05', '2019-05'],
  )
  const none = seasonOfMonths(new Map(), '2016-06', '2019-05')
  assert.deepEqual([none.years, Number.isNaN(none.p), seasonHigh(none)], [[], true, null])
})

test('a spike in one year is not a season, and two years are not one either', () => {
  const flat = months('2016-06', '2019-05', () => 10)
  const spike = new Map([...flat, ['2019-03', 100]] as const)
  assert.equal(seasonHigh(seasonOfMonths(spike, '2016-06', '2019-05')), null)
  const summers = months('2016-06', '2019-05', m => (isJuly(m) ? 20 : 10))
  assert.equal(seasonHigh(seasonOfMonths(summers, '2016-06', '2019-05')), 6)
  assert.equal(seasonHigh(seasonOfMonths(summers, '2017-06', '2019-05')), null)
})

test('the trend of months in a row adds up with season and remainder, and follows a straight line', () => {
  const known = months('2015-01', '2018-12', m => 100 + (isJuly(m) ? 60 : 0))
  const trend = trendWithoutSeason(known, '2018-12')!
  assert.equal(trend.length, 48)
  for (const m of trend) {
    near(m.trend + m.season + m.remainder, m.count)
    near(m.trend, 105, 0.5)
  }
  assert.deepEqual([trend[10]!.twelveMonths, trend[11]!.twelveMonths], [null, 1260])
})

test('fewer than three years in a row, or a gap within them, have no trend', () => {
  const known = months('2015-01', '2018-12', () => 10)
  known.delete('2016-03')
  assert.equal(monthsInARow(known, '2018-12').length, 33)
  assert.equal(trendWithoutSeason(known, '2018-12'), null)
  assert.deepEqual(monthsInARow(known, '2019-02'), [])
})
