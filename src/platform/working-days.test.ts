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

// https://www.gov.uk/bank-holidays, England and Wales.
const published: Record<string, string> = {
  '2018': '01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26',
  '2019': '01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26',
  '2020': '01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28',
  '2021': '01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28',
  '2022': '01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27',
  '2023': '01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26',
  '2024': '01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26',
  '2025': '01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26',
  '2026': '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28',
  '2027': '01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28',
}

for (const [year, days] of Object.entries(published)) {
  test(`the bank holidays of ${year} are those that were published`, () => {
    assert.deepEqual(
      [...bankHolidays(year)],
      days.split(' ').map(day => `${year}-${day}`),
    )
  })
}

test('every bank holiday falls on a weekday, in any year', () => {
  for (let year = 2000; year < 2100; year++) {
    assert.ok(bankHolidays(String(year)).size >= 8, String(year))
    for (const day of bankHolidays(String(year))) {
      const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
      assert.ok(weekday >= 1 && weekday <= 5, day)
    }
  }
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
