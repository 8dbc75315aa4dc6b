import assert from 'node:assert/strict'
import { resolve } from 'node:path'
import { test } from 'node:test'
import { packForTests } from '../../../test/pack-for-tests.ts'
import { readAreaPack } from '../../areas/read-area-pack.ts'
import { methodState, methods } from './register.ts'

const today = '2026-11-20'
const withLine = (line: { stops: string; off?: string } | null) => ({
  ...packForTests,
  methods: line ? [{ id: 'density', owner: 'The head of analysis', ...line }] : [],
})

test('R9 no method runs without an entry that names its owner and its last day', () => {
  const state = methodState(withLine({ stops: today }), 'density', today)
  assert.equal(state.runs && state.owner, 'The head of analysis')
  assert.equal(methodState(withLine(null), 'density', today).runs, false)
})

test('R9 a method stops on its date unless it is looked at again', () => {
  const state = methodState(withLine({ stops: '2026-11-19' }), 'density', today)
  assert.match(state.runs ? '' : state.because, /allowed until 2026-11-19.*The head of analysis/)
})

test('R9 the off switch says who switched it off and why', () => {
  const state = methodState(
    withLine({ stops: '2099-01-01', off: 'points were found to be wrong.' }),
    'density',
    today,
  )
  assert.match(state.runs ? '' : state.because, /switched off by The head of analysis: points were found/)
})

test('R9 every entry says purpose, inputs, tests, equality, caution and source', () => {
  for (const method of methods) {
    for (const [field, text] of Object.entries(method)) {
      assert.ok(String(text).length > 0, `${method.id} leaves ${field} empty`)
    }
  }
  assert.equal(new Set(methods.map(m => m.id)).size, methods.length)
})

test('R9 the area that comes with the program names only methods that exist', async () => {
  const pack = await readAreaPack(resolve(import.meta.dirname, '../../../areas/west-midlands'))
  const known = methods.map(m => m.id as string)
  assert.deepEqual(
    pack.methods.map(m => m.id).filter(id => !known.includes(id)),
    [],
  )
})
