/**
 * Why somebody hears what was said in a meeting, or does not. The policies decide; this says the same in words, is written
 * apart from them, and is compared with them over generated meetings (`hearing.test.ts`).
 */

import type { Member } from '../../../governance/access/as-member.ts'
import { type Agreement, findAgreement, type NoAgreement } from '../../../governance/agreements/agreement.ts'
import { may } from '../../../governance/permissions.ts'
import { londonDay } from '../../../platform/calendar.ts'

export const hearingWords = {
  'not in the meeting': 'They do not sit in the meeting for the agency for which they work.',
  restricted: 'It is restricted while its accuracy is disputed (R22).',
  'nobody is spoken of': 'It is said in a meeting that speaks of nobody, and they sit in it.',
  'role sees no people': 'Their role does not see what is said about people.',
  'no purpose': 'They had not said for what purpose they were working.',
  'own agency': 'It is their own agency’s.',
  'other purpose': 'The meeting is held, or the agreement made, for another purpose.',
  'for others only': 'It was said to some agencies only, and theirs is none of them.',
  'no agreement': 'No agreement in writing joins the two agencies (R13).',
  'agreement not in force': 'The agreement is not in force.',
  'field not agreed': 'The agreement does not name meetings.',
  'nothing named': 'Nothing was named that could be shared.',
  agreed: 'An agreement in force lets their agency hear what that one says in meetings.',
} as const satisfies Record<string | NoAgreement, string>

export type Hearing = keyof typeof hearingWords

export interface Words {
  /** Whose they are. */
  agency: string
  /** Of the meeting; null where nobody is spoken of. */
  purpose: string | null
  seenBy: readonly string[] | null
  restrictedAt: Date | null
}

export interface HearingFacts {
  now: Date
  agreements: readonly Agreement[]
  /** Who sits in the meeting, for which agency. */
  members: readonly { user: string; agency: string }[]
}

export function explainHearing(
  member: Member,
  words: Words,
  { now, agreements, members }: HearingFacts,
): { ok: boolean; because: Hearing } {
  const no = (because: Hearing) => ({ ok: false, because })
  const yes = (because: Hearing) => ({ ok: true, because })
  if (!members.some(m => m.user === member.user && m.agency === member.agency))
    return no('not in the meeting')
  if (words.restrictedAt !== null) return no('restricted')
  if (words.purpose === null) return yes('nobody is spoken of')
  if (!may(member.role, 'see-people')) return no('role sees no people')
  if (member.purpose === null) return no('no purpose')
  if (words.agency === member.agency) return yes('own agency')
  if (words.purpose !== member.purpose) return no('other purpose')
  if (words.seenBy !== null && !words.seenBy.includes(member.agency)) return no('for others only')
  const found = findAgreement(
    agreements,
    { one: words.agency, other: member.agency, purpose: words.purpose, fields: ['meeting'] },
    londonDay(now),
  )
  return 'agreement' in found ? yes('agreed') : no(found.because)
}
