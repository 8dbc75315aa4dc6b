/** What the list of unusual rises says in words: how unusual, what to be careful with, and what was tested. */
import {
  LEAST_MEAN,
  LEAST_WEEKS,
  LEAST_YEARS,
  MOST_RECENT_WEEKS,
  MOST_YEARS,
} from '../../analysis/latest-rises.ts'
import type { AreaPack } from '../../areas/area-pack.ts'
import { calendarWords, lastDay, monthOf, periodWords } from '../../platform/calendar.ts'
import { countOf, countWords, numberWords } from '../../web/words.ts'
import type { Rise, RisesOfWeek, TestedMeasure } from './unusual-rises.ts'
import { isoWeek, mondayOf, type Week, weekWords } from './unusual-rises-weeks.ts'

/** Beyond it the model is not exact enough to tell one chance from another. */
const RAREST = 10_000

/** "about 1 week in 400": the chance in whole weeks, to one figure. */
export function howUnusual(chance: number): string {
  if (chance * RAREST < 1) return `less than 1 week in ${countWords(RAREST)}`
  return `about 1 week in ${countWords(Number((1 / chance).toPrecision(1)))}`
}

/** "17.2", without a decimal from a hundred on. */
export const expectedWords = (expected: number): string =>
  numberWords(expected < 100 ? Math.round(expected * 10) / 10 : Math.round(expected))

export const riseTitle = ({ measure, series, observed, expected }: Rise): string =>
  `${series.name}, ${measure.title.toLowerCase()}: ${countWords(observed)} where about ${expectedWords(expected)} were expected`

/** A backlog is worth a word from this share of the week's records on. */
const NOTABLE_LATE = 0.2

export function cautions({ observed, late, open, changes }: Rise): string[] {
  return [
    ...(late !== null && late >= NOTABLE_LATE * observed
      ? [
          `${countWords(late)} of ${countWords(observed)} began more than four weeks before they were recorded: partly a backlog.`,
        ]
      : []),
    ...(open ? ['Counted on the day it happened: records may still come in, and it may rise further.'] : []),
    ...changes.map(c => `Recording changed on ${calendarWords(c.startsOn)}: ${c.title.replace(/\.$/, '')}.`),
  ]
}

/** How far back the history of the tested series reaches: "4 to 5 years", "recent weeks". */
export function historyWords(measures: readonly TestedMeasure[]): string {
  const tested = measures.filter(m => m.tested > 0)
  const least = Math.min(...tested.map(m => m.years.least))
  const most = Math.max(...tested.map(m => m.years.most))
  if (most === 0) return 'recent weeks'
  if (least === 0) return `recent weeks to ${countOf(most, 'year')}`
  return least === most ? countOf(most, 'year') : `${least} to ${countOf(most, 'year')}`
}

/** The same for who wants to do it again. */
export const HISTORY = [
  `Years: up to ${MOST_YEARS} without a gap, with a season of ten levels and a trend; the last half-year is left out, so that a slow rise does not hide itself.`,
  `Recent weeks, where fewer than ${LEAST_YEARS} years are held without a gap: the last ${LEAST_WEEKS} to ${MOST_RECENT_WEEKS} without the latest two, neither season nor trend.`,
].join(' ')

/** What the history was like, where that bears on what is listed. */
export function historyCautions({ measures, week }: RisesOfWeek, pack: AreaPack): string[] {
  const tested = measures.filter(m => m.tested > 0)
  if (tested.length === 0) return []
  const from = mondayOf(Math.min(...tested.map(m => m.from)))
  const { pandemic } = pack
  const overlaps = from <= lastDay(pandemic.to) && monthOf(mondayOf(week)) > pandemic.from
  return [
    ...(tested.some(m => m.years.least === 0)
      ? [
          `Fewer than ${LEAST_YEARS} years in a row are held for some series, so season and growth are not taken out of them: a month that is always high can be listed.`,
        ]
      : []),
    ...(overlaps
      ? [
          `The history holds months of the pandemic (${periodWords(pandemic.from, pandemic.to)}): a rise can be a return to what was usual before.`,
        ]
      : []),
  ]
}

/** Why a series is not tested. */
export const NOT_TESTED = `A series is tested where it had at least ${countOf(LEAST_MEAN, 'record')} a week on average in the year before, and at least ${LEAST_WEEKS} weeks in a row are held before the week; up to ${MOST_YEARS} years are used.`

export const OVERLAP =
  'Measures overlap and areas lie in each other: a robbery with a knife counts as knife crime, as robbery and as robbery with a knife, in its ward, its authority and the whole. Several rows can be the same events.'

export const weekTitle = (week: Week): string => `${weekWords(week)} (${isoWeek(week)})`
