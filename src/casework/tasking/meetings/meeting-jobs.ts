/** What the program does for meetings by itself: plans those of the cadence by night, and has an agenda ready in time. */
import type { Clock } from '../../../platform/clock.ts'
import type { Job } from '../../../platform/jobs.ts'
import type { Database } from '../../../platform/postgres.ts'
import { type AskOutside, gatherAgenda } from './agenda/gather-agenda.ts'
import { planUpcoming } from './plan-upcoming.ts'

/** Minutes before a meeting at which its members find the agenda; it is brought up to date when the meeting is opened. */
const READY_MINUTES = 60

/** A meeting that nobody opened by then will not be held. */
const LATE_MS = 12 * 3_600_000

export const meetingJobs = (database: Database, clock: Clock, askOutside: AskOutside): Job[] => [
  {
    name: 'meetings',
    when: '10 4 * * *',
    run: async () => {
      await planUpcoming(database, clock())
    },
  },
  {
    name: 'agendas',
    when: '*/10 * * * *',
    run: () => gatherDue(database, clock(), askOutside, READY_MINUTES),
  },
]

/** Agendas of meetings that begin within so many minutes, or should have begun, and have none yet. */
export async function gatherDue(
  database: Database,
  now: Date,
  askOutside: AskOutside,
  minutes: number,
): Promise<void> {
  const due = await database.query<{ reference: string }>(
    `select reference from meetings
     where state = 'planned' and agenda_at is null and starts_at between $1 and $2 order by starts_at`,
    [
      new Date(now.getTime() - LATE_MS).toISOString(),
      new Date(now.getTime() + minutes * 60_000).toISOString(),
    ],
  )
  for (const { reference } of due) await gatherAgenda(database, null, reference, { now, askOutside })
}
