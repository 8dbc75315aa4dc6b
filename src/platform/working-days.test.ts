import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays } from './calendar.ts'
import { addWorkingDays, bankHolidays, isWorkingDay } from './working-days.ts'

test('weekends and bank holidays are left out', () => {
  assert.equal(addWorkingDays('2026-11-20', 1), '2026-11-23', 'Friday to Monday')
  assert.equal(addWorkingDays('2026-11-21', 1), '2026-11-23', 'from a Saturday')
  assert.equal(
    addWorkingDays('2026-12-24', 1),
    '2026-12-29',
    'Christmas 2026: the 28th stands in for the 26th',
  )
  assert.equal(addWorkingDays('2027-03-25', 3), '2027-04-01', 'over Easter')
  assert.equal(addWorkingDays('2026-11-20', 0), '2026-11-20')
})

test('every bank holiday falls on a weekday, and each year has eight', () => {
  for (const day of bankHolidays) {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
    assert.ok(weekday >= 1 && weekday <= 5, day)
  }
  for (const year of ['2024', '2025', '2026', '2027']) {
    assert.equal(bankHolidays.filter(day => day.startsWith(year)).length, 8, year)
  }
  assert.deepEqual(bankHolidays, [...bankHolidays].sort())
})

test('between two days lie as many working days as were asked for', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 1, max: 15 }), (start, count) => {
      const from = addDays('2024-01-01', start)
      const to = addWorkingDays(from, count)
      let found = 0
      for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkingDay(day)) found++
      assert.equal(found, count)
      assert.ok(isWorkingDay(to))
    }),
  )
})

test('a year whose holidays nobody has listed is refused rather than guessed', () => {
  assert.throws(() => isWorkingDay('2031-05-06'), /2031 are not listed/)
})
