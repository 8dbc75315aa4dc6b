/**
 * Work that nobody waits for: nightly ends, reminders. It stands in the database (pg-boss), so that it survives a restart
 * and runs once, however many programs share the database.
 *
 * A job runs on connections of the pool and as the program: it never sees the role of somebody's request.
 */
import { PgBoss, type TestClock } from 'pg-boss'
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
  /** After the clock went back: pg-boss waits by the clock, and would wait until the old time came again. */
  startAnew(): Promise<void>
  stop(): Promise<void>
}

export interface JobsOptions {
  /** How often the line is looked at: nothing here is urgent, and the embedded store has one connection. */
  pollSeconds?: number
  /** A clock that a test moves; the machine's otherwise. */
  clock?: TestClock
}

const SCHEMA = 'jobs'

/**
 * pg-boss makes a job of a schedule once for each minute, and looks for minutes that are due since it last looked. A clock that
 * went back shows minutes that it has had: until the old time came again, nothing would run.
 */
async function forgetFuture(database: Database): Promise<void> {
  await database.query(`update ${SCHEMA}.version set cron_on = null where cron_on > ${SCHEMA}.job_now()`)
  await database.query(`delete from ${SCHEMA}.job where created_on > ${SCHEMA}.job_now()`)
}

export async function startJobs(
  database: Database,
  log: Log,
  jobs: readonly Job[],
  options: JobsOptions = {},
): Promise<Jobs> {
  let boss = await startBoss(database, log, jobs, options)
  const stop = () => boss.stop({ graceful: true, timeout: 5000 })
  return {
    now: name => boss.send(name, {}),
    startAnew: async () => {
      await stop()
      boss = await startBoss(database, log, jobs, options)
    },
    stop,
  }
}

async function startBoss(
  database: Database,
  log: Log,
  jobs: readonly Job[],
  { pollSeconds = 30, clock }: JobsOptions,
): Promise<PgBoss> {
  const boss = new PgBoss({
    schema: SCHEMA,
    ...(clock && { clock }),
    db: {
      // Several statements at once, as pg-boss sends them, give no rows of their own.
      executeSql: async (text: string, values: unknown[] = []) => ({
        rows: (await database.query(text, values)) ?? [],
      }),
      // The embedded store has one session, which a test's clock reaches by these.
      ...(clock && {
        setSessionStatements: async (statements: string[]) => {
          for (const statement of statements) await database.query(statement)
        },
      }),
    },
  })
  boss.on('error', error => log.error({ err: error }, 'jobs failed'))
  await boss.start()
  await forgetFuture(database)
  for (const { name, when, hours, run } of jobs) {
    await boss.createQueue(name)
    await boss.schedule(
      name,
      when,
      {},
      { tz: 'Europe/London', ...(hours !== undefined && { expireInSeconds: hours * 3600 }) },
    )
    await boss.work(name, { pollingIntervalSeconds: pollSeconds }, async () => {
      await run()
      log.info({ job: name }, 'job done')
    })
  }
  return boss
}
