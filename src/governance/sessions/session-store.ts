/** Sessions in the database: started, read with every request, ended one by one or all of a person's. */
import type { Database, Queryable } from '../../platform/postgres.ts'
import type { Member, MemberTransaction } from '../access/as-member.ts'
import { may, type Role } from '../permissions.ts'
import type { PurposeId } from '../purposes.ts'
import type { MemberRole } from '../roles.ts'
import { hashOfToken, newSecretToken } from './secret-token.ts'
import { isIdle, sessionEnd, type Way } from './session-rules.ts'

export interface OpenSession {
  id: string
  way: Way
  /** The person's; for a session of nobody in particular, its own. */
  role: Role
  member: Member | null
  started: Date
  ends: Date
  /** Notices that its person has not read. */
  unread: number
}

export type EndedBecause = 'signed-out' | 'revoked' | 'administrator' | 'account-ended' | 'new-password'

interface SessionRow {
  id: string
  way: Way
  session_role: Role | null
  purpose: PurposeId | null
  started_at: Date
  last_seen_at: Date
  ends_at: Date
  user_id: string | null
  name: string
  post: string
  role: MemberRole
  agency: string
  agency_name: string
  agency_kind: string
  cast_is_open: boolean
  unread: number
}

/** How often it is written down that somebody is there: reading a page must not always write. */
const SEEN_EVERY_MS = 60_000

/**
 * The session that a token opens, by one indexed query; null where it is unknown, over, idle for too long, of an account
 * that is not active, or one of the cast where there are real accounts.
 */
export async function readSession(database: Database, token: string, now: Date): Promise<OpenSession | null> {
  const hash = hashOfToken(token)
  const [row] = await database.query<SessionRow>(
    `select s.id, s.way, s.role as session_role, s.purpose, s.started_at, s.last_seen_at, s.ends_at, s.user_id,
       u.name, u.post, u.role, u.agency, a.name as agency_name, a.kind as agency_kind,
       s.way <> 'cast' or (u.synthetic and not exists (select from users r where not r.synthetic)) as cast_is_open,
       (select count(*) from notices n where n.recipient = s.user_id and n.read_at is null) as unread
     from sessions s left join users u on u.id = s.user_id left join agencies a on a.id = u.agency
     where s.token_hash = $1 and s.ended_at is null and s.ends_at > $2 and (s.user_id is null or u.state = 'active')`,
    [hash, now.toISOString()],
  )
  if (!row?.cast_is_open || isIdle(row.way, row.last_seen_at, now)) return null
  if (now.getTime() - row.last_seen_at.getTime() >= SEEN_EVERY_MS) {
    await database.query('update sessions set last_seen_at = $2 where id = $1', [row.id, now.toISOString()])
  }
  return {
    id: row.id,
    way: row.way,
    role: row.user_id === null ? row.session_role! : row.role,
    member: row.user_id === null ? null : memberOf(row, row.user_id),
    started: row.started_at,
    ends: row.ends_at,
    unread: row.unread,
  }
}

const memberOf = (row: SessionRow, user: string): Member => ({
  user,
  name: row.name,
  post: row.post,
  agency: row.agency,
  agencyName: row.agency_name,
  agencyKind: row.agency_kind,
  role: row.role,
  purpose: may(row.role, 'see-people') ? row.purpose : null,
})

export interface NewSession {
  way: Way
  /** Browser and system, for telling one's sessions apart. */
  device: string
}

/** Starts a session of the member who acts, and gives its token: always a new one. */
export async function startSession(tx: MemberTransaction, { way, device }: NewSession): Promise<string> {
  const { token, hash } = newSecretToken()
  await tx.query(
    `insert into sessions (token_hash, user_id, way, purpose, device, started_at, last_seen_at, ends_at)
     values ($1, $2, $3, $4, $5, $6, $6, $7)`,
    [
      hash,
      tx.member.user,
      way,
      tx.member.purpose,
      device,
      tx.now.toISOString(),
      sessionEnd(way, tx.now).toISOString(),
    ],
  )
  return token
}

/** Starts a session of nobody in particular: the analyst by link, or a changed view. */
export async function startOpenSession(
  tx: Queryable,
  { way, role, device }: NewSession & { role: Role },
  now: Date,
): Promise<string> {
  const { token, hash } = newSecretToken()
  await tx.query(
    `insert into sessions (token_hash, role, way, device, started_at, last_seen_at, ends_at)
     values ($1, $2, $3, $4, $5, $5, $6)`,
    [hash, role, way, device, now.toISOString(), sessionEnd(way, now).toISOString()],
  )
  return token
}

/** Ends what a browser holds, whoever's it is. */
export const endSessionOfToken = (
  tx: Queryable,
  token: string,
  because: EndedBecause,
  now: Date,
): Promise<unknown> =>
  tx.query(
    'update sessions set ended_at = $2, ended_because = $3 where token_hash = $1 and ended_at is null',
    [hashOfToken(token), now.toISOString(), because],
  )

/** Ends one session: false where it is not there, not theirs, or over already. */
export async function endSession(
  tx: MemberTransaction,
  session: string,
  because: EndedBecause,
): Promise<boolean> {
  const ended = await tx.query(
    'update sessions set ended_at = $2, ended_because = $3 where id = $1 and ended_at is null returning id',
    [session, tx.now.toISOString(), because],
  )
  return ended.length > 0
}

/** Ends every session of a person, and gives their number. */
export async function endSessionsOf(
  tx: Queryable,
  user: string,
  because: EndedBecause,
  now: Date,
): Promise<number> {
  const ended = await tx.query(
    'update sessions set ended_at = $2, ended_because = $3 where user_id = $1 and ended_at is null returning id',
    [user, now.toISOString(), because],
  )
  return ended.length
}

export interface ListedSession {
  id: string
  user: string
  way: Way
  device: string
  started: Date
  lastSeen: Date
  ends: Date
}

/** Sessions of a person that are open at the moment, the newest first. */
export async function openSessionsOf(tx: MemberTransaction, user: string): Promise<ListedSession[]> {
  const rows = await tx.query<ListedSession>(
    `select id, user_id as "user", way, device, started_at as started, last_seen_at as "lastSeen", ends_at as ends
     from sessions where user_id = $1 and ended_at is null and ends_at > $2 order by started_at desc, id`,
    [user, tx.now.toISOString()],
  )
  return rows.filter(s => !isIdle(s.way, s.lastSeen, tx.now))
}

/** From the next request on, the session's person works for another purpose. */
export const changePurpose = (tx: MemberTransaction, session: string, purpose: PurposeId): Promise<unknown> =>
  tx.query('update sessions set purpose = $2 where id = $1 and ended_at is null', [session, purpose])
