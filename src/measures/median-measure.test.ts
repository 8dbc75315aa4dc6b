import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { EvidenceRow } from '../../test/evidence-in-memory.ts'
import { april2019, figureOf, sentencesOf, valuesOf } from '../../test/worked-figure.ts'
import { changeInWords, changeOf } from './change.ts'

const referral = (wait: number | null, more: EvidenceRow = {}): EvidenceRow => ({
  month: '2019-04',
  about: 'child',
  urgency: 'one-working-day',
  referrer: 'police',
  outcome: wait === null ? 'open' : 'accepted',
  wait_hours: wait,
  gender: 'Female',
  ...more,
})

const waits = (days: readonly (number | null)[], more: EvidenceRow = {}) =>
  days.map(day => referral(day, more))

const WAIT = { measure: 'referrals-wait', ...april2019 }

describe('a measure that is a median', () => {
  test('is the middle of the values, of each row and of all, and counts what it is the middle of', async () => {
    const figure = await figureOf(
      { referrals: [...waits([0, 1, 1, 2, 30]), ...waits([3, 4, 8], { gender: 'Male' }), ...waits([null])] },
      { ...WAIT, by: ['gender'] },
    )
    assert.deepEqual(valuesOf(figure), { Male: 4, Female: 1, Other: null })
    assert.deepEqual([figure.total.value, figure.total.count, figure.total.denominator], [2.5, 8, null])
    assert.equal(figure.kind, 'median')
  })

  test('has limits by ranks: of ten values the second and the ninth', async () => {
    const { total } = await figureOf({ referrals: waits([0, 1, 1, 2, 2, 3, 3, 5, 7, 40]) }, WAIT)
    assert.deepEqual([total.value, total.low, total.high], [2.5, 1, 7])
    const few = await figureOf({ referrals: waits([1, 2, 9]) }, WAIT)
    assert.deepEqual([few.total.value, few.total.low, few.total.high], [2, null, null])
    assert.match(sentencesOf(few, 'small-numbers').join(), /fewer than 20/i)
  })

  test('says nothing where nothing was decided', async () => {
    const { total } = await figureOf({ referrals: waits([null, null]) }, WAIT)
    assert.deepEqual([total.value, total.count, total.missing], [null, 0, false])
  })

  test('stands beside another without a change being read into it', async () => {
    const figure = await figureOf(
      { referrals: [...waits([1, 1, 1]), ...waits([4, 4, 4, 9], { month: '2018-04' })] },
      { ...WAIT, compare: 'year-before' },
    )
    assert.deepEqual([figure.total.value, figure.total.comparatorValue], [1, 4])
    assert.equal(changeInWords(figure), '1 against 4 (the middle of 3 and of 4)')
    assert.equal(changeOf(figure)?.clear, false)
  })

  test('R27 is withheld on fewer than twenty, and so is the count below five', async () => {
    const days = (n: number) => Array.from({ length: n }, (_, i) => i % 5)
    const figure = await figureOf(
      {
        referrals: [
          ...waits(days(42)),
          ...waits(days(19), { gender: 'Male' }),
          ...waits(days(3), { gender: 'Other' }),
        ],
      },
      { ...WAIT, by: ['gender'] },
      'protected',
    )
    const [male, female, other] = ['Male', 'Female', 'Other'].map(
      code => figure.rows.find(row => row.codes.gender === code)!,
    )
    assert.deepEqual([female!.value, female!.count], [2, 40])
    assert.equal(male!.value, null)
    assert.deepEqual([other!.value, other!.low, other!.count, other!.suppressed], [null, null, null, true])
    assert.deepEqual([figure.total.value, figure.total.count], [2, 65])
  })
})
