/** "How was this counted?": a figure opened to its definition, numbers, data and query, and its downloads. */
import { Type } from 'typebox'
import { londonDay, monthOf } from '../platform/calendar.ts'
import { InputFault, UsageFault } from '../platform/errors.ts'
import { chartForPage } from '../reports/charts/draw-chart.ts'
import { figureChart } from '../reports/exports/figure-chart.ts'
import type { PageContext, WebServer } from '../web/context.ts'
import { type FigureFormat, figureAddress, figureQuery, figureRequest } from '../web/figure-address.ts'
import { figureDownload } from '../web/figure-download.ts'
import { figureChosen, figureFields } from '../web/figure-filter.ts'
import { figureTable } from '../web/figure-table.ts'
import { getMeasure } from './catalogue/index.ts'
import { changeInWords } from './change.ts'
import { dimensionTitle } from './dimensions.ts'
import type { DimensionId, Figure, FigureRequest, FigureRow } from './figure.ts'
import type { Measure } from './measure.ts'
import { trendControl } from './pictures/trend-control.ts'
import { saidOnce } from './warnings.ts'
import { whereWords } from './where-words.ts'

const MeasureName = Type.Object({ measure: Type.String({ maxLength: 100 }) })

export function figurePages(app: WebServer, context: PageContext): void {
  app.get(
    '/figures/:measure',
    {
      schema: {
        params: MeasureName,
        querystring: Type.Object({
          ...figureQuery,
          sort: Type.Optional(Type.String({ maxLength: 50 })),
          order: Type.Optional(Type.String({ maxLength: 20 })),
        }),
      },
      config: { may: 'see-figures', records: 'nothing', cached: true },
    },
    async (request, reply) => {
      const asked = figureRequest(request.params.measure, request.query)
      const measure = getMeasure(asked.measure)
      const found = await madeOrFault(() => context.figures.get(asked, request.viewer.disclosure))
      if ('fault' in found) {
        // What was asked for stays in the form, so that only what is wrong has to be changed.
        return reply.code(400).page('measures/views/figure-fault.njk', {
          title: measure.title,
          breadcrumbs: trail(measure),
          measure,
          errors: [{ text: found.fault, href: '#from' }],
          fields: figureFields(measure, asked, context.pack, null),
        })
      }
      const { figure } = found
      const where = await whereWords(figure, { evidence: context.store.evidence, pack: context.pack })
      return reply.page('measures/views/figure.njk', {
        title: figure.title,
        warnings: saidOnce(figure.warnings),
        change: figure.comparator ? changeInWords(figure) : null,
        breadcrumbs: trail(measure),
        figure,
        ...pictureOf(figure, asked, context),
        measure,
        filter: {
          chosen: figureChosen(figure, asked, where, request.url),
          fields: figureFields(measure, asked, context.pack, figure.period),
        },
        table: figureTable(figure, {
          sorting: { url: request.url, sort: request.query.sort, order: request.query.order },
          rowHref: row => narrowed(asked, figure, row),
        }),
        unknown: unknownLines(figure),
        downloads: (Object.keys(downloadNames) as FigureFormat[]).map(format => ({
          text: downloadNames[format],
          href: figureAddress(asked, format),
        })),
        where,
      })
    },
  )

  app.get(
    '/figures/:measure/download/:format',
    {
      schema: {
        params: Type.Object({
          measure: Type.String({ maxLength: 100 }),
          format: Type.Union([
            Type.Literal('csv'),
            Type.Literal('xlsx'),
            Type.Literal('svg'),
            Type.Literal('json'),
          ]),
        }),
        querystring: Type.Object(figureQuery),
      },
      config: { may: 'see-figures', records: 'figure-downloaded' },
    },
    async (request, reply) => {
      const asked = figureRequest(request.params.measure, request.query)
      const figure = await context.figures.get(asked, request.viewer.disclosure)
      const download = await figureDownload(figure, request.params.format, {
        synthetic: context.synthetic,
        exportedBy: request.viewer.name,
        exportedAt: context.clock(),
      })
      return reply
        .type(download.type)
        .header('content-disposition', `attachment; filename="${download.name}"`)
        .send(download.body)
    },
  )
}

/** The chart, and where it is one trend, the limits that its months are judged by. */
function pictureOf(figure: Figure, request: FigureRequest, { synthetic, pack, clock }: PageContext) {
  if (!isDrawn(figure)) return { picture: null, control: null }
  // The page says its warnings and that it is synthetic once, above the chart.
  const chart = { ...figureChart(figure, synthetic), notes: [] }
  const isOneTrend = chart.kind === 'trend' && figure.by.length === 1
  // Limits of counts and shares say nothing about medians.
  if (!isOneTrend || figure.kind === 'median') return { picture: chartForPage(chart), control: null }
  const control = trendControl({
    figure,
    request,
    scope: { limits: null },
    pack,
    today: londonDay(clock()),
    shown: { from: monthOf(figure.period.from), to: monthOf(figure.period.to) },
  })
  return { picture: chartForPage({ ...chart, limits: control.limits }), control }
}

/** More bars than fit a screen say less than the table beneath; months and hours make one picture of many rows. */
const MOST_BARS_SHOWN = 30

const isDrawn = (figure: Figure): boolean =>
  figure.rows.length > 1 &&
  (figure.rows.length <= MOST_BARS_SHOWN || figure.by.includes('month') || figure.by.includes('hour'))

const trail = (measure: Measure) => [
  { text: 'Measures', href: '/measures' },
  { text: measure.title, href: `/measures/${measure.id}` },
]

/** The figure, or the sentence that says why what was asked for cannot be counted. */
async function madeOrFault(make: () => Promise<Figure>): Promise<{ figure: Figure } | { fault: string }> {
  try {
    return { figure: await make() }
  } catch (error) {
    if (error instanceof InputFault || error instanceof UsageFault) return { fault: error.message }
    throw error
  }
}

const downloadNames: Record<FigureFormat, string> = {
  csv: 'CSV',
  xlsx: 'Excel (.xlsx)',
  svg: 'chart (.svg)',
  json: 'JSON',
}

/** The same figure for one value of the first dimension, split by what is left. Months are not narrowed to. */
function narrowed(asked: FigureRequest, figure: Figure, row: FigureRow): string | null {
  const [dimension, ...rest] = figure.by
  const code = dimension ? row.codes[dimension] : null
  if (!dimension || !code || dimension === 'month' || dimension === 'financial-year') return null
  return figureAddress({ ...asked, by: rest, where: { ...asked.where, [dimension]: [code] } })
}

function unknownLines(figure: Figure): { title: string; count: number; of: number; share: number }[] {
  return Object.entries(figure.unknown).flatMap(([dimension, unknown]) =>
    unknown.count !== null && unknown.of !== null && unknown.share !== null
      ? [
          {
            title: dimensionTitle(dimension as DimensionId),
            count: unknown.count,
            of: unknown.of,
            share: unknown.share,
          },
        ]
      : [],
  )
}
