/**
 * Concentration: how few places hold how much, whether they are the places that led before, and how much lies inside the
 * impact areas (A8; S0 §16-18, S1 §37-38). Places only, and only harm that was reported (R7).
 */
import { Type } from 'typebox'
import { londonDay, periodWords } from '../../platform/calendar.ts'
import { UsageFault } from '../../platform/errors.ts'
import { chartForPage } from '../../reports/charts/draw-chart.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { figureAddress } from '../../web/figure-address.ts'
import { countWords } from '../../web/words.ts'
import type { Figure, FigureRequest } from '../figure.ts'
import type { Measure } from '../measure.ts'
import { concentrationCurve, placeConcentration } from '../methods/concentration.ts'
import { canSay, FOR_RECORDS_ONLY } from '../methods/records-behind.ts'
import { methodState } from '../methods/register.ts'
import { thenAndNow } from '../methods/then-and-now.ts'
import type { Workings } from '../methods/workings.ts'
import { pageWarnings } from './chart-block.ts'
import { insideImpactAreas } from './concentration-impact-areas.ts'
import {
  areaOfScope,
  CELL,
  cellCounts,
  type PlaceCounts,
  type PlaceKind,
  placeKinds,
  smallAreaCounts,
} from './concentration-places.ts'
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
import { firstHeld, heldMeasures } from './held.ts'
import { nothingHeld } from './nothing-held.ts'
import { placeInputs, placeMeasures, requirePlaceMeasure } from './place-inputs.ts'
import { readScope, type Scope, scoped, scopeQuery } from './scope.ts'
import { type Field, option, scopePanel } from './scope-fields.ts'

const TITLE = 'Concentration'
const LEAD =
  'How few places hold how much, beside what chance alone would give; whether they are the places that led before; and how much lies inside the impact areas.'
const LEADING = ['knife-crime', 'street-violence']

const words: Record<PlaceKind, PlaceWords> = {
  lsoa: { one: 'small area', many: 'small areas' },
  cell: { one: `square of ${CELL} metres`, many: `squares of ${CELL} metres` },
}

const text = Type.Optional(Type.String({ maxLength: 60 }))

export function concentrationPages(app: WebServer, context: PageContext): void {
  const { pack, store, clock } = context
  app.get(
    '/places/concentration',
    {
      schema: { querystring: Type.Object({ ...scopeQuery, measure: text, place: text }) },
      config: { may: 'see-figures', records: 'nothing', cached: true },
    },
    async (request, reply) => {
      const { query, viewer } = request
      const wanted = query.measure ? [requirePlaceMeasure(query.measure).id] : LEADING
      const first = await firstHeld(store.evidence, pack, wanted)
      if (!first) {
        return reply.page('measures/pictures/views/nothing-held.njk', {
          ...nothingHeld(TITLE, LEAD, wanted[0]!),
        })
      }
      const { held } = first
      const measure = requirePlaceMeasure(first.id)
      const kind = readKind(query.place, measure)
      const scope = readScope(query, held, pack)
      const state = methodState(pack, 'hotspot-ranking', londonDay(clock()))
      const records = viewer.disclosure === 'record'
      const [picture, impact] = state.runs
        ? await Promise.all([
            records ? pictureOf(context, measure, scope, kind) : null,
            insideImpactAreas(context, measure, scope, viewer.disclosure, state.entry),
          ])
        : [null, null]
      return reply.page('measures/pictures/views/concentration.njk', {
        title: TITLE,
        lead: LEAD,
        errors: scope.problems.length > 0,
        measure,
        panel: scopePanel({
          scope,
          held,
          pack,
          url: request.url,
          own: ownFields(await heldMeasures(store.evidence, placeMeasures()), measure, kind, records),
        }),
        inputs: placeInputs(measure),
        off: state.runs ? null : state.because,
        notForViewer: state.runs && !records ? FOR_RECORDS_ONLY : null,
        ...picture,
        warnings: pageWarnings([
          ...(picture ? [picture.figure] : []),
          ...(impact && 'figure' in impact ? [impact.figure] : []),
        ]).filter(w => w.kind !== 'denominator-year'),
        impact,
      })
    },
  )
}

function readKind(asked: string | undefined, measure: Measure): PlaceKind {
  const offered = kindsOf(measure)
  if (!asked) return offered[0]!
  const kind = offered.find(k => k === asked)
  if (kind) return kind
  throw new UsageFault(`${measure.title} is not held by "${asked}". It is by ${offered.join(', ')}.`)
}

const kindsOf = (measure: Measure): PlaceKind[] =>
  placeKinds.filter(kind => kind === 'lsoa' || canSay({ measure: measure.id }, 'longitude'))

function ownFields(offered: Measure[], measure: Measure, kind: PlaceKind, records: boolean): Field[] {
  return [
    { name: 'measure', label: 'Measure', options: offered.map(m => option(m.id, m.title, measure.id)) },
    ...(records
      ? [
          {
            name: 'place',
            label: 'Places',
            options: kindsOf(measure).map(k => option(k, upperFirst(words[k].many), kind)),
          },
        ]
      : []),
  ]
}

async function pictureOf(context: PageContext, measure: Measure, scope: Scope, kind: PlaceKind) {
  const request = scoped(scope, { measure: measure.id, by: ['lsoa'] })
  const [figure, area] = await Promise.all([
    context.figures.get(request, 'record'),
    areaOfScope(context, scope),
  ])
  const because = (sentence: string) => ({ figure, because: sentence, counted: figureAddress(request) })
  if (figure.total.missing) {
    return because(`Nothing was sent for ${periodWords(scope.from, scope.to)}: missing, not zero.`)
  }
  if (!area)
    return because('Boundaries of the area are not loaded, so nobody can say how many places had none.')
  const counts =
    kind === 'lsoa'
      ? await smallAreaCounts(context, figure, scope, area)
      : await cellCounts(
          context,
          scoped(scope, { measure: measure.id }),
          figure.total.comparatorCount === null ? null : figure.comparator,
          area,
        )
  if (!counts) {
    return because(
      'Boundaries of small areas are not loaded, so nobody can say how many had none. Choose squares instead.',
    )
  }
  const found = placeConcentration(counts.now)
  if (!found) {
    return because(
      `With ${countWords(counts.now.length)} ${words[kind].many} and ${countWords(counts.placed)} records in them nothing can be said about concentration.`,
    )
  }
  return {
    figure,
    counted: figureAddress(request),
    now: nowBlock(context, { measure, scope, kind, figure, request, counts }, found),
    earlier: thenBlock(context, { measure, scope, kind, figure, request, counts }),
  }
}

interface Asked {
  measure: Measure
  scope: Scope
  kind: PlaceKind
  figure: Figure
  request: FigureRequest
  counts: PlaceCounts
}

function nowBlock(
  context: PageContext,
  asked: Asked,
  found: NonNullable<ReturnType<typeof placeConcentration>>,
) {
  const { measure, scope, kind, counts } = asked
  const title = concentrationFinding(measure.title, found, words[kind])
  const subtitle = `${upperFirst(words[kind].many)} by how many records they hold, ${periodWords(scope.from, scope.to)}`
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
      placesLabel: `Per cent of ${words[kind].many}, those with most first`,
      heldLabel: 'Per cent of records',
    }),
    table: concentrationTable(title, found, words[kind]),
    sentences: chanceSentences(found, words[kind]),
    workings: workingsOf(context, asked, [
      {
        name: 'By chance alone',
        value: 'counts by place as a Poisson distribution of the same mean, in closed form',
      },
    ]),
  }
}

function thenBlock(context: PageContext, asked: Asked) {
  const { kind, figure, counts } = asked
  const earlier = figure.comparator
  const found = counts.before && earlier ? thenAndNow(counts.before, counts.now) : null
  if (!found || !earlier) {
    return { because: 'Nothing is compared, or nothing was counted then: choose another comparator.' }
  }
  const title = thenFinding(found, words[kind], earlier)
  return {
    title,
    sentences: [REGRESSION, ...indexSentences(found)],
    table: thenTable(found, words[kind], [earlier, figure.period]),
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
  { measure, kind, figure, request, counts }: Asked,
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
        value: `${countWords(counts.now.length)} ${words[kind].many}: those that lie in the area, and any other in which something was counted`,
      },
      ...parameters,
    ],
    used: `${countWords(counts.placed)} records that have a place, of ${countWords(counts.placed + counts.unplaced)}`,
    leftOut: [
      ...(counts.unplaced > 0 ? [`${countWords(counts.unplaced)} records that have no place.`] : []),
      ...published,
    ],
    figures: [{ text: figure.title, href: figureAddress(request) }],
    evidenceVersion: figure.lineage.evidenceVersion,
    sql: counts.sql,
  }
}

const upperFirst = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
