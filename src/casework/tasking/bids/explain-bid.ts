/** Why somebody reads a bid, or does not. The policies decide; written apart from them, and compared (`bid-store.test.ts`). */
import type { Member } from '../../../governance/access/as-member.ts'
import { may } from '../../../governance/permissions.ts'

export const bidSight = {
  'agency decides over it': 'Their agency sits in the meeting that decides over the resource.',
  'agency is not in the meeting': 'Their agency does not sit in the meeting that decides over the resource.',
  'role sees no bids': 'Their role has no part in tasking.',
} as const

export function explainBid(
  { role, agency }: Pick<Member, 'role' | 'agency'>,
  decidedBy: { members: readonly string[] },
): { ok: boolean; because: keyof typeof bidSight } {
  if (!may(role, 'see-bids')) return { ok: false, because: 'role sees no bids' }
  return decidedBy.members.includes(agency)
    ? { ok: true, because: 'agency decides over it' }
    : { ok: false, because: 'agency is not in the meeting' }
}
