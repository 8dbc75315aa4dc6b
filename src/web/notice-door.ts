/**
 * The door of pages to what notices need beyond the person who is signed in: whether e-mail goes at all, and calendars,
 * which programs fetch without signing in.
 */
import { challengeDue } from '../casework/intake/triage/queue.ts'
import { asProgram } from '../governance/access/as-member.ts'
import { feedOwner } from '../governance/notices/calendar-store.ts'
import type { Deadline } from '../governance/notices/deadline.ts'
import { readDeadlines } from '../governance/notices/deadlines.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/postgres.ts'

export interface NoticeDoor {
  /** False where no mail server is set: notices are in the product alone. */
  mails: boolean
  /** Deadlines of whoever the token belongs to; null where it belongs to nobody. */
  deadlinesOf(token: string): Promise<Deadline[] | null>
}

export const openNoticeDoor = (database: Database, clock: Clock, mails: boolean): NoticeDoor => ({
  mails,
  deadlinesOf: token =>
    asProgram(database, clock(), async tx => {
      const owner = await feedOwner(tx, token, clock())
      return owner === null ? null : readDeadlines(tx, { challengeDue }, clock(), owner)
    }),
})
