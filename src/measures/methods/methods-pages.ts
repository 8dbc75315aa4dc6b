/** The register of methods (R9), open to everybody who sees a figure. */
import { londonDay } from '../../platform/calendar.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { methodState, methods } from './register.ts'

export function methodsPages(app: WebServer, { pack, clock }: PageContext): void {
  app.get(
    '/methods',
    { config: { may: 'see-figures', records: 'nothing', cached: true } },
    (_request, reply) => {
      const today = londonDay(clock())
      return reply.page('measures/methods/views/methods.njk', {
        title: 'Register of methods',
        methods: methods.map(m => methodState(pack, m.id, today)),
      })
    },
  )
}
