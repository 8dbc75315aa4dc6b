/**
 * Whom the provider vouches for, as an account of ours: known already, invited under the e-mail address that the provider
 * vouches for, or made new where the pack's groups give them a place.
 */
import type { ProgramTransaction } from '../access/as-member.ts'
import { asProgram, type Member, recordRefusal } from '../access/as-member.ts'
import { endSessionsOf } from '../sessions/session-store.ts'
import { findMember } from './find-member.ts'
import { type GroupRole, placeOf } from './group-roles.ts'
import type { Accounts } from './local-sign-in.ts'
import type { ExternalIdentity } from './single-sign-on.ts'

/** The account's member; null where there is no place for them, which is recorded. */
export async function admit(
  { database, clock }: Accounts,
  identity: ExternalIdentity,
  roles: readonly GroupRole[],
): Promise<Member | null> {
  const now = clock()
  const place = placeOf(roles, identity.groups)
  const { user, member } = await asProgram(database, now, async tx => {
    const known = (await linkedUser(tx, identity)) ?? (await invitedUser(tx, identity, now))
    if (roles.length > 0 && !place) {
      // They were taken out of the groups: what is still open ends with it.
      if (known) await endSessionsOf(tx, known, 'account-ended', now)
      return { user: known, member: null }
    }
    const user = known ?? (place && (await newUser(tx, identity, place, now)))
    if (user && place) await settleIn(tx, user, place, now)
    return { user, member: user && (await findMember(tx, user)) }
  })
  if (member) return member
  await recordRefusal(database, null, now, 'sign-in-failed', {
    kind: 'user',
    ...(user && { id: user }),
    detail: { way: 'single-sign-on' },
  })
  return null
}

async function linkedUser(
  tx: ProgramTransaction,
  { issuer, subject }: ExternalIdentity,
): Promise<string | null> {
  const [row] = await tx.query<{ id: string }>(
    'select user_id as id from external_identities where issuer = $1 and subject = $2',
    [issuer, subject],
  )
  return row?.id ?? null
}

/** Only an invitation is taken up: an account in use belongs to whoever has its password. */
async function invitedUser(
  tx: ProgramTransaction,
  { issuer, subject, email }: ExternalIdentity,
  now: Date,
): Promise<string | null> {
  if (email === null) return null
  const [row] = await tx.query<{ id: string }>(
    `update users set state = 'active' where lower(email) = $1 and state = 'invited' and not synthetic
     returning id`,
    [email.toLowerCase()],
  )
  if (row) await link(tx, row.id, issuer, subject, now)
  return row?.id ?? null
}

const link = (tx: ProgramTransaction, user: string, issuer: string, subject: string, now: Date) =>
  tx.query('insert into external_identities (issuer, subject, user_id, linked_at) values ($1, $2, $3, $4)', [
    issuer,
    subject,
    user,
    now.toISOString(),
  ])

async function newUser(
  tx: ProgramTransaction,
  { issuer, subject, email, name }: ExternalIdentity,
  { agency, role }: GroupRole,
  now: Date,
): Promise<string | null> {
  if (email === null || name === null) return null
  const [row] = await tx.query<{ id: string }>(
    `insert into users (agency, name, post, email, role, state, created_at) values ($1, $2, '', $3, $4, 'active', $5)
     on conflict do nothing returning id`,
    [agency, name, email, role, now.toISOString()],
  )
  if (!row) return null
  await link(tx, row.id, issuer, subject, now)
  await tx.record('account-added', {
    kind: 'user',
    id: row.id,
    detail: { agency, role, by: 'single-sign-on' },
  })
  return row.id
}

/** The groups decide, each time: a change there is a change here. */
async function settleIn(
  tx: ProgramTransaction,
  user: string,
  { agency, role }: GroupRole,
  now: Date,
): Promise<void> {
  const changed = await tx.query(
    'update users set agency = $2, role = $3, changed_at = $4 where id = $1 and (agency, role) <> ($2, $3) returning id',
    [user, agency, role, now.toISOString()],
  )
  if (changed.length > 0) {
    await tx.record('account-changed', {
      kind: 'user',
      id: user,
      detail: { agency, role, by: 'single-sign-on' },
    })
  }
}
