/**
 * Signing in with an account of Concord's own: a password, then a code of an authenticator app or a recovery code. Who
 * fails is told the same, after the same time, whether or not there is such an account.
 */
import { randomBytes } from 'node:crypto'
import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/postgres.ts'
import { asProgram, type Member, recordRefusal } from '../access/as-member.ts'
import { endSessionsOf } from '../sessions/session-store.ts'
import { findAccountLink, type OpenLink, useAccountLink } from './account-links.ts'
import { forgetTries, forgetTriesOf, takeTry } from './failed-sign-ins.ts'
import { findMember } from './find-member.ts'
import { passwordFault } from './password-rules.ts'
import { hashPassword, isPassword } from './passwords.ts'
import { newRecoveryCodes, useRecoveryCode } from './recovery-codes.ts'
import type { Seal } from './sealed.ts'
import { stepOfCode } from './totp.ts'

export interface Accounts {
  database: Database
  clock: Clock
  seal: Seal
}

export type PasswordAnswer =
  | { is: 'refused' }
  /** No try is taken before then. */
  | { is: 'wait'; until: Date }
  /** The password is right; next comes the code, or, where there is no second factor yet, setting one up. */
  | { is: 'right'; user: string; next: 'code' | 'enrol' }

export type CodeAnswer = { is: 'refused' } | { is: 'wait'; until: Date } | { is: 'right'; member: Member }

interface AccountRow {
  id: string
  email: string
  password: string | null
  factor: string | null
  step: number
}

const account = `select u.id, u.email, c.password_hash as password, c.second_factor as factor, c.second_factor_step as step
  from users u left join credentials c on c.user_id = u.id where u.state = 'active' and `

export async function checkPassword(
  { database, clock, seal }: Accounts,
  { email, password, address }: { email: string; password: string; address: string },
): Promise<PasswordAnswer> {
  const now = clock()
  const until = await takeTry(database, { email, address }, seal, now)
  const [row] = await database.query<AccountRow>(`${account} lower(u.email) = $1`, [
    email.trim().toLowerCase(),
  ])
  if (until) {
    await recordRefusal(database, null, now, 'sign-in-locked', { kind: 'user', ...(row && { id: row.id }) })
    return { is: 'wait', until }
  }
  if (!(await isPassword(row?.password ?? null, password)) || !row) {
    await recordRefusal(database, null, now, 'sign-in-failed', { kind: 'user', ...(row && { id: row.id }) })
    return { is: 'refused' }
  }
  return { is: 'right', user: row.id, next: row.factor === null ? 'enrol' : 'code' }
}

/** `code` is of the app, or one of the recovery codes. */
export async function checkCode(
  { database, clock, seal }: Accounts,
  { user, code, address }: { user: string; code: string; address: string },
): Promise<CodeAnswer> {
  const now = clock()
  const [row] = await database.query<AccountRow>(`${account} u.id = $1`, [user])
  if (!row?.factor) return { is: 'refused' }
  const tried = { email: row.email, address }
  const until = await takeTry(database, tried, seal, now)
  if (until) {
    await recordRefusal(database, null, now, 'sign-in-locked', { kind: 'user', id: user })
    return { is: 'wait', until }
  }
  const secret = seal.open(row.factor)
  const step = secret === null ? null : stepOfCode(Buffer.from(secret, 'base64'), code, now, row.step)
  const member = await asProgram(database, now, async tx => {
    const right =
      step === null
        ? await useRecoveryCode(tx, seal, { user, code, now })
        : // Only one of two requests at once with the same code moves the step on.
          (
            await tx.query(
              'update credentials set second_factor_step = $2 where user_id = $1 and second_factor_step < $2 returning user_id',
              [user, step],
            )
          ).length > 0
    if (!right) return null
    if (step === null) await tx.record('recovery-code-used', { kind: 'user', id: user })
    await forgetTries(tx, tried, seal, now)
    return findMember(tx, user)
  })
  if (member) return { is: 'right', member }
  await recordRefusal(database, null, now, 'sign-in-failed', {
    kind: 'user',
    id: user,
    detail: { step: 'code' },
  })
  return { is: 'refused' }
}

/** For an app to keep: 160 bits, as RFC 4226 wants. Kept with the account once a code made from it has come back. */
export const newSecondFactor = (): string => randomBytes(20).toString('base64')

/** Sets up the second factor: gives the recovery codes, to be shown once, or null where the code is not of `secret`. */
export async function confirmSecondFactor(
  { database, clock, seal }: Accounts,
  { user, secret, code }: { user: string; secret: string; code: string },
): Promise<{ member: Member; codes: string[] } | null> {
  const now = clock()
  const step = stepOfCode(Buffer.from(secret, 'base64'), code, now, 0)
  const member = await findMember(database, user)
  if (step === null || !member) return null
  return asProgram(
    database,
    now,
    async tx => {
      const set = await tx.query(
        `update credentials set second_factor = $2, second_factor_step = $3
         where user_id = $1 and second_factor is null returning user_id`,
        [user, seal.seal(secret), step],
      )
      if (set.length === 0) return null
      await tx.record('second-factor-changed', { kind: 'user', id: user })
      const [row] = await tx.query<{ email: string }>('select email from users where id = $1', [user])
      await forgetTriesOf(tx, row!.email, seal)
      return { member, codes: await newRecoveryCodes(tx, seal, user) }
    },
    member,
  )
}

export const openLink = ({ database, clock }: Accounts, token: string): Promise<OpenLink | null> =>
  findAccountLink(database, token, clock())

/**
 * Sets the password of whoever the link is for, uses the link up and ends every session of theirs. Gives the sentence that
 * says what is wrong with the password, or null; `not-there` where the link is none.
 */
export async function setPasswordByLink(
  { database, clock }: Accounts,
  token: string,
  password: string,
): Promise<
  | { is: 'set'; user: string; next: 'code' | 'enrol' }
  | { is: 'fault'; sentence: string }
  | { is: 'not-there' }
> {
  const now = clock()
  const link = await findAccountLink(database, token, now)
  if (!link) return { is: 'not-there' }
  const sentence = passwordFault(password, [link.name, link.email, link.agencyName])
  if (sentence) return { is: 'fault', sentence }
  const hash = await hashPassword(password)
  const set = await asProgram(database, now, async tx => {
    if (!(await useAccountLink(tx, token, now))) return null
    await tx.query(
      `insert into credentials (user_id, password_hash, password_set_at) values ($1, $2, $3)
       on conflict (user_id) do update set password_hash = excluded.password_hash, password_set_at = excluded.password_set_at`,
      [link.user, hash, now.toISOString()],
    )
    if (link.clearsSecondFactor) {
      await tx.query(
        'update credentials set second_factor = null, second_factor_step = 0 where user_id = $1',
        [link.user],
      )
      await tx.query('delete from recovery_codes where user_id = $1', [link.user])
    }
    await tx.query(`update users set state = 'active' where id = $1 and state = 'invited'`, [link.user])
    await endSessionsOf(tx, link.user, 'new-password', now)
    await tx.record('password-changed', { kind: 'user', id: link.user, detail: { by: link.kind } })
    const [row] = await tx.query<{ has: boolean }>(
      'select second_factor is not null as has from credentials where user_id = $1',
      [link.user],
    )
    return { user: link.user, next: row!.has ? ('code' as const) : ('enrol' as const) }
  })
  return set ? { is: 'set', ...set } : { is: 'not-there' }
}

/** Changes one's own password: false where the old one is wrong. Other sessions end; `keep` goes on. */
export async function changePassword(
  { database, clock, seal }: Accounts,
  {
    member,
    session,
    old,
    password,
    address,
  }: { member: Member; session: string; old: string; password: string; address: string },
): Promise<
  { is: 'set' } | { is: 'wrong' } | { is: 'wait'; until: Date } | { is: 'fault'; sentence: string }
> {
  const now = clock()
  const [row] = await database.query<AccountRow>(`${account} u.id = $1`, [member.user])
  if (!row) return { is: 'wrong' }
  const tried = { email: row.email, address }
  const until = await takeTry(database, tried, seal, now)
  if (until) return { is: 'wait', until }
  if (!(await isPassword(row.password, old))) {
    await recordRefusal(database, member, now, 'password-changed', { kind: 'user', id: member.user })
    return { is: 'wrong' }
  }
  const sentence = passwordFault(password, [member.name, row.email, member.agencyName])
  const hash = sentence ? null : await hashPassword(password)
  return asProgram(
    database,
    now,
    async tx => {
      await forgetTries(tx, tried, seal, now)
      if (sentence) return { is: 'fault' as const, sentence }
      await tx.query('update credentials set password_hash = $2, password_set_at = $3 where user_id = $1', [
        member.user,
        hash,
        now.toISOString(),
      ])
      await tx.query(
        `update sessions set ended_at = $3, ended_because = 'new-password' where user_id = $1 and id <> $2 and ended_at is null`,
        [member.user, session, now.toISOString()],
      )
      await tx.record('password-changed', { kind: 'user', id: member.user })
      return { is: 'set' as const }
    },
    member,
  )
}
