/**
 * Near repeats: whether another follows near by and soon after more often than chance would have it (A8; Knox 1964).
 * Harm that was reported only (R7); single records are read, so only for those who may see them.
 */
import { Type } from 'typebox'
import { calendarWords, londonDay, monthsBetween, periodWords } from '../../platform/calendar.ts'
import { chartForPage } from '../../reports/charts/draw-chart.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { figureAddress } from '../../web/figure-address.ts'
import { countWords } from '../../web/words.ts'
import type { FigureRequest } from '../figure.ts'
import type { Measure } from '../measure.ts'
import {
  dayBands,
  dayEdges,
  distanceBands,
  distanceEdges,
  FEWEST_EVENTS,
  FEWEST_MONTHS,
  type NearBand,
  type NearEvents,
  nearBands,
  nearEvents,
  nearWindow,
  PERMUTATIONS,
  SEED,
} from '../methods/near-repeats.ts'
import { canSay, FOR_RECORDS_ONLY, recordsBehind } from '../methods/records-behind.ts'
import { type MethodEntry, methodState } from '../methods/register.ts'
import { oncePerVersion } from '../once-per-version.ts'
import {
  CAUTIONS,
  leftOutSentences,
  nearFinding,
  nearTable,
  partSentences,
  reachSentences,
  usedFrom,
} from './near-repeats-words.ts'
import { nothingHeld } from './nothing-held.ts'
import { opening } from './opening.ts'
import { askedPlaceMeasure, measureField } from './place-asked.ts'
import { placeInputs, placeMeasures } from './place-inputs.ts'
import { readScope, scoped, scopeQuery } from './scope.ts'

const WORDS = {
  title: 'Near repeats',
  lead: 'After one, does another follow near by and soon after more often than chance would have it? For the period as a whole; no place and no person is named.',
}
const LEADING = ['robbery-personal', 'knife-crime', 'street-robbery', 'street-violence'] as const
const TEMPLATE = 'measures/pictures/views/near-repeats.njk'

const text = Type.Optional(Type.String({ maxLength: 60 }))

export function nearRepeatsPages(app: WebServer, context: PageContext): void {
  const { pack, clock } = context
  app.get(
    '/places/near-repeats',
    {
      schema: { querystring: Type.Object({ ...scopeQuery, measure: text }) },
      config: { may: 'see-figures', records: 'nothing', cached: true },
    },
    async (request, reply) => {
      if (request.viewer.disclosure !== 'record') {
        return reply.page(TEMPLATE, { ...WORDS, notForViewer: FOR_RECORDS_ONLY })
      }
      const { query } = request
      const found = await askedPlaceMeasure(context, query.measure, LEADING)
      if (!found) {
        return nothingHeld(reply, WORDS, query.measure ?? LEADING[0])
      }
      const { measure, held } = found
      const scope = readScope(query, held, pack)
      const state = methodState(pack, 'near-repeat', londonDay(clock()))
      const asked = scoped(scope, { measure: measure.id }, { compare: false })
      const months = monthsBetween(scope.from, scope.to).length
      const because = state.runs ? noNearRepeatsBecause(measure, months) : state.because
      return reply.page(TEMPLATE, {
        ...opening(WORDS, {
          scope,
          held,
          pack,
          url: request.url,
          comparator: false,
          own: [await measureField(context, measure, placeMeasures().filter(hasPointAndDay))],
        }),
        measure,
        inputs: placeInputs(measure),
        counted: figureAddress(asked),
        ...(because === null ? await pictureOf(context, measure, asked, state.entry) : { because }),
      })
    },
  )
}

const hasPointAndDay = ({ id }: Measure): boolean =>
  canSay({ measure: id }, 'longitude') && canSay({ measure: id }, 'day')

function noNearRepeatsBecause(measure: Measure, months: number): string | null {
  const { id, title } = measure
  if (!canSay({ measure: id }, 'longitude')) {
    return `${title} is not recorded with a point on the map, so near repeats cannot be told.`
  }
  if (!canSay({ measure: id }, 'day')) {
    return `${title} is published by the month only: without days nobody can say what followed soon after. Send the force’s own offences to see near repeats.`
  }
  return months < FEWEST_MONTHS
    ? `Near repeats need at least ${FEWEST_MONTHS} months, so that there are enough pairs. Choose a longer period.`
    : null
}

interface Found {
  events: NearEvents
  near: NearBand
  bands: NearBand[][]
  count: number
  sql: string
  evidenceVersion: string
}

/** Null on too few records. */
function findNearRepeats(context: PageContext, request: FigureRequest): Promise<Found | null> {
  const { store, pack, methods } = context
  return oncePerVersion(store.evidence, `near repeats ${JSON.stringify(request)}`, async () => {
    const records = await recordsBehind({ evidence: store.evidence, pack }, request, 'record', [
      'longitude',
      'latitude',
      'day',
      'from_minute',
      'to_minute',
    ])
    const events = nearEvents(records.columns)
    if (events.day.length < FEWEST_EVENTS) return null
    const { x, y, day } = events
    const run = (edges: { distances: number[]; days: number[] }) =>
      methods.run('near-repeat', {
        x,
        y,
        day,
        ...edges,
        metric: 'euclidean',
        permutations: PERMUTATIONS,
        seed: SEED,
      })
    const [all, near] = await Promise.all([
      run({ distances: distanceEdges, days: dayEdges }),
      run(nearWindow),
    ])
    return {
      events,
      near: nearBands(near)[0]![0]!,
      bands: nearBands(all),
      count: records.count,
      sql: records.sql,
      evidenceVersion: records.evidenceVersion,
    }
  })
}

async function pictureOf(
  context: PageContext,
  measure: Measure,
  request: FigureRequest,
  method: MethodEntry,
) {
  const found = await findNearRepeats(context, request)
  if (!found) {
    return {
      because: `Fewer than ${FEWEST_EVENTS} records have a point and a day in this period: too few to tell near repeats. Choose a longer period or a larger area.`,
    }
  }
  const { events, near, bands } = found
  const title = nearFinding(measure.title, near)
  const from = usedFrom(events)
  const period =
    from === null ? periodWords(request.from!, request.to!) : `${from} to ${calendarWords(request.to!)}`
  const subtitle = `Pairs by distance and days between them, beside what chance would give, ${period}`
  return {
    block: {
      id: 'bands',
      title,
      subtitle,
      svg: chartForPage({
        kind: 'band-grid',
        id: 'bands',
        title,
        subtitle,
        description: 'The numbers are in the table.',
        notes: [
          'In each cell: times as many pairs as chance would give; below, pairs against those expected.',
        ],
        rows: distanceBands,
        columns: dayBands,
        cells: bands.map(row =>
          row.map(band => ({
            ratio: band.observed === 0 ? null : band.ratio,
            text:
              band.observed === 0
                ? 'no pairs'
                : `${countWords(band.observed)}${band.expected === null ? '' : ` against ${countWords(Math.round(band.expected))}`}`,
            marked: band.marked,
          })),
        ),
        rowsLabel: 'Apart',
        columnsLabel: 'Days between the two',
        markedLabel: 'more than chance explains',
      }),
      table: nearTable(title, bands),
      workings: {
        method,
        parameters: [
          {
            name: 'Window',
            value:
              'under 200 metres and 1 to 14 days, set before the records were looked at; one test, p one-sided',
          },
          {
            name: 'Chance',
            value: `the days are dealt anew to the places ${countWords(PERMUTATIONS)} times (seed ${SEED}); expected is their mean, so p is never under ${(1 / (PERMUTATIONS + 1)).toFixed(3)}`,
          },
          {
            name: 'Framed cells',
            value: `Benjamini and Hochberg’s adjustment over ${distanceBands.length * dayBands.length} bands: at most 5 in 100 of those framed are expected to be chance`,
          },
          { name: 'Distance', value: 'straight line; the same point is under 1 metre' },
        ],
        used: `${countWords(events.day.length)} records with a point and a day, of ${countWords(found.count)}`,
        leftOut: leftOutSentences(events),
        figures: [{ text: measure.title, href: figureAddress(request) }],
        evidenceVersion: found.evidenceVersion,
        sql: found.sql,
      },
    },
    sentences: [...partSentences(events), ...reachSentences(bands), ...CAUTIONS],
  }
}
