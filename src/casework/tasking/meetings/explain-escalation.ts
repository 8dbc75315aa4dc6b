/**
 * Why somebody reads what was raised to a board, or does not. The policies decide; this says the same in words, is written
 * apart from them, and is compared with them (`escalation.test.ts`).
 */
import type { Member } from '../../../governance/access/as-member.ts'

export const escalationSight = {
  'sits in neither':
    'They sit neither in the meeting that raised it nor in the board, for the agency for which they work.',
  'sits where it was raised': 'They sit in meetings of the kind that raised it.',
  'sits in the board': 'They sit in the board that answers it.',
} as const

export type EscalationSight = keyof typeof escalationSight

export interface EscalationFacts {
  /** Who has a seat in meetings of a kind now, and who sat in one of them, for which agency. */
  sitting: readonly { type: string; user: string; agency: string }[]
}

export function explainEscalation(
  { user, agency }: Pick<Member, 'user' | 'agency'>,
  { fromType, toType }: { fromType: string; toType: string },
  { sitting }: EscalationFacts,
): { ok: boolean; because: EscalationSight } {
  const sits = (type: string) => sitting.some(s => s.type === type && s.user === user && s.agency === agency)
  if (sits(fromType)) return { ok: true, because: 'sits where it was raised' }
  if (sits(toType)) return { ok: true, because: 'sits in the board' }
  return { ok: false, because: 'sits in neither' }
}
