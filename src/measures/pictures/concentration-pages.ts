/**
 * Concentration: how few places hold how much, whether they are the places that led before, and how much lies inside the
 * impact areas (A8; S0 §16-18, S1 §37-38). Places only, and only harm that was reported (R7).
 */
import { Type } from 'typebox'
import { londonDay, periodWords } from '../../platform/calendar.ts'
import { UsageFault } from '../../platform/errors.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { figureAddress } from '../../web/figure-address.ts'
import { countWords } from '../../web/words.ts'
import type { Measure } from '../measure.ts'
import { placeConcentration } from '../methods/concentration.ts'
import { canSay, FOR_RECORDS_ONLY } from '../methods/records-behind.ts'
import { methodState } from '../methods/register.ts'
import { pageWarnings } from './chart-block.ts'
import { nowBlock, placeWords, thenBlock } from './concentration-blocks.ts'
import { insideImpactAreas } from './concentration-impact-areas.ts'
import {
  areaOfScope,
  cellCounts,
  type PlaceKind,
  placeKinds,
  smallAreaCounts,
} from './concentration-places.ts'
import { nothingHeld } from './nothing-held.ts'
import { opening } from './opening.ts'
import { askedPlaceMeasure, measureField } from './place-asked.ts'
import { placeInputs } from './place-inputs.ts'
import { readScope, type Scope, scoped, scopeQuery } from './scope.ts'
import { type Field, option } from './scope-fields.ts'

const WORDS = {
  title: 'Concentration',
  lead: 'How few places hold how much, beside what chance alone would give; whether they are the places that led before; and how much lies inside the impact areas.',
}
const LEADING = ['knife-crime', 'street-violence'] as const

const text = Type.Optional(Type.String({ maxLength: 60 }))

export function concentrationPages(app: WebServer, context: PageContext): void {
  const { pack, clock } = context
  app.get(
    '/places/concentration',
    {
      schema: { querystring: Type.Object({ ...scopeQuery, measure: text, place: text }) },
      config: { may: 'see-figures', records: 'nothing', cached: true },
    },
    async (request, reply) => {
      const { query, viewer } = request
      const asked = await askedPlaceMeasure(context, query.measure, LEADING)
      if (!asked) {
        return nothingHeld(reply, WORDS, query.measure ?? LEADING[0])
      }
      const { measure, held } = asked
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
        ...opening(WORDS, {
          scope,
          held,
          pack,
          url: request.url,
          own: [await measureField(context, measure), ...(records ? [kindField(measure, kind)] : [])],
        }),
        measure,
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

const kindField = (measure: Measure, kind: PlaceKind): Field => ({
  name: 'place',
  label: 'Places',
  options: kindsOf(measure).map(k => option(k, upperFirst(placeWords[k].many), kind)),
})

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
      `Boundaries of small areas are not loaded, so nobody can say how many had none.${kindsOf(measure).includes('cell') ? ' Choose squares instead.' : ''}`,
    )
  }
  const found = placeConcentration(counts.now)
  if (!found) {
    return because(
      `With ${countWords(counts.now.length)} ${placeWords[kind].many} and ${countWords(counts.placed)} records in them nothing can be said about concentration.`,
    )
  }
  return {
    figure,
    counted: figureAddress(request),
    now: nowBlock(context, { measure, scope, kind, figure, request, counts }, found),
    earlier: thenBlock(context, { measure, scope, kind, figure, request, counts }),
  }
}

const upperFirst = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
