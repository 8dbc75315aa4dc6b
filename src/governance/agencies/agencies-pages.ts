/** The agencies of the partnership: named by the area pack; whom to ask is kept here, because other agencies are shown it. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Faults, readText } from '../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { csrfField, TypedText } from '../../web/route-schemas.ts'
import { countAgencies, setContact } from './agency-store.ts'

const contactRule = { label: 'Whom to ask', most: 300 }

export function agenciesPages(app: WebServer, context: PageContext): void {
  /** `asked`: what was typed for one agency, and what is wrong with it. */
  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    asked: { agency: string; typed: string; faults: Faults } | null,
  ) => {
    const agencies = await context.casework.as(request, countAgencies)
    const faults = Object.fromEntries(
      Object.values(asked?.faults ?? {}).map(fault => [`contact-${asked!.agency}`, fault]),
    )
    return reply
      .code(asked ? 422 : 200)
      .header('cache-control', 'no-store')
      .page('governance/agencies/views/agencies.njk', {
        title: 'Agencies',
        csrf: reply.generateCsrf(),
        agencies: agencies.map(a => (a.id === asked?.agency ? { ...a, contact: asked.typed } : a)),
        ...errorsOf(faults),
      })
  }

  app.get('/agencies', { config: { may: 'keep-users', records: 'nothing' } }, (request, reply) =>
    show(request, reply, null),
  )

  app.post(
    '/agencies/:id/contact',
    {
      schema: {
        params: Type.Object({ id: Type.String({ pattern: '^[a-z0-9-]{1,100}$' }) }),
        body: Type.Object({ ...csrfField, contact: TypedText }),
      },
      config: { may: 'keep-users', records: 'agency-changed', proof: 'form' },
    },
    async (request, reply) => {
      const { id } = request.params
      const faults: Faults = {}
      const contact = readText(request.body, 'contact', contactRule, faults).replaceAll(/\s+/g, ' ')
      if (faults.contact) return show(request, reply, { agency: id, typed: contact, faults })
      await context.casework.as(request, async tx => {
        await setContact(tx, id, contact)
        await tx.record('agency-changed', { kind: 'agency', id })
      })
      return reply.redirect('/agencies', 303)
    },
  )
}
