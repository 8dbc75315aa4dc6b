/** Kinds of meeting: named by the area pack, kept in the database because meetings of them were held. */
import type { AreaPack } from '../../../areas/area-pack.ts'
import type { PackMeetingType } from '../../../areas/meeting-type.ts'
import { NotThere } from '../../../platform/errors.ts'
import type { Queryable } from '../../../platform/postgres.ts'

export interface MeetingType extends PackMeetingType {
  /** False where the area pack has left it out since: it meets no more, and what was said in it stays readable. */
  inPack: boolean
}

/** Brings the list up to date with the pack. What is held already keeps what it was planned with. */
export const syncMeetingTypes = (database: Queryable, { meetingTypes }: AreaPack): Promise<unknown> =>
  database.query(
    `with named as (
       insert into meeting_types (id, name, definition, in_pack)
       select t ->> 'id', t ->> 'name', t, true from jsonb_array_elements($1) t
       on conflict (id) do update set name = excluded.name, definition = excluded.definition, in_pack = true
       where (meeting_types.name, meeting_types.definition, meeting_types.in_pack)
         is distinct from (excluded.name, excluded.definition, true)
     )
     update meeting_types set in_pack = false
     where in_pack and id not in (select t ->> 'id' from jsonb_array_elements($1) t)`,
    [JSON.stringify(meetingTypes)],
  )

/** By name; those that meet no more come last. */
export async function listMeetingTypes(tx: Queryable): Promise<MeetingType[]> {
  const rows = await tx.query<{ definition: PackMeetingType; in_pack: boolean }>(
    'select definition, in_pack from meeting_types order by in_pack desc, name, id',
  )
  return rows.map(row => ({ ...row.definition, inPack: row.in_pack }))
}

/** Throws NotThere. */
export async function readMeetingType(tx: Queryable, id: string): Promise<MeetingType> {
  const [row] = await tx.query<{ definition: PackMeetingType; in_pack: boolean }>(
    'select definition, in_pack from meeting_types where id = $1',
    [id],
  )
  if (!row) throw new NotThere()
  return { ...row.definition, inPack: row.in_pack }
}
