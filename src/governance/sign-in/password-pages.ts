/** Changing one's own password and recovery codes, for accounts that have them. */
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { NotThere } from '../../platform/errors.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { csrfField } from '../../web/route-schemas.ts'
import type { Viewer } from '../../web/viewers.ts'
import type { Member } from '../access/as-member.ts'
import { changePassword } from './local-sign-in.ts'
import { waitWords } from './local-sign-in-pages.ts'
import { renewRecoveryCodes } from './renew-recovery-codes.ts'

export function passwordPages(app: WebServer, context: PageContext): void {
  const show = (reply: FastifyReply, faults: { old?: string; password?: string }) =>
    reply
      .code(Object.keys(faults).length > 0 ? 400 : 200)
      .header('cache-control', 'no-store')
      .page('governance/sign-in/views/change-password.njk', {
        title: 'Change your password',
        csrf: reply.generateCsrf(),
        back: { text: 'Your account', href: '/account' },
        ...errorsOf(faults),
      })

  app.get(
    '/account/password',
    { config: { may: 'use-own-account', records: 'nothing' } },
    (request, reply) => {
      ownPassword(request.viewer)
      return show(reply, {})
    },
  )

  app.post(
    '/account/password',
    {
      schema: {
        body: Type.Object({
          ...csrfField,
          old: Type.String({ maxLength: 20_000, default: '' }),
          password: Type.String({ maxLength: 20_000, default: '' }),
        }),
      },
      config: { may: 'use-own-account', records: 'password-changed', proof: 'form', rateLimit: { max: 20 } },
    },
    async (request, reply) => {
      const { member, session } = ownPassword(request.viewer)
      const { old, password } = request.body
      const answer = await changePassword(context.signIn.accounts, {
        member,
        session,
        old,
        password,
        address: request.ip,
      })
      switch (answer.is) {
        case 'wait':
          return show(reply, { old: waitWords(answer.until) })
        case 'wrong':
          return show(reply, { old: 'That is not your password' })
        case 'fault':
          return show(reply, { password: answer.sentence })
        case 'set':
          return reply.redirect('/account', 303)
      }
    },
  )

  const showCodes = (reply: FastifyReply, faults: { code?: string }) =>
    reply
      .code(Object.keys(faults).length > 0 ? 400 : 200)
      .header('cache-control', 'no-store')
      .page('governance/sign-in/views/renew-codes.njk', {
        title: 'Make new recovery codes',
        csrf: reply.generateCsrf(),
        back: { text: 'Your account', href: '/account' },
        ...errorsOf(faults),
      })

  app.get(
    '/account/recovery-codes',
    { config: { may: 'use-own-account', records: 'nothing' } },
    (request, reply) => {
      ownPassword(request.viewer)
      return showCodes(reply, {})
    },
  )

  app.post(
    '/account/recovery-codes',
    {
      schema: {
        body: Type.Object({ ...csrfField, code: Type.String({ maxLength: 20_000, default: '' }) }),
      },
      config: {
        may: 'use-own-account',
        records: 'second-factor-changed',
        proof: 'form',
        rateLimit: { max: 20 },
      },
    },
    async (request, reply) => {
      const { member } = ownPassword(request.viewer)
      const { code } = request.body
      const answer = await renewRecoveryCodes(context.signIn.accounts, { member, code, address: request.ip })
      if (answer.is === 'wait') return showCodes(reply, { code: waitWords(answer.until) })
      if (answer.is === 'wrong')
        return showCodes(reply, { code: 'That code is not right, or was used already' })
      return reply.header('cache-control', 'no-store').page('governance/sign-in/views/recovery-codes.njk', {
        title: 'Keep your recovery codes',
        codes: answer.codes,
        goal: '/account',
      })
    },
  )
}

/** Whose password it is. Throws NotThere for who signs in otherwise. */
function ownPassword({ member, session }: Viewer): { member: Member; session: string } {
  if (!member || session?.way !== 'account') throw new NotThere()
  return { member, session: session.id }
}
