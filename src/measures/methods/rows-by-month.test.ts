import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addMonths } from '../../platform/calendar.ts'
import { outOfLine, rowsByMonth } from './rows-by-month.ts'

const monthly = (...rows: number[]) => rows.map((n, i) => ({ month: addMonths('2018-01', i), rows: n }))
const odd = (months: ReturnType<typeof monthly>) =>
  rowsByMonth(months).flatMap(m => (outOfLine(m) === 0 ? [] : [[m.month, outOfLine(m)]]))

/** Two years of about a thousand rows that differ by up to 40 either way. */
const ordinary = Array.from({ length: 24 }, (_, i) => 1000 + [0, 40, -25, 10, -40, 25][i % 6]!)

test('a month that was cut short and one that was sent twice are named, the months beside them are not', () => {
  const months = monthly(...ordinary)
  months[9]!.rows = 590
  months[16]!.rows = 2000
  assert.deepEqual(odd(months), [
    ['2018-10', -1],
    ['2019-05', 1],
  ])
  assert.deepEqual(odd(monthly(...ordinary)), [])
})

test('expected is the median a day of the half-year before and after, so that February is not odd', () => {
  const perDay = [...Array<number>(6).fill(100), 150, ...Array<number>(18).fill(200)]
  const days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  const rows = rowsByMonth(monthly(...perDay.map((n, i) => n * days[i % 12]!)))
  // Around July 2018: six months of 100 a day and six of 200. Around February 2018: five of 100 and one of 150.
  assert.equal(rows[6]!.expected!.rows, 150 * 31)
  assert.equal(rows[1]!.expected!.rows, 100 * 28)
})

test('growth and a change of level are not odd months', () => {
  assert.deepEqual(odd(monthly(...ordinary.map((n, i) => Math.round(n * 1.02 ** i)))), [])
  assert.deepEqual(odd(monthly(...ordinary, ...ordinary.map(n => n + 300))), [])
})

test('small files differ by chance, and equal ones by a row', () => {
  assert.deepEqual(odd(monthly(...Array.from({ length: 24 }, (_, i) => (i === 11 ? 14 : 9)))), [])
  assert.deepEqual(odd(monthly(...Array.from({ length: 24 }, (_, i) => (i === 11 ? 761 : 760)))), [])
})

test('nothing is said of less than a year, nor of months with few around them', () => {
  assert.deepEqual(odd(monthly(1000, 1000, 1000, 1000, 100, 1000, 1000, 1000, 1000, 1000, 1000)), [])
  const alone = [...monthly(...ordinary), { month: '2023-01', rows: 5 }]
  assert.equal(rowsByMonth(alone).at(-1)!.expected, null)
})

test('ten times the rows have ten times the expectation', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 13, maxLength: 40 }), rows => {
      const once = rowsByMonth(monthly(...rows))
      const tenfold = rowsByMonth(monthly(...rows.map(n => 10 * n)))
      once.forEach((m, i) => {
        const ten = tenfold[i]!.expected
        assert.equal(m.expected === null, ten === null)
        if (m.expected) assert.ok(Math.abs(ten!.rows / m.expected.rows - 10) < 1e-9)
      })
    }),
  )
})
