/**
 * Going to the organisation's own sign-in and coming back. The way there is a link and not a form, because the content
 * security policy lets forms lead to ourselves alone.
 */
import { Type } from 'typebox'
import { NotThere } from '../../platform/errors.ts'
import { localPath } from '../../web/addresses.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { admit } from './admit.ts'
import { groupRoles } from './group-roles.ts'
import type { Journey } from './single-sign-on.ts'

const COOKIE = 'concord_journey'
const cookieOptions = {
  path: '/sign-in/organisation',
  httpOnly: true,
  sameSite: 'lax',
  secure: 'auto',
} as const
const MINUTES = 10
const open = { may: 'open-anything-public', rateLimit: { max: 60 } } as const

export function singleSignOnPages(app: WebServer, context: PageContext): void {
  const { singleSignOn, accounts, address } = context.signIn
  if (!singleSignOn) return
  const roles = groupRoles(context.pack)
  const back = `${address}/sign-in/organisation/return`

  app.get(
    '/sign-in/organisation',
    {
      schema: { querystring: Type.Object({ next: Type.Optional(Type.String({ maxLength: 600 })) }) },
      config: { ...open, records: 'nothing' },
    },
    async (request, reply) => {
      const start = await singleSignOn.start(back, localPath(request.query.next)).catch((error: Error) => {
        request.log.error({ err: error }, 'the provider of single sign-on does not answer')
        return null
      })
      if (!start) {
        return reply.code(503).page('governance/sign-in/views/not-admitted.njk', {
          title: 'You cannot sign in this way just now',
          sentence: `The sign-in of ${singleSignOn.name} does not answer. Try again in a few minutes.`,
        })
      }
      const { url, journey } = start
      const until = context.clock().getTime() + MINUTES * 60_000
      reply.setCookie(COOKIE, accounts.seal.seal(JSON.stringify({ ...journey, until })), cookieOptions)
      return reply.header('cache-control', 'no-store').redirect(url, 303)
    },
  )

  /** The journey that this browser is on, if it has not taken too long. */
  const journeyOf = (cookie: string | undefined): Journey | null => {
    const text = cookie === undefined ? null : accounts.seal.open(cookie)
    if (text === null) return null
    const { until, ...journey } = JSON.parse(text) as Journey & { until: number }
    return until > context.clock().getTime() ? journey : null
  }

  app.get(
    '/sign-in/organisation/return',
    { config: { ...open, records: 'person-signed-in' } },
    async (request, reply) => {
      const journey = journeyOf(request.cookies[COOKIE])
      reply.clearCookie(COOKIE, cookieOptions)
      const refuse = (sentence: string) =>
        reply
          .code(400)
          .header('cache-control', 'no-store')
          .page('governance/sign-in/views/not-admitted.njk', {
            title: 'You are not signed in',
            sentence,
          })
      if (!journey) return refuse('The sign-in took too long, or was begun in another browser.')
      const query = request.url.slice(request.url.indexOf('?'))
      const identity = await singleSignOn.finish(`${back}${query}`, journey).catch((error: Error) => {
        request.log.warn({ err: error }, 'single sign-on failed')
        return null
      })
      if (!identity) {
        await context.casework.refused(request, 'sign-in-failed', {
          kind: 'user',
          detail: { way: 'single-sign-on' },
        })
        return refuse(`What ${singleSignOn.name} sent back could not be accepted.`)
      }
      const member = await admit(accounts, identity, roles)
      if (!member) {
        return refuse(
          `${singleSignOn.name} knows you, but there is no place for you in Concord. Ask the administrator of your partnership.`,
        )
      }
      await context.signIn.enter(request, reply, member, 'single-sign-on')
      return reply.redirect(journey.goal ?? '/', 303)
    },
  )

  // After signing out here, for signing out there as well.
  app.get('/signed-out', { config: { ...open, records: 'nothing' } }, async (_request, reply) => {
    const end = await singleSignOn.endAddress(`${address}/`).catch(() => null)
    if (end === null) throw new NotThere()
    return reply.page('governance/sign-in/views/signed-out.njk', {
      title: 'You are signed out of Concord',
      provider: singleSignOn.name,
      end,
    })
  })
}
