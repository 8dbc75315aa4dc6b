/**
 * A clock that leapt forward would make everything look due, and what is deleted does not come back when the clock is put right.
 * So after a leap the night waits once: a clock that shows the same the next night is taken at its word.
 */
import type { Database } from '../../platform/postgres.ts'
import { asProgram } from '../access/as-member.ts'

/** A weekend without the program is no leap. */
const LEAP_DAYS = 4

/** True where this night is to wait; then the record of acts says so. */
export function waitsForClock(database: Database, now: Date): Promise<boolean> {
  return asProgram(database, now, async tx => {
    const [last] = await tx.query<{ at: Date }>(
      `select at from audit where event in ('retention-ran', 'retention-waited') order by seq desc limit 1`,
    )
    const leapt = last !== undefined && now.getTime() - last.at.getTime() > LEAP_DAYS * 86_400_000
    if (leapt) await tx.record('retention-waited', { detail: { since: last.at.toISOString() } })
    return leapt
  })
}
