import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Figure, FigureRow } from '../figure.ts'
import { sharesOf } from './shares.ts'

const row = (code: string | null, count: number | null, denominator: number | null = null): FigureRow => ({
  labels: { gender: code ?? 'Unknown' },
  codes: { gender: code },
  value: count,
  count,
  denominator,
  low: null,
  high: null,
  comparatorValue: null,
  comparatorCount: null,
  comparatorDenominator: null,
  adjustedValue: null,
  suppressed: count === null,
  missing: false,
})

const figure = (rows: FigureRow[], total: number): Figure =>
  ({ rows, total: row(null, total), by: ['gender'] }) as unknown as Figure

test('shares are of those whose group is known, the unknown of everybody', () => {
  // 79 of 100 known; Wilson's interval of 79/100 is 70.0% to 85.8%.
  const [male, female, unknown] = sharesOf(
    figure([row('Male', 79), row('Female', 21), row(null, 25)], 125),
    'gender',
  )
  assert.equal(male!.percent, 79)
  assert.equal(male!.base, 100)
  assert.ok(Math.abs(male!.low! - 70.02) < 0.01 && Math.abs(male!.high! - 85.83) < 0.01)
  assert.equal(female!.percent, 21)
  assert.equal(unknown!.percent, 20)
  assert.equal(unknown!.base, 125)
})

test('a code that says "unknown" counts as unknown', () => {
  const shares = sharesOf(figure([row('Male', 80), row('X', 20)], 100), 'gender', ['X'])
  assert.equal(shares[0]!.percent, 100)
  assert.equal(shares[1]!.code, null)
})

test('R27 no percentage stands on a base of fewer than 20', () => {
  const shares = sharesOf(figure([row('Male', 15), row('Female', 4)], 19), 'gender')
  assert.ok(shares.every(s => s.percent === null && s.low === null))
})

test('a withheld count stays in the base and has no share of its own', () => {
  const shares = sharesOf(figure([row('Male', 60), row('Female', 30), row('Other', null)], 95), 'gender')
  assert.equal(shares[0]!.base, 95)
  assert.equal(shares[2]!.percent, null)
})

test('shares of residents come from the denominators', () => {
  const shares = sharesOf(figure([row('Male', 60, 500), row('Female', 40, 1500)], 100), 'gender')
  assert.deepEqual(
    shares.map(s => s.residentPercent),
    [25, 75],
  )
})
