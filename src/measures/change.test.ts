import assert from 'node:assert/strict'
import { test } from 'node:test'
import { differenceOfCounts, differenceOfShares } from '../analysis/chance.ts'
import { changeInWords, changeOf } from './change.ts'
import type { Figure, FigureRow } from './figure.ts'

const row = (more: Partial<FigureRow>): FigureRow => ({
  labels: {},
  codes: {},
  value: null,
  count: null,
  denominator: null,
  low: null,
  high: null,
  comparatorValue: null,
  comparatorCount: null,
  comparatorDenominator: null,
  adjustedValue: null,
  suppressed: false,
  missing: false,
  ...more,
})

const figure = (total: Partial<FigureRow>, more: Partial<Figure> = {}): Figure => ({
  id: '',
  measure: 'sharp-object-admissions-u25',
  title: '',
  kind: 'count',
  definition: '',
  unit: 'admissions',
  period: { from: '2021-04', to: '2021-11' },
  by: [],
  where: {},
  variant: {},
  per: null,
  against: null,
  comparator: { from: '2019-04', to: '2019-11' },
  rows: [],
  total: row(total),
  unknown: {},
  warnings: [],
  recordingChanges: [],
  disclosure: 'record',
  lineage: { evidenceVersion: '', sql: '', files: [], rowsRead: 0 },
  ...more,
})

const counts = (count: number, comparatorCount: number): Partial<FigureRow> => ({
  value: count,
  count,
  comparatorValue: comparatorCount,
  comparatorCount,
})

test('80 against 90 is an 11% fall in arithmetic and no clear change in words', () => {
  const change = changeOf(figure(counts(80, 90)))!
  assert.equal(change.percent, -11.1)
  assert.equal(change.arithmetic, 'an 11% fall, 80 against 90')
  assert.equal(change.clear, false)
  assert.equal(change.words, 'no clear change (80 against 90)')
  assert.equal(change.short, 'no clear change')
})

test('361 against 333 lies within expected variation', () => {
  assert.equal(changeInWords(figure(counts(361, 333))), 'no clear change (361 against 333)')
})

test('a change beyond chance is said with its size and both counts', () => {
  assert.equal(changeInWords(figure(counts(800, 900))), 'an 11% fall, 800 against 900')
  assert.equal(changeInWords(figure(counts(65450, 55219))), 'a 19% rise, 65,450 against 55,219')
  assert.equal(changeInWords(figure(counts(1800, 1000))), 'an 80% rise, 1,800 against 1,000')
})

test('four against nine is no clear change, however large the percentage', () => {
  assert.equal(changeOf(figure(counts(4, 9)))!.percent, -55.6)
  assert.equal(changeInWords(figure(counts(4, 9))), 'no clear change (4 against 9)')
})

test('a rise from nothing has no percentage', () => {
  assert.equal(changeInWords(figure(counts(12, 0))), 'a rise, 12 against 0')
})

test('nothing is said where a side is missing', () => {
  assert.equal(changeOf(figure({ value: 5, count: 5 })), null)
  assert.match(changeInWords(figure({ value: 5, count: 5 })), /missing or withheld/)
})

test('periods of different length are set side by side without a verdict', () => {
  const uneven = figure(counts(400, 200), { comparator: { from: '2019-04', to: '2019-07' } })
  assert.equal(changeInWords(uneven), '400 against 200, over periods of 244 and 122 days')
  assert.equal(changeOf(uneven)!.clear, false)
  assert.equal(changeOf(uneven)!.short, 'not comparable')
})

test('shares change by percentage points, with what they are out of', () => {
  const share = figure({
    value: 6.14,
    count: 614,
    denominator: 10000,
    comparatorValue: 9.77,
    comparatorCount: 977,
    comparatorDenominator: 10000,
  })
  assert.equal(
    changeInWords(share),
    'a fall of 3.6 percentage points, 6.1% against 9.8% (614 of 10,000 against 977 of 10,000)',
  )
  assert.equal(changeOf(share)!.short, 'down 3.6 points')
})

test('R27 no percentage on a base under 20 for those who may not see records', () => {
  const change = changeOf(figure(counts(60, 15), { disclosure: 'protected' }))!
  assert.equal(change.percent, null)
  assert.equal(change.words, 'a rise, 60 against 15')
  assert.equal(change.short, 'up')
})

test('rates are compared against residents of both years', () => {
  const rates = figure(
    {
      value: 100,
      count: 1000,
      denominator: 1_000_000,
      comparatorValue: 80,
      comparatorCount: 720,
      comparatorDenominator: 900_000,
    },
    { per: 100000 },
  )
  assert.equal(changeInWords(rates), 'a 25% rise, 100 against 80 per 100,000 residents (1,000 against 720)')
})

// R: binom.test(2, 12)$p.value = 0.03857422; symmetric, so doubling the tail gives the same.
test('the test of two counts agrees with the exact binomial test', () => {
  assert.ok(Math.abs(differenceOfCounts(2, 1, 10, 1) - 0.03857421875) < 1e-12)
  assert.equal(differenceOfCounts(5, 1, 5, 1), 1)
})

// Fisher's tea: 3 of 4 against 1 of 4; one tail is (16 + 1) / 70.
test('the test of two shares agrees with the tea tasting', () => {
  assert.ok(Math.abs(differenceOfShares(3, 4, 1, 4) - (2 * 17) / 70) < 1e-12)
})

test('no change is read into sides of which months were not sent', () => {
  const lacking = figure(
    { value: 19119, count: 19119, comparatorValue: 10657, comparatorCount: 10657 },
    {
      warnings: [
        {
          kind: 'missing-comparator',
          sentence: 'Nothing is held for September 2018 to December 2018: missing, not zero.',
        },
      ],
    },
  )
  const change = changeOf(lacking)!
  assert.equal(change.clear, false)
  assert.equal(change.words, '19,119 against 10,657, but not every month of both sides was sent')
})
