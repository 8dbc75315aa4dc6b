/**
 * Work that nobody waits for: nightly ends, reminders. It stands in the database (pg-boss), so that it survives a restart
 * and runs once, however many programs share the database.
 *
 * A job runs on connections of the pool and as the program: it never sees the role of somebody's request.
 */
import { PgBoss } from 'pg-boss'
import type { Log } from './log.ts'
import type { Database } from './postgres.ts'

export interface Job {
  /** Lower-case words joined by hyphens: "retention". */
  name: string
  /** Cron, in the local time of London: "0 2 * * *" is two in the morning, summer and winter. */
  when: string
  /** How long it may take before it counts as lost, in hours; a quarter of one unless it is said. */
  hours?: number
  run: () => Promise<void>
}

export interface Jobs {
  /** Runs a job now, beside its times. Gives the number of the job. */
  now(name: string): Promise<string | null>
  stop(): Promise<void>
}

export interface JobsOptions {
  /** How often the line is looked at: nothing here is urgent, and the embedded store has one connection. */
  pollSeconds?: number
}

export async function startJobs(
  database: Database,
  log: Log,
  jobs: readonly Job[],
  { pollSeconds = 30 }: JobsOptions = {},
): Promise<Jobs> {
  const boss = new PgBoss({
    schema: 'jobs',
    db: {
      // Several statements at once, as pg-boss sends them, give no rows of their own.
      executeSql: async (text: string, values: unknown[] = []) => ({
        rows: (await database.query(text, values)) ?? [],
      }),
    },
  })
  boss.on('error', error => log.error({ err: error }, 'jobs failed'))
  await boss.start()
  for (const { name, when, hours, run } of jobs) {
    await boss.createQueue(name)
    await boss.schedule(
      name,
      when,
      {},
      {
        tz: 'Europe/London',
        ...(hours !== undefined && { expireInSeconds: hours * 3600 }),
      },
    )
    await boss.work(name, { pollingIntervalSeconds: pollSeconds }, async () => {
      await run()
      log.info({ job: name }, 'job done')
    })
  }
  return {
    now: name => boss.send(name, {}),
    stop: () => boss.stop({ graceful: true, timeout: 5000 }),
  }
}
