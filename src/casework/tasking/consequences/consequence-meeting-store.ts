/** Bringing consequence management to a meeting: its reference on the agenda, and nothing of what stands in it. */
import type { MemberTransaction } from '../../../governance/access/as-member.ts'
import { retentionDates } from '../../../governance/retention/retention-dates.ts'
import { londonDay } from '../../../platform/calendar.ts'
import { NotThere, WrongMove } from '../../../platform/errors.ts'
import { BROUGHT_UP } from '../meetings/entry-store.ts'
import { BROUGHT_UP_SECTION } from '../meetings/shown-room.ts'
import type { Consequence } from './consequence-store.ts'

export interface MeetingChoice {
  reference: string
  typeName: string
  startsAt: Date
  /** It stands on the agenda already. */
  there: boolean
}

/** Meetings that are not over, in which the viewer sits and which see consequence management; the next first. */
export const meetingsFor = (tx: MemberTransaction, { reference }: Consequence): Promise<MeetingChoice[]> =>
  tx.query<MeetingChoice>(
    `select m.reference, t.name as "typeName", m.starts_at as "startsAt", exists (
         select from agenda_items i
         where i.meeting = m.id and i.source_kind = 'consequence' and i.source_id = $1) as there
     from meetings m join meeting_types t on t.id = m.type
     where m.state in ('planned', 'open') and 'consequence' = any (m.sees)
     order by m.starts_at, m.reference limit 6`,
    [reference],
  )

/** Kinds of meeting that are called for it, which the viewer may plan. */
export const callableTypes = (tx: MemberTransaction): Promise<{ id: string; name: string }[]> =>
  tx.query(
    `select id, name from meeting_types
     where in_pack and definition -> 'cadence' ->> 'kind' = 'called' and definition -> 'sees' ? 'consequence'
       and viewer_keeps_meetings_of(id)
     order by name`,
  )

/** Puts it on the agenda. There already, nothing more happens. Throws NotThere for a meeting that is not theirs. */
export async function bringToMeeting(
  tx: MemberTransaction,
  consequence: Consequence,
  meetingReference: string,
  { key }: { key: string },
): Promise<void> {
  const meeting = (await meetingsFor(tx, consequence)).find(m => m.reference === meetingReference)
  if (!meeting) throw new NotThere()
  if (meeting.there) return
  if (consequence.stands.state === 'closed')
    throw new WrongMove('It is closed: there is nothing to decide about it.')
  const added = await tx.query(
    `insert into agenda_items (meeting, seq, section, kind, title, agency, source_kind, source_id, due_on, added_by,
       added_at, request_key, delete_on)
     select m.id, $2, $10, 'consequence', $3, $4, 'consequence', $5, $6, $7, present(), $8, $9
     from meetings m where m.reference = $1
     on conflict do nothing returning id`,
    [
      meetingReference,
      BROUGHT_UP,
      'Consequence management',
      tx.member.agency,
      consequence.reference,
      consequence.stands.reviewDueOn,
      tx.member.user,
      key,
      retentionDates('agenda-item', londonDay(tx.now), { child: true }).deleteOn,
      BROUGHT_UP_SECTION,
    ],
  )
  if (added.length === 0) return
  await tx.record('meeting-item-added', {
    kind: 'meeting',
    id: meetingReference,
    detail: { kind: 'consequence', about: consequence.reference },
  })
}
