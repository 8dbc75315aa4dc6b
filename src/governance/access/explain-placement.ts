/** Why somebody may read a placement in a cohort, or may not: said here, enforced by the policies, and compared. */
import { kindsWithoutLists } from '../../areas/kinds-without-lists.ts'
import { londonDay } from '../../platform/calendar.ts'
import { type Agreement, findAgreement, type NoAgreement } from '../agreements/agreement.ts'
import type { PanelFact, PlacementThing } from './access-facts.ts'
import type { Member } from './as-member.ts'
import type { Access, Refused } from './explain-access.ts'

export interface PlacementFacts {
  now: Date
  agreements: readonly Agreement[]
  panels: readonly PanelFact[]
}

/** The placement itself. Whoever is barred from people at all has been turned away before. */
export function explainPlacement(member: Member, thing: PlacementThing, facts: PlacementFacts): Access {
  const weighed = explainWeighing(member, thing, facts)
  if (weighed.ok) return weighed
  if (!thing.brought.includes(member.agency) || thing.restrictedAt !== null) return weighed
  if (thing.suspendedOn !== null) return { ok: false, because: 'suspended' }
  const lacking = agreed(member, thing.lead, facts)
  if (lacking) return { ok: false, because: lacking }
  return ended(thing) && !thing.unconfirmed.includes(member.agency)
    ? { ok: false, because: 'placement ended' }
    : { ok: true, because: 'brought to it by name' }
}

/** Its grounds, evidence, decisions and history as well. */
export function explainWeighing(member: Member, thing: PlacementThing, facts: PlacementFacts): Access {
  if (thing.restrictedAt !== null) return { ok: false, because: 'restricted' }
  const seat = seatOf(member, thing, facts)
  const owns = thing.owner === member.user
  if (thing.suspendedOn !== null) {
    const mayMend = seat.part === 'chair' || (owns && thing.lead === member.agency)
    if (!mayMend) return { ok: false, because: 'suspended' }
  }
  if (ended(thing)) {
    const open =
      thing.unconfirmed.includes(member.agency) || (seat.part === 'chair' && thing.unconfirmed.length > 0)
    if (!open) return { ok: false, because: 'placement ended' }
  }
  if (seat.part) return { ok: true, because: 'on its panel' }
  if (thing.proposedBy === member.user && thing.from === member.agency)
    return { ok: true, because: 'proposed it' }
  if (owns) {
    const lacking = agreed(member, thing.lead, facts)
    return lacking ? { ok: false, because: lacking } : { ok: true, because: 'looks after them' }
  }
  return { ok: false, because: seat.because ?? 'not brought to it' }
}

const ended = ({ state }: PlacementThing): boolean => state === 'archived' || state === 'removed'

/** What the member is in the panel today; or why their seat gives them nothing. */
function seatOf(
  member: Member,
  { cohort }: PlacementThing,
  facts: PlacementFacts,
): { part: PanelFact['part'] | null; because?: Refused } {
  const today = londonDay(facts.now)
  const seats = facts.panels.filter(p => p.cohort === cohort && p.user === member.user)
  const seat = seats.find(p => p.since <= today && (p.until === null || p.until > today))
  if (!seat) return { part: null }
  if (kindsWithoutLists.includes(member.agencyKind)) return { part: null, because: 'kind without lists' }
  if (!seat.parties.includes(member.agency)) return { part: null, because: 'not brought to it' }
  const lacking = agreed(member, seat.lead, facts)
  return lacking ? { part: null, because: lacking } : { part: seat.part }
}

const agreed = (member: Member, lead: string, { agreements, now }: PlacementFacts): NoAgreement | null => {
  if (lead === member.agency) return null
  const found = findAgreement(
    agreements,
    { one: lead, other: member.agency, purpose: member.purpose ?? '', fields: ['cohort'] },
    londonDay(now),
  )
  return 'because' in found ? found.because : null
}
