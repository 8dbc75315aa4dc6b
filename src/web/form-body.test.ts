import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readFormBody } from './form-body.ts'

test('every text of a form is fit to keep, also where a field comes twice', () => {
  const fields = readFormBody('a=Zoe%CC%88&a=x%00y&b=one%0D%0Atwo&c=%ff&d=&e')
  assert.deepEqual({ ...fields }, { a: ['Zo\u00EB', 'x\uFFFDy'], b: 'one\ntwo', c: '\uFFFD', d: '', e: '' })
})

test('names of the language are names of fields like any other', () => {
  const fields = readFormBody('__proto__=a&constructor=b')
  assert.deepEqual(Object.keys(fields), ['__proto__', 'constructor'])
})

test('no field is left out, however many there are', () => {
  const names = Array.from({ length: 5000 }, (_, i) => `f${i}=1`)
  assert.equal(Object.keys(readFormBody(names.join('&'))).length, 5000)
})
