/** The first page, health for machines, and the accessibility statement. */
import { Type } from 'typebox'
import type { PageContext, WebServer } from './context.ts'
import { morningPage } from './morning.ts'

export function systemPages(app: WebServer, context: PageContext): void {
  app.get('/', { config: { may: 'open-anything-public', records: 'nothing' } }, (request, reply) =>
    reply.redirect(morningPage(app, request.viewer.role), 302),
  )

  app.get(
    '/healthz',
    {
      schema: { response: { 200: Type.Object({ status: Type.Literal('ok') }) } },
      config: { may: 'open-anything-public', records: 'nothing', rateLimit: false },
    },
    async () => {
      await context.store.installation.database.query('select 1')
      await context.store.evidence.version()
      return { status: 'ok' as const }
    },
  )

  app.get(
    '/accessibility',
    { config: { may: 'open-anything-public', records: 'nothing', cached: true } },
    (_request, reply) => reply.page('web/views/accessibility.njk', { title: 'Accessibility statement' }),
  )
}
