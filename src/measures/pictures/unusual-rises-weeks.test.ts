import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { evidenceInMemory } from '../../../test/evidence-in-memory.ts'
import {
  isoWeek,
  mondayOf,
  parseIsoWeek,
  sundayOf,
  weekOf,
  weekSql,
  weekWords,
} from './unusual-rises-weeks.ts'

// The examples of ISO 8601 and of its article in Wikipedia.
test('a week belongs to the year of its Thursday', () => {
  for (const [day, week] of [
    ['2005-01-01', '2004-W53'],
    ['2005-12-31', '2005-W52'],
    ['2006-01-02', '2006-W01'],
    ['2008-12-29', '2009-W01'],
    ['2010-01-03', '2009-W53'],
    ['2019-05-13', '2019-W20'],
    ['2019-05-19', '2019-W20'],
  ] as const) {
    assert.equal(isoWeek(weekOf(day)), week, day)
  }
  assert.equal(mondayOf(parseIsoWeek('2019-W20')!), '2019-05-13')
  assert.equal(sundayOf(parseIsoWeek('2019-W20')!), '2019-05-19')
})

test('a week that a year does not have is no week', () => {
  assert.notEqual(parseIsoWeek('2020-W53'), null)
  for (const text of ['2019-W53', '2019-W00', '2019-W60', '2019-20', 'W20', '2019-W2', '']) {
    assert.equal(parseIsoWeek(text), null, text)
  }
})

test('every week is named once and found again by its name', () => {
  fc.assert(
    fc.property(fc.integer({ min: -3000, max: 9000 }), week => {
      assert.equal(parseIsoWeek(isoWeek(week)), week)
      assert.equal(weekOf(mondayOf(week)), week)
      assert.equal(weekOf(sundayOf(week)), week)
    }),
  )
})

test('the query puts days and times into the same weeks', async () => {
  const evidence = await evidenceInMemory({})
  const days = ['1969-12-31', '1970-01-04', '1970-01-05', '2019-05-12', '2019-05-13', '2019-05-19']
  for (const day of days) {
    const [row] = await evidence.query<{ a: number; b: number }>(
      `select ${weekSql(`cast('${day}' as date)`)} as a, ${weekSql(`cast('${day} 23:59:59' as timestamp)`)} as b`,
    )
    assert.deepEqual(row, { a: weekOf(day), b: weekOf(day) })
  }
  evidence.close()
})

test('a week is said with no word twice', () => {
  assert.equal(weekWords(parseIsoWeek('2019-W20')!), '13 to 19 May 2019')
  assert.equal(weekWords(parseIsoWeek('2019-W18')!), '29 April to 5 May 2019')
  assert.equal(weekWords(parseIsoWeek('2020-W01')!), '30 December 2019 to 5 January 2020')
})
