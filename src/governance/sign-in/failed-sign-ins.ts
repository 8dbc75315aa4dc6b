/**
 * Tries to sign in, counted by account and by address whether or not there is such an account. After a few the next has to
 * wait, and each time twice as long: nobody guesses their way in, and nobody is locked out for good.
 */
import type { Database, Queryable } from '../../platform/postgres.ts'
import type { Seal } from './sealed.ts'

interface TryRule {
  /** Tries that may fail before anybody has to wait. */
  free: number
  mostMinutes: number
}

/** A school's staff come from one address: it may fail more often than one person. */
const rules = {
  account: { free: 5, mostMinutes: 15 },
  address: { free: 50, mostMinutes: 60 },
} as const satisfies Record<string, TryRule>

/** Failures before this are forgotten. */
const REMEMBERED_HOURS = 24

export interface Tried {
  email: string
  address: string
}

const keysOf = ({ email, address }: Tried, seal: Seal) => ({
  account: seal.mark(`account ${email.trim().toLowerCase()}`),
  address: seal.mark(`address ${address}`),
})

const waitMinutes = ({ free, mostMinutes }: TryRule, failures: number): number =>
  failures < free ? 0 : Math.min(mostMinutes, 2 ** (failures - free))

/**
 * Takes a try before it is made, so that many at once are counted too. Gives null where it may be made, else the time at
 * which the next may be. `forgetTries` gives it back after a success.
 */
export function takeTry(database: Database, tried: Tried, seal: Seal, now: Date): Promise<Date | null> {
  const keys = keysOf(tried, seal)
  return database.transaction(async tx => {
    // Always in this order, so that two tries do not wait for each other.
    for (const kind of ['address', 'account'] as const) {
      const until = await takeOne(tx, keys[kind], rules[kind], now)
      if (until) return until
    }
    return null
  })
}

async function takeOne(tx: Queryable, key: string, rule: TryRule, now: Date): Promise<Date | null> {
  await tx.query(
    `insert into failed_sign_ins values ($1, 0, $2, $2) on conflict (key_hash) do update
     set failures = case when failed_sign_ins.last_at < $3 then 0 else failed_sign_ins.failures end`,
    [key, now.toISOString(), new Date(now.getTime() - REMEMBERED_HOURS * 3_600_000).toISOString()],
  )
  const [row] = await tx.query<{ failures: number; until: Date }>(
    'select failures, locked_until as until from failed_sign_ins where key_hash = $1 for update',
    [key],
  )
  if (row!.until > now) return row!.until
  const failures = row!.failures + 1
  const until = new Date(now.getTime() + waitMinutes(rule, failures) * 60_000)
  await tx.query(
    'update failed_sign_ins set failures = $2, last_at = $3, locked_until = $4 where key_hash = $1',
    [key, failures, now.toISOString(), until.toISOString()],
  )
  return null
}

/** After a success: the account's failures are forgotten, and the address has back the try that it took. */
export async function forgetTries(tx: Queryable, tried: Tried, seal: Seal, now: Date): Promise<void> {
  await forgetTriesOf(tx, tried.email, seal)
  await tx.query(
    'update failed_sign_ins set failures = greatest(0, failures - 1), locked_until = $2 where key_hash = $1',
    [keysOf(tried, seal).address, now.toISOString()],
  )
}

export const forgetTriesOf = (tx: Queryable, email: string, seal: Seal): Promise<unknown> =>
  tx.query('delete from failed_sign_ins where key_hash = $1', [keysOf({ email, address: '' }, seal).account])
