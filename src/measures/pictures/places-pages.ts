/** Places: a map beside an equal table, the unknown counted and said. S0 figures 2 and 5, table 1. */
import { Type } from 'typebox'
import type { AreaPack } from '../../areas/area-pack.ts'
import { monthsBetween, periodWords } from '../../platform/calendar.ts'
import { UsageFault } from '../../platform/errors.ts'
import { figureWords } from '../../reports/charts/figure-parts.ts'
import { unitWords } from '../../reports/charts/figure-words.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { figureAddress } from '../../web/figure-address.ts'
import { pagination } from '../../web/pagination.ts'
import { PageNumber } from '../../web/route-schemas.ts'
import { countWords } from '../../web/words.ts'
import { changeOf } from '../change.ts'
import { dimensionsOf, dimensionTitle } from '../dimensions.ts'
import type { Figure, FigureRequest } from '../figure.ts'
import type { Measure } from '../measure.ts'
import { pageWarnings } from './chart-block.ts'
import { concentration } from './concentration.ts'
import { shareWords, splitTitle } from './finding.ts'
import { hotspotsAddress } from './hotspots-scope.ts'
import { nothingHeld } from './nothing-held.ts'
import { opening } from './opening.ts'
import { askedPlaceMeasure, measureField } from './place-asked.ts'
import { noMapBecause, type PlaceLevel, placeInputs, placeLevels } from './place-inputs.ts'
import { placeMap, shapesOf } from './place-map.ts'
import { type PlaceRow, placeRows, placeTable } from './place-table.ts'
import { areasOfPeriod, readScope, scoped, scopeQuery } from './scope.ts'
import { type Field, option } from './scope-fields.ts'

const WORDS = {
  title: 'Places',
  lead: 'Where harm was reported: the same places on a map and in a table, with what could not be placed.',
}
/** What the page opens on: the first of these that is held. */
const LEADING = ['knife-crime', 'street-violence'] as const
const ROWS = 50

const text = (maxLength: number) => Type.Optional(Type.String({ maxLength }))

export function placesPages(app: WebServer, context: PageContext): void {
  const { pack, store } = context
  app.get(
    '/places',
    {
      schema: {
        querystring: Type.Object({
          ...scopeQuery,
          measure: text(60),
          level: text(30),
          show: text(10),
          sort: text(30),
          order: text(20),
          page: Type.Optional(PageNumber),
        }),
      },
      config: { may: 'see-figures', records: 'nothing', cached: true },
    },
    async (request, reply) => {
      const { query, viewer } = request
      const asked = await askedPlaceMeasure(context, query.measure, LEADING)
      if (!asked) {
        return nothingHeld(reply, WORDS, query.measure ?? LEADING[0])
      }
      const { measure, held } = asked
      const scope = readScope(query, held, pack)
      const level = readLevel(query.level, measure)
      const byRate = query.show === 'rate' && measure.rate !== null
      const countRequest = scoped(scope, { measure: measure.id, by: [level] })
      const rateRequest: FigureRequest | null = measure.rate
        ? scoped(scope, { measure: measure.id, by: [level], per: measure.rate.per }, { compare: false })
        : null
      const get = (r: FigureRequest) => context.figures.get(r, viewer.disclosure)
      const coarse = level === 'npu' || level === 'local-authority'
      const [counts, asRates, shapes, outlines] = await Promise.all([
        get(countRequest),
        rateRequest && get(rateRequest),
        shapesOf(store, level, scope.to),
        coarse ? [] : shapesOf(store, 'local-authority', scope.to),
      ])
      const rates = asRates?.rows.some(r => r.codes[level] && r.value !== null) ? asRates : null
      const rows = placeRows(counts, rates, level, scope.npu !== null)
      const titleOf = (l: PlaceLevel) => (l === 'npu' ? sentence(pack.words.policingArea) : dimensionTitle(l))
      const levelTitle = titleOf(level)
      const { table, unknown } = placeTable({
        counts,
        request: countRequest,
        level,
        levelTitle,
        rows,
        rates,
        sorting: { url: request.url, sort: query.sort || 'count', order: query.order || 'descending' },
      })
      const list = pagination(table.rows.length, query.page ?? 1, request.url, ROWS)
      const refused = noMapBecause(level, monthsBetween(scope.from, scope.to).length, viewer.disclosure)
      const shaded =
        byRate && rates ? { figure: rates, request: rateRequest! } : { figure: counts, request: countRequest }
      const map = refused
        ? null
        : placeMap({
            words: {
              ...figureWords(shaded.figure, 'map'),
              title: placeFinding(counts, rows, level, levelTitle),
              subtitle: `${unitWords(shaded.figure)}, ${periodWords(scope.from, scope.to)}`,
              notes: [],
            },
            level,
            rows,
            shapes,
            outlines,
            byRate: shaded.figure === rates,
            ...shaded,
            inputs: placeInputs(measure),
            source: `Source: ${measure.source}.${context.synthetic ? ' Synthetic data.' : ''}`,
          })
      return reply.page('measures/pictures/views/places.njk', {
        ...opening(WORDS, {
          scope,
          held,
          pack,
          url: request.url,
          own: [
            await measureField(context, measure),
            ...ownFields(measure, level, titleOf, byRate, viewer.disclosure === 'protected'),
          ],
        }),
        measure,
        warnings: pageWarnings([counts, ...(byRate && rates ? [rates] : [])]),
        finding: placeFinding(counts, rows, level, levelTitle),
        chance: chanceSentence(counts, rows),
        unknown: [
          unknownSentence(counts, level, levelTitle),
          level === 'npu' && scope.npu === null
            ? notToldApart(areasOfPeriod(pack, scope.from, scope.to), rows)
            : null,
        ]
          .filter(words => words !== null)
          .join(' '),
        map,
        noMap: map ? null : (refused ?? 'Boundaries of this level are not loaded, so there is no map.'),
        table: { ...table, rows: [...table.rows.slice(list.offset, list.last), ...unknown] },
        pagination: list,
        noRates:
          measure.rate !== null && !rates
            ? 'No residents are held for these areas, so no rates are given.'
            : null,
        hotspots: viewer.disclosure === 'record' ? hotspotsAddress(measure.id, scope) : null,
        counted: figureAddress(countRequest),
        downloads: (['xlsx', 'csv'] as const).map(format => ({
          text: format === 'xlsx' ? 'Excel' : 'CSV',
          href: figureAddress(countRequest, format),
        })),
      })
    },
  )
}

function readLevel(asked: string | undefined, measure: Measure): PlaceLevel {
  const offered = levelsOf(measure)
  if (!asked) return offered[0]!
  const level = offered.find(l => l === asked)
  if (level) return level
  throw new UsageFault(`${measure.title} is not held by "${asked}". It is by ${offered.join(', ')}.`)
}

const levelsOf = (measure: Measure): PlaceLevel[] =>
  placeLevels.filter(l => dimensionsOf(measure).includes(l))

function ownFields(
  measure: Measure,
  level: PlaceLevel,
  titleOf: (level: PlaceLevel) => string,
  byRate: boolean,
  protectedView: boolean,
): Field[] {
  const levels = levelsOf(measure).filter(l => !protectedView || l !== 'lsoa')
  return [
    {
      name: 'level',
      label: 'Level',
      options: levels.map(l => option(l, titleOf(l), level)),
    },
    ...(measure.rate
      ? [
          {
            name: 'show',
            label: 'Shade the map by',
            options: [
              option('count', 'Count', byRate ? 'rate' : 'count'),
              option('rate', `Rate per ${countWords(measure.rate.per)} residents`, byRate ? 'rate' : 'count'),
            ],
          },
        ]
      : []),
  ]
}

/** The largest share where areas are few; how concentrated it is where they are many. */
function placeFinding(counts: Figure, rows: PlaceRow[], level: PlaceLevel, levelTitle: string): string {
  const plain = splitTitle(counts.title, levelTitle.toLowerCase())
  const known = rows.flatMap(r =>
    r.code !== null && r.row.count !== null ? [{ label: r.label, count: r.row.count }] : [],
  )
  const of = counts.total.count
  if (level === 'npu' || level === 'local-authority') {
    const [first, second] = known.toSorted((a, b) => b.count - a.count)
    // What could not be placed might all lie in the second: then nobody can say where most was.
    const unknown = counts.unknown[level]?.count ?? 0
    if (!first || !of || first.count - (second?.count ?? 0) <= unknown) return plain
    return `${plain}: most in ${first.label}, ${shareWords(first.count, of)}`
  }
  if (rows.some(r => r.row.suppressed)) return plain
  const half = concentration(known.map(k => k.count))
  return half ? `${plain}: half is in ${countWords(half.areas)} of ${countWords(half.of)} areas` : plain
}

function unknownSentence(counts: Figure, level: PlaceLevel, levelTitle: string): string {
  const unknown = counts.unknown[level]
  if (!unknown?.of || unknown.count === null) return `Every record that could be counted was placed.`
  if (unknown.count === 0)
    return `All ${countWords(unknown.of)} were placed in a ${levelTitle.toLowerCase()}.`
  const { count, of } = unknown
  return sentence(
    `${shareWords(count, of)} could not be placed in a ${levelTitle.toLowerCase()}. ${count === 1 ? 'It is counted in the total and stands' : 'They are counted in the total and stand'} as “Unknown”.`,
  )
}

/** Units that share a local authority are not listed until something says which part is whose: not zero, not known. */
function notToldApart(areas: AreaPack['policingAreas'], rows: PlaceRow[]): string | null {
  const absent = areas.filter(area => !rows.some(r => r.code === area.code)).map(area => area.name)
  if (absent.length === 0 || absent.length === areas.length) return null
  return `Not listed: ${absent.join(', ')}. ${absent.length === 1 ? 'Its rows are' : 'Their rows are'} under “Unknown” until boundaries or a lookup say which is whose.`
}

/** One comparison in twenty looks clear by chance: with many areas somebody has to say so. */
function chanceSentence(counts: Figure, rows: PlaceRow[]): string | null {
  const compared = rows.filter(r => changeOf(counts, r.row) !== null).length
  return compared >= 20
    ? `Of ${countWords(compared)} areas compared, about ${countWords(Math.round(compared / 20))} would show a clear change by chance alone.`
    : null
}

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
