/** Changing one's own password, for accounts that have one. */
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { NotThere } from '../../platform/errors.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { errorsOf } from '../../web/form-errors.ts'
import type { Viewer } from '../../web/viewers.ts'
import { instantShort } from '../../web/words.ts'
import type { Member } from '../access/as-member.ts'
import { changePassword } from './local-sign-in.ts'

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
          _csrf: Type.String(),
          old: Type.String({ maxLength: 1000, default: '' }),
          password: Type.String({ maxLength: 1000, default: '' }),
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
          return show(reply, {
            old: `There were too many tries. The next can be made after ${instantShort(answer.until)}`,
          })
        case 'wrong':
          return show(reply, { old: 'That is not your password' })
        case 'fault':
          return show(reply, { password: answer.sentence })
        case 'set':
          return reply.redirect('/account', 303)
      }
    },
  )
}

/** Whose password it is. Throws NotThere for who signs in otherwise. */
function ownPassword({ member, session }: Viewer): { member: Member; session: string } {
  if (!member || session?.way !== 'account') throw new NotThere()
  return { member, session: session.id }
}
