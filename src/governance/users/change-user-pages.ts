/** Changing somebody's name, post, agency or role. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Faults, Typed } from '../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { andAnyFields, ById, csrfField, Instant } from '../../web/route-schemas.ts'
import { listAgencies } from '../agencies/agency-store.ts'
import { memberRoles, roleTitles } from '../roles.ts'
import { readNewUser } from './user.ts'
import { changeUser, findUser } from './user-store.ts'

export function changeUserPages(app: WebServer, context: PageContext): void {
  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    user: Typed,
    seen: string,
    faults: Faults,
  ) => {
    const agencies = await context.casework.as(request, listAgencies)
    return reply
      .code(Object.keys(faults).length > 0 ? 400 : 200)
      .header('cache-control', 'no-store')
      .page('governance/users/views/change-user.njk', {
        title: 'Change the account',
        csrf: reply.generateCsrf(),
        back: { text: 'The account', href: `/users/${id}` },
        id,
        user,
        seen,
        agencies: agencies.map(a => ({ value: a.id, text: a.name })),
        roles: memberRoles.map(value => ({ value, text: roleTitles[value], checked: value === user.role })),
        ...errorsOf(faults),
      })
  }

  app.get(
    '/users/:id/change',
    { schema: { params: ById }, config: { may: 'keep-users', records: 'nothing' } },
    async (request, reply) => {
      const { id } = request.params
      const { name, post, agency, role, changed } = await context.casework.as(request, tx => findUser(tx, id))
      return show(request, reply, id, { name, post, agency, role }, changed?.toISOString() ?? '', {})
    },
  )

  app.post(
    '/users/:id/change',
    {
      schema: {
        params: ById,
        // `seen`: when it had been changed last as the form was opened.
        body: Type.Object({ ...csrfField, seen: Type.Union([Type.Literal(''), Instant]) }, andAnyFields),
      },
      config: { may: 'keep-users', records: 'account-changed', proof: 'form' },
    },
    async (request, reply) => {
      const { id } = request.params
      const { seen } = request.body
      const faults: Faults = {}
      const { email } = await context.casework.as(request, tx => findUser(tx, id))
      const agencies = await context.casework.as(request, listAgencies)
      const user = readNewUser({ ...request.body, email }, agencies, faults)
      if (!user) return show(request, reply, id, request.body, seen, faults)
      await context.casework.as(request, tx => changeUser(tx, id, user, seen === '' ? null : new Date(seen)))
      return reply.redirect(`/users/${id}`, 303)
    },
  )
}
