/** What casework does by night, whoever is at work. */
import type { Clock } from '../platform/clock.ts'
import type { Job } from '../platform/jobs.ts'
import type { Database } from '../platform/postgres.ts'
import { type LinkRecords, proposeMatches } from './register/matching/propose-matches.ts'

/** `mayMatch` is asked each night: the register of methods can switch matching off, and ends it on a day (R9). */
export const caseworkJobs = (
  database: Database,
  clock: Clock,
  link: LinkRecords,
  mayMatch: () => boolean,
): Job[] => [
  {
    name: 'matching',
    when: '0 3 * * *',
    run: async () => {
      if (mayMatch()) await proposeMatches(database, clock(), link)
    },
  },
]
