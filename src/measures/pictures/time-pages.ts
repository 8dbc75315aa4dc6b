/** Time: months and their averages, season, hours of the week, financial years. S0 figures 1 to 4. */
import { Type } from 'typebox'
import { addMonths, calendarWords, londonDay, type Month, periodWords } from '../../platform/calendar.ts'
import { figureWords, hourGrid, monthPoints } from '../../reports/charts/figure-parts.ts'
import { unitWords } from '../../reports/charts/figure-words.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { figureTable } from '../../web/figure-table.ts'
import { getMeasure, measures } from '../catalogue/index.ts'
import { dimensionsOf } from '../dimensions.ts'
import type { Figure, FigureRequest } from '../figure.ts'
import type { Measure } from '../measure.ts'
import { busyHours, hoursWords } from './busy-hours.ts'
import { type ChartBlock, chartBlock, pageWarnings } from './chart-block.ts'
import { shareWords } from './finding.ts'
import { firstHeld, type HeldMonths, heldMeasures } from './held.ts'
import { limitsField } from './limits-field.ts'
import { nothingHeld } from './nothing-held.ts'
import { readScope, type Scope, scoped, scopeQuery } from './scope.ts'
import { option, scopePanel } from './scope-fields.ts'
import { type SeasonalIndex, seasonalIndex, seasonHigh } from './seasonal-index.ts'
import { seasonTable, yearsTable } from './time-tables.ts'
import { trendBlock, trendRequest } from './trend-block.ts'

const TITLE = 'Time'
const LEAD = 'How a measure runs over months, seasons and hours of the week, and what it is set against.'
/** What the page opens on: the first of these that is held. */
const LEADING = ['knife-crime', 'street-violence', 'area-crime', 'stop-and-search']

/** Measures that can be counted by month and are plain counts: shares have no monthly mean. */
const timeMeasures = (): Measure[] =>
  measures.filter(m => m.kind !== 'proportion' && dimensionsOf(m).includes('month'))

export function timePages(app: WebServer, context: PageContext): void {
  const { pack, clock } = context
  const { evidence } = context.store
  app.get(
    '/time',
    {
      schema: {
        querystring: Type.Object({ ...scopeQuery, measure: Type.Optional(Type.String({ maxLength: 60 })) }),
      },
      config: { may: 'see-figures', records: 'nothing', cached: true },
    },
    async (request, reply) => {
      const wanted = request.query.measure ? [getMeasure(request.query.measure).id] : LEADING
      const found = await firstHeld(evidence, pack, wanted)
      if (!found) {
        return reply.page('measures/pictures/views/nothing-held.njk', {
          ...nothingHeld(TITLE, LEAD, wanted[0]!),
        })
      }
      const { held } = found
      const measure = getMeasure(found.id)
      const offered = await heldMeasures(evidence, timeMeasures())
      const scope = readScope(request.query, held, pack)
      const today = londonDay(clock())
      const byHour = dimensionsOf(measure).includes('hour')
      const asked = {
        trend: trendRequest(measure.id, scope, held),
        months: scoped(scope, { measure: measure.id, by: ['month'] }),
        all: scoped(
          scope,
          { measure: measure.id, by: ['month'], from: held.first, to: scope.to },
          { compare: false },
        ),
        years: scoped(
          scope,
          { measure: measure.id, by: ['financial-year'], from: held.first, to: held.last },
          { compare: false },
        ),
        hours: scoped(scope, { measure: measure.id, by: ['weekday', 'hour'] }, { compare: false }),
      } satisfies Record<string, FigureRequest>
      const get = (r: FigureRequest) => context.figures.get(r, request.viewer.disclosure)
      const [trend, months, all, years, hours] = await Promise.all([
        get(asked.trend),
        get(asked.months),
        get(asked.all),
        get(asked.years),
        byHour ? get(asked.hours) : null,
      ])
      const season = seasonOf(all, held, scope)
      return reply.page('measures/pictures/views/time.njk', {
        title: TITLE,
        lead: LEAD,
        errors: scope.problems.length > 0,
        measure,
        panel: scopePanel({
          scope,
          held,
          pack,
          url: request.url,
          own: [
            {
              name: 'measure',
              label: 'Measure',
              options: offered.map(m => option(m.id, m.title, measure.id)),
            },
            limitsField(scope, held, pack),
          ],
        }),
        warnings: pageWarnings([trend, months, ...(hours ? [hours] : [])]),
        trend: trendBlock({
          id: 'trend',
          figure: trend,
          request: asked.trend,
          whole: months,
          scope,
          held,
          pack,
          today,
        }),
        months: {
          table: figureTable(months, {
            captionHidden: true,
            caption: `${months.title} by month, ${periodWords(scope.from, scope.to)}`,
          }),
          figure: months,
        },
        season: season.years.length > 0 ? seasonBlock(all, season, asked.all) : null,
        hours: hours ? hoursBlock(hours, asked.hours) : null,
        years: yearsTable(
          years,
          new Set(held.months.filter(m => !held.gaps.includes(m))),
          `${measure.title} by financial year`,
          unitWords(years),
        ),
      })
    },
  )
}

/** Whole years up to the end of the scope, from months that were sent whole. */
function seasonOf(all: Figure, held: HeldMonths, scope: Scope): SeasonalIndex {
  const known = monthPoints(all).flatMap(p =>
    p.value === null || p.incomplete ? [] : [[p.month, p.value] as const],
  )
  return seasonalIndex(new Map(known), scope.to, held.first)
}

function seasonBlock(figure: Figure, season: SeasonalIndex, request: FigureRequest): ChartBlock {
  const years = season.years.length
  const span = yearsWords(season)
  const high = seasonHigh(season)
  return chartBlock(
    {
      kind: 'season',
      ...figureWords(figure, 'season'),
      title:
        high === null
          ? `${figure.title} by month of the year: no month is above the mean in every year`
          : `${figure.title} is highest in ${longMonth(high)}, above the mean in each of ${years} years`,
      subtitle: `Per cent from the annual monthly mean, ${years} whole ${years === 1 ? 'year' : 'years'}: ${span}`,
      notes: [
        'Months are taken as they are: February is lower partly because it is shorter.',
        ...(years === 1 ? ['One year is not a season: each month may be high or low by chance.'] : []),
      ],
      percents: season.percents,
    },
    seasonTable(season, `${figure.title}: seasonal index`),
    request,
  )
}

/** Whole years as periods, oldest first; years that follow each other are one period. */
function yearsWords({ years }: SeasonalIndex): string {
  const spans: { from: Month; to: Month }[] = []
  for (const { from, to } of years.toReversed()) {
    const last = spans.at(-1)
    if (last && addMonths(last.to, 1) === from) last.to = to
    else spans.push({ from, to })
  }
  return spans.map(s => periodWords(s.from, s.to)).join('; ')
}

const longMonth = (month: number): string =>
  calendarWords(`2019-${String(month + 1).padStart(2, '0')}`).split(' ')[0]!

function hoursBlock(figure: Figure, request: FigureRequest): ChartBlock {
  const counts = hourGrid(figure)
  const byHour = Array.from({ length: 24 }, (_, h) => counts.reduce((sum, day) => sum + (day[h] ?? 0), 0))
  const busy = counts.some(day => day.includes(null)) ? null : busyHours(byHour)
  const unknown = figure.unknown.hour
  return chartBlock(
    {
      kind: 'hour-grid',
      ...figureWords(figure, 'hours'),
      title: busy
        ? `At least half begins between ${hoursWords(busy)}: ${shareWords(busy.count, busy.of)}`
        : `${figure.title} by day and hour`,
      subtitle: `${unitWords(figure)} by day of the week and hour at which they began, ${periodWords(figure.period.from, figure.period.to)}`,
      notes: [
        ...(unknown?.count && unknown.of
          ? [`Time not known for ${shareWords(unknown.count, unknown.of)}; they are not in the grid.`]
          : []),
        'Where only a span of time is known, its beginning is counted.',
      ],
      counts,
    },
    figureTable(figure, {
      captionHidden: true,
      caption: `${figure.title} by day and hour`,
      layout: 'scroll',
    }),
    request,
  )
}
