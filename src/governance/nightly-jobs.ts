/** What governance does by night, whoever is at work. */
import type { Clock } from '../platform/clock.ts'
import type { Job } from '../platform/jobs.ts'
import type { Database } from '../platform/postgres.ts'
import { runRetention } from './retention/run-retention.ts'
import { forgetOldSignIns } from './sessions/old-sign-ins.ts'

export const nightlyJobs = (database: Database, clock: Clock): Job[] => [
  {
    name: 'retention',
    when: '0 2 * * *',
    run: async () => {
      await runRetention(database, clock())
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
