/** What there is to mind inside: conflicts, visitors of concern. Restricted ones are not there (R22). */
import type { MemberTransaction } from '../../governance/access/as-member.ts'
import type { Day } from '../../platform/calendar.ts'
import { NotThere } from '../../platform/errors.ts'
import type { Nature } from '../register/register.ts'
import type { InsideKind } from './custody.ts'
import type { Spell } from './custody-store.ts'

export interface InsideDetails {
  nature: Nature
  text: string
  source: string
  onDay: Day
}

export interface Inside extends InsideDetails {
  id: string
  kind: InsideKind
  agency: string
  agencyName: string
  authorName: string
  ended: { at: Date; byName: string; because: string } | null
}

/** What is over last; else the latest first. */
export async function insideOf(tx: MemberTransaction, { id }: Spell): Promise<Inside[]> {
  const rows = await tx.query<
    Omit<Inside, 'ended'> & { endedAt: Date | null; endedName: string; because: string }
  >(
    `select c.id, c.kind, c.nature, c.text, c.source, c.on_day as "onDay", c.agency, a.name as "agencyName",
       u.name as "authorName", c.ended_at as "endedAt", e.name as "endedName", c.ended_because as because
     from custody_concerns c join agencies a on a.id = c.agency join users u on u.id = c.author
     left join users e on e.id = c.ended_by
     where c.spell = $1 order by c.ended_at nulls first, c.on_day desc, c.made_at desc`,
    [id],
  )
  return rows.map(({ endedAt, endedName, because, ...row }) => ({
    ...row,
    ended: endedAt ? { at: endedAt, byName: endedName, because } : null,
  }))
}

/** Writes it once, however often the form is sent. Throws NotThere where they are not inside any more. */
export async function addInside(
  tx: MemberTransaction,
  spell: Spell,
  kind: InsideKind,
  { nature, text, source, onDay }: InsideDetails,
  { key }: { key: string },
): Promise<void> {
  if (!spell.writes) throw new NotThere()
  const [added] = await tx.query(
    `insert into custody_concerns (id, spell, kind, nature, text, source, on_day, agency, author, made_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, present()) on conflict (id) do nothing returning spell`,
    [key, spell.id, kind, nature, text, source, onDay, tx.member.agency, tx.member.user],
  )
  if (added) await recordOn(tx, spell, 'custody-concern-added', kind)
}

/** The one of the spell that has not ended and that the viewer may end. Throws NotThere for any other. */
export async function insideToEnd(tx: MemberTransaction, spell: Spell, id: string): Promise<Inside> {
  const found = (await insideOf(tx, spell)).find(c => c.id === id)
  if (!found || !(spell.mover.keeper || found.agency === tx.member.agency)) throw new NotThere()
  return found
}

/** It is over. Said twice, it is said once. */
export async function endInside(
  tx: MemberTransaction,
  spell: Spell,
  { id, kind }: Inside,
  because: string,
): Promise<void> {
  const [ended] = await tx.query(
    `update custody_concerns set ended_at = present(), ended_by = viewer_user(), ended_because = $2
     where id = $1 and ended_at is null returning id`,
    [id, because],
  )
  if (ended) await recordOn(tx, spell, 'custody-concern-ended', kind)
}

const recordOn = (
  tx: MemberTransaction,
  { person, reference }: Spell,
  event: 'custody-concern-added' | 'custody-concern-ended',
  kind: InsideKind,
) => tx.record(event, { person, kind: 'custody', id: reference, detail: { kind } })
