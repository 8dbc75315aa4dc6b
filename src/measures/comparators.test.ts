import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { offence, times } from '../../test/worked-evidence.ts'
import { april2019, figureOf, sentencesOf } from '../../test/worked-figure.ts'

describe('comparators', () => {
  const rows = {
    offences: [
      ...times(5, () => offence('2019-04-30')),
      ...times(7, () => offence('2019-05-31')),
      ...times(4, () => offence('2021-04-30')),
      ...times(9, () => offence('2021-05-31')),
    ],
  }

  test('the baseline is the same months of the pack’s comparator year, with dates on both sides', async () => {
    const figure = await figureOf(rows, {
      measure: 'robbery',
      from: '2021-04',
      to: '2021-05',
      compare: 'baseline',
      by: ['month'],
    })
    assert.deepEqual(figure.period, { from: '2021-04', to: '2021-05' })
    assert.deepEqual(figure.comparator, { from: '2019-04', to: '2019-05' })
    assert.deepEqual(
      figure.rows.map(r => [r.labels.month, r.value, r.comparatorValue]),
      [
        ['2021-04', 4, 5],
        ['2021-05', 9, 7],
      ],
    )
    assert.deepEqual([figure.total.value, figure.total.comparatorValue], [13, 12])
  })

  test('previous, the year before and dates of one’s own', async () => {
    const comparator = async (compare: string, from: string, to: string) =>
      (await figureOf(rows, { measure: 'robbery', from, to, compare })).comparator
    assert.deepEqual(await comparator('previous', '2019-03', '2019-05'), { from: '2018-12', to: '2019-02' })
    assert.deepEqual(await comparator('previous', '2019-03-11', '2019-03-17'), {
      from: '2019-03-04',
      to: '2019-03-10',
    })
    assert.deepEqual(await comparator('year-before', '2020-02-29', '2020-02-29'), {
      from: '2019-02-28',
      to: '2019-02-28',
    })
    assert.deepEqual(await comparator('2018-01..2018-06', '2019-01', '2019-06'), {
      from: '2018-01',
      to: '2018-06',
    })
    assert.deepEqual(await comparator('baseline', '2022-01', '2022-03'), { from: '2020-01', to: '2020-03' })
    assert.deepEqual(await comparator('baseline', '2021-01', '2021-12'), { from: '2019-01', to: '2019-12' })
  })

  test('a rolling year is the twelve months to the end of the period beside the twelve before', async () => {
    const figure = await figureOf(rows, {
      measure: 'robbery',
      from: '2019-05',
      to: '2019-05',
      compare: 'rolling-year',
    })
    assert.deepEqual(figure.period, { from: '2018-06', to: '2019-05' })
    assert.deepEqual(figure.comparator, { from: '2017-06', to: '2018-05' })
    assert.equal(figure.total.value, 12)
    await assert.rejects(
      figureOf(rows, { measure: 'robbery', from: '2019-05-01', to: '2019-05-31', compare: 'rolling-year' }),
      /whole months/,
    )
  })

  test('a period that overlaps the baseline is not set beside itself', async () => {
    await assert.rejects(
      figureOf(rows, { measure: 'robbery', from: '2018-11', to: '2019-05', compare: 'baseline' }),
      /November 2018 to May 2019 overlaps the baseline .* Compare it with year-before or previous/,
    )
  })

  test('a comparator that was never sent is missing, not zero', async () => {
    const figure = await figureOf(rows, {
      measure: 'robbery',
      from: '2019-04',
      to: '2019-05',
      compare: 'previous',
    })
    assert.equal(figure.total.comparatorValue, null)
    assert.match(
      sentencesOf(figure, 'missing-comparator')[0]!,
      /Nothing is held for February 2019 to March 2019/,
    )
  })

  test('a pandemic month left out on one side is left out on the other', async () => {
    const offences = [
      ...times(5, () => offence('2020-03-31')),
      ...times(50, () => offence('2020-04-30')),
      ...times(6, () => offence('2019-03-31')),
      ...times(60, () => offence('2019-04-30')),
    ]
    const figure = await figureOf(
      { offences },
      { measure: 'robbery', from: '2020-03', to: '2020-04', compare: 'year-before', leaveOutPandemic: true },
    )
    assert.deepEqual([figure.total.value, figure.total.comparatorValue], [5, 6])
    assert.deepEqual(sentencesOf(figure, 'pandemic-left-out'), [
      'Left out because of the pandemic: April 2020; April 2019 of the comparator.',
    ])
  })
})

describe('the last month', () => {
  const daily = (month: string, days: number, each: number) =>
    times(days * each, i => offence(`${month}-${String((i % days) + 1).padStart(2, '0')}`))

  test('a month that breaks off while the pace was steady is called incomplete', async () => {
    const figure = await figureOf(
      { offences: [...daily('2019-04', 30, 2), ...daily('2019-05', 20, 2)] },
      { measure: 'homicide', by: ['month'] },
    )
    assert.deepEqual(sentencesOf(figure, 'incomplete-month'), [
      'May 2019 is not complete: the last row is of 20 May 2019, and 11 days are silent after it.',
    ])
  })

  test('a quiet end of a sparse month is not called incomplete', async () => {
    const offences = [...daily('2019-04', 30, 2), offence('2019-05-10'), offence('2019-05-29')]
    const figure = await figureOf({ offences }, { measure: 'robbery' })
    assert.deepEqual(sentencesOf(figure, 'incomplete-month'), [])
  })

  test('a period that ends before the last month held has nothing to do with it', async () => {
    const offences = [...daily('2019-04', 30, 2), ...daily('2019-05', 20, 2)]
    const figure = await figureOf({ offences }, { measure: 'robbery', ...april2019 })
    assert.deepEqual(sentencesOf(figure, 'incomplete-month'), [])
  })
})
