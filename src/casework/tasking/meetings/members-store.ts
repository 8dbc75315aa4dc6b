/** Who sits in a meeting, for which agency, and whether they came; and who sits in all meetings of a type. */
import type { MemberTransaction } from '../../../governance/access/as-member.ts'
import { londonDay } from '../../../platform/calendar.ts'
import { NotThere, WrongMove } from '../../../platform/errors.ts'
import type { Queryable } from '../../../platform/postgres.ts'
import { type Attendance, type Part, partWords } from './meeting.ts'
import type { Meeting } from './meeting-store.ts'

/** Oneself, or by whoever runs the meeting. Throws NotThere for somebody who does not sit in it. */
export async function noteAttendance(
  tx: MemberTransaction,
  meeting: Meeting,
  user: string,
  attendance: Attendance,
): Promise<void> {
  if (meeting.state !== 'open' && attendance !== 'apologies') {
    throw new WrongMove('Who is there can be noted while the meeting is open.')
  }
  const noted = await tx.query(
    `update meeting_members set attendance = $3, present_from = case when $3 = 'present' then coalesce(present_from, present()) end
     where meeting = $1 and user_id = $2 returning user_id`,
    [meeting.id, user, attendance],
  )
  if (noted.length === 0) throw new NotThere()
  await tx.record('meeting-attendance-noted', {
    kind: 'meeting',
    id: meeting.reference,
    detail: { user, attendance },
  })
}

/** Somebody more, of an agency that was invited: for this meeting alone. Added already, nothing changes. */
export async function addMember(
  tx: MemberTransaction,
  meeting: Meeting,
  user: string,
  part: Part,
): Promise<void> {
  const added = await tx.query(
    `insert into meeting_members (meeting, user_id, agency, part)
     select $1, u.id, u.agency, $3 from users u where u.id = $2 and u.state = 'active' and u.agency = any ($4)
     on conflict do nothing returning user_id`,
    [meeting.id, user, part, meeting.agencies],
  )
  if (added.length === 0) return
  await tx.record('meeting-member-added', { kind: 'meeting', id: meeting.reference, detail: { user, part } })
}

export interface Candidate {
  user: string
  name: string
  post: string
  agencyName: string
}

/** Who could be added: at work in an invited agency, in a role that sits in such a meeting, and not in it yet. */
export const candidates = (tx: Queryable, meeting: Meeting): Promise<Candidate[]> =>
  tx.query<Candidate>(
    `select u.id as "user", u.name, u.post, a.name as "agencyName"
     from users u join agencies a on a.id = u.agency
     where u.state = 'active' and u.agency = any ($2) and u.role = any ($3)
       and not exists (select from meeting_members x where x.meeting = $1 and x.user_id = u.id)
     order by a.name, u.name limit 500`,
    [meeting.id, meeting.agencies, rolesOf(meeting.purpose)],
  )

const rolesOf = (purpose: string | null): string[] => [
  ...['practitioner', 'coordinator', 'commander'],
  ...(purpose === null ? ['board-member', 'analyst', 'scrutiny-panel-member'] : []),
]

export interface Seat {
  id: string
  user: string
  name: string
  post: string
  agency: string
  agencyName: string
  part: Part
  since: string
  until: string | null
}

/** Those who sit now come first, by agency; then those who sat once, the latest first. */
export const listSeats = (tx: Queryable, type: string): Promise<Seat[]> =>
  tx.query<Seat>(
    `select s.id, s.user_id as "user", u.name, u.post, s.agency, a.name as "agencyName", s.part, s.since, s.until
     from meeting_seats s join users u on u.id = s.user_id join agencies a on a.id = s.agency
     where s.type = $1 order by s.until is not null, s.until desc, a.name, u.name`,
    [type],
  )

/** Who could be given a seat. */
export const seatCandidates = (
  tx: Queryable,
  type: { id: string; members: string[]; purpose?: string },
): Promise<Candidate[]> =>
  tx.query<Candidate>(
    `select u.id as "user", u.name, u.post, a.name as "agencyName"
     from users u join agencies a on a.id = u.agency
     where u.state = 'active' and u.agency = any ($2) and u.role = any ($3)
       and not exists (select from meeting_seats s where s.type = $1 and s.user_id = u.id and s.until is null)
     order by a.name, u.name limit 500`,
    [type.id, type.members, rolesOf(type.purpose ?? null)],
  )

/** From today on, in every meeting of the type that is planned. Somebody who has a seat keeps the one they have. */
export async function takeSeat(tx: MemberTransaction, type: string, user: string, part: Part): Promise<void> {
  const taken = await tx.query(
    `insert into meeting_seats (type, user_id, agency, part, since)
     select $1, u.id, u.agency, $3, $4 from users u where u.id = $2
     on conflict do nothing returning id`,
    [type, user, part, londonDay(tx.now)],
  )
  if (taken.length === 0) return
  await tx.record('meeting-seat-given', { kind: 'meeting-type', id: type, detail: { user, part } })
}

/** Ends today. What they said stays theirs. Throws NotThere. */
export async function endSeat(tx: MemberTransaction, type: string, seat: string): Promise<void> {
  const ended = await tx.query<{ user_id: string }>(
    'update meeting_seats set until = $3 where id = $2 and type = $1 and until is null returning user_id',
    [type, seat, londonDay(tx.now)],
  )
  if (ended.length === 0) throw new NotThere()
  await tx.record('meeting-seat-ended', {
    kind: 'meeting-type',
    id: type,
    detail: { user: ended[0]!.user_id },
  })
}

export const partChoices = Object.entries(partWords).map(([value, text]) => ({ value, text }))
