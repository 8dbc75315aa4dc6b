/** The agencies of the partnership: named by the area pack; whom to ask is kept here, because other agencies are shown it. */
import { Type } from 'typebox'
import type { PageContext, WebServer } from '../../web/context.ts'
import { csrfField } from '../../web/route-schemas.ts'
import { countAgencies, setContact } from './agency-store.ts'

const MOST = 300

export function agenciesPages(app: WebServer, context: PageContext): void {
  app.get('/agencies', { config: { may: 'keep-users', records: 'nothing' } }, async (request, reply) => {
    const agencies = await context.casework.as(request, countAgencies)
    return reply.header('cache-control', 'no-store').page('governance/agencies/views/agencies.njk', {
      title: 'Agencies',
      csrf: reply.generateCsrf(),
      agencies,
    })
  })

  app.post(
    '/agencies/:id/contact',
    {
      schema: {
        params: Type.Object({ id: Type.String({ pattern: '^[a-z0-9-]{1,100}$' }) }),
        body: Type.Object({ ...csrfField, contact: Type.String({ maxLength: MOST }) }),
      },
      config: { may: 'keep-users', records: 'agency-changed', proof: 'form' },
    },
    async (request, reply) => {
      const contact = request.body.contact.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim()
      await context.casework.as(request, async tx => {
        await setContact(tx, request.params.id, contact)
        await tx.record('agency-changed', { kind: 'agency', id: request.params.id })
      })
      return reply.redirect('/agencies', 303)
    },
  )
}
