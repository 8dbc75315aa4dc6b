import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dueWords, readListFilter, storeFilter } from './action-list.ts'
import { dayOff } from './due-day.ts'

const who = { user: 'sam', agency: 'police' }
const today = '2026-11-20'

test('an address that means nothing shows what everybody begins with', () => {
  assert.deepEqual(readListFilter({ whose: 'x', status: 'toString', p: '__proto__' }, 'mine'), {
    whose: 'mine',
    status: 'open',
    fourP: null,
    by: null,
    about: null,
    meetings: null,
  })
})

test('each filter narrows by what it says', () => {
  const of = (query: Record<string, string>) => storeFilter(readListFilter(query, 'mine'), who, today)
  assert.deepEqual(of({}), { owner: 'sam', states: ['open'] })
  assert.deepEqual(of({ whose: 'agency', status: 'overdue' }), { agency: 'police', overdueOn: today })
  assert.deepEqual(of({ whose: 'asked', status: 'week', by: 'schools' }), {
    madeByAgency: 'police',
    agency: 'schools',
    states: ['open'],
    dueFrom: today,
    dueTo: '2026-11-27',
  })
  assert.deepEqual(of({ about: 'x', p: 'protect', status: 'done' }), {
    about: 'x',
    fourP: 'protect',
    states: ['done'],
  })
  assert.deepEqual(of({ meetings: 'the-board', status: 'overdue' }), {
    meetingType: 'the-board',
    overdueOn: today,
  })
})

test('days are said as people say them', () => {
  assert.equal(dueWords('2026-11-20', today), 'due today')
  assert.equal(dueWords('2026-11-21', today), 'due tomorrow')
  assert.equal(dueWords('2026-11-30', today), 'due in 10 days')
  assert.equal(dueWords('2026-11-19', today), '1 day over')
  assert.equal(dueWords('2026-10-21', today), '30 days over')
})

test('a day off is said to be one, with the working day before it', () => {
  // https://www.gov.uk/bank-holidays: in 2026 Boxing Day falls on a Saturday, so Monday 28 December stands in for it.
  assert.equal(dayOff('2026-12-24', today), null)
  assert.deepEqual(dayOff('2026-12-28', today), {
    day: '2026-12-28',
    says: 'Monday 28 December 2026 is a bank holiday.',
    instead: '2026-12-24',
    insteadWords: 'Thursday 24 December 2026',
  })
  assert.equal(dayOff('2026-11-22', today)?.says, 'Sunday 22 November 2026 is at a weekend.')
  assert.equal(dayOff('2026-11-22', today)?.instead, '2026-11-20')
})

test('where the working day before would lie in the past, it is the one after', () => {
  assert.equal(dayOff('2026-11-22', '2026-11-21')?.instead, '2026-11-23')
})
