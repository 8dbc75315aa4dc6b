/** Your account: for what you work, where you are signed in, and signing out. */
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { NotThere } from '../../platform/errors.ts'
import type { Faults } from '../../platform/typed-form.ts'
import { localPath } from '../../web/addresses.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { ButtonForm, ById, csrfField, TypedText } from '../../web/route-schemas.ts'
import type { Member } from '../access/as-member.ts'
import { may } from '../permissions.ts'
import { isPurpose, purposes } from '../purposes.ts'
import { roleTitles } from '../roles.ts'
import { changePurpose, endSession, openSessionsOf } from './session-store.ts'

const wayWords = {
  account: 'Password',
  'single-sign-on': 'Your organisation’s sign-in',
  cast: 'Synthetic partnership',
  link: 'Link',
  demo: 'Demonstration',
} as const

export function accountPages(app: WebServer, context: PageContext): void {
  app.get('/account', { config: { may: 'use-own-account', records: 'nothing' } }, async (request, reply) => {
    const { sessions, member } = await context.casework.as(request, async tx => ({
      sessions: await openSessionsOf(tx, tx.member.user),
      member: tx.member,
    }))
    return reply.header('cache-control', 'no-store').page('governance/sessions/views/account.njk', {
      title: 'Your account',
      csrf: reply.generateCsrf(),
      member,
      roleTitle: roleTitles[member.role],
      sessions: sessions.map(s => ({
        ...s,
        way: wayWords[s.way],
        current: s.id === request.viewer.session?.id,
      })),
    })
  })

  app.post(
    '/account/sessions/:id/end',
    {
      schema: { params: ById, body: ButtonForm },
      config: { may: 'use-own-account', records: 'session-ended', proof: 'form' },
    },
    async (request, reply) => {
      const { id } = request.params
      const ended = await context.casework.as(request, async tx => {
        if (!(await endSession(tx, id, 'revoked'))) return false
        await tx.record('session-ended', { kind: 'session', id })
        return true
      })
      if (!ended) {
        await context.casework.refused(request, 'session-ended', { kind: 'session', id })
        throw new NotThere()
      }
      return reply.redirect('/account', 303)
    },
  )

  const showPurpose = (reply: FastifyReply, { purpose }: Member, faults: Faults) =>
    reply
      .code(faults.purpose ? 422 : 200)
      .header('cache-control', 'no-store')
      .page('governance/sessions/views/purpose.njk', {
        title: 'For what are you working?',
        csrf: reply.generateCsrf(),
        choices: purposes.map(p => ({
          value: p.id,
          text: p.title,
          hint: { text: p.legalBases.join('. ') },
          checked: p.id === purpose,
        })),
        ...errorsOf(faults),
      })

  app.get(
    '/account/purpose',
    { config: { may: 'see-people', records: 'nothing' } },
    async (request, reply) => {
      const { member } = request.viewer
      if (!member) throw new NotThere()
      return showPurpose(reply, member, {})
    },
  )

  app.post(
    '/account/purpose',
    {
      schema: { body: Type.Object({ ...csrfField, purpose: TypedText, back: TypedText }) },
      config: { may: 'see-people', records: 'purpose-changed', proof: 'form' },
    },
    async (request, reply) => {
      const { member, session } = request.viewer
      if (!member || !session) throw new NotThere()
      const { purpose = '', back } = request.body
      if (!isPurpose(purpose))
        return showPurpose(reply, member, { purpose: 'Choose for what you are working' })
      await context.casework.as(request, async tx => {
        if (!may(tx.member.role, 'see-people')) throw new NotThere()
        await changePurpose(tx, session.id, purpose)
        await tx.record('purpose-changed', {
          kind: 'session',
          id: session.id,
          detail: { from: tx.member.purpose, to: purpose },
        })
      })
      return reply.redirect(localPath(back) ?? '/', 303)
    },
  )
}
