import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CodeList } from '../codes/code-list.ts'
import { offenceCodeList } from '../codes/offence-codes.ts'
import { codeFor } from './typed-columns.ts'

const code = (list: CodeList, text: string) => codeFor(list, text)?.code

test('codes that another system padded with zeros are the same codes', () => {
  assert.equal(code(offenceCodeList, '008N'), '8N')
  assert.equal(code(offenceCodeList, '08n'), '8N')
  assert.equal(code(offenceCodeList, '001'), '1')
})

test('a code that passed through a column of numbers with gaps, and came back as 1.0, is 1', () => {
  assert.equal(code(offenceCodeList, '1.0'), '1')
})

test('a code with decimals keeps them: 4.1 and 4.10 are different offences', () => {
  assert.equal(code(offenceCodeList, '4.1'), '4.1')
  assert.equal(code(offenceCodeList, '4.10'), '4.10')
  assert.equal(code(offenceCodeList, '004.10'), '4.10')
})

test('a code that begins with a zero of its own is found first', () => {
  const list: CodeList = {
    id: 'x',
    title: 'X',
    source: 'invented',
    closed: true,
    codes: [
      { code: '1', label: 'one' },
      { code: '01', label: 'nought one' },
    ],
  }
  assert.equal(code(list, '01'), '01')
  assert.equal(code(list, '0'), undefined)
  assert.equal(code(list, ''), undefined)
})
