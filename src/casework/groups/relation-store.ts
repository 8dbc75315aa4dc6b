/** Rivalry and alliance between groups: on a day, from a source, and with an end. Who reads one may open both groups. */
import type { MemberTransaction } from '../../governance/access/as-member.ts'
import { addDays, type Day, londonDay } from '../../platform/calendar.ts'
import { NotThere } from '../../platform/errors.ts'

export const relationKinds = {
  rivalry: { title: 'Rivalry', says: 'was at odds with' },
  alliance: { title: 'Alliance', says: 'stood together with' },
} as const

export type RelationKind = keyof typeof relationKinds

/** R10: what was so half a year ago is no more than that. */
export const LONGEST_RELATION_DAYS = 180

export interface NewRelation {
  kind: RelationKind
  other: string
  says: string
  source: string
  onDay: Day
  endsOn: Day
}

export interface Relation extends Omit<NewRelation, 'other'> {
  id: string
  otherReference: string
  otherCalled: string
  agencyName: string
  /** Whether the viewer's agency wrote it. */
  own: boolean
}

/** The latest first. */
export const relationsOf = (tx: MemberTransaction, group: string): Promise<Relation[]> =>
  tx.query(
    `select r.id, r.kind, o.reference as "otherReference", o.called as "otherCalled", r.says, r.source, r.on_day as "onDay",
       r.delete_on as "endsOn", a.name as "agencyName", r.agency = viewer_agency() as own
     from group_relations r
     join groups o on o.id = case when r.group_id = $1 then r.other_id else r.group_id end
     join agencies a on a.id = r.agency
     where $1 in (r.group_id, r.other_id) and r.delete_on > present_day() order by r.on_day desc, r.id`,
    [group],
  )

/** Writes it down once, however often the form is sent. */
export async function relateGroups(
  tx: MemberTransaction,
  group: { id: string; reference: string },
  { kind, other, says, source, onDay, endsOn }: NewRelation,
  key: string,
): Promise<void> {
  const latest = addDays(londonDay(tx.now), LONGEST_RELATION_DAYS)
  const [made] = await tx.query(
    `insert into group_relations (id, group_id, other_id, kind, says, source, on_day, agency, author, made_at, delete_on)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, present(), least($10, $11::date)) on conflict (id) do nothing returning id`,
    [key, group.id, other, kind, says, source, onDay, tx.member.agency, tx.member.user, endsOn, latest],
  )
  if (made)
    await tx.record('group-relation-made', { kind: 'group', id: group.reference, detail: { relation: kind } })
}

/** Takes it out for good. Throws NotThere where it is not the viewer's agency's. */
export async function strikeRelation(
  tx: MemberTransaction,
  group: { id: string; reference: string },
  id: string,
): Promise<void> {
  const [struck] = await tx.query(
    'delete from group_relations where id = $1 and $2 in (group_id, other_id) returning id',
    [id, group.id],
  )
  if (!struck) throw new NotThere()
  await tx.record('group-relation-struck', { kind: 'group', id: group.reference })
}
