import assert from 'node:assert/strict'
import { test } from 'node:test'
import { saidOnce } from './warnings.ts'

test('what holds of every recording change is said once, after the last', () => {
  const change = (title: string) => ({
    kind: 'recording-change' as const,
    sentence: `${title}, 1 April 2020: more is recorded. Counts before and after differ for that reason too.`,
  })
  const other = { kind: 'rounded' as const, sentence: 'Counts are rounded to the nearest 5.' }
  assert.deepEqual(
    saidOnce([change('Review'), change('Software'), other]).map(w => w.sentence),
    [
      'Review, 1 April 2020: more is recorded.',
      'Software, 1 April 2020: more is recorded. Counts before and after differ for that reason too.',
      'Counts are rounded to the nearest 5.',
    ],
  )
  assert.deepEqual(saidOnce([change('Review')]), [change('Review')])
})
