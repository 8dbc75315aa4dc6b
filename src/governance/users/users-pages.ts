/** The administrator's pages: people at work of every agency, adding one, and ending what they may do. No case. */
import { randomUUID } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { NotThere } from '../../platform/errors.ts'
import type { Faults, Typed } from '../../platform/typed-form.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { pagination } from '../../web/pagination.ts'
import { andAnyFields, ButtonForm, ById, csrfField, PageNumber, Uuid } from '../../web/route-schemas.ts'
import { listAgencies } from '../agencies/agency-store.ts'
import { mailTroubles, refusedAccounts } from '../notices/notice-store.ts'
import { memberRoles, roleTitles } from '../roles.ts'
import { endSession, openSessionsOf } from '../sessions/session-store.ts'
import { isUserMove, movesFrom, readNewUser, type UserState, userMoves, userStates } from './user.ts'
import { addUser, findUser, listUsers, makeLink, moveUser } from './user-store.ts'

const ROWS = 50
const keep = 'keep-users' as const

const isState = (text: string | undefined): text is UserState =>
  text !== undefined && Object.hasOwn(userStates, text)

export function usersPages(app: WebServer, context: PageContext): void {
  const unkept = (reply: FastifyReply) => reply.header('cache-control', 'no-store')
  const linkOf = (token: string) => `${context.signIn.address}/join/${token}`

  app.get(
    '/users',
    {
      schema: {
        querystring: Type.Object({
          agency: Type.Optional(Type.String({ maxLength: 100 })),
          state: Type.Optional(Type.String({ maxLength: 20 })),
          page: Type.Optional(PageNumber),
        }),
      },
      config: { may: keep, records: 'accounts-listed' },
    },
    async (request, reply) => {
      const { agency, state } = request.query
      const filter = { ...(agency && { agency }), ...(isState(state) && { state }) }
      const { users, agencies, troubles, refused } = await context.casework.as(request, async tx => {
        await tx.record('accounts-listed', { kind: 'list', detail: filter })
        return {
          users: await listUsers(tx, filter),
          agencies: await listAgencies(tx),
          troubles: await mailTroubles(tx),
          refused: await refusedAccounts(tx),
        }
      })
      const list = pagination(users.length, request.query.page ?? 1, request.url, ROWS)
      return unkept(reply).page('governance/users/views/users.njk', {
        title: 'People at work',
        pagination: list,
        users: users
          .slice(list.offset, list.offset + ROWS)
          .map(u => ({ ...u, roleTitle: roleTitles[u.role], stateTitle: userStates[u.state] })),
        agencies: [
          { value: '', text: 'Every agency' },
          ...agencies.map(a => ({ value: a.id, text: a.name })),
        ],
        states: [
          { value: '', text: 'Every state' },
          ...Object.entries(userStates).map(([value, text]) => ({ value, text })),
        ],
        chosen: { agency: agency ?? '', state: state ?? '' },
        mail: { on: context.notices.mails, troubles, refused },
      })
    },
  )

  const showForm = async (
    request: Parameters<PageContext['casework']['as']>[0],
    reply: FastifyReply,
    key: string,
    user: Typed,
    faults: Faults,
  ) => {
    const agencies = await context.casework.as(request, listAgencies)
    return unkept(reply)
      .code(Object.keys(faults).length > 0 ? 400 : 200)
      .page('governance/users/views/new-user.njk', {
        title: 'Add somebody',
        csrf: reply.generateCsrf(),
        back: { text: 'People at work', href: '/users' },
        key,
        user,
        agencies: [{ value: '', text: 'Choose' }, ...agencies.map(a => ({ value: a.id, text: a.name }))],
        roles: memberRoles.map(value => ({ value, text: roleTitles[value], checked: value === user.role })),
        ...errorsOf(faults),
      })
  }

  app.get('/users/new', { config: { may: keep, records: 'nothing' } }, (request, reply) =>
    showForm(request, reply, randomUUID(), {}, {}),
  )

  app.post(
    '/users',
    {
      schema: {
        body: Type.Object({ ...csrfField, key: Uuid }, andAnyFields),
      },
      config: { may: keep, records: 'account-added', proof: 'form' },
    },
    async (request, reply) => {
      const { key } = request.body
      const typed: Typed = request.body
      const faults: Faults = {}
      const user = readNewUser(typed, await context.casework.as(request, listAgencies), faults)
      if (!user) return showForm(request, reply, key, typed, faults)
      const added = await context.casework.as(request, tx => addUser(tx, key, user))
      if (added.is === 'there-already') return reply.redirect(`/users/${key}`, 303)
      if (added.is === 'address-taken') {
        return showForm(request, reply, key, typed, {
          email: 'There is an account with that address already',
        })
      }
      return showLink(reply, key, `${user.name} is added`, added.token, 'seven days')
    },
  )

  const showLink = (reply: FastifyReply, user: string, title: string, token: string, lasts: string) =>
    unkept(reply).page('governance/users/views/link.njk', {
      title,
      back: { text: 'The account', href: `/users/${user}` },
      link: linkOf(token),
      lasts,
    })

  app.get(
    '/users/:id',
    { schema: { params: ById }, config: { may: keep, records: 'nothing' } },
    async (request, reply) => {
      const { id } = request.params
      const { user, sessions } = await context.casework.as(request, async tx => ({
        user: await findUser(tx, id),
        sessions: await openSessionsOf(tx, id),
      }))
      return unkept(reply).page('governance/users/views/user.njk', {
        title: user.name,
        csrf: reply.generateCsrf(),
        back: { text: 'People at work', href: '/users' },
        user,
        roleTitle: roleTitles[user.role],
        stateTitle: userStates[user.state],
        sessions,
        isOwn: id === request.viewer.member?.user,
        moves: movesFrom(user.state).map(move => ({ move, ...userMoves[move] })),
      })
    },
  )

  app.post(
    '/users/:id/:move',
    {
      schema: { params: Type.Intersect([ById, Type.Object({ move: Type.String() })]), body: ButtonForm },
      config: { may: keep, records: 'account-ended', proof: 'form' },
    },
    async (request, reply) => {
      const { id, move } = request.params
      if (!isUserMove(move)) throw new NotThere()
      await context.casework.as(request, tx => moveUser(tx, id, move))
      return reply.redirect(`/users/${id}`, 303)
    },
  )

  app.post(
    '/users/:id/link',
    {
      schema: {
        params: ById,
        body: Type.Object({ ...csrfField, lost: Type.Optional(Type.Literal('yes')) }),
      },
      config: { may: keep, records: 'account-link-made', proof: 'form' },
    },
    async (request, reply) => {
      const { id } = request.params
      const { token, name, kind } = await context.casework.as(request, async tx => {
        const user = await findUser(tx, id)
        const kind = user.state === 'invited' ? ('invitation' as const) : ('reset' as const)
        return { token: await makeLink(tx, id, kind, request.body.lost === 'yes'), name: user.name, kind }
      })
      return showLink(
        reply,
        id,
        `A link for ${name}`,
        token,
        kind === 'invitation' ? 'seven days' : '24 hours',
      )
    },
  )

  app.post(
    '/users/:id/sessions/:session/end',
    {
      schema: {
        params: Type.Intersect([ById, Type.Object({ session: Uuid })]),
        body: ButtonForm,
      },
      config: { may: keep, records: 'session-ended', proof: 'form' },
    },
    async (request, reply) => {
      const { id, session } = request.params
      await context.casework.as(request, async tx => {
        if (!(await endSession(tx, session, 'administrator'))) throw new NotThere()
        await tx.record('session-ended', { kind: 'session', id: session, detail: { of: id } })
      })
      return reply.redirect(`/users/${id}`, 303)
    },
  )
}
