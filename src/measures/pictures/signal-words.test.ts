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

const wordsOf = (...later: (number | null)[]) => signalWords(chartOf([...ordinary, ...later]))

test('with nothing to say, the sentence says between what the months lie', () => {
  const words = signalWords(chartOf(ordinary))
  assert.equal(
    words.lead,
    'Nothing out of the ordinary from April 2018 to March 2020: all 24 months lie between the limits of 47 and 153.',
  )
  assert.deepEqual([words.isNow, words.earlier], [false, []])
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
  assert.deepEqual(words.earlier, ['May 2020, with 200, is above the upper limit of 153.'])
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
    signalWords(chartOf([...ordinary, ...ordinary.map(n => n + 200)], ['2020-04'])).lead,
    'Nothing out of the ordinary since recording changed in April 2020: all 24 months lie between the limits of 247 and 353.',
  )
  const early = signalWords(chartOf([...ordinary, 200, 210], ['2020-04']))
  assert.equal(
    early.lead,
    'Fewer than twelve months can be set beside each other since recording changed in April 2020: too few to say what is ordinary.',
  )
  const small = signalWords(chartOf(Array(24).fill(2)))
  assert.match(small.lead, /^Fewer than five a month on average: limits would mean little/)
})

test('no sentence names a cause', () => {
  const words = wordsOf(111, 112, 160, 155, 109, 112, 108, 20, null, 130)
  for (const sentence of [words.lead, ...words.earlier]) {
    assert.doesNotMatch(sentence, /because|due to|caused|as a result|thanks to|led to/)
  }
})

test('the table says of each month what marks it', () => {
  const { months } = chartOf([...ordinary, 111, 112, 160, 111, 109, 112, 108])
  assert.equal(markWords(months[26]!), 'above the upper limit; in a run above the average')
  assert.equal(markWords(months[3]!), '')
})
