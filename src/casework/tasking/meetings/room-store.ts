/**
 * What stands on the agenda of a meeting and what was said, as the viewer may hear it: the whole, or what changed since a
 * change of the meeting. One query: sixty people ask it with every change.
 */
import type { ItemKind } from '../../../areas/meeting-type.ts'
import type { MemberTransaction } from '../../../governance/access/as-member.ts'
import type { Day } from '../../../platform/calendar.ts'
import { NotThere } from '../../../platform/errors.ts'
import type { EntryKind, MeetingState, Quorum } from './meeting.ts'
import type { MeetingMember } from './meeting-store.ts'

export interface RoomEntry {
  id: string
  seq: number
  kind: EntryKind
  text: string
  /** Whose information it is. */
  agency: string
  agencyName: string
  seenBy: string[] | null
  byName: string
  byAgencyName: string
  purpose: string | null
  at: string
  /** The action that was given out, where the viewer may read it. */
  action: { reference: string; agencyName: string; dueOn: Day; state: string } | null
  /** The entry whose place it takes. */
  corrects: string | null
  mine: boolean
}

export interface RoomItem {
  id: string
  seq: number
  section: string
  kind: ItemKind
  title: string
  agency: string | null
  agencyName: string | null
  /** Who is spoken of, as the viewer may know them; null where they may not, or where it is about nobody. */
  called: string | null
  /** What is to be done, of an action; what happened, of consequence management. */
  what: string | null
  seenBy: string[] | null
  /** Which arrangements work with whom it is about, as far as the viewer may know: so that no discussion is doubled. */
  alsoWith: { kind: string; agency: string }[] | null
  /** Of custody: whether the viewer may open it. */
  mayOpen: boolean
  sourceKind: string | null
  sourceId: string | null
  personId: string | null
  dueOn: Day | null
  passedAt: string | null
  entries: RoomEntry[]
}

export interface Room {
  id: string
  reference: string
  state: MeetingState
  startsAt: Date
  quorum: Quorum
  /** Number of the last change: what was read is no newer. */
  changes: number
  /** The viewer runs it. */
  runs: boolean
  /** Of the agencies that were invited, by their ids. */
  agencyNames: Record<string, string>
  items: RoomItem[]
  /** What was said to no matter of the agenda; null where nothing of that changed. */
  general: RoomEntry[] | null
  /** Null where nobody came or left. */
  members: MeetingMember[] | null
}

const entrySql = `jsonb_build_object('id', e.id, 'seq', e.seq, 'kind', e.kind, 'text', e.text, 'agency', e.agency,
  'agencyName', g.name, 'seenBy', e.seen_by, 'byName', u.name, 'byAgencyName', b.name, 'purpose', e.purpose, 'at', e.at,
  'corrects', e.corrects, 'mine', e.by_user = viewer_user(),
  'action', case when x.id is not null then jsonb_build_object('reference', x.reference, 'agencyName', d.name,
    'dueOn', x.due_on, 'state', x.state) end) order by e.seq`

const entriesFrom = `meeting_entries e join agencies g on g.id = e.agency join agencies b on b.id = e.by_agency
  join users u on u.id = e.by_user left join actions x on x.id = e.action left join agencies d on d.id = x.agency`

/** A referral's person, for those who may open it, with what was corrected since. */
const referredSql = `(select nullif(concat_ws(' ', k.answers ->> 'given', k.answers ->> 'family'), '')
  from referrals r cross join lateral (
    select r.answers || coalesce((
      select jsonb_object_agg(c.key, c.value order by a.seq)
      from referral_actions a cross join lateral jsonb_each(a.detail -> 'answers') c
      where a.referral = r.id and a.action = 'correct'), '{}') as answers
  ) k where i.source_kind = 'referral' and r.reference = i.source_id)`

const ownNameSql = `(select concat_ws(' ', n ->> 'given', n ->> 'family')
  from agency_records o cross join lateral (select o.names -> 0 as n) names
  where o.person_id = i.person_id and o.agency = viewer_agency() order by o.id limit 1)`

const alsoWithSql = `(select jsonb_agg(jsonb_build_object('kind', k.name, 'agency', o.name) order by k.name, o.name)
  from arrangements r join arrangement_kinds k on k.id = r.kind join agencies o on o.id = r.agency
  where r.person_id = i.person_id and r.ended_on is null)`

/** `since` 0 gives the whole. Throws NotThere for a meeting in which the viewer does not sit. Records nothing. */
export async function readRoom(tx: MemberTransaction, reference: string, since = 0): Promise<Room> {
  const [room] = await tx.query<Room>(
    `select m.id, m.reference, m.state, m.starts_at as "startsAt", m.quorum, m.changes, viewer_runs_meeting(m.id) as runs,
       (select jsonb_object_agg(a.id, a.name) from agencies a where a.id = any (m.agencies)) as "agencyNames",
       (select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'seq', i.seq, 'section', i.section, 'kind', i.kind,
          'title', i.title, 'agency', i.agency, 'agencyName', (select a.name from agencies a where a.id = i.agency),
          'called', coalesce(i.called, ${ownNameSql}, ${referredSql}),
          'what', case i.source_kind
             when 'action' then (select x.what from actions x where x.reference = i.source_id)
             when 'panel-case' then (
               select concat_ws(': ', p.called, p.offence) from panel_cases p where p.reference = i.source_id)
             when 'consequence' then (
               select concat_ws(', ', c.what, c.place) from consequences c where c.reference = i.source_id) end,
          'alsoWith', case when i.person_id is not null then ${alsoWithSql} end,
          'mayOpen', i.source_kind = 'custody' and exists (select from custody_spells c where c.reference = i.source_id),
          'seenBy', i.seen_by, 'sourceKind', i.source_kind, 'sourceId', i.source_id, 'personId', i.person_id,
          'dueOn', i.due_on, 'passedAt', i.passed_at,
          'entries', (select coalesce(jsonb_agg(${entrySql}), '[]') from ${entriesFrom} where e.agenda_item = i.id))
          order by i.seq, i.added_at), '[]')
        from agenda_items i
        where i.meeting = m.id and ($2 = 0 or i.changed > $2
          or exists (select from meeting_entries e where e.agenda_item = i.id and e.seq > $2))) as items,
       case when $2 = 0 or exists (
         select from meeting_entries e where e.meeting = m.id and e.agenda_item is null and e.seq > $2)
       then (select coalesce(jsonb_agg(${entrySql}), '[]') from ${entriesFrom}
         where e.meeting = m.id and e.agenda_item is null) end as general,
       case when $2 = 0 or exists (select from meeting_members x where x.meeting = m.id and x.changed > $2)
       then (select coalesce(jsonb_agg(jsonb_build_object('user', x.user_id, 'name', u.name, 'post', u.post,
           'agency', x.agency, 'agencyName', a.name, 'part', x.part, 'attendance', x.attendance,
           'presentFrom', x.present_from) order by a.name, u.name), '[]')
         from meeting_members x join users u on u.id = x.user_id join agencies a on a.id = x.agency
         where x.meeting = m.id) end as members
     from meetings m where m.reference = $1`,
    [reference, since],
  )
  if (!room) throw new NotThere()
  return room
}
