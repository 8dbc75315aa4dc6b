/** Why somebody may ask another agency, or give to it, or may not: said before a form is shown, enforced by the policies. */
import { londonDay } from '../../platform/calendar.ts'
import { findAgreement } from '../agreements/agreement.ts'
import { may } from '../permissions.ts'
import type { AccessFacts } from './access-facts.ts'
import type { Member } from './as-member.ts'
import { barred, explainAccess, holds, type Refused } from './explain-access.ts'

/** `agreement` is the number of the one that lets it cross. */
export type Crossable =
  | { ok: true; agreement: string | null }
  | { ok: false; because: Refused | 'role shares nothing' }

/** Asking `to` about the person: only somebody whom one knows, and only where the pointer shows the other agency (R18). */
export function explainAsking(
  member: Member,
  { person, to }: { person: string; to: string },
  facts: AccessFacts,
): Crossable {
  const bar = barredFromSharing(member)
  if (bar) return { ok: false, because: bar }
  const pointer = explainAccess(member, { kind: 'pointer', person, agency: to }, facts)
  return pointer.ok ? { ok: true, agreement: null } : { ok: false, because: pointer.because }
}

/** Giving fields to `to` unasked, for the purpose of the moment, under an agreement (R13). */
export function explainOffering(
  member: Member,
  { person, to, fields }: { person: string; to: string; fields: readonly string[] },
  facts: AccessFacts,
): Crossable {
  const bar = barredFromSharing(member)
  if (bar) return { ok: false, because: bar }
  if (to === member.agency) return { ok: false, because: 'their own agency' }
  if (!holds(facts, member.agency, person)) return { ok: false, because: 'own agency does not know them' }
  const found = findAgreement(
    facts.agreements,
    { one: member.agency, other: to, purpose: member.purpose ?? '', fields },
    londonDay(facts.now),
  )
  return 'agreement' in found
    ? { ok: true, agreement: found.agreement.id }
    : { ok: false, because: found.because }
}

const barredFromSharing = (member: Member): Refused | 'role shares nothing' | null =>
  barred(member) ?? (may(member.role, 'share-information') ? null : 'role shares nothing')
