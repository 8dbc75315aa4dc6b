/** Weapons: which, how used, where, robbery or violence, and what was recovered. S0 paragraphs 13, 16 and 29. */
import { Type } from 'typebox'
import { londonDay } from '../../platform/calendar.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { periodWords } from '../../web/words.ts'
import type { Figure, FigureRequest } from '../figure.ts'
import { pageWarnings } from './chart-block.ts'
import { heldMonths } from './held.ts'
import { limitsField } from './limits-field.ts'
import { nothingHeld } from './nothing-held.ts'
import { opening } from './opening.ts'
import { readScope, scoped, scopeQuery } from './scope.ts'
import { type SplitOptions, splitBlock } from './split-block.ts'
import { trendBlock, trendRequest } from './trend-block.ts'

const WORDS = {
  title: 'Weapons',
  lead: 'Which weapons were used in knife crime, how, and where; and which were recovered. A weapon is what was recorded in the offence: most were never found.',
}

const RECOVERED = 'weapons-recovered'

interface Split extends SplitOptions {
  measure: string
}

const splits: Split[] = [
  { measure: 'knife-crime', id: 'weapon', dimension: 'weapon', subject: 'Weapon in knife crime' },
  { measure: 'knife-crime', id: 'use', dimension: 'use', subject: 'How the knife was used' },
  { measure: 'knife-crime', id: 'group', dimension: 'offence-group', subject: 'Robbery or violence' },
  { measure: 'knife-crime', id: 'place', dimension: 'location-type', subject: 'Kind of location' },
  { measure: RECOVERED, id: 'method', dimension: 'method', subject: 'How weapons were recovered' },
  { measure: RECOVERED, id: 'recovered', dimension: 'weapon', subject: 'Weapons recovered' },
]

export function weaponsPages(app: WebServer, context: PageContext): void {
  const { pack, clock } = context
  app.get(
    '/weapons',
    {
      schema: { querystring: Type.Object(scopeQuery) },
      config: { may: 'see-figures', records: 'nothing', cached: true },
    },
    async (request, reply) => {
      const held = await heldMonths(context.store.evidence, pack, 'knife-crime')
      if (!held) {
        return nothingHeld(reply, WORDS, 'knife-crime')
      }
      const scope = readScope(request.query, held, pack)
      const asked = splits.map(
        (split): FigureRequest => scoped(scope, { measure: split.measure, by: [split.dimension] }),
      )
      const get = (r: FigureRequest) => context.figures.get(r, request.viewer.disclosure)
      const months = trendRequest(RECOVERED, { scope, held, pack })
      const [figures, byMonth] = await Promise.all([Promise.all(asked.map(get)), get(months)])
      const blocks = splits.map((split, i) => ({ split, figure: figures[i]!, request: asked[i]! }))
      const drawn = (measure: string) =>
        blocks
          .filter(b => b.split.measure === measure && isHeld(b.figure))
          .map(b => splitBlock(b.figure, b.request, b.split))
      const whole = blocks.find(b => b.split.measure === RECOVERED)!.figure
      return reply.page('measures/pictures/views/weapons.njk', {
        ...opening(WORDS, {
          scope,
          held,
          pack,
          url: request.url,
          own: [limitsField(scope, held, pack)],
        }),
        period: periodWords(scope.from, scope.to),
        warnings: pageWarnings(figures),
        offences: drawn('knife-crime'),
        recovered: drawn(RECOVERED),
        trend: isHeld(whole)
          ? trendBlock({
              id: 'trend',
              figure: byMonth,
              request: months,
              whole,
              scope,
              held,
              pack,
              today: londonDay(clock()),
              headingLevel: 3,
            })
          : null,
      })
    },
  )
}

/** False where nothing was sent for the period: the page then says so instead of drawing an empty chart. */
const isHeld = (figure: Figure): boolean => !figure.total.missing
