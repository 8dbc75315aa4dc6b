/** Signing in with a password and a code, accepting an invitation, and setting up the second factor. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { localPath } from '../../web/addresses.ts'
import type { PageContext, WebServer } from '../../web/context.ts'
import { errorsOf } from '../../web/form-errors.ts'
import { csrfField } from '../../web/route-schemas.ts'
import { instantShort } from '../../web/words.ts'
import {
  checkCode,
  checkPassword,
  confirmSecondFactor,
  newSecondFactor,
  openLink,
  setPasswordByLink,
} from './local-sign-in.ts'
import { qrPicture } from './qr-picture.ts'
import { openStep, type SignInStep, sealStep } from './sign-in-step.ts'
import { base32, otpAddress } from './totp.ts'

const STEP_COOKIE = 'concord_step'
const text = Type.String({ maxLength: 20_000, default: '' })
const open = { may: 'open-anything-public', rateLimit: { max: 60 } } as const

const wrong = 'The e-mail address and the password do not fit together'
export const waitWords = (until: Date) =>
  `There were too many tries. The next can be made after ${instantShort(until)}`

/** The page of ours that the link to here stood on: after signing in it is shown again. */
function pathBefore({ headers }: FastifyRequest): string | null {
  const url = URL.parse(headers.referer ?? '')
  if (!url || url.host !== headers.host || /^\/(?:sign-|join\/|$)/.test(url.pathname)) return null
  return localPath(url.pathname + url.search)
}

export function localSignInPages(app: WebServer, context: PageContext): void {
  const { accounts } = context.signIn

  /** To the second step, which the browser remembers. */
  const goOn = (
    reply: FastifyReply,
    { user, next }: Pick<SignInStep, 'user' | 'next'>,
    goal: string | null,
  ) => {
    const step: SignInStep = { user, next, goal, ...(next === 'enrol' && { secret: newSecondFactor() }) }
    reply.setCookie(STEP_COOKIE, sealStep(accounts.seal, step, context.clock()), {
      path: '/sign-in',
      httpOnly: true,
      sameSite: 'lax',
      secure: 'auto',
    })
    return reply.redirect(next === 'enrol' ? '/sign-in/second-factor' : '/sign-in/code', 303)
  }
  const readStep = (request: FastifyRequest) =>
    openStep(accounts.seal, request.cookies[STEP_COOKIE], context.clock())
  const unkept = (reply: FastifyReply) => reply.header('cache-control', 'no-store')

  /** A fault, or none, of one field. */
  const faulty = (field: string, sentence: string | null) => errorsOf({ [field]: sentence ?? undefined })

  const showSignIn = async (
    reply: FastifyReply,
    email: string,
    goal: string | null,
    sentence: string | null,
  ) =>
    unkept(reply)
      .code(sentence === null ? 200 : 400)
      .page('governance/sign-in/views/sign-in.njk', {
        title: 'Sign in to Concord',
        csrf: reply.generateCsrf(),
        email,
        goal: goal ?? '',
        singleSignOn: context.signIn.singleSignOn?.name ?? null,
        hasCast: context.isOpen() && (await context.signIn.cast()) !== null,
        ...faulty('email', sentence),
      })

  app.get(
    '/sign-in',
    {
      schema: { querystring: Type.Object({ next: Type.Optional(text) }) },
      config: { ...open, records: 'nothing' },
    },
    (request, reply) => {
      const goal = localPath(request.query.next) ?? pathBefore(request)
      if (request.viewer.member) return reply.redirect(goal ?? '/', 303)
      return showSignIn(reply, '', goal, null)
    },
  )

  app.post(
    '/sign-in',
    {
      schema: {
        body: Type.Object({
          ...csrfField,
          email: text,
          password: text,
          goal: Type.Optional(text),
        }),
      },
      config: { ...open, records: 'person-signed-in', proof: 'form' },
    },
    async (request, reply) => {
      const { email, password } = request.body
      const goal = localPath(request.body.goal)
      const answer = await checkPassword(accounts, { email, password, address: request.ip })
      if (answer.is !== 'right') {
        return showSignIn(reply, email, goal, answer.is === 'wait' ? waitWords(answer.until) : wrong)
      }
      return goOn(reply, answer, goal)
    },
  )

  const showCode = (reply: FastifyReply, sentence: string | null) =>
    unkept(reply)
      .code(sentence === null ? 200 : 400)
      .page('governance/sign-in/views/code.njk', {
        title: 'Your code',
        csrf: reply.generateCsrf(),
        back: { text: 'Back', href: '/sign-in' },
        ...faulty('code', sentence),
      })

  app.get('/sign-in/code', { config: { ...open, records: 'nothing' } }, (request, reply) =>
    readStep(request)?.next === 'code' ? showCode(reply, null) : reply.redirect('/sign-in', 303),
  )

  app.post(
    '/sign-in/code',
    {
      schema: { body: Type.Object({ ...csrfField, code: text }) },
      config: { ...open, records: 'person-signed-in', proof: 'form' },
    },
    async (request, reply) => {
      const step = readStep(request)
      if (step?.next !== 'code') return reply.redirect('/sign-in', 303)
      const answer = await checkCode(accounts, {
        user: step.user,
        code: request.body.code,
        address: request.ip,
      })
      if (answer.is === 'wait') return showCode(reply, waitWords(answer.until))
      if (answer.is === 'refused') return showCode(reply, 'That code is not right, or was used already')
      await context.signIn.enter(request, reply, answer.member, 'account')
      reply.clearCookie(STEP_COOKIE, { path: '/sign-in' })
      return reply.redirect(step.goal ?? '/', 303)
    },
  )

  const showEnrol = (reply: FastifyReply, step: SignInStep, sentence: string | null) => {
    const secret = Buffer.from(step.secret!, 'base64')
    return unkept(reply)
      .code(sentence === null ? 200 : 400)
      .page('governance/sign-in/views/second-factor.njk', {
        title: 'Set up your second factor',
        csrf: reply.generateCsrf(),
        picture: qrPicture(otpAddress(secret, context.pack.name)),
        address: otpAddress(secret, context.pack.name),
        key: base32(secret).replaceAll(/(.{4})(?=.)/g, '$1 '),
        ...faulty('code', sentence),
      })
  }

  app.get('/sign-in/second-factor', { config: { ...open, records: 'nothing' } }, (request, reply) => {
    const step = readStep(request)
    return step?.secret ? showEnrol(reply, step, null) : reply.redirect('/sign-in', 303)
  })

  app.post(
    '/sign-in/second-factor',
    {
      schema: { body: Type.Object({ ...csrfField, code: text }) },
      config: { ...open, records: 'second-factor-changed', proof: 'form' },
    },
    async (request, reply) => {
      const step = readStep(request)
      if (!step?.secret) return reply.redirect('/sign-in', 303)
      const { user, secret } = step
      const set = await confirmSecondFactor(accounts, { user, secret, code: request.body.code })
      if (!set) {
        return showEnrol(reply, step, 'That code is not of this key. Wait for the next one and type it')
      }
      await context.signIn.enter(request, reply, set.member, 'account')
      reply.clearCookie(STEP_COOKIE, { path: '/sign-in' })
      return unkept(reply).page('governance/sign-in/views/recovery-codes.njk', {
        title: 'Keep your recovery codes',
        codes: set.codes,
        goal: step.goal ?? '/',
      })
    },
  )

  const tokenParams = Type.Object({ token: Type.String({ maxLength: 100 }) })

  const showJoin = async (reply: FastifyReply, token: string, sentence: string | null) => {
    const link = await openLink(accounts, token)
    if (!link) return reply.callNotFound()
    return unkept(reply)
      .code(sentence === null ? 200 : 400)
      .page('governance/sign-in/views/set-password.njk', {
        title: link.kind === 'invitation' ? 'Welcome to Concord' : 'Set a new password',
        csrf: reply.generateCsrf(),
        link,
        ...faulty('password', sentence),
      })
  }

  app.get(
    '/join/:token',
    { schema: { params: tokenParams }, config: { ...open, records: 'nothing' } },
    (request, reply) => showJoin(reply, request.params.token, null),
  )

  app.post(
    '/join/:token',
    {
      schema: {
        params: tokenParams,
        body: Type.Object({ ...csrfField, password: text }),
      },
      config: { ...open, records: 'password-changed', proof: 'form' },
    },
    async (request, reply) => {
      const { token } = request.params
      const answer = await setPasswordByLink(accounts, token, request.body.password)
      if (answer.is === 'not-there') return reply.callNotFound()
      if (answer.is === 'fault') return showJoin(reply, token, answer.sentence)
      return goOn(reply, answer, null)
    },
  )
}
