/** What governance does by night, whoever is at work. */
import type { Clock } from '../platform/clock.ts'
import type { Job } from '../platform/jobs.ts'
import type { Database } from '../platform/postgres.ts'
import { theProgram } from '../platform/record-of-acts.ts'
import { settleDeletions } from './retention/deletion-list.ts'
import { runRetention } from './retention/run-retention.ts'
import { waitsForClock } from './retention/wait-for-clock.ts'
import { forgetOldSignIns } from './sessions/old-sign-ins.ts'

/** `deletions` is the list that is kept apart from the store. */
export const nightlyJobs = (database: Database, clock: Clock, deletions: string): Job[] => [
  {
    name: 'retention',
    when: '0 2 * * *',
    run: async () => {
      if (await waitsForClock(database, clock())) return
      await runRetention(database, clock())
      await settleDeletions(database, deletions, clock(), theProgram)
    },
  },
  {
    name: 'old-sign-ins',
    when: '30 2 * * *',
    run: async () => {
      await forgetOldSignIns(database, clock())
    },
  },
]
