/** Accounts as their administrator keeps them, behind the policies: no case is in reach. */
import { NotThere, WrongMove } from '../../platform/errors.ts'
import type { MemberTransaction } from '../access/as-member.ts'
import type { MemberRole } from '../roles.ts'
import { endSessionsOf } from '../sessions/session-store.ts'
import { type LinkKind, makeAccountLink } from '../sign-in/account-links.ts'
import {
  type NewUser,
  type UserChange,
  type UserMove,
  type UserState,
  userMoves,
  userStates,
} from './user.ts'

const ownAccount = 'Nobody changes their own account. Ask another administrator.'

export interface ListedUser {
  id: string
  name: string
  post: string
  email: string
  agency: string
  agencyName: string
  role: MemberRole
  state: UserState
  changed: Date | null
  lastSeen: Date | null
  hasPassword: boolean
  hasSecondFactor: boolean
  singleSignOn: boolean
}

export interface UserFilter {
  agency?: string
  state?: UserState
}

const LIST = `select u.id, u.name, u.post, a.email, u.agency, g.name as "agencyName", u.role, u.state, u.changed_at as changed,
    a.last_seen_at as "lastSeen", a.has_password as "hasPassword", a.has_second_factor as "hasSecondFactor",
    a.single_sign_on as "singleSignOn"
  from users u join user_accounts() a on a.id = u.id join agencies g on g.id = u.agency`

export const listUsers = (tx: MemberTransaction, { agency, state }: UserFilter): Promise<ListedUser[]> =>
  tx.query<ListedUser>(
    `${LIST} where ($1::text is null or u.agency = $1) and ($2::text is null or u.state = $2)
     order by g.name, u.name, u.id`,
    [agency ?? null, state ?? null],
  )

/** Throws NotThere. */
export async function findUser(tx: MemberTransaction, id: string): Promise<ListedUser> {
  const [user] = await tx.query<ListedUser>(`${LIST} where u.id = $1`, [id])
  if (!user) throw new NotThere()
  return user
}

export type Added = { is: 'added'; token: string } | { is: 'there-already' } | { is: 'address-taken' }

/** `id` is the key of the form: the same form sent twice adds one account, and has one link. */
export async function addUser(tx: MemberTransaction, id: string, user: NewUser): Promise<Added> {
  const taken = await tx.query<{ id: string }>(
    'select id from user_accounts() where id = $1 or lower(email) = $2',
    [id, user.email.toLowerCase()],
  )
  if (taken.length > 0) return { is: taken.some(t => t.id === id) ? 'there-already' : 'address-taken' }
  await tx.query(
    `insert into users (id, agency, name, post, email, role, state, created_at, synthetic)
     values ($1, $2, $3, $4, $5, $6, 'invited', present(), viewer_is_synthetic())`,
    [id, user.agency, user.name, user.post, user.email, user.role],
  )
  await tx.record('account-added', {
    kind: 'user',
    id,
    detail: { agency: user.agency, role: user.role },
  })
  return { is: 'added', token: await makeLink(tx, id, 'invitation') }
}

/** A link to set a password with, to be shown once. Throws WrongMove for an account that cannot be used. */
export async function makeLink(
  tx: MemberTransaction,
  user: string,
  kind: LinkKind,
  clearsSecondFactor = false,
): Promise<string> {
  const { state } = await findUser(tx, user)
  if (user === tx.member.user) throw new WrongMove(ownAccount)
  if (state !== 'invited' && state !== 'active') {
    throw new WrongMove(`The account is ${userStates[state].toLowerCase()}: nobody can sign in with it.`)
  }
  const token = await makeAccountLink(tx, { user, kind, madeBy: tx.member.user, clearsSecondFactor }, tx.now)
  await tx.record('account-link-made', { kind: 'user', id: user, detail: { kind, clearsSecondFactor } })
  return token
}

/**
 * Changes an account as somebody saw it (`seen`, the time of its last change). A new agency or role ends the sessions: what
 * was opened in the old one is not theirs any more. Throws NotThere, or WrongMove where it was changed meanwhile.
 */
export async function changeUser(
  tx: MemberTransaction,
  id: string,
  { name, post, agency, role }: UserChange,
  seen: Date | null,
): Promise<void> {
  const before = await findUser(tx, id)
  if (id === tx.member.user) throw new WrongMove(ownAccount)
  const changed = await tx.query(
    `update users set name = $2, post = $3, agency = $4, role = $5, changed_at = present()
     where id = $1 and state <> 'left' and changed_at is not distinct from $6 returning id`,
    [id, name, post, agency, role, seen?.toISOString() ?? null],
  )
  if (changed.length === 0) throw new WrongMove('Somebody else changed the account meanwhile, or ended it.')
  if (before.agency !== agency || before.role !== role) await endSessionsOf(tx, id, 'administrator', tx.now)
  await tx.record('account-changed', {
    kind: 'user',
    id,
    detail: { from: { agency: before.agency, role: before.role }, to: { agency, role } },
  })
}

/** Suspends, resumes or ends an account; sessions end with it. Throws NotThere or WrongMove. */
export async function moveUser(tx: MemberTransaction, id: string, move: UserMove): Promise<void> {
  const { from, to } = userMoves[move]
  // Nobody changes their own account: the policy leaves the row out, and so do we.
  const moved = await tx.query(
    `update users set state = $2, changed_at = present(), ended_at = case when $2 = 'left' then present() end
     where id = $1 and state = any ($3) returning id`,
    [id, to, from],
  )
  if (moved.length === 0) {
    const { state } = await findUser(tx, id)
    throw new WrongMove(
      id === tx.member.user ? ownAccount : `The account is ${userStates[state].toLowerCase()} already.`,
    )
  }
  if (to !== 'active') await endSessionsOf(tx, id, 'account-ended', tx.now)
  await tx.record(to === 'active' ? 'account-changed' : 'account-ended', {
    kind: 'user',
    id,
    detail: { state: to },
  })
}
