/** What signing in leaves behind ends too: the record of acts is the only memory of it. */
import type { Database } from '../../platform/postgres.ts'

/** Days after which sessions and links that are over are forgotten: long enough to look into a theft that somebody noticed. */
const OVER_DAYS = 30
/** Failed tries no longer count after a day. */
const TRIES_DAYS = 1

export async function forgetOldSignIns(database: Database, now: Date): Promise<void> {
  const before = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString()
  await database.query('delete from sessions where least(ends_at, ended_at) < $1', [before(OVER_DAYS)])
  await database.query('delete from account_links where ends_at < $1', [before(OVER_DAYS)])
  await database.query('delete from failed_sign_ins where last_at < $1 and locked_until < $2', [
    before(TRIES_DAYS),
    now.toISOString(),
  ])
}
