/**
 * The clock of a machine can go back: somebody corrects it, or it starts without one. What was over by the clock would then be
 * open again, and what is open would last longer than it may. So the latest time that was seen is kept, in memory and every
 * minute in the database; when the clock shows less, everything that ends by the hour is ended, and the record of acts says so.
 */
import type { Clock } from '../../platform/clock.ts'
import type { Database, Queryable } from '../../platform/postgres.ts'
import { asProgram, type ProgramTransaction } from '../access/as-member.ts'

/** A clock that is set by the network now and then goes back by less; two nodes differ by less. */
const TOLERANCE_MS = 120_000
const KEPT_EVERY_MS = 60_000

export interface ClockWatch {
  /** Looks at the clock. Settles once what follows from a step back is done; otherwise it costs nothing. */
  look(): Promise<void>
}

/** `onStepBack` is called afterwards, for what keeps a time of its own. */
export async function watchClock(
  database: Database,
  clock: Clock,
  onStepBack: () => Promise<void> = async () => {},
): Promise<ClockWatch> {
  let latest = (await readLatest(database)) ?? Number.NEGATIVE_INFINITY
  let kept = latest
  let ending: Promise<void> | null = null

  const stepBack = async (now: number): Promise<void> => {
    await asProgram(database, new Date(now), tx => endWhatTheClockEnds(tx, new Date(now)))
    latest = now
    kept = now
    await onStepBack()
  }

  return {
    look: async () => {
      const now = clock().getTime()
      if (now < latest - TOLERANCE_MS) {
        ending ??= stepBack(now).finally(() => {
          ending = null
        })
        return ending
      }
      latest = Math.max(latest, now)
      if (latest - kept < KEPT_EVERY_MS) return
      const before = kept
      kept = latest
      // Nobody waits for it: where the database is gone, whoever asks for a page is told so by the page itself.
      keepLatest(database, latest).catch(() => {
        kept = before
      })
    },
  }
}

async function readLatest(tx: Queryable): Promise<number | null> {
  const [row] = await tx.query<{ latest: Date }>('select latest from clock_seen')
  return row?.latest.getTime() ?? null
}

const keepLatest = (tx: Queryable, latest: number): Promise<unknown> =>
  tx.query(
    `insert into clock_seen (latest) values ($1)
     on conflict (only_row) do update set latest = greatest(clock_seen.latest, excluded.latest)`,
    [new Date(latest).toISOString()],
  )

/**
 * Sessions end, and records that were opened without a right close: their people sign in and say their reason again. What waits
 * for a time keeps the time that it had left. The same step may be noticed by several programs: the first does it.
 */
async function endWhatTheClockEnds(tx: ProgramTransaction, now: Date): Promise<void> {
  const [seen] = await tx.query<{ latest: Date }>('select latest from clock_seen for update')
  if (!seen || now.getTime() >= seen.latest.getTime() - TOLERANCE_MS) return
  const at = now.toISOString()
  const step = (seen.latest.getTime() - now.getTime()) / 1000
  const sessions = await tx.query(
    `update sessions set ended_at = $1, ended_because = 'clock-went-back' where ended_at is null returning id`,
    [at],
  )
  const openings = await tx.query(
    `update break_glass set ends_at = greatest($1, starts_at + interval '1 microsecond') where ends_at > $1 returning id`,
    [at],
  )
  for (const statement of waiting) await tx.query(statement, [step])
  await tx.query('update clock_seen set latest = $1', [at])
  await tx.record('clock-went-back', {
    detail: { from: seen.latest.toISOString(), sessions: sessions.length, openings: openings.length },
  })
}

/** Links and invitations that are out, tries to sign in, and e-mail on its way: `$1` is the step in seconds. */
const waiting = [
  'update account_links set ends_at = ends_at - make_interval(secs => $1) where used_at is null',
  `update referral_invitations set ends_at = greatest(ends_at - make_interval(secs => $1), made_at + interval '1 second')
   where used_at is null and taken_back_at is null`,
  'update failed_sign_ins set last_at = last_at - make_interval(secs => $1), locked_until = locked_until - make_interval(secs => $1)',
  ...['notice_mails', 'invitation_mails'].map(
    mails => `update ${mails} set next_try_at = next_try_at - make_interval(secs => $1),
       tried_at = tried_at - make_interval(secs => $1) where state in ('waiting', 'sending')`,
  ),
]
