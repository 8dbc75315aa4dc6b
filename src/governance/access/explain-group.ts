/** Why somebody may read a group, or a link to one, or may not: said here, enforced by the policies, and compared. */
import { kindsWithGroups } from '../../areas/kinds-with-groups.ts'
import { kindsWithoutLists } from '../../areas/kinds-without-lists.ts'
import { londonDay } from '../../platform/calendar.ts'
import { type Agreement, findAgreement, type NoAgreement } from '../agreements/agreement.ts'
import { may } from '../permissions.ts'
import type { GroupLinkThing, GroupThing } from './access-facts.ts'
import type { Member } from './as-member.ts'
import type { Access, Refused } from './explain-access.ts'

interface GroupFacts {
  now: Date
  agreements: readonly Agreement[]
}

/** Police, youth justice, and coordinators of other agencies; nobody of a school, a landlord or an immigration body (R14). */
export const worksOnGroups = (member: Pick<Member, 'role' | 'agencyKind'>): boolean =>
  may(member.role, 'work-on-groups') && whyNoGroups(member) === null

function whyNoGroups({ role, agencyKind }: Pick<Member, 'role' | 'agencyKind'>): Refused | null {
  if (kindsWithoutLists.includes(agencyKind)) return 'kind without lists'
  return kindsWithGroups.includes(agencyKind) || role === 'coordinator' ? null : 'works on no groups'
}

/** Whoever is barred from people at all has been turned away before. */
export function explainGroup(member: Member, thing: GroupThing, facts: GroupFacts): Access {
  const none = whyNoGroups(member)
  if (none) return { ok: false, because: none }
  if (thing.agency === member.agency) {
    if (thing.suspendedOn === null) return { ok: true, because: 'own agency' }
    return member.role === 'coordinator'
      ? { ok: true, because: 'looks after what is suspended' }
      : { ok: false, because: 'suspended' }
  }
  if (thing.suspendedOn !== null) return { ok: false, because: 'suspended' }
  if (thing.state !== 'stands' && thing.state !== 'to-approve-again') {
    return { ok: false, because: 'not approved' }
  }
  const lacking = agreed(member, thing.agency, facts)
  return lacking ? { ok: false, because: lacking } : { ok: true, because: 'an agreement shows it' }
}

export function explainGroupLink(member: Member, thing: GroupLinkThing, facts: GroupFacts): Access {
  const group = explainGroup(member, thing.group, facts)
  if (!group.ok) return group
  if (thing.restrictedAt !== null) return { ok: false, because: 'restricted' }
  if (['turned-down', 'withdrawn', 'removed'].includes(thing.state)) {
    return { ok: false, because: 'link ended' }
  }
  const own = thing.agency === member.agency
  if (thing.suspendedOn !== null) {
    return own && member.role === 'coordinator'
      ? { ok: true, because: 'looks after what is suspended' }
      : { ok: false, because: 'suspended' }
  }
  if (own) return { ok: true, because: 'own agency' }
  if (thing.state !== 'stands') return { ok: false, because: 'not approved' }
  const concerned = thing.group.agency === member.agency || thing.holders.includes(member.agency)
  if (!concerned) return { ok: false, because: 'no list of a group' }
  const lacking = agreed(member, thing.agency, facts)
  return lacking ? { ok: false, because: lacking } : { ok: true, because: 'an agreement shows it' }
}

function agreed(member: Member, agency: string, { agreements, now }: GroupFacts): NoAgreement | null {
  const found = findAgreement(
    agreements,
    { one: agency, other: member.agency, purpose: member.purpose ?? '', fields: ['group'] },
    londonDay(now),
  )
  return 'because' in found ? found.because : null
}
