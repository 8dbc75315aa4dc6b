/** Accounts from the command line: for the first administrator, and for when nobody can sign in. The audit says who works there. */
import { randomUUID } from 'node:crypto'
import { InputFault } from '../../platform/errors.ts'
import type { Database } from '../../platform/postgres.ts'
import type { Acting } from '../../platform/record-of-acts.ts'
import { asProgram, type ProgramTransaction } from '../access/as-member.ts'
import { endSessionsOf } from '../sessions/session-store.ts'
import { makeAccountLink } from '../sign-in/account-links.ts'
import { type NewUser, type UserMove, type UserState, userMoves } from './user.ts'

interface Found {
  id: string
  state: UserState
}

async function byEmail(tx: ProgramTransaction, email: string): Promise<Found> {
  const [user] = await tx.query<Found>('select id, state from users where lower(email) = $1', [
    email.toLowerCase(),
  ])
  if (!user) throw new InputFault('account-unknown', `There is no account with the address ${email}.`)
  return user
}

/** Makes a real account and gives the token of its invitation. Throws `account-invalid` where the address is taken. */
export function addAccount(database: Database, user: NewUser, now: Date, operator: Acting): Promise<string> {
  const add = async (tx: ProgramTransaction) => {
    const id = randomUUID()
    const added = await tx.query(
      `insert into users (id, agency, name, post, email, role, state, created_at)
       values ($1, $2, $3, $4, $5, $6, 'invited', $7) on conflict do nothing returning id`,
      [id, user.agency, user.name, user.post, user.email, user.role, now.toISOString()],
    )
    if (added.length === 0) {
      throw new InputFault('account-invalid', `There is an account with the address ${user.email} already.`)
    }
    await tx.record('account-added', { kind: 'user', id, detail: { agency: user.agency, role: user.role } })
    return makeAccountLink(tx, { user: id, kind: 'invitation', madeBy: null }, now)
  }
  return asProgram(database, now, add, operator)
}

/** Suspends, resumes or ends an account, and its sessions with it. Throws `account-unknown` or `account-invalid`. */
export function moveAccount(
  database: Database,
  email: string,
  move: UserMove,
  now: Date,
  operator: Acting,
): Promise<void> {
  const { from, to } = userMoves[move]
  const act = async (tx: ProgramTransaction) => {
    const { id, state } = await byEmail(tx, email)
    if (!(from as readonly UserState[]).includes(state)) {
      throw new InputFault('account-invalid', `The account of ${email} is ${state}: nothing was changed.`)
    }
    await tx.query(
      `update users set state = $2, changed_at = $3, ended_at = case when $2 = 'left' then $3::timestamptz end where id = $1`,
      [id, to, now.toISOString()],
    )
    if (to !== 'active') await endSessionsOf(tx, id, 'account-ended', now)
    await tx.record(to === 'active' ? 'account-changed' : 'account-ended', {
      kind: 'user',
      id,
      detail: { state: to },
    })
  }
  return asProgram(database, now, act, operator)
}

/** A link to set a new password. Throws `account-unknown` or `account-invalid`. */
export function resetAccount(
  database: Database,
  email: string,
  clearsSecondFactor: boolean,
  now: Date,
  operator: Acting,
): Promise<string> {
  const reset = async (tx: ProgramTransaction) => {
    const { id, state } = await byEmail(tx, email)
    if (state !== 'invited' && state !== 'active') {
      throw new InputFault(
        'account-invalid',
        `The account of ${email} is ${state}: nobody can sign in with it.`,
      )
    }
    const kind = state === 'invited' ? 'invitation' : 'reset'
    await tx.record('account-link-made', { kind: 'user', id, detail: { kind, clearsSecondFactor } })
    return makeAccountLink(tx, { user: id, kind, madeBy: null, clearsSecondFactor }, now)
  }
  return asProgram(database, now, reset, operator)
}

export interface AccountLine {
  email: string
  name: string
  agency: string
  role: string
  state: UserState
}

export const listAccounts = (database: Database): Promise<AccountLine[]> =>
  database.query<AccountLine>(
    'select email, name, agency, role, state from users where not synthetic order by agency, name, email',
  )
