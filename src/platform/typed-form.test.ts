import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Faults, fitToKeep, readText, typedDay, typedText } from './typed-form.ts'

test('what nobody can see is taken out; joiners, tabs and lines stay', () => {
  assert.equal(fitToKeep('a\u202Eb\u0007c\u2066d\u007F'), 'abcd')
  assert.equal(fitToKeep('👩\u200D👧 می\u200Cخواهم \u200Fعربي'), '👩\u200D👧 می\u200Cخواهم \u200Fعربي')
  assert.equal(fitToKeep('one\r\ntwo\ttab'), 'one\ntwo\ttab')
})

test('letters have one spelling', () => {
  assert.equal(fitToKeep('Zoe\u0308'), 'Zo\u00EB')
})

test('NUL and half characters stand as �, which no field takes', () => {
  const faults: Faults = {}
  const seen = fitToKeep('a\0b\uD800c')
  assert.equal(seen, 'a\uFFFDb\uFFFDc')
  assert.equal(
    readText({ seen }, 'seen', { label: 'What you saw', most: 10 }, faults),
    seen,
    'kept for the page',
  )
  assert.match(faults.seen!, /What you saw holds a character that could not be read/)
})

test('a text is measured as people count, and one that is too short is asked for', () => {
  const rule = { label: 'The reason', most: 4, least: 2, needed: 'Say why' }
  const fault = (reason: string) => {
    const faults: Faults = {}
    readText({ reason }, 'reason', rule, faults)
    return faults.reason
  }
  assert.equal(fault('🧵🧵🧵🧵'), undefined)
  assert.match(fault('12345')!, /5 characters long. Shorten it to 4/)
  assert.equal(fault(' '), 'Say why')
  assert.equal(fault('x'), 'Say why')
})

test('a field that came twice is read once', () => {
  assert.equal(typedText({ given: [' One ', 'Two'] }, 'given'), 'One')
  assert.equal(typedText({}, 'given'), '')
})

test('a day is typed with months in figures or words; what is no day is none', () => {
  const day = (d: string, m: string, y: string) =>
    typedDay({ 'on-day': d, 'on-month': m, 'on-year': y }, 'on')
  assert.equal(day('4', 'may', '2012'), '2012-05-04')
  assert.equal(day('04', '05', '2012'), '2012-05-04')
  assert.equal(day('29', 'Feb', '2024'), '2024-02-29')
  assert.equal(day('', '', ''), undefined)
  for (const [d, m, y] of [
    ['29', '2', '2023'],
    ['31', '4', '2024'],
    ['0', '1', '2024'],
    ['1', '13', '2024'],
    ['1', '1', '24'],
    ['1', '1', '0000'],
    ['31', '12', '1899'],
    ['1', '1', '2200'],
    ['1', '1', '12024'],
    ['1', '', '2024'],
    ['1.0', '1', '2024'],
    ['-1', '1', '2024'],
  ] as const) {
    assert.equal(day(d, m, y), null, `${d} ${m} ${y}`)
  }
})
