/** Copies of minutes and agendas in the database: who was given which, until when, and who took it. */
import type { MemberTransaction } from '../../../../governance/access/as-member.ts'
import { notify, notifyOfAll } from '../../../../governance/notices/notify.ts'
import { retentionDates } from '../../../../governance/retention/retention-dates.ts'
import { type Day, londonDay } from '../../../../platform/calendar.ts'
import { NotThere, WrongMove } from '../../../../platform/errors.ts'
import type { Queryable } from '../../../../platform/postgres.ts'
import type { Meeting } from '../meeting-store.ts'
import { type CopyOf, copyOf, copyStanding } from './copy.ts'

export interface Copy {
  id: string
  reference: string
  /** Reference of the meeting; null where the viewer sits in it no more. */
  meeting: string | null
  what: CopyOf
  recipientName: string
  agencyName: string
  /** The viewer is its recipient. */
  mine: boolean
  /** Null where names are hidden. */
  namesBecause: string | null
  givenByName: string
  givenAt: Date
  /** Last day on which it can be taken. */
  endsOn: Day
  withdrawnAt: Date | null
  takings: { at: string; format: string }[]
}

const copySql = `select c.id, c.reference, m.reference as meeting, c.what, u.name as "recipientName", a.name as "agencyName",
    c.recipient = viewer_user() as mine, c.names_because as "namesBecause", g.name as "givenByName", c.given_at as "givenAt",
    c.ends_on as "endsOn", c.withdrawn_at as "withdrawnAt",
    (select coalesce(jsonb_agg(jsonb_build_object('at', t.taken_at, 'format', t.format) order by t.taken_at), '[]')
     from meeting_copy_takings t where t.copy = c.id) as takings
  from meeting_copies c left join meetings m on m.id = c.meeting join users u on u.id = c.recipient
  join agencies a on a.id = c.agency join users g on g.id = c.given_by`

/** Of a meeting, as far as the viewer answers for them or was given them; the latest first. */
export const copiesOf = (tx: Queryable, meeting: string): Promise<Copy[]> =>
  tx.query<Copy>(`${copySql} where c.meeting = $1 order by c.given_at desc, a.name, u.name limit 500`, [
    meeting,
  ])

/** Throws NotThere. */
export async function readCopy(tx: Queryable, reference: string): Promise<Copy> {
  const [row] = await tx.query<Copy>(`${copySql} where c.reference = $1`, [reference])
  if (!row) throw new NotThere()
  return row
}

export interface NewCopies {
  /** Numbers of people who sit in the meeting. */
  recipients: readonly string[]
  endsOn: Day
  /** Why names stand in them; null where they are hidden. */
  namesBecause: string | null
}

/** Names of agencies among the recipients' that no agreement lets hear anybody else in the meeting. */
export async function agenciesWithoutNames(
  tx: Queryable,
  { id, members }: Meeting,
  recipients: readonly string[],
): Promise<string[]> {
  const agencies = [...new Set(members.filter(m => recipients.includes(m.user)).map(m => m.agency))]
  const rows = await tx.query<{ name: string }>(
    `select name from agencies where id = any ($2) and not meeting_copy_may_name($1, id) order by name`,
    [id, agencies],
  )
  return rows.map(row => row.name)
}

/** Gives each recipient a copy; given already with this key, nothing more happens to them. */
export async function giveCopies(
  tx: MemberTransaction,
  meeting: Meeting,
  { recipients, endsOn, namesBecause }: NewCopies,
  key: string,
): Promise<void> {
  const what = copyOf(meeting.state)
  if (!what) throw new WrongMove(`${meeting.reference} was called off: there is nothing to give.`)
  const others = recipients.some(user => user !== tx.member.user)
  if (!meeting.mover.runs && (others || namesBecause !== null)) {
    throw new WrongMove(
      'Only whoever runs the meeting gives copies to others, or with names. You can take one for yourself.',
    )
  }
  const given = await tx.query<{ id: string; reference: string; recipient: string }>(
    `insert into meeting_copies (reference, request_key, meeting, what, recipient, agency, names_because, given_by,
       given_by_agency, given_at, ends_on, delete_on)
     select next_reference('MC'), $1, $2, $3, r.id, r.agency, $4, viewer_user(), viewer_agency(), present(), $5, $6
     from unnest($7::uuid[], $8::text[]) r (id, agency)
     where not exists (select from meeting_copies c where c.request_key = $1 and c.recipient = r.id)
     returning id, reference, recipient`,
    [
      key,
      meeting.id,
      what,
      namesBecause,
      endsOn,
      retentionDates('meeting-copy', londonDay(tx.now), { child: true }).deleteOn,
      ...columnsOf(meeting.members.filter(m => recipients.includes(m.user))),
    ],
  )
  if (given.length === 0) return
  await notifyOfAll(
    tx,
    'meeting-copy-given',
    given.map(copy => copy.id),
  )
  await tx.record('meeting-copy-given', {
    kind: 'meeting',
    id: meeting.reference,
    detail: {
      what,
      copies: given.map(({ reference, recipient }) => ({ reference, recipient })),
      names: namesBecause !== null,
      endsOn,
    },
  })
}

const columnsOf = (members: readonly { user: string; agency: string }[]): [string[], string[]] => [
  members.map(m => m.user),
  members.map(m => m.agency),
]

/** Takes a copy back; whoever took it is told to destroy it. Taken back already, nothing more happens. */
export async function withdrawCopy(tx: MemberTransaction, reference: string): Promise<void> {
  const copy = await readCopy(tx, reference)
  if (copy.withdrawnAt) return
  const [withdrawn] = await tx.query(
    `update meeting_copies set withdrawn_at = present(), withdrawn_by = viewer_user()
     where id = $1 and withdrawn_at is null returning id`,
    [copy.id],
  )
  if (!withdrawn) throw new WrongMove('Only whoever gave it, or runs the meeting, takes it back.')
  await notify(tx, 'meeting-copy-withdrawn', copy.id)
  await tx.record('meeting-copy-withdrawn', { kind: 'meeting-copy', id: reference })
}

/** The recipient takes their copy in a format. Throws NotThere for anybody else's, WrongMove with what to do for one that is over. */
export async function takeCopy(
  tx: MemberTransaction,
  reference: string,
  format: 'pdf' | 'docx',
): Promise<Copy> {
  const copy = await readCopy(tx, reference)
  if (!copy.mine) throw new NotThere()
  const standing = copyStanding(copy, londonDay(tx.now))
  if (standing !== 'open') {
    throw new WrongMove(
      `${reference} ${standing === 'ended' ? 'has ended' : 'was taken back'}. Read it here, or ask whoever runs the meeting for another.`,
    )
  }
  await tx.query(
    'insert into meeting_copy_takings (copy, taken_at, format) values ($1, present(), $2) on conflict do nothing',
    [copy.id, format],
  )
  await tx.record('meeting-copy-taken', {
    kind: 'meeting-copy',
    id: reference,
    detail: { format, names: copy.namesBecause !== null },
  })
  return copy
}
