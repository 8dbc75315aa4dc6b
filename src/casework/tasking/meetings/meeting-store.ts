/** Meetings in the database: planned, read, moved, listed. The policies say who finds which. */
import { randomUUID } from 'node:crypto'
import type { ItemKind } from '../../../areas/meeting-type.ts'
import type { MemberTransaction } from '../../../governance/access/as-member.ts'
import type { PurposeId } from '../../../governance/purposes.ts'
import type { Day } from '../../../platform/calendar.ts'
import { NotThere, WrongMove } from '../../../platform/errors.ts'
import type { Queryable } from '../../../platform/postgres.ts'
import {
  type Attendance,
  insist,
  type MeetingAction,
  type MeetingMove,
  type MeetingState,
  type MoveDetail,
  type Mover,
  moves,
  type Part,
  type Quorum,
  quorate,
} from './meeting.ts'
import { readMeetingType } from './meeting-type-store.ts'

export interface Meeting {
  id: string
  reference: string
  type: string
  typeName: string
  startsAt: Date
  place: string
  /** Null where nobody is spoken of. */
  purpose: PurposeId | null
  agencies: string[]
  quorum: Quorum
  sees: ItemKind[]
  chair: { user: string; name: string } | null
  state: MeetingState
  openedAt: Date | null
  closedAt: Date | null
  agendaAt: Date | null
  /** Of the last move. */
  seq: number
  /** Number of the last change of anything in it. */
  changes: number
  members: MeetingMember[]
  /** What the viewer is to it. */
  mover: Mover
  part: Part | null
}

export interface MeetingMember {
  user: string
  name: string
  post: string
  agency: string
  agencyName: string
  part: Part
  attendance: Attendance
  presentFrom: string | null
}

interface MeetingRow extends Omit<Meeting, 'chair' | 'mover' | 'part'> {
  chair: string | null
}

/** Throws NotThere for a meeting in which the viewer does not sit, as for one that does not exist. Records nothing. */
export async function readMeeting(tx: MemberTransaction, reference: string): Promise<Meeting> {
  const [row] = await tx.query<MeetingRow>(
    `select m.id, m.reference, m.type, t.name as "typeName", m.starts_at as "startsAt", m.place, m.purpose, m.agencies,
       m.quorum, m.sees, m.chair, m.state, m.opened_at as "openedAt", m.closed_at as "closedAt",
       m.agenda_at as "agendaAt", m.moves as seq, m.changes,
       (select coalesce(jsonb_agg(jsonb_build_object('user', x.user_id, 'name', u.name, 'post', u.post, 'agency', x.agency,
          'agencyName', a.name, 'part', x.part, 'attendance', x.attendance, 'presentFrom', x.present_from)
          order by a.name, u.name), '[]')
        from meeting_members x join users u on u.id = x.user_id join agencies a on a.id = x.agency
        where x.meeting = m.id) as members
     from meetings m join meeting_types t on t.id = m.type where m.reference = $1`,
    [reference],
  )
  if (!row) throw new NotThere()
  const { chair: chairUser, ...meeting } = row
  const own = meeting.members.find(m => m.user === tx.member.user && m.agency === tx.member.agency)
  const chair = meeting.members.find(m => m.user === chairUser)
  return {
    ...meeting,
    chair: chair ? { user: chair.user, name: chair.name } : null,
    part: own?.part ?? null,
    mover: {
      runs:
        own !== undefined &&
        (own.part === 'chair' ||
          own.part === 'secretary' ||
          tx.member.role === 'coordinator' ||
          tx.member.role === 'commander'),
      chairs: chairUser === tx.member.user,
    },
  }
}

export async function readMoves(tx: Queryable, meeting: string): Promise<MeetingAction[]> {
  return tx.query<MeetingAction>(
    `select v.seq, v.action, u.name as "byName", v.at, v.detail
     from meeting_moves v left join users u on u.id = v.by_user where v.meeting = $1 order by v.seq`,
    [meeting],
  )
}

export interface MeetingLine {
  reference: string
  type: string
  typeName: string
  startsAt: Date
  state: MeetingState
  place: string
  chairName: string | null
}

export interface MeetingFilter {
  show: 'ahead' | 'held'
  type: string | null
}

const LISTED = 25

/** In which the viewer sits: what is ahead or being held, the next first; or what was held, the latest first. */
export async function listMeetings(
  tx: MemberTransaction,
  { show, type }: MeetingFilter,
  page = 1,
): Promise<{ meetings: MeetingLine[]; total: number }> {
  const states: MeetingState[] = show === 'ahead' ? ['planned', 'open'] : ['closed', 'called-off']
  const rows = await tx.query<MeetingLine & { total: number }>(
    `select m.reference, m.type, t.name as "typeName", m.starts_at as "startsAt", m.state, m.place, u.name as "chairName",
       count(*) over () as total
     from meetings m join meeting_types t on t.id = m.type left join users u on u.id = m.chair
     where m.state = any ($1) and ($2::text is null or m.type = $2)
     order by case when $3 then m.starts_at end, m.starts_at desc, m.reference limit ${LISTED} offset $4`,
    [states, type, show === 'ahead', (page - 1) * LISTED],
  )
  return { meetings: rows.map(({ total: _, ...line }) => line), total: rows[0]?.total ?? 0 }
}

/** What waits on a morning: meetings of today that are not closed, and those of earlier days that are open still. */
export const meetingsOfDay = (tx: Queryable, day: Day): Promise<MeetingLine[]> =>
  tx.query<MeetingLine>(
    `select m.reference, m.type, t.name as "typeName", m.starts_at as "startsAt", m.state, m.place, null as "chairName"
     from meetings m join meeting_types t on t.id = m.type
     where m.state = 'open' or (m.state = 'planned' and (m.starts_at at time zone 'Europe/London')::date = $1)
     order by m.starts_at, m.reference`,
    [day],
  )

/** What every form of a move carries. */
export interface MoveMarks {
  /** Of the form: the same form twice is one move. */
  key: string
  /** Number of the last move that the form showed. */
  seen: number
}

export interface NewMeeting {
  type: string
  startsAt: Date
  place: string
}

/**
 * Plans a meeting with those who have a seat, and gives its reference; planned already with this key, the one that there
 * is. Whoever plans it without a seat is its secretary. Throws WrongMove where one of the type is planned at that time.
 */
export async function planMeeting(
  tx: MemberTransaction,
  { type, startsAt, place }: NewMeeting,
  { key }: Pick<MoveMarks, 'key'>,
): Promise<{ id: string; reference: string }> {
  const [known] = await tx.query<{ id: string; reference: string }>(
    'select m.id, m.reference from meetings m join meeting_moves v on v.meeting = m.id where v.request_key = $1',
    [key],
  )
  if (known) return known
  const { members, inPack } = await readMeetingType(tx, type)
  if (!inPack || !members.includes(tx.member.agency)) throw new NotThere()
  const [taken] = await tx.query<{ reference: string }>(
    `select reference from meetings where type = $1 and starts_at = $2 and state <> 'called-off'`,
    [type, startsAt.toISOString()],
  )
  if (taken) {
    throw new WrongMove(
      `${taken.reference} is planned at that time already. Open that one, or choose another time.`,
    )
  }
  const id = randomUUID()
  const [next] = await tx.query<{ reference: string }>(`select next_reference('M') as reference`)
  await tx.query(
    `insert into meetings (id, reference, type, starts_at, place, purpose, agencies, quorum, sees, chair, planned_by, planned_at)
     select $1, $2, t.id, $3, $4, t.definition ->> 'purpose', array(select jsonb_array_elements_text(t.definition -> 'members')),
       t.definition -> 'quorum', array(select jsonb_array_elements_text(t.definition -> 'sees')),
       (select s.user_id from meeting_seats s where s.type = t.id and s.part = 'chair' and s.until is null
        order by s.since limit 1), viewer_user(), present()
     from meeting_types t where t.id = $5`,
    [id, next!.reference, startsAt.toISOString(), place, type],
  )
  await tx.query(
    `insert into meeting_members (meeting, user_id, agency, part)
     select $1, s.user_id, s.agency, s.part
     from meeting_seats s join users u on u.id = s.user_id and u.agency = s.agency and u.state = 'active'
     join meetings m on m.id = $1 and s.agency = any (m.agencies)
     where s.type = $2 and s.until is null
     union all
     select $1, viewer_user(), viewer_agency(), 'secretary'
     where not exists (select from meeting_seats s where s.type = $2 and s.until is null and s.user_id = viewer_user())`,
    [id, type],
  )
  await tx.query(
    `insert into meeting_moves (meeting, seq, action, state_after, by_user, by_agency, at, request_key)
     values ($1, 1, 'plan', 'planned', $2, $3, present(), $4)`,
    [id, tx.member.user, tx.member.agency, key],
  )
  await tx.record('meeting-planned', { kind: 'meeting', id: next!.reference, detail: { type } })
  return { id, reference: next!.reference }
}

/**
 * Moves a meeting. Throws WrongMove with what is possible where the move does not fit, or where something happened to it
 * while the form was open.
 */
export async function moveMeeting(
  tx: MemberTransaction,
  reference: string,
  name: MeetingMove,
  { key, seen }: MoveMarks,
  detail: MoveDetail = {},
): Promise<void> {
  const meeting = await readMeeting(tx, reference)
  if (await isDone(tx, key)) return
  insist(name, meeting, meeting.mover, tx.now)
  if (seen !== meeting.seq) throw changedMeanwhile(reference)
  const quorum = quorate(meeting.quorum, meeting.members)
  const [done] = await tx.query(
    `insert into meeting_moves (meeting, seq, action, state_after, by_user, by_agency, at, request_key, detail)
     values ($1, $2, $3, $4, $5, $6, present(), $7, $8) on conflict do nothing returning seq`,
    [
      meeting.id,
      meeting.seq + 1,
      name,
      moves[name].to ?? meeting.state,
      tx.member.user,
      tx.member.agency,
      key,
      JSON.stringify({
        ...detail,
        ...(name === 'take-the-chair' && { chair: tx.member.user }),
        ...(name === 'close' && { agencies: quorum.there, quorate: quorum.enough }),
      }),
    ],
  )
  if (!done) {
    if (await isDone(tx, key)) return
    throw changedMeanwhile(reference)
  }
  if (name === 'close') await settleAttendance(tx, meeting.id)
  await tx.record('meeting-moved', { kind: 'meeting', id: reference, detail: { move: name } })
}

/** Who was expected and did not come was absent. */
const settleAttendance = (tx: MemberTransaction, meeting: string) =>
  tx.query(
    `update meeting_members set attendance = 'absent' where meeting = $1 and attendance = 'expected'`,
    [meeting],
  )

const isDone = async (tx: MemberTransaction, key: string): Promise<boolean> =>
  (await tx.query('select from meeting_moves where request_key = $1', [key])).length > 0

const changedMeanwhile = (reference: string): WrongMove =>
  new WrongMove(
    `Something happened to ${reference} while you had it open. Look at where it stands now, then decide.`,
  )
