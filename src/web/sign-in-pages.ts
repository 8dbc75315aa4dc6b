/** Viewing as another role, signing in with a one-time link or as one of the cast, signing out. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Role } from '../governance/permissions.ts'
import { type Faults, readChoice } from '../platform/typed-form.ts'
import type { PageContext, WebServer } from './context.ts'
import { errorsOf } from './form-errors.ts'
import { ButtonForm, csrfField, TypedText, Uuid } from './route-schemas.ts'
import { roles } from './viewers.ts'

/** Roles that are offered, and what each sees. */
const explains = {
  analyst:
    'Sees every count as it is, the files behind it and the rows that were rejected. May send and withdraw files.',
  'board-member':
    'Sees figures with small numbers withheld and the rest rounded to 5, and which files they rest on.',
} satisfies Partial<Record<Role, string>>

export function signInPages(app: WebServer, context: PageContext): void {
  const showViews = (request: FastifyRequest, reply: FastifyReply, faults: Faults) =>
    reply.code(faults.role ? 422 : 200).page('web/views/view-as.njk', {
      title: 'Look at Concord as somebody else sees it',
      csrf: reply.generateCsrf(),
      choices: Object.entries(explains).map(([role, hint]) => ({
        value: role,
        text: roles[role as Role].title,
        hint: { text: hint },
        checked: request.viewer.role === role,
      })),
      ...errorsOf(faults),
    })

  app.get('/view-as', { config: { may: 'view-as', records: 'nothing' } }, (request, reply) => {
    // A signed-in person's view follows from their role.
    if (request.viewer.member) return reply.callNotFound()
    return showViews(request, reply, {})
  })

  app.post(
    '/view-as',
    {
      schema: { body: Type.Object({ ...csrfField, role: TypedText }) },
      config: { may: 'view-as', records: 'view-changed', proof: 'form' },
    },
    async (request, reply) => {
      if (request.viewer.member) return reply.callNotFound()
      const faults: Faults = {}
      const role = readChoice(request.body, 'role', explains, 'Choose as whom to look', faults)
      if (!role) return showViews(request, reply, faults)
      await context.signIn.enterAs(request, reply, role, {
        way: context.isOpen() ? 'demo' : 'link',
        event: 'view-changed',
      })
      return reply.redirect('/', 303)
    },
  )

  // Opening the link only shows a button: programs that look at links in messages must not use it up.
  app.get(
    '/sign-in/:token',
    {
      schema: { params: Type.Object({ token: Type.String({ maxLength: 100 }) }) },
      config: { may: 'open-anything-public', records: 'nothing', rateLimit: { max: 20 } },
    },
    (request, reply) => {
      if (!app.signInTokens.holds(request.params.token)) return reply.callNotFound()
      return reply.page('web/views/sign-in-by-link.njk', {
        title: 'Sign in to Concord',
        csrf: reply.generateCsrf(),
      })
    },
  )

  app.post(
    '/sign-in/:token',
    {
      schema: { params: Type.Object({ token: Type.String({ maxLength: 100 }) }), body: ButtonForm },
      config: {
        may: 'open-anything-public',
        records: 'signed-in',
        proof: 'form',
        rateLimit: { max: 20 },
      },
    },
    async (request, reply) => {
      if (!app.signInTokens.use(request.params.token)) return reply.callNotFound()
      await context.signIn.enterAs(request, reply, 'analyst', {
        way: context.isOpen() ? 'demo' : 'link',
        event: 'signed-in',
      })
      return reply.redirect('/', 303)
    },
  )

  // Only where nothing is real: neither the evidence nor anybody's account.
  app.get(
    '/sign-in-as',
    { config: { may: 'open-anything-public', records: 'nothing' } },
    async (_request, reply) => {
      const cast = context.isOpen() ? await context.signIn.cast() : null
      if (!cast) return reply.callNotFound()
      return reply.page('web/views/sign-in-as.njk', {
        title: 'Sign in as one of the synthetic partnership',
        csrf: reply.generateCsrf(),
        cast,
      })
    },
  )

  app.post(
    '/sign-in-as',
    {
      schema: { body: Type.Object({ ...csrfField, person: Uuid }) },
      config: { may: 'open-anything-public', records: 'person-signed-in', proof: 'form' },
    },
    async (request, reply) => {
      const member = context.isOpen() ? await context.signIn.castMember(request.body.person) : null
      if (!member) return reply.callNotFound()
      await context.signIn.enter(request, reply, member, 'cast')
      return reply.redirect('/', 303)
    },
  )

  app.post(
    '/sign-out',
    {
      schema: { body: ButtonForm },
      config: { may: 'use-own-account', records: 'person-signed-out', proof: 'form' },
    },
    async (request, reply) => {
      const way = request.viewer.session?.way
      await context.signIn.leave(request, reply)
      return reply.redirect(
        way === 'single-sign-on' && context.signIn.singleSignOn ? '/signed-out' : '/',
        303,
      )
    },
  )
}
