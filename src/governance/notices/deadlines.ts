/**
 * What somebody has to do by when: for their calendar and for reminders. Whose it is, the database says; working days are
 * counted here.
 */
import { addDays, type Day, londonDay } from '../../platform/calendar.ts'
import { londonInstant } from '../../platform/london-time.ts'
import type { Queryable } from '../../platform/postgres.ts'
import { addWorkingDays } from '../../platform/working-days.ts'
import { type Deadline, type DeadlineKind, LAST_HOUR, remindersOf } from './deadline.ts'
import { kindsUntilDone } from './notice-kinds.ts'
import { officerDeadlines } from './officer-deadlines.ts'

/** A proposal for a partnership to confirm: agreements may say sooner, and no law says when. */
const ANSWER_WORKING_DAYS = 5

/** Clocks that another part of the program keeps. */
export interface DeadlineClocks {
  /** When a challenge must have been looked at. */
  challengeDue: (challengedAt: Date) => Date
}

interface DeadlineRow {
  recipient: string
  what: DeadlineKind
  subject_kind: string
  reference: string
  link: string
  since: Date
  due_at: Date | null
  due_on: Day | null
}

/**
 * Of everybody, as far as reminders look ahead; or of one, as far as a calendar does. The earliest first. For the program:
 * members have no such sight.
 */
export async function readDeadlines(
  tx: Queryable,
  clocks: DeadlineClocks,
  now: Date,
  recipient: string | null = null,
): Promise<Deadline[]> {
  await tx.query(`select set_config('concord.deadlines_until', $1, true)`, [
    recipient === null ? addDays(londonDay(now), 1) : '',
  ])
  const rows = await tx.query<DeadlineRow>('select * from open_deadlines()')
  const deadlines = [
    ...rows.map(row => ({
      recipient: row.recipient,
      what: row.what,
      reference: row.reference,
      link: row.link,
      subjectKind: row.subject_kind,
      dueAt: dueOf(row, clocks),
      dueOn: row.due_on,
    })),
    ...(await officerDeadlines(tx, now)),
  ]
  return deadlines
    .filter(d => recipient === null || d.recipient === recipient)
    .toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime() || (a.reference < b.reference ? -1 : 1))
}

function dueOf({ what, since, due_at, due_on }: DeadlineRow, { challengeDue }: DeadlineClocks): Date {
  if (due_at) return due_at
  if (due_on) return londonInstant(due_on, LAST_HOUR)
  return what === 'challenge'
    ? challengeDue(since)
    : londonInstant(addWorkingDays(londonDay(since), ANSWER_WORKING_DAYS), LAST_HOUR)
}

/** Nobody is troubled with what is done: each minute before reminders and e-mail. Gives how many notices that ended. */
export async function settleDone(tx: Queryable, open: readonly Deadline[]): Promise<number> {
  const settled = await tx.query(
    `update notices n set read_at = present()
     where n.read_at is null and n.kind = any ($1) and not exists (
       select from unnest($2::uuid[], $3::text[]) as open (recipient, reference)
       where open.recipient = n.recipient and open.reference = n.reference)
     returning n.id`,
    [kindsUntilDone, open.map(d => d.recipient), open.map(d => d.reference)],
  )
  return settled.length
}

/**
 * Reminds of what is due today, from the morning on, and of what is overdue: of each deadline once, however often this
 * runs. What came in on the day it is due needs no reminder: its own notice says so.
 */
export async function remind(tx: Queryable, open: readonly Deadline[], now: Date): Promise<number> {
  const today = londonDay(now)
  const due = open.flatMap(d => {
    const reminders = remindersOf(d.what)
    const late = reminders.late === 'the-next-day' ? londonDay(d.dueAt) < today : d.dueAt < now
    const kind = late ? reminders.overdue : reminders.today
    return londonDay(d.dueAt) > today || kind === null ? [] : [{ ...d, kind, late }]
  })
  const told = await tx.query(
    `insert into notices (recipient, kind, subject_kind, reference, link, due_at, created_at, delete_on)
     select d.recipient, d.kind, d.subject_kind, d.reference, d.link, d.due_at, present(), present_day() + 90
     from jsonb_to_recordset($1) as d (
       recipient uuid, kind text, late boolean, subject_kind text, reference text, link text, due_at timestamptz)
     where d.late or not exists (
       select from notices n where n.recipient = d.recipient and n.reference = d.reference and n.link = d.link
         and (n.created_at at time zone 'Europe/London')::date = present_day())
     on conflict do nothing returning id`,
    [
      JSON.stringify(
        due.map(d => ({
          recipient: d.recipient,
          kind: d.kind,
          late: d.late,
          subject_kind: d.subjectKind,
          reference: d.reference,
          link: d.link,
          due_at: d.dueAt.toISOString(),
        })),
      ),
    ],
  )
  return told.length
}
