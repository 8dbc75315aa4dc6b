/** The secret address of somebody's calendar: made, ended, and found again by its token. */
import type { Queryable } from '../../platform/postgres.ts'
import type { MemberTransaction } from '../access/as-member.ts'
import { hashOfToken, looksLikeToken, newSecretToken } from '../sessions/secret-token.ts'

export interface CalendarFeed {
  madeAt: Date
  /** When a calendar program last fetched it. */
  lastReadAt: Date | null
}

export async function ownFeed(tx: MemberTransaction): Promise<CalendarFeed | null> {
  const [feed] = await tx.query<CalendarFeed>(
    'select made_at as "madeAt", last_read_at as "lastReadAt" from calendar_feeds where user_id = viewer_user()',
  )
  return feed ?? null
}

/** A new address, told this once; the one before is worth nothing from now on. */
export async function makeFeed(tx: MemberTransaction): Promise<string> {
  const { token, hash } = newSecretToken()
  await tx.query('delete from calendar_feeds where user_id = viewer_user()')
  await tx.query(
    'insert into calendar_feeds (user_id, token_hash, made_at) values (viewer_user(), $1, present())',
    [hash],
  )
  await tx.record('calendar-address-made', { kind: 'account', id: tx.member.user })
  return token
}

export async function endFeed(tx: MemberTransaction): Promise<void> {
  const ended = await tx.query('delete from calendar_feeds where user_id = viewer_user() returning user_id')
  if (ended.length > 0) await tx.record('calendar-address-ended', { kind: 'account', id: tx.member.user })
}

/**
 * Whose calendar it is; null for an unknown token, for who does not work there any more, and for invented people where
 * there are real accounts. For the program: whoever fetches a calendar is not signed in.
 */
export async function feedOwner(tx: Queryable, token: string, now: Date): Promise<string | null> {
  if (!looksLikeToken(token)) return null
  const [owner] = await tx.query<{ user_id: string }>(
    `update calendar_feeds f set last_read_at = $2
     from users u
     where f.token_hash = $1 and u.id = f.user_id and u.state = 'active'
       and (not u.synthetic or not exists (select from users r where not r.synthetic))
     returning f.user_id`,
    [hashOfToken(token), now.toISOString()],
  )
  return owner?.user_id ?? null
}
