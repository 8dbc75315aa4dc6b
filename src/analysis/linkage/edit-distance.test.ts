import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { editsOfEqualLength, levenshtein } from './edit-distance.ts'

test('between strings of equal length, distances up to two are told without the whole table', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[01]{6}$/), fc.stringMatching(/^[01]{6}$/), (a, b) => {
      assert.equal(editsOfEqualLength(a, b), Math.min(3, levenshtein(a, b)))
    }),
    { numRuns: 2000 },
  )
  assert.equal(editsOfEqualLength('2011-05-03', '2011-03-05'), 2)
  assert.equal(editsOfEqualLength('12345', '51234'), 2)
  assert.equal(editsOfEqualLength('', ''), 0)
})
