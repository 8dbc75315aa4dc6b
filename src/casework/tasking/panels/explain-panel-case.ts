/**
 * Why somebody reads a case before a panel, or does not. The policies decide; this says the same in words, is written apart
 * from them, and is compared with them (`panel-case-store.test.ts`).
 */
import { kindsWithoutLists } from '../../../areas/kinds-without-lists.ts'
import type { Member } from '../../../governance/access/as-member.ts'
import { type Agreement, findAgreement } from '../../../governance/agreements/agreement.ts'
import { may } from '../../../governance/permissions.ts'
import { type Day, londonDay } from '../../../platform/calendar.ts'

export const panelSight = {
  'role sees no people': 'Their role does not see records about people.',
  'no purpose': 'They had not said for what purpose they were working.',
  restricted: 'It is restricted while its accuracy is disputed (R22).',
  suspended: 'It is hidden: nobody looked at it in time (R10).',
  'own agency referred it': 'Their own agency referred it.',
  'looks after what is suspended':
    'It is hidden because nobody looked at it, and they are the coordinator who does.',
  'no part in it':
    'They have no seat in the panel, and their agency was neither brought to it nor is in charge of what was decided.',
  'other purpose': 'It is kept for another purpose.',
  'not agreed': 'No agreement in force lets their agency hear the one that referred it (R13).',
  'seat in the panel': 'They have a seat in the panel.',
  'brought to it': 'Their agency was brought to this one case by name, or is in charge of what was decided.',
} as const

export type PanelSight = keyof typeof panelSight

export interface PanelCaseFacts {
  from: string
  purpose: string
  suspendedOn: Day | null
  restrictedAt: Date | null
  brought: readonly string[]
  owner: string | null
  /** Who has a seat in the panel now, for which agency. */
  seats: readonly { user: string; agency: string }[]
}

export function explainPanelCase(
  member: Member,
  { from, purpose, suspendedOn, restrictedAt, brought, owner, seats }: PanelCaseFacts,
  { now, agreements }: { now: Date; agreements: readonly Agreement[] },
): { ok: boolean; because: PanelSight } {
  const no = (because: PanelSight) => ({ ok: false, because })
  if (!may(member.role, 'see-people')) return no('role sees no people')
  if (member.purpose === null) return no('no purpose')
  if (restrictedAt !== null) return no('restricted')
  if (from === member.agency) {
    if (suspendedOn === null) return { ok: true, because: 'own agency referred it' }
    return member.role === 'coordinator'
      ? { ok: true, because: 'looks after what is suspended' }
      : no('suspended')
  }
  const sits =
    seats.some(s => s.user === member.user && s.agency === member.agency) &&
    !kindsWithoutLists.includes(member.agencyKind)
  if (!sits && !brought.includes(member.agency) && owner !== member.agency) return no('no part in it')
  if (suspendedOn !== null) return no('suspended')
  if (purpose !== member.purpose) return no('other purpose')
  const found = findAgreement(
    agreements,
    { one: from, other: member.agency, purpose, fields: ['meeting'] },
    londonDay(now),
  )
  if (!('agreement' in found)) return no('not agreed')
  return { ok: true, because: sits ? 'seat in the panel' : 'brought to it' }
}
