import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ageWords, numberWords } from './words.ts'

test('ages read as people say them, and what is no age band stays as it is', () => {
  assert.deepEqual(['under 10', '10-17', '25-34', 'over 34', 'Unknown'].map(ageWords), [
    'Under 10',
    '10 to 17',
    '25 to 34',
    '35 and over',
    'Unknown',
  ])
})

test('numbers have their thousands, and decimals only where they are not whole', () => {
  assert.deepEqual([1255, 1255.04, 0.25].map(numberWords), ['1,255', '1,255.0', '0.25'])
})
