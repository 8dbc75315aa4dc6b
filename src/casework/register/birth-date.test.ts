import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type BirthDate, birthWords, mayBeChild, readBirthDate } from './birth-date.ts'

const today = '2026-11-20'
const read = (day: string, month: string, year: string, age = '') =>
  readBirthDate({ day, month, year, age }, today) as BirthDate

test('a birth date is kept as far as it is known, and said so', () => {
  assert.equal(birthWords(read('3', '5', '2011'), today), '15 years old, born 3 May 2011')
  assert.equal(birthWords(read('', '5', '2011'), today), 'About 15 years old, born in May 2011')
  assert.equal(birthWords(read('', '', '2011'), today), 'About 15 years old, born in 2011')
  assert.equal(birthWords(read('', '', '', '15'), today), 'About 15 years old, as somebody judged')
  assert.equal(birthWords(null, today), 'Age not known')
  assert.equal(birthWords(read('20', '11', '2025'), today), '1 year old, born 20 November 2025')
})

test('whoever may still be under 18 is treated as a child', () => {
  assert.equal(mayBeChild(read('20', '11', '2008'), today), false)
  assert.equal(mayBeChild(read('21', '11', '2008'), today), true)
  assert.equal(mayBeChild(read('', '', '2008'), today), true, 'perhaps born in December')
  assert.equal(mayBeChild(read('', '', '2007'), today), false)
  assert.equal(mayBeChild(null, today), true)
})

test('somebody born on 29 February comes of age on 1 March', () => {
  const leapling = { date: '2008-02-29', known: 'day' } as const
  assert.equal(mayBeChild(leapling, '2026-02-28'), true)
  assert.equal(mayBeChild(leapling, '2026-03-01'), false)
})

test('an age is estimated to the middle of its year', () => {
  const { date } = read('', '', '', '15')
  assert.ok(date > '2010-11-20' && date < '2011-11-20', date)
  assert.match(
    (readBirthDate({ day: '', month: '', year: '', age: '130' }, today) as { problem: string }).problem,
    /0 to 120/,
  )
})
