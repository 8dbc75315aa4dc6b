/** Meetings of the cadence in the area pack, planned ahead by the program, with those who have a seat. */
import { asProgram } from '../../../governance/access/as-member.ts'
import { londonDay } from '../../../platform/calendar.ts'
import type { Database } from '../../../platform/postgres.ts'
import { meetingsBetween, planningEnd } from './cadence.ts'
import { listMeetingTypes } from './meeting-type-store.ts'

/** Gives how many were planned. Run twice, it plans nothing more; what was called off stays called off. */
export const planUpcoming = (database: Database, now: Date): Promise<number> =>
  asProgram(database, now, async tx => {
    const types = await listMeetingTypes(tx)
    const wanted = types
      .filter(t => t.inPack)
      .flatMap(t =>
        meetingsBetween(t.cadence, londonDay(now), planningEnd(now))
          .filter(startsAt => startsAt > now)
          .map(startsAt => ({ type: t.id, starts_at: startsAt })),
      )
    const planned = await tx.query<{ id: string }>(
      `insert into meetings (id, reference, type, starts_at, purpose, agencies, quorum, sees, chair, planned_at)
       select gen_random_uuid(), next_reference('M'), w.type, w.starts_at, t.definition ->> 'purpose',
         array(select jsonb_array_elements_text(t.definition -> 'members')), t.definition -> 'quorum',
         array(select jsonb_array_elements_text(t.definition -> 'sees')),
         (select s.user_id from meeting_seats s where s.type = w.type and s.part = 'chair' and s.until is null
          order by s.since limit 1), present()
       from (
         select w.type, w.starts_at from jsonb_to_recordset($1) as w (type text, starts_at timestamptz)
         where not exists (select from meetings m where m.type = w.type and m.starts_at = w.starts_at)
         order by w.starts_at, w.type
       ) w cross join lateral (select t.definition from meeting_types t where t.id = w.type) t
       returning id`,
      [JSON.stringify(wanted)],
    )
    if (planned.length === 0) return 0
    const ids = [planned.map(m => m.id)]
    await tx.query(
      `insert into meeting_members (meeting, user_id, agency, part)
       select m.id, s.user_id, s.agency, s.part
       from meetings m join meeting_seats s on s.type = m.type and s.until is null and s.agency = any (m.agencies)
       join users u on u.id = s.user_id and u.agency = s.agency and u.state = 'active'
       where m.id = any ($1)`,
      ids,
    )
    await tx.query(
      `insert into meeting_moves (meeting, seq, action, state_after, at, request_key)
       select m, 1, 'plan', 'planned', present(), gen_random_uuid() from unnest($1::uuid[]) m`,
      ids,
    )
    await tx.record('meeting-planned', { kind: 'meeting', detail: { planned: planned.length } })
    return planned.length
  })
