/** Contacts with somebody placed, against what the tier’s agreement expects. Of what was said there is nothing here. */
import type { MemberTransaction } from '../../governance/access/as-member.ts'
import { addDays, type Day } from '../../platform/calendar.ts'
import { WrongMove } from '../../platform/errors.ts'
import type { Tier } from './pack-cohorts.ts'
import { isPlaced } from './placement.ts'
import type { Placement } from './placement-store.ts'

export const contactWays = {
  met: 'Met them',
  spoke: 'Spoke with them',
  tried: 'Tried, and did not reach them',
} as const

export type ContactWay = keyof typeof contactWays

export interface Contact {
  onDay: Day
  how: ContactWay
  byName: string
  byAgencyName: string
}

/** The newest first. */
export const contactsOf = (tx: MemberTransaction, placement: string): Promise<Contact[]> =>
  tx.query<Contact>(
    `select c.on_day as "onDay", c.how, u.name as "byName", a.name as "byAgencyName"
     from placement_contacts c join users u on u.id = c.by_user join agencies a on a.id = c.by_agency
     where c.placement = $1 order by c.on_day desc, c.noted_at desc limit 200`,
    [placement],
  )

/** `id` is the form's: sent twice, it is noted once. Throws WrongMove where they are in no tier. */
export async function noteContact(
  tx: MemberTransaction,
  placement: Placement,
  { id, onDay, how }: { id: string; onDay: Day; how: ContactWay },
): Promise<void> {
  const known = await tx.query('select from placement_contacts where id = $1', [id])
  if (known.length > 0) return
  if (!isPlaced(placement.state))
    throw new WrongMove('They are in no tier now, so there is no agreement to keep.')
  await tx.query(
    `insert into placement_contacts (id, placement, on_day, how, by_user, by_agency, noted_at)
     values ($1, $2, $3, $4, $5, $6, present())`,
    [id, placement.id, onDay, how, tx.member.user, tx.member.agency],
  )
  await tx.record('placement-contact-noted', {
    person: placement.person,
    kind: 'placement',
    id: placement.reference,
  })
}

export interface Kept {
  firstDue: Day
  firstOn: Day | null
  /** When the next visit is due; null where visits are no part of the agreement. */
  nextDue: Day | null
}

/** What the agreement of the tier expects of contacts, and what was kept of it. Null where nobody is placed. Pure. */
export function keptOf(
  { placedOn }: Pick<Placement, 'placedOn'>,
  tier: Pick<Tier, 'firstContactDays' | 'visitEvery'>,
  contacts: readonly Pick<Contact, 'onDay' | 'how'>[],
): Kept | null {
  if (placedOn === null) return null
  const reached = contacts
    .filter(c => c.how !== 'tried')
    .map(c => c.onDay)
    .toSorted()
  const firstDue = addDays(placedOn, tier.firstContactDays)
  const last = reached.at(-1)
  return {
    firstDue,
    firstOn: reached[0] ?? null,
    nextDue: tier.visitEvery === null ? null : last ? addDays(last, tier.visitEvery) : firstDue,
  }
}
