import assert from 'node:assert/strict'
import { test } from 'node:test'
import { monthsBetween } from '../../platform/calendar.ts'
import { seasonOfMonths } from '../methods/season.ts'
import { chanceWords, seasonTitle } from './season-block.ts'

const seasonWith = (july: number) =>
  seasonOfMonths(
    new Map(monthsBetween('2016-06', '2019-05').map(m => [m, m.endsWith('-07') ? july : 10])),
    '2016-06',
    '2019-05',
  )

test('a month is named where it was high in every year and the months differ by more than chance', () => {
  // July 60 of 390, where days make it 33.2: chi-squared about 24 of 11 degrees, 1 in 90.
  const strong = seasonWith(20)
  assert.equal(
    seasonTitle(strong, 'Robbery'),
    'Robbery is highest in July, day for day above the mean in each of 3 years',
  )
  assert.match(chanceWords(strong), /^The months differ by more than their days and chance explain/)
})

test('what was a little higher in every July is no season where chance explains it', () => {
  const weak = seasonWith(11)
  assert.equal(seasonTitle(weak, 'Robbery'), 'Robbery by month of the year: no sign of a season')
  assert.match(chanceWords(weak), /no more than their days and chance explain .* no sign of a season\.$/)
})
