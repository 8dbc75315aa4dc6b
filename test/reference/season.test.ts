/** The season of monthly series against the index table, R's `decompose` and R's `stl(y, "periodic")`. */
import { describe, test } from 'node:test'
import { centredAverage, classicalSeason, rollingSum } from '../../src/analysis/decompose.ts'
import { seasonIndex } from '../../src/analysis/season.ts'
import { stlPeriodic } from '../../src/analysis/stl.ts'
import { assertNear, referenceAbsent, referenceTable } from './reference-table.ts'

const seriesOf = (file: string): Map<string, Record<string, string>[]> =>
  Map.groupBy(referenceTable(`seasonal/${file}`), row => row.series!)

const column = (rows: readonly Record<string, string>[], name: string): Float64Array =>
  Float64Array.from(rows, row => Number(row[name]))

describe('season', { skip: referenceAbsent }, () => {
  test('the index table and the test for equal months agree', () => {
    const expected = seriesOf('expected_index.csv')
    const tests = seriesOf('expected_test.csv')
    for (const [name, rows] of seriesOf('monthly.csv')) {
      const index = seasonIndex({
        year: column(rows, 'year'),
        month: column(rows, 'month'),
        count: column(rows, 'count'),
      })
      for (const [m, row] of expected.get(name)!.entries()) {
        assertNear(index.meanOfRatios[m]!, row.index_mean_of_ratios!, 1e-9, `${name} mean of ratios ${m}`)
        assertNear(index.sd[m]!, row.index_sd!, 1e-9, `${name} sd ${m}`)
        assertNear(index.total[m]!, row.total!, 0, `${name} total ${m}`)
        assertNear(index.ratioOfMeans[m]!, row.index_ratio_of_means!, 1e-9, `${name} ratio of means ${m}`)
        assertNear(index.perDay[m]!, row.index_per_day!, 1e-9, `${name} per day ${m}`)
      }
      const [chiSquared] = tests.get(name)!
      assertNear(index.chiSquared, chiSquared!.chisq_equal_months!, 1e-9, `${name} chi-squared`)
      assertNear(index.p, chiSquared!.p!, 1e-9, `${name} p`)
    }
  })

  test('trend and season agree with stl and decompose', () => {
    const seasons = seriesOf('expected_index.csv')
    const trends = seriesOf('expected_trend.csv')
    for (const [name, rows] of seriesOf('monthly.csv')) {
      const counts = column(rows, 'count')
      const stl = stlPeriodic(counts, 12)
      const additive = classicalSeason(counts, 12, 'additive')
      const multiplicative = classicalSeason(counts, 12, 'multiplicative')
      for (const [m, row] of seasons.get(name)!.entries()) {
        assertNear(multiplicative[m]!, row.decompose_multiplicative!, 1e-9, `${name} multiplicative ${m}`)
        assertNear(additive[m]!, row.decompose_additive!, 1e-9, `${name} additive ${m}`)
        assertNear(stl.seasonal[m]!, row.stl_periodic_additive!, 1e-9, `${name} STL season ${m}`)
      }
      const average = centredAverage(counts, 12)
      const rolling = rollingSum(counts, 12)
      for (const [t, row] of trends.get(name)!.entries()) {
        assertNear(stl.trend[t]!, row.trend_stl!, 1e-9, `${name} STL trend ${t}`)
        assertNear(stl.remainder[t]!, row.remainder_stl!, 1e-9, `${name} STL remainder ${t}`)
        assertNear(average[t]!, row.trend_ma12!, 1e-9, `${name} moving average ${t}`)
        assertNear(rolling[t]!, row.rolling12_sum!, 0, `${name} rolling twelve ${t}`)
      }
    }
  })
})
