/**
 * The door of pages to what an invited partner, who is nobody at work, writes and sends. What their browser has is two
 * cookies: the token of their link, which came in one address and is in none after that, and the token of the form with
 * which they sent. No page outside theirs is sent either.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { asGuest, type GuestTransaction } from '../governance/access/as-guest.ts'
import { looksLikeToken } from '../governance/sessions/secret-token.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/postgres.ts'

const LINK_COOKIE = 'concord_invitation'
const RECEIPT_COOKIE = 'concord_receipt'
/** Pages of invited partners lie below it. */
export const GUEST_PATH = '/invited'

export interface GuestDoor {
  /** Runs `act` in one transaction as whoever holds the link. Nothing but the database may be awaited inside. */
  as<T>(request: FastifyRequest, act: (tx: GuestTransaction) => Promise<T>): Promise<T>
  /** The browser holds this link from now on; whether it opens anything is found when a page is asked for. */
  hold(reply: FastifyReply, link: string): void
  /** It was sent: the link gives way to the token of the form. */
  sent(reply: FastifyReply, receipt: string): void
}

export function openGuestDoor(database: Database, clock: Clock): GuestDoor {
  const cookie = { path: GUEST_PATH, httpOnly: true, sameSite: 'lax', secure: 'auto' } as const
  const held = (request: FastifyRequest, name: string): string | null => {
    const token = request.cookies[name]
    return looksLikeToken(token) ? token : null
  }
  return {
    as: (request, act) =>
      asGuest(
        database,
        { link: held(request, LINK_COOKIE), receipt: held(request, RECEIPT_COOKIE) },
        clock(),
        act,
      ),
    hold: (reply, link) => {
      if (looksLikeToken(link)) reply.setCookie(LINK_COOKIE, link, cookie)
      else reply.clearCookie(LINK_COOKIE, { path: GUEST_PATH })
    },
    sent: (reply, receipt) => {
      reply.setCookie(RECEIPT_COOKIE, receipt, cookie)
      reply.clearCookie(LINK_COOKIE, { path: GUEST_PATH })
    },
  }
}
