/** Accounts with a password and a second factor, for tests of signing in. */
import { randomBytes, randomUUID } from 'node:crypto'
import type { MemberRole } from '../src/governance/roles.ts'
import { makeAccountLink } from '../src/governance/sign-in/account-links.ts'
import {
  type Accounts,
  confirmSecondFactor,
  setPasswordByLink,
} from '../src/governance/sign-in/local-sign-in.ts'
import { stepAt, totpCode } from '../src/governance/sign-in/totp.ts'

export const goodPassword = 'coffee tin fish'

export interface TestAccount {
  user: string
  email: string
  /** Secret of the authenticator app. */
  secret: Buffer
  recoveryCodes: string[]
  /** The code that the app shows at the time of the accounts' clock, `later` steps of 30 seconds on. */
  code(later?: number): string
}

interface AboutAccount {
  agency?: string
  role?: MemberRole
  synthetic?: boolean
}

/** Somebody invited, without a password yet. */
export async function invited(
  { database, clock }: Accounts,
  { agency = 'council', role = 'practitioner', synthetic = false }: AboutAccount = {},
): Promise<{ user: string; email: string; token: string }> {
  const user = randomUUID()
  const email = `Person-${user.slice(0, 8)}@Example.example`
  await database.query(
    `insert into users (id, agency, name, post, email, role, state, created_at, synthetic)
     values ($1, $2, 'Person Example (synthetic)', 'Post', $3, $4, 'invited', $5, $6)`,
    [user, agency, email, role, clock().toISOString(), synthetic],
  )
  const token = await makeAccountLink(database, { user, kind: 'invitation', madeBy: null }, clock())
  return { user, email, token }
}

export async function account(accounts: Accounts, about: AboutAccount = {}): Promise<TestAccount> {
  const { user, email, token } = await invited(accounts, about)
  await setPasswordByLink(accounts, token, goodPassword)
  const secret = randomBytes(20)
  const code = (later = 0) => totpCode(secret, stepAt(accounts.clock()) + later)
  // The code of the step before, so that the present one is still to be used.
  const set = await confirmSecondFactor(accounts, { user, secret: secret.toString('base64'), code: code(-1) })
  return { user, email, secret, recoveryCodes: set!.codes, code }
}
