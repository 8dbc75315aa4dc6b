/**
 * The cookie that holds the token of a session, and no more. Scripts cannot read it; other sites' forms do not send it,
 * their links do, so that a link in a letter opens for who is signed in.
 */
import type { FastifyReply } from 'fastify'

export const SESSION_COOKIE = 'concord_session'
/** Of the plug-in that checks forms. */
const FORM_COOKIE = '_csrf'

/** A new session has a new secret for its forms as well: what was opened before cannot be sent in it. */
export function writeSession(reply: FastifyReply, token: string): void {
  reply.setCookie(SESSION_COOKIE, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: 'auto',
  })
  reply.clearCookie(FORM_COOKIE, { path: '/' })
}

export function forgetSession(reply: FastifyReply): void {
  for (const name of [SESSION_COOKIE, FORM_COOKIE]) reply.clearCookie(name, { path: '/' })
}
