/**
 * Why somebody may know of a person's time in custody, or of another arrangement that works with them, or may not: said
 * here, enforced by the policies, and compared.
 */
import { londonDay } from '../../platform/calendar.ts'
import { findAgreement, type NoAgreement } from '../agreements/agreement.ts'
import type { AccessFacts, ArrangementThing, CustodyThing, PlanFact } from './access-facts.ts'
import type { Member } from './as-member.ts'
import type { Access, Refused } from './explain-access.ts'
import { explainPlacement } from './explain-placement.ts'

const no = (because: Refused): Access => ({ ok: false, because })

/** Whoever is barred from people at all has been turned away before. */
export function explainCustody(member: Member, thing: CustodyThing, facts: AccessFacts): Access {
  const known = explainKnowing(member, thing, 'custody', facts)
  if (!known.ok) return known
  if (thing.agency !== member.agency && thing.state === 'withdrawn') return no('taken back')
  return thing.depth === 'existence' || knowsInside(member, facts)
    ? known
    : no('not told what there is to mind')
}

export function explainArrangement(member: Member, thing: ArrangementThing, facts: AccessFacts): Access {
  const { agency, toldTo } = thing
  if (agency !== member.agency && toldTo.length > 0 && !toldTo.includes(member.agencyKind)) {
    return no('kind not told of it')
  }
  return explainKnowing(member, thing, 'arrangement', facts)
}

function explainKnowing(
  member: Member,
  { agency, person, suspendedOn, restrictedAt }: CustodyThing | ArrangementThing,
  field: 'custody' | 'arrangement',
  facts: AccessFacts,
): Access {
  if (restrictedAt !== null) return no('restricted')
  const own = agency === member.agency
  if (suspendedOn !== null) {
    return own && member.role === 'coordinator'
      ? { ok: true, because: 'looks after what is suspended' }
      : no('suspended')
  }
  if (own) return { ok: true, because: 'own agency' }
  const lacking = agreed(member, agency, field, facts)
  if (lacking) return no(lacking)
  if (facts.records.some(r => r.agency === agency && r.person === person && r.sensitive))
    return no('nothing held')
  return worksWith(member, person, facts)
    ? { ok: true, because: 'works with them' }
    : no('does not work with them')
}

const knowsInside = ({ agencyKind }: Member, { now, reach }: AccessFacts): boolean => {
  const today = londonDay(now)
  return reach.insideKinds.some(
    k => k.kind === agencyKind && k.since <= today && (k.until === null || k.until >= today),
  )
}

const ENDED: readonly string[] = ['refused', 'withdrawn', 'archived', 'removed']

/** Their agency holds a record, or they are brought to the person in a cohort or on a plan. */
function worksWith(member: Member, person: string, facts: AccessFacts): boolean {
  const { records, reach } = facts
  return (
    records.some(r => r.agency === member.agency && r.person === person && r.suspendedOn === null) ||
    reach.placements.some(
      p => p.person === person && !ENDED.includes(p.state) && explainPlacement(member, p, facts).ok,
    ) ||
    reach.plans.some(p => p.person === person && p.state === 'open' && readsPlan(member, p, facts))
  )
}

function readsPlan(member: Member, plan: PlanFact, facts: AccessFacts): boolean {
  if (plan.lead === member.agency && (plan.suspendedOn === null || member.role === 'coordinator')) return true
  const own = plan.members.find(m => m.agency === member.agency)
  if (!own || plan.suspendedOn !== null || plan.purpose !== member.purpose) return false
  const named =
    own.users.length === 0 ||
    own.users.includes(member.user) ||
    member.role === 'coordinator' ||
    member.role === 'commander'
  return named && agreed(member, plan.lead, 'plan', facts) === null
}

function agreed(
  member: Member,
  agency: string,
  field: string,
  { agreements, now }: AccessFacts,
): NoAgreement | null {
  const found = findAgreement(
    agreements,
    { one: agency, other: member.agency, purpose: member.purpose ?? '', fields: [field] },
    londonDay(now),
  )
  return 'because' in found ? found.because : null
}
