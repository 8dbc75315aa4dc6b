/**
 * The picture: headline measures beside the baseline year, four years of the lead measure, what changed beyond
 * noise and where, table 1 of the June 2019 paper, and what is missing or doubtful.
 */
import { Type } from 'typebox'
import { londonDay, monthOf, periodWords } from '../../platform/calendar.ts'
import { figureWords, monthPoints } from '../../reports/charts/figure-parts.ts'
import { unitWords } from '../../reports/charts/figure-words.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import type { Figure, FigureRequest, FigureWarning } from '../figure.ts'
import { saidOnce } from '../warnings.ts'
import { type AreaTrends, areaSignals } from './area-signals.ts'
import { areasTable } from './areas-table.ts'
import { type ChartBlock, chartBlock, onPage } from './chart-block.ts'
import { clearChanges } from './clear-changes.ts'
import { splitTitle } from './finding.ts'
import { card, headlineSets, sidesWords } from './headlines.ts'
import { type HeldMonths, heldMonths } from './held.ts'
import { limitsField } from './limits-field.ts'
import { nothingHeld } from './nothing-held.ts'
import { opening } from './opening.ts'
import { placeMeasureIds } from './place-inputs.ts'
import { readScope, scoped, scopeQuery } from './scope.ts'
import { tableOne } from './table-one.ts'
import { trendBlock, trendPeriod, trendRequest } from './trend-block.ts'
import type { Signals } from './trend-control.ts'

const WORDS = {
  title: 'Picture',
  lead: 'Serious violence in the area: the measures that the board asks about first, what changed beyond noise, and what is missing.',
}

const text = (maxLength: number) => Type.Optional(Type.String({ maxLength }))

export function picturePages(app: WebServer, context: PageContext): void {
  const { pack, clock } = context
  app.get(
    '/picture',
    {
      schema: { querystring: Type.Object({ ...scopeQuery, sort: text(20), order: text(20) }) },
      config: { may: 'see-figures', records: 'nothing', cached: true },
    },
    async (request, reply) => {
      const found = await headlinesHeld(context)
      if (!found) {
        return nothingHeld(reply, WORDS, headlineSets[0][0])
      }
      const { ids, held } = found
      const [leading] = ids
      const scope = readScope(request.query, held, pack)
      const today = londonDay(clock())
      const get = (r: FigureRequest) => context.figures.get(r, request.viewer.disclosure)
      const headlineRequests = ids.map(id => scoped(scope, { measure: id, by: ['npu'] }))
      const monthly = scoped(
        scope,
        { measure: leading, by: ['npu', 'month'], ...trendPeriod(scope, held) },
        { compare: false },
      )
      const victimsRequest = scoped(
        scope,
        { measure: 'knife-crime-victims', by: ['npu'], variant: { age: 'under-25' } },
        { compare: false },
      )
      const trend = trendRequest(leading, { scope, held, pack })
      const [headlines, trendFigure, areas, victims] = await Promise.all([
        Promise.all(headlineRequests.map(get)),
        get(trend),
        get(monthly),
        leading === 'knife-crime' ? get(victimsRequest) : null,
      ])
      const pairs = headlines.map((figure, i) => ({ figure, request: headlineRequests[i]! }))
      const lead = pairs[0]!
      const areaTitle = sentence(pack.words.policingArea)
      return reply.page('measures/pictures/views/picture.njk', {
        ...opening(WORDS, {
          scope,
          held,
          pack,
          url: request.url,
          own: [limitsField(scope, held, pack)],
        }),
        sides: sidesWords(lead.figure, scope, pack),
        cards: pairs.map(p => card(p.figure, p.request, scope)),
        trend: trendBlock({
          id: 'trend',
          figure: trendFigure,
          request: trend,
          whole: lead.figure,
          scope,
          held,
          pack,
          today,
        }),
        areas: areas.total.missing ? null : areasBlock(areas, monthly, areaTitle, { scope, pack, today }),
        changes: clearChanges(
          pairs.filter(p => (placeMeasureIds as readonly string[]).includes(p.figure.measure)),
          areaTitle,
          { url: request.url, sort: request.query.sort, order: request.query.order },
        ),
        tableOne: victims
          ? {
              title: `Knife crime and victims under 25 by ${pack.words.policingArea}`,
              ...tableOne(lead, { figure: victims, request: victimsRequest }, areaTitle),
            }
          : null,
        period: periodWords(scope.from, scope.to),
        doubts: doubts([...headlines, trendFigure, ...(victims ? [victims] : [])]),
      })
    },
  )
}

/** The first set of headlines whose leading measure is held at all. */
async function headlinesHeld(
  context: PageContext,
): Promise<{ ids: readonly [string, ...string[]]; held: HeldMonths } | null> {
  for (const ids of headlineSets) {
    const held = await heldMonths(context.store.evidence, context.pack, ids[0])
    if (held) return { ids, held }
  }
  return null
}

/** One small trend for each area; what could not be placed is in the table. */
function areasBlock(
  figure: Figure,
  request: FigureRequest,
  areaTitle: string,
  trend: Pick<AreaTrends, 'scope' | 'pack' | 'today'>,
): ChartBlock & { signals: Signals } {
  const byArea = Map.groupBy(
    figure.rows.filter(row => row.codes.npu),
    row => row.labels.npu ?? 'Unknown',
  )
  const shown = { from: monthOf(figure.period.from), to: monthOf(figure.period.to) }
  const signals = areaSignals({ ...trend, figure, byArea, request, shown })
  const block = chartBlock(
    {
      kind: 'small-multiples',
      ...figureWords(figure, 'areas'),
      title: `${splitTitle(figure.title, areaTitle.toLowerCase())}, to one scale`,
      subtitle: `${unitWords(figure)} a month, ${periodWords(figure.period.from, figure.period.to)}`,
      notes: [],
      panels: [...byArea].map(([label, rows]) => ({ label, points: monthPoints(figure, rows) })),
    },
    areasTable(figure, `${splitTitle(figure.title, areaTitle.toLowerCase())} and month`),
    request,
  )
  return { ...block, signals }
}

/** Every warning once, with the measures that it is about. */
function doubts(figures: readonly Figure[]): { sentence: string; about: string }[] {
  const wanted = new Set<FigureWarning['kind']>([
    'missing-data',
    'missing-comparator',
    'comparator-period',
    'incomplete-month',
    'recording-change',
    'unknown-share',
    'pandemic-left-out',
    'suppressed',
    'rounded',
  ])
  const about = new Map<string, { warning: FigureWarning; titles: Set<string> }>()
  for (const figure of figures) {
    for (const warning of figure.warnings.map(onPage)) {
      if (!wanted.has(warning.kind)) continue
      const entry = about.get(warning.sentence) ?? { warning, titles: new Set() }
      entry.titles.add(figure.title)
      about.set(warning.sentence, entry)
    }
  }
  const found = [...about.values()]
  // Titles may hold a comma, as in "Robbery, as published".
  return saidOnce(found.map(f => f.warning)).map(({ sentence }, i) => ({
    sentence,
    about: [...found[i]!.titles].join('; '),
  }))
}

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
