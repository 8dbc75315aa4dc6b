/**
 * Hotspots: where records lie closer together than chance would put them, as a surface, as outlined cells and as a list
 * (A8; S0 §16-18 and figure 5, S1 §37-38). What was recorded, with what it cannot say; nothing about what comes (R7).
 */
import { Type } from 'typebox'
import { periodWords } from '../../platform/calendar.ts'
import { UsageFault } from '../../platform/errors.ts'
import { unitWords } from '../../reports/charts/figure-words.ts'
import { withQuery } from '../../web/addresses.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { figureAddress } from '../../web/figure-address.ts'
import { countWords } from '../../web/words.ts'
import { LEAST_RADIUS, MOST_RADIUS } from '../methods/density-surface.ts'
import { FOR_RECORDS_ONLY } from '../methods/records-behind.ts'
import { pageWarnings } from './chart-block.ts'
import { type AskedHotspots, askHotspots, hotspotMeasures, LEADING } from './hotspots-asked.ts'
import { hotspotsCsv } from './hotspots-csv.ts'
import { hotspotsMap } from './hotspots-map.ts'
import { cellSides, type HotspotsScope, hotspotsQuery, radii, usualPeriods } from './hotspots-scope.ts'
import { hotspotRows, hotspotTable } from './hotspots-table.ts'
import {
  cellsWorkings,
  changeCaution,
  densityWorkings,
  hotspotsFinding,
  noPictureBecause,
  notRunning,
  pointCaution,
  thenSentence,
  unplacedSentence,
} from './hotspots-words.ts'
import { nothingHeld } from './nothing-held.ts'
import { opening } from './opening.ts'
import { measureField } from './place-asked.ts'
import { type Field, option } from './scope-fields.ts'

const WORDS = {
  title: 'Hotspots',
  lead: 'Where reported harm lies closer together than chance would put it: the same hotspots on a map and in a list, then and now.',
}
const TEMPLATE = 'measures/pictures/views/hotspots.njk'

export function hotspotsPages(app: WebServer, context: PageContext): void {
  const { pack, synthetic } = context
  app.get(
    '/places/hotspots',
    {
      schema: { querystring: Type.Object(hotspotsQuery) },
      config: { may: 'see-figures', records: 'nothing', cached: true },
    },
    async (request, reply) => {
      if (request.viewer.disclosure !== 'record') {
        return reply.page(TEMPLATE, { ...WORDS, notForViewer: FOR_RECORDS_ONLY })
      }
      const asked = await askHotspots(context, request.query)
      if (!asked) {
        return nothingHeld(reply, WORDS, request.query.measure ?? LEADING[0])
      }
      const { measure, scope, held, figure } = asked
      const own = [await measureField(context, measure, hotspotMeasures()), ...methodFields(scope)]
      const top = opening(WORDS, { scope, held, pack, url: request.url, own })
      return reply.page(TEMPLATE, {
        ...top,
        panel: { ...top.panel, pandemic: null },
        measure,
        periods: usualPeriods(held, asked.lastDay).map(({ text, changes }) => ({
          text,
          href: withQuery(request.url, changes),
        })),
        warnings: pageWarnings([figure]),
        off: notRunning(asked),
        ...picture(asked, request.url),
      })
    },
  )

  app.get(
    '/places/hotspots/:measure/download/:format',
    {
      schema: {
        params: Type.Object({ measure: Type.String({ maxLength: 60 }), format: Type.Literal('csv') }),
        querystring: Type.Object(hotspotsQuery),
      },
      config: { may: 'see-figures', records: 'figure-downloaded' },
    },
    async (request, reply) => {
      if (request.viewer.disclosure !== 'record') throw new UsageFault(FOR_RECORDS_ONLY)
      const { measure } = request.params
      const asked = await askHotspots(context, { ...request.query, measure })
      if (!asked) throw new UsageFault(`Nothing is held of ${measure}.`)
      const because = noPictureBecause(asked)
      if (because !== null) throw new UsageFault(because)
      const { from, to } = asked.scope
      const mark = synthetic ? '-synthetic' : ''
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="hotspots-${measure}-${from}-${to}${mark}.csv"`)
        .send(hotspotsCsv(asked, synthetic))
    },
  )

  function picture(asked: AskedHotspots, url: string): Record<string, unknown> {
    const { found, figure, request, measure, states } = asked
    const because = noPictureBecause(asked)
    if (found === null || because !== null) return { because, counted: figureAddress(request) }
    const whole = { ...asked, found }
    const finding = hotspotsFinding(whole)
    const subtitle = `${unitWords(figure)}, ${periodWords(figure.period.from, figure.period.to)}`
    const [, query = ''] = url.split('?', 2)
    return {
      finding,
      map: hotspotsMap(
        found,
        {
          id: 'hotspots',
          title: finding,
          subtitle,
          description: 'The list on this page has the same numbers, names and counts.',
          notes: [],
        },
        { measure, figure, request, pack, synthetic },
      ),
      subtitle,
      closer:
        asked.scope.npu === null && found.area.outlines.length > 1
          ? `For a closer map choose one ${pack.words.policingArea} under “Change what is shown”.`
          : null,
      cautions: [
        unplacedSentence(whole),
        pointCaution(whole),
        thenSentence(whole),
        changeCaution(whole),
      ].filter(c => c !== null),
      table: hotspotTable(
        hotspotRows(found, figure, request),
        figure,
        states.hours.runs && found.hotspots.some(h => h.hours !== null),
      ),
      workings: [densityWorkings(whole), cellsWorkings(whole)].filter(w => w !== null),
      counted: figureAddress(request),
      download: `/places/hotspots/${measure.id}/download/csv${query ? `?${query}` : ''}`,
    }
  }
}

function methodFields(scope: HotspotsScope): Field[] {
  const chosen = scope.bandwidth === null ? '' : String(scope.bandwidth)
  const offered =
    radii.map(String).includes(chosen) || chosen === '' ? [] : [option(chosen, `${chosen} metres`, chosen)]
  return [
    {
      name: 'bandwidth',
      label: 'Smooth over',
      hint: `Radius, ${LEAST_RADIUS} to ${countWords(MOST_RADIUS)} metres`,
      options: [
        option('', 'Diggle’s rule', chosen),
        ...radii.map(r => option(String(r), `${countWords(r)} metres`, chosen)),
        ...offered,
      ],
    },
    {
      name: 'cell',
      label: 'Cells tested',
      options: cellSides.map(c => option(String(c), `${c} metres`, String(scope.cell))),
    },
    {
      name: 'neighbours',
      label: 'Cells touch',
      options: [
        option('rook', 'by a side', scope.neighbours),
        option('queen', 'by a side or a corner', scope.neighbours),
      ],
    },
  ]
}
