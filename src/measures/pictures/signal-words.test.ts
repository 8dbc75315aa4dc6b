import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addMonths } from '../../platform/calendar.ts'
import { controlChart } from '../methods/control-chart.ts'
import { markWords, signalWords } from './signal-words.ts'

/** 90 and 110 in turn from April 2018 to March 2020: average 100, limits 46.8 and 153.2. */
const ordinary = Array.from({ length: 24 }, (_, i) => (i % 2 === 0 ? 90 : 110))

const chartOf = (values: (number | null)[], changes: string[] = []) =>
  controlChart(
    values.map((value, i) => ({
      month: addMonths('2018-04', i),
      value,
      count: value,
      denominator: null,
      incomplete: false,
    })),
    {
      changes,
      pandemic: { from: '2030-04', to: '2031-03' },
      baseline: null,
      shownFrom: '2018-04',
      scale: null,
      isShare: false,
    },
  )

const wordsOf = (...later: (number | null)[]) => signalWords(chartOf([...ordinary, ...later]), false)

test('with nothing to say, the sentence says between what the months lie', () => {
  const words = signalWords(chartOf(ordinary), false)
  assert.equal(
    words.lead,
    'Nothing out of the ordinary from April 2018 to March 2020: all 24 months lie between the limits of 47 and 153.',
  )
  assert.deepEqual([words.isNow, words.others], [false, []])
})

test('where months are missing, the sentence speaks of those that can be judged', () => {
  assert.equal(
    wordsOf(null, null, 90).lead,
    'Nothing out of the ordinary from April 2018 to June 2020: all 25 months that can be judged lie between the limits of 47 and 153.',
  )
})

test('a run that goes on is told since its first month', () => {
  // February 2020 is 90 and March 110, so the run has eight months.
  assert.equal(
    wordsOf(111, 112, 108, 111, 109, 112, 108).lead,
    'Out of the ordinary: eight months in a row above the average of 100, since March 2020.',
  )
})

test('months outside the limits are told with the run that they are part of', () => {
  assert.equal(
    wordsOf(111, 112, 160, 155, 109, 112, 108).lead,
    'Out of the ordinary: eight months in a row above the average of 100, since March 2020, two of them above the upper limit of 153.',
  )
  assert.equal(
    wordsOf(111, 112, 160, 111, 109, 112, 108).lead,
    'Out of the ordinary: eight months in a row above the average of 100, since March 2020; June 2020, with 160, is above the upper limit of 153.',
  )
})

test('a month outside alone, several in a row, and a limit rounded so that the sentence is true', () => {
  assert.equal(
    wordsOf(90, 154).lead,
    'Out of the ordinary: May 2020, with 154, is above the upper limit of 153.',
  )
  assert.equal(
    wordsOf(90, 46, 40).lead,
    'Out of the ordinary: two months in a row below the lower limit of 47, since May 2020.',
  )
})

test('a signal that is over is told after what holds now', () => {
  const words = wordsOf(90, 200, 90, 110, 90)
  assert.equal(
    words.lead,
    'Nothing out of the ordinary from June 2020 to August 2020: all three months lie between the limits of 47 and 153.',
  )
  assert.deepEqual(words.others, ['May 2020, with 200, is above the upper limit of 153.'])
})

test('rises month after month and months close to a limit', () => {
  assert.equal(
    wordsOf(80, 86, 94, 103, 104, 105, 107).lead,
    'Out of the ordinary: up month after month, six times in a row: from 80 in April 2020 to 107 in October 2020.',
  )
  // Two thirds of the way to 153.2 is 135.5.
  assert.equal(
    wordsOf(140, 120, 141).lead,
    'Out of the ordinary: April 2020 and June 2020 are both close to the upper limit of 153.',
  )
})

test('after a change in recording the sentence begins there, or says that it is too early', () => {
  assert.equal(
    signalWords(chartOf([...ordinary, ...ordinary.map(n => n + 200)], ['2020-04']), false).lead,
    'Nothing out of the ordinary since recording changed in April 2020: all 24 months lie between the limits of 247 and 353. Months before were recorded in another way and are judged apart.',
  )
  const early = signalWords(chartOf([...ordinary, 200, 210], ['2020-04']), false)
  assert.equal(
    early.lead,
    'Fewer than twelve months can be set beside each other since recording changed in April 2020: too few to say what is ordinary.',
  )
  const small = signalWords(chartOf(Array(24).fill(2)), false)
  assert.match(small.lead, /^Fewer than five a month on average: limits would mean little/)
})

test('a run that ends where months were not sent is not told as going on', () => {
  assert.equal(
    wordsOf(111, 112, 108, 111, 109, 112, 108, null).lead,
    'Out of the ordinary: eight months in a row above the average of 100, from March 2020 to October 2020.',
  )
})

test('R29 shares are told with their counts', () => {
  const share = (i: number, count: number) => ({
    month: addMonths('2018-04', i),
    value: count / 10,
    count,
    denominator: 1000,
    incomplete: false,
  })
  const chart = controlChart([...ordinary.map((n, i) => share(i, n)), share(24, 300)], {
    changes: [],
    pandemic: { from: '2030-04', to: '2031-03' },
    baseline: null,
    shownFrom: '2018-04',
    scale: 100,
    isShare: true,
  })
  // 90 and 110 of 1,000: mean 10%, a binomial sd of 0.949 points, neighbours 2.108 sd apart, limits 10 ± 5.32.
  assert.equal(
    signalWords(chart, true).lead,
    'Out of the ordinary: April 2020, with 30% (300 of 1,000), is above the upper limit of 15.3%.',
  )
})

test('no sentence names a cause', () => {
  const words = wordsOf(111, 112, 160, 155, 109, 112, 108, 20, null, 130)
  for (const sentence of [words.lead, ...words.others]) {
    assert.doesNotMatch(sentence, /because|due to|caused|as a result|thanks to|led to/)
  }
})

test('the table says of each month what marks it', () => {
  const { months } = chartOf([...ordinary, 111, 112, 160, 111, 109, 112, 108])
  assert.equal(markWords(months[26]!), 'above the upper limit; in a run above the average')
  assert.equal(markWords(months[3]!), '')
})
