/** Time: months and their averages, season, hours of the week, financial years. S0 figures 1 to 4. */
import { Type } from 'typebox'
import { londonDay, periodWords } from '../../platform/calendar.ts'
import { UsageFault } from '../../platform/errors.ts'
import { unitWords } from '../../reports/charts/figure-words.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { figureTable } from '../../web/figure-table.ts'
import { getMeasure, measures } from '../catalogue/index.ts'
import { dimensionsOf } from '../dimensions.ts'
import type { FigureRequest } from '../figure.ts'
import type { Measure } from '../measure.ts'
import { pageWarnings } from './chart-block.ts'
import { firstHeld, heldMeasures } from './held.ts'
import { hoursBlock } from './hours-block.ts'
import { limitsField } from './limits-field.ts'
import { nothingHeld } from './nothing-held.ts'
import { opening } from './opening.ts'
import { readScope, scoped, scopeQuery } from './scope.ts'
import { option } from './scope-fields.ts'
import { seasonBlocks } from './season-block.ts'
import { yearsTable } from './time-tables.ts'
import { trendBlock, trendRequest } from './trend-block.ts'

const WORDS = {
  title: 'Time',
  lead: 'How a measure runs over months, seasons and hours of the week, and what it is set against.',
}
/** What the page opens on: the first of these that is held. */
const LEADING = ['knife-crime', 'street-violence', 'area-crime', 'stop-and-search']

const timeMeasures = (): Measure[] =>
  measures.filter(m => m.kind !== 'median' && dimensionsOf(m).includes('month'))

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
      const chosen = request.query.measure ? getMeasure(request.query.measure) : null
      if (chosen?.kind === 'median') {
        throw new UsageFault(`${chosen.title} is a median, which has no season: open its figure by month.`)
      }
      const wanted = chosen ? [chosen.id] : LEADING
      const found = await firstHeld(evidence, pack, wanted)
      if (!found) {
        return nothingHeld(reply, WORDS, wanted[0]!)
      }
      const { held } = found
      const measure = getMeasure(found.id)
      const offered = await heldMeasures(evidence, timeMeasures())
      const scope = readScope(request.query, held, pack)
      const today = londonDay(clock())
      // Hours hold counts: a share of so few would be noise.
      const byHour = measure.kind !== 'proportion' && dimensionsOf(measure).includes('hour')
      const asked = {
        trend: trendRequest(measure.id, { scope, held, pack }),
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
      return reply.page('measures/pictures/views/time.njk', {
        ...opening(WORDS, {
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
        measure,
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
        ...seasonBlocks({
          figure: all,
          request: asked.all,
          first: held.first,
          last: scope.to,
          pack,
          today,
        }),
        withoutHours: byHour ? null : withoutHours(measure),
        hours: hours
          ? await hoursBlock({ evidence, pack }, { figure: hours, request: asked.hours, today })
          : null,
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

const withoutHours = ({ kind, title }: Measure): string =>
  kind === 'proportion'
    ? 'A share is not split by hour: each hour would be of too few.'
    : `${title} has no time of day in what is sent.`
