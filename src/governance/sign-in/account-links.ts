/** Links with which somebody sets their password, once: an invitation, or a reset that the administrator gave them. */
import type { Queryable } from '../../platform/postgres.ts'
import { hashOfToken, looksLikeToken, newSecretToken } from '../sessions/secret-token.ts'

export type LinkKind = 'invitation' | 'reset'

/** Hours that a link is good for: an invitation waits for the next shift, a reset does not. */
const lastsHours: Record<LinkKind, number> = { invitation: 7 * 24, reset: 24 }

export interface NewLink {
  user: string
  kind: LinkKind
  /** The administrator; null for the command line. */
  madeBy: string | null
  /** They have lost their phone as well. */
  clearsSecondFactor?: boolean
}

/** Gives the token, which is shown once and kept nowhere. */
export async function makeAccountLink(
  tx: Queryable,
  { user, kind, madeBy, clearsSecondFactor = false }: NewLink,
  now: Date,
): Promise<string> {
  const { token, hash } = newSecretToken()
  await tx.query(
    'insert into account_links (token_hash, user_id, kind, made_by, made_at, ends_at, clears_second_factor) values ($1, $2, $3, $4, $5, $6, $7)',
    [
      hash,
      user,
      kind,
      madeBy,
      now.toISOString(),
      new Date(now.getTime() + lastsHours[kind] * 3_600_000).toISOString(),
      clearsSecondFactor,
    ],
  )
  return token
}

export interface OpenLink {
  user: string
  kind: LinkKind
  name: string
  email: string
  agencyName: string
  clearsSecondFactor: boolean
}

/** Whose link it is, without using it; null where it is unknown, used, over, replaced by a newer one, or of an ended account. */
export async function findAccountLink(tx: Queryable, token: string, now: Date): Promise<OpenLink | null> {
  if (!looksLikeToken(token)) return null
  const [row] = await tx.query<OpenLink>(
    `select l.user_id as "user", l.kind, u.name, u.email, a.name as "agencyName",
       l.clears_second_factor as "clearsSecondFactor"
     from account_links l join users u on u.id = l.user_id join agencies a on a.id = u.agency
     where l.token_hash = $1 and l.used_at is null and l.ends_at > $2 and u.state in ('invited', 'active')
       and not exists (select from account_links n where n.user_id = l.user_id and n.made_at > l.made_at)`,
    [hashOfToken(token), now.toISOString()],
  )
  return row ?? null
}

/** True once. */
export async function useAccountLink(tx: Queryable, token: string, now: Date): Promise<boolean> {
  const used = await tx.query(
    'update account_links set used_at = $2 where token_hash = $1 and used_at is null and ends_at > $2 returning user_id',
    [hashOfToken(token), now.toISOString()],
  )
  return used.length > 0
}
