/** What casework does by night, whoever is at work. */
import type { Clock } from '../platform/clock.ts'
import type { Job } from '../platform/jobs.ts'
import type { Database } from '../platform/postgres.ts'
import { type LinkRecords, proposeMatches } from './register/matching/propose-matches.ts'

export const caseworkJobs = (database: Database, clock: Clock, link: LinkRecords): Job[] => [
  {
    name: 'matching',
    when: '0 3 * * *',
    run: async () => {
      await proposeMatches(database, clock(), link)
    },
  },
]
