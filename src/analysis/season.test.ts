import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { chiSquaredUpper } from './chi-squared.ts'
import { centredAverage, classicalSeason, rollingSum } from './decompose.ts'
import { seasonIndex } from './season.ts'
import { stlPeriodic } from './stl.ts'

const near = (found: number, expected: number, tolerance = 1e-12) =>
  assert.ok(Math.abs(found - expected) <= tolerance, `${found}, expected ${expected}`)

const years = (...counts: readonly (readonly number[])[]) => ({
  year: counts.flatMap((months, y) => months.map(() => 2018 + y)),
  month: counts.flatMap(months => months.map((_, m) => m + 1)),
  count: counts.flat(),
})
const flat = (count: number) => Array<number>(12).fill(count)

test('a month of twice the others is high in each year, and busy years weigh more only when pooled', () => {
  const quiet = flat(10).with(0, 20)
  const index = seasonIndex(years(quiet, flat(100)))
  near(index.meanOfRatios[0]!, (20 / (130 / 12) + 1) / 2)
  near(index.ratioOfMeans[0]!, 120 / (1330 / 12))
  near(index.sd[0]!, Math.abs(20 / (130 / 12) - 1) / Math.SQRT2)
})

test('February is no low month when its days are counted', () => {
  const daily = [31, 28.25, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].map(days => days * 4)
  const index = seasonIndex(years(daily))
  assert.ok(index.ratioOfMeans[1]! < 0.95)
  for (const value of index.perDay) near(value, 1)
})

test('a year that is not complete counts nowhere', () => {
  const index = seasonIndex(years(flat(5), [90, 90]))
  assert.deepEqual(index.years, [2018])
  assert.deepEqual([...index.meanOfRatios], flat(1))
  assert.ok(Number.isNaN(index.sd[0]!))
})

test('without events there is no index and no test', () => {
  const index = seasonIndex(years(flat(0)))
  assert.ok(Number.isNaN(index.meanOfRatios[0]!) && Number.isNaN(index.ratioOfMeans[0]!))
  assert.ok(Number.isNaN(index.chiSquared) && Number.isNaN(index.p))
})

test('equal months give chi-squared 0 and p 1', () => {
  const { chiSquared, p } = seasonIndex(years(flat(7)))
  assert.deepEqual([chiSquared, p], [0, 1])
})

test('what is no month, no count or given twice is refused with its value', () => {
  assert.throws(() => seasonIndex({ year: [2019], month: [13], count: [1] }), /month of value 0 is 13/)
  assert.throws(() => seasonIndex({ year: [2019], month: [3], count: [-1] }), /count of 2019-3 is -1/)
  assert.throws(
    () => seasonIndex({ year: [2019, 2019], month: [3, 3], count: [1, 2] }),
    /two counts of 2019-3/,
  )
})

test('the tail of chi-squared has its closed values', () => {
  near(chiSquaredUpper(3.841458820694124, 1), 0.05)
  near(chiSquaredUpper(2, 2), Math.exp(-1))
  near(chiSquaredUpper(6, 4), Math.exp(-3) * 4)
  near(chiSquaredUpper(19.67513757268249, 11), 0.05)
  assert.ok(chiSquaredUpper(1000, 11) > 0)
})

const straight = Float64Array.from({ length: 60 }, (_, t) => 3 * t + 40)
const wave = [5, -1, 0, 2, -3, 4, -6, 1, 0, -2, 3, -3]

test('a straight line under a season that sums to 0 comes apart into both', () => {
  const additive = classicalSeason(
    straight.map((level, t) => level + wave[t % 12]!),
    12,
    'additive',
  )
  for (const [place, part] of wave.entries()) near(additive[place]!, part, 1e-9)
})

// Two passes do not part a steep line from the season wholly, in R as here; a level they do.
test('a level under a season that sums to 0 comes apart into both by STL', () => {
  const values = Float64Array.from({ length: 60 }, (_, t) => 40 + wave[t % 12]!)
  const { seasonal, trend, remainder } = stlPeriodic(values, 12)
  for (const [place, part] of wave.entries()) near(seasonal[place]!, part, 1e-9)
  for (const level of trend) near(level, 40, 1e-9)
  for (const left of remainder) near(left, 0, 1e-9)
})

test('the centred average of a straight line is the line, and half a year at each end is missing', () => {
  const average = centredAverage(straight, 12)
  assert.equal([...average].filter(Number.isNaN).length, 12)
  for (let t = 6; t < 54; t++) near(average[t]!, straight[t]!, 1e-9)
})

test('rolling twelve months begin with the twelfth', () => {
  const sums = rollingSum(Float64Array.from(flat(2).concat(3)), 12)
  assert.ok(sums.subarray(0, 11).every(Number.isNaN))
  assert.deepEqual([...sums.subarray(11)], [24, 25])
})

test('two years are too few for STL, and it says so', () => {
  assert.throws(() => stlPeriodic(new Float64Array(24), 12), /24 values.* more than 24/)
})

const threeYears = fc.array(fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 12, maxLength: 12 }), {
  minLength: 3,
  maxLength: 5,
})

test('parts add up to the series, scaling scales them, and the order of rows does not matter', () => {
  fc.assert(
    fc.property(threeYears, counts => {
      const series = years(...counts)
      const values = Float64Array.from(series.count)
      const once = stlPeriodic(values, 12)
      const twice = stlPeriodic(
        values.map(v => v * 2),
        12,
      )
      for (const [t, value] of values.entries()) {
        near(once.seasonal[t % 12]! + once.trend[t]! + once.remainder[t]!, value, 1e-9)
        near(twice.trend[t]!, 2 * once.trend[t]!, 1e-8)
      }
      const backwards = {
        year: series.year.toReversed(),
        month: series.month.toReversed(),
        count: series.count.toReversed(),
      }
      assert.deepEqual(seasonIndex(backwards), seasonIndex(series))
    }),
    { numRuns: 30 },
  )
})
