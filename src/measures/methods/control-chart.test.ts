import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addMonths } from '../../platform/calendar.ts'
import { measures } from '../catalogue/index.ts'
import { type ControlOptions, controlChart, isUnsteady, type MonthlyValue } from './control-chart.ts'
import { directionOfMeasure } from './control-chart-direction.ts'

/** Counts from April 2018 on; null was not sent. */
const counts = (...values: (number | null)[]): MonthlyValue[] =>
  values.map((value, i) => ({
    month: addMonths('2018-04', i),
    value,
    count: value,
    denominator: null,
    incomplete: false,
  }))

const asked = (more: Partial<ControlOptions> = {}): ControlOptions => ({
  changes: [],
  pandemic: { from: '2020-04', to: '2021-03' },
  baseline: null,
  shownFrom: '2018-04',
  scale: null,
  isShare: false,
  ...more,
})

/** 90 and 110 in turn: average 100, every moving range 20. */
const swinging = (months: number) => Array.from({ length: months }, (_, i) => (i % 2 === 0 ? 90 : 110))
const near = (found: number, expected: number) => assert.ok(Math.abs(found - expected) < 1e-9, `${found}`)

test('limits are the average and 2.66 moving ranges of the first two years', () => {
  const { months, stretches } = controlChart(counts(...swinging(24), 300), asked())
  near(months[24]!.limits!.average, 100)
  near(months[24]!.limits!.upper, 100 + 2.66 * 20)
  near(months[24]!.limits!.lower!, 100 - 2.66 * 20)
  assert.equal(months[24]!.marks!.outside, 1)
  assert.deepEqual(stretches[0]!.baseline, { from: '2018-04', to: '2020-03', months: 24, isChosen: false })
})

// Moving ranges of 2 would put limits at 94.68 and 105.32; chance puts them at 100 ± 30.
test('limits lie no closer than chance alone puts counts', () => {
  const close = Array.from({ length: 24 }, (_, i) => (i % 2 === 0 ? 99 : 101))
  const { months, stretches } = controlChart(counts(...close, 120, 131), asked())
  near(months[0]!.limits!.upper, 130)
  assert.equal(stretches[0]!.widened, true)
  assert.deepEqual([months[24]!.marks!.outside, months[25]!.marks!.outside], [0, 1])
})

test('with few counts the lower limit is not drawn below zero', () => {
  const { months } = controlChart(counts(...Array(12).fill(6)), asked())
  assert.equal(months[0]!.limits!.lower, null)
  near(months[0]!.limits!.upper, 6 + 3 * Math.sqrt(6))
  assert.equal(months[0]!.marks!.outside, 0)
})

test('fewer than five a month, and fewer than twelve months, are not judged', () => {
  const few = controlChart(counts(...Array(24).fill(4)), asked())
  assert.equal(few.stretches[0]!.without, 'small-counts')
  const short = controlChart(counts(...swinging(11)), asked())
  assert.equal(short.stretches[0]!.without, 'few-months')
  for (const chart of [few, short]) assert.ok(chart.months.every(m => m.limits === null && m.marks === null))
})

test('a change in recording begins new limits, and no run crosses it', () => {
  // Six above the first average, then six above the second: twelve in a row, but of two kinds.
  const before = [...swinging(24), 111, 111, 111, 111, 111]
  const after = [211, 211, 211, 211, 211, 211, ...swinging(14).map(n => n + 89)]
  const { months, stretches } = controlChart(counts(...before, ...after), asked({ changes: ['2020-09'] }))
  assert.deepEqual(
    stretches.map(s => [s.from, s.to, s.baseline?.months]),
    [
      ['2018-04', '2020-08', 24],
      ['2020-09', '2022-04', 13],
    ],
  )
  assert.ok(months.slice(24).every(m => m.marks!.run === 0))
})

test('no limits rest on months of the pandemic, and they are judged all the same', () => {
  const { months, stretches } = controlChart(
    counts(...swinging(24), ...Array(12).fill(20), ...swinging(12)),
    asked({ shownFrom: '2019-10' }),
  )
  // October 2019 to March 2020 and April 2021 on.
  assert.deepEqual(stretches[0]!.baseline, { from: '2019-10', to: '2022-03', months: 18, isChosen: false })
  near(months[30]!.limits!.average, 100)
  assert.equal(months[30]!.marks!.outside, -1)
  assert.equal(months[0]!.marks, null)
})

test('the months chosen carry the limits, before and after them', () => {
  const { months, stretches } = controlChart(
    counts(...swinging(12).map(n => n + 100), ...swinging(12)),
    asked({ baseline: { from: '2019-04', to: '2020-03' } }),
  )
  assert.equal(stretches[0]!.baseline!.isChosen, true)
  near(months[0]!.limits!.average, 100)
  assert.ok(months.slice(0, 12).every(m => m.marks!.outside === 1 || m.value === 190))
  assert.ok(months.slice(0, 12).every(m => m.marks!.run === 1))
})

test('a month that was not sent ends a run, and one that is not complete is not judged', () => {
  const values = counts(...swinging(24), 111, 111, 111, null, 111, 111, 111, 111, 10)
  values.at(-1)!.incomplete = true
  const { months } = controlChart(values, asked())
  assert.ok(months.every(m => !m.marks || m.marks.run === 0))
  assert.deepEqual([months.at(-1)!.marks, months[27]!.marks], [null, null])
})

test('months that were left out altogether end a run as well', () => {
  const values = counts(...swinging(24), 111, 111, 111, 500, 111, 111, 111, 111)
  const { months } = controlChart(
    values.filter(v => v.value !== 500),
    asked(),
  )
  assert.ok(months.every(m => m.marks!.run === 0))
})

// p′: 30 of 100 and 50 of 100 in turn, mean 0.4, binomial sd 0.049; scores ±2.04 apart by 4.08, over 1.128 is 3.62.
test('shares are judged by Laney’s p′ chart, in per cent, and never pass the whole', () => {
  const share = (month: number, count: number, denominator: number): MonthlyValue => ({
    month: addMonths('2018-04', month),
    value: (100 * count) / denominator,
    count,
    denominator,
    incomplete: false,
  })
  const steady = Array.from({ length: 24 }, (_, i) => share(i, i % 2 === 0 ? 30 : 50, 100))
  const { months } = controlChart(
    [...steady, share(24, 95, 100), share(25, 399, 400)],
    asked({ scale: 100, isShare: true }),
  )
  const sd = Math.sqrt(0.4 * 0.6) / 10
  const spread = 0.2 / sd / 1.128
  near(months[0]!.limits!.average, 40)
  near(months[0]!.limits!.upper, Math.min(100, 40 + 300 * sd * spread))
  near(months[25]!.limits!.upper, 40 + (300 * sd * spread) / 2)
  assert.deepEqual([months[24]!.marks!.outside, months[25]!.marks!.outside], [1, 1])
})

test('months in a run that limits rest on themselves are said to be unsteady', () => {
  assert.equal(isUnsteady(controlChart(counts(...swinging(24)), asked())), false)
  const rising = Array.from({ length: 24 }, (_, i) => 100 + 4 * i)
  assert.equal(isUnsteady(controlChart(counts(...rising), asked())), true)
})

test('limits are never closer than chance, and reversing time changes none', () => {
  const months = fc.array(fc.integer({ min: 5, max: 400 }), { minLength: 12, maxLength: 24 })
  fc.assert(
    fc.property(months, values => {
      const limits = controlChart(counts(...values), asked()).months[0]!.limits
      const reversed = controlChart(counts(...values.toReversed()), asked()).months[0]!.limits
      assert.ok(limits && reversed)
      near(limits.average, reversed.average)
      near(limits.upper, reversed.upper)
      assert.ok(limits.upper - limits.average >= 3 * Math.sqrt(limits.average) - 1e-9)
    }),
  )
})

test('R7 what police activity makes is never called more or less harm', () => {
  const activity = measures.filter(m => directionOfMeasure(m) === 'activity').map(m => m.id)
  for (const id of ['stop-and-search', 'weapons-recovered', 'street-weapons', 'knife-crime-suspects']) {
    assert.ok(activity.includes(id), id)
  }
  for (const id of ['knife-crime', 'homicide', 'sharp-object-admissions', 'robbery']) {
    assert.ok(!activity.includes(id), id)
  }
})
