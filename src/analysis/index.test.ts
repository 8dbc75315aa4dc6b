import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as ours from './index.ts'

test('the methods come as concord/analysis, as package.json says', async () => {
  // A name in a variable, so that the compiler does not look for types of the package within itself.
  const name = 'concord/analysis'
  const theirs = await import(name)
  assert.deepEqual(Object.keys(theirs), Object.keys(ours))
  assert.equal(theirs.aoristicWeek, ours.aoristicWeek)
})
