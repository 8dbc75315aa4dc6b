/** Concentration now, and the earlier leaders, as the page shows them: picture, table, sentences and how it was done. */
import { londonDay, periodWords } from '../../platform/calendar.ts'
import { chartForPage } from '../../reports/charts/draw-chart.ts'
import type { PageContext } from '../../web/context.ts'
import { figureAddress } from '../../web/figure-address.ts'
import { countOf, countWords } from '../../web/words.ts'
import type { Figure, FigureRequest } from '../figure.ts'
import type { Measure } from '../measure.ts'
import { concentrationCurve, type PlaceConcentration } from '../methods/concentration.ts'
import { canSay } from '../methods/records-behind.ts'
import { methodState } from '../methods/register.ts'
import { thenAndNow } from '../methods/then-and-now.ts'
import type { Workings } from '../methods/workings.ts'
import { CELL, type PlaceCounts, type PlaceKind } from './concentration-places.ts'
import {
  chanceSentences,
  concentrationFinding,
  concentrationTable,
  indexSentences,
  type PlaceWords,
  REGRESSION,
  thenFinding,
  thenTable,
} from './concentration-words.ts'
import type { Scope } from './scope.ts'

export const placeWords: Record<PlaceKind, PlaceWords> = {
  lsoa: { one: 'small area', many: 'small areas' },
  cell: { one: `square of ${CELL} metres`, many: `squares of ${CELL} metres` },
}

export interface AskedPlaces {
  measure: Measure
  scope: Scope
  kind: PlaceKind
  figure: Figure
  request: FigureRequest
  counts: PlaceCounts
}

export function nowBlock(context: PageContext, asked: AskedPlaces, found: PlaceConcentration) {
  const { measure, scope, kind, counts } = asked
  const title = concentrationFinding(measure.title, found, placeWords[kind])
  const subtitle = `${upperFirst(placeWords[kind].many)} by how many records they hold, ${periodWords(scope.from, scope.to)}`
  return {
    id: 'now',
    title,
    subtitle,
    svg: chartForPage({
      kind: 'concentration-curve',
      id: 'now',
      title,
      subtitle,
      description: 'The numbers are in the table.',
      notes: [],
      ...concentrationCurve(counts.now),
      placesLabel: `Per cent of ${placeWords[kind].many}, those with most first`,
      heldLabel: 'Per cent of records',
    }),
    table: concentrationTable(title, found, placeWords[kind]),
    sentences: chanceSentences(found, placeWords[kind]),
    workings: workingsOf(context, asked, [
      {
        name: 'By chance alone',
        value: 'counts by place as a Poisson distribution of the same mean, in closed form',
      },
    ]),
  }
}

export function thenBlock(context: PageContext, asked: AskedPlaces) {
  const { kind, figure, counts } = asked
  const earlier = figure.comparator
  const found = counts.before && earlier ? thenAndNow(counts.before, counts.now) : null
  if (!found || !earlier) {
    return { because: 'Nothing is compared, or nothing was counted then: choose another comparator.' }
  }
  const title = thenFinding(found, placeWords[kind], earlier)
  return {
    title,
    sentences: [REGRESSION, ...indexSentences(found)],
    table: thenTable(found, placeWords[kind], [earlier, figure.period]),
    workings: workingsOf(context, asked, [
      { name: 'Ranking', value: `by the count of ${periodWords(earlier.from, earlier.to)}` },
      { name: 'Size of places', value: 'each counts as one' },
      {
        name: 'Equal counts',
        value: 'the one with fewer records now comes first, so that ties gain nothing',
      },
    ]),
  }
}

function workingsOf(
  { pack, clock }: PageContext,
  { measure, kind, figure, request, counts }: AskedPlaces,
  parameters: Workings['parameters'],
): Workings {
  const published = canSay({ measure: measure.id }, 'day')
    ? []
    : ['Published points are moved to one of few points of a street, so nothing finer than this can be told.']
  return {
    method: methodState(pack, 'hotspot-ranking', londonDay(clock())).entry,
    parameters: [
      {
        name: 'Places',
        value: `${countWords(counts.now.length)} ${placeWords[kind].many}: those that lie in the area, and any other in which something was counted`,
      },
      ...parameters,
    ],
    used: `${countWords(counts.placed)} records that have a place, of ${countWords(counts.placed + counts.unplaced)}`,
    leftOut: [
      ...(counts.unplaced > 0 ? [`${countOf(counts.unplaced, 'record')} without a place.`] : []),
      ...published,
    ],
    figures: [{ text: figure.title, href: figureAddress(request) }],
    evidenceVersion: figure.lineage.evidenceVersion,
    sql: counts.sql,
  }
}

const upperFirst = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
