/** Changing somebody's name, post, agency or role. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { PageContext, WebServer } from '../../web/context.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { ById, csrfField } from '../../web/route-schemas.ts'
import { listAgencies } from '../agencies/agency-store.ts'
import { memberRoles, roleTitles } from '../roles.ts'
import { readNewUser, type TypedUser } from './user.ts'
import { changeUser, findUser } from './user-store.ts'

const typed = Type.String({ maxLength: 20_000, default: '' })

export function changeUserPages(app: WebServer, context: PageContext): void {
  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    user: Omit<TypedUser, 'email'>,
    seen: string,
    faults: Partial<Record<keyof TypedUser, string>>,
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
      const user = await context.casework.as(request, tx => findUser(tx, id))
      return show(request, reply, id, user, user.changed?.toISOString() ?? '', {})
    },
  )

  app.post(
    '/users/:id/change',
    {
      schema: {
        params: ById,
        body: Type.Object({
          ...csrfField,
          // When it had been changed last as the form was opened.
          seen: Type.String({ pattern: '^(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z)?$' }),
          name: typed,
          post: typed,
          agency: typed,
          role: typed,
        }),
      },
      config: { may: 'keep-users', records: 'account-changed', proof: 'form' },
    },
    async (request, reply) => {
      const { id } = request.params
      const { name, post, agency, role, seen } = request.body
      const { email } = await context.casework.as(request, tx => findUser(tx, id))
      const read = readNewUser(
        { name, post, agency, role, email },
        await context.casework.as(request, listAgencies),
      )
      if ('faults' in read) return show(request, reply, id, { name, post, agency, role }, seen, read.faults)
      await context.casework.as(request, tx =>
        changeUser(tx, id, read.user, seen === '' ? null : new Date(seen)),
      )
      return reply.redirect(`/users/${id}`, 303)
    },
  )
}
