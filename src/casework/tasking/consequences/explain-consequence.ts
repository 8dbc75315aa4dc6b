/**
 * Why somebody reads consequence management, or what an agency wrote in it, or does not. The policies decide; this says the
 * same in words, is written apart from them, and is compared with them (`consequence-store.test.ts`).
 */
import type { Member } from '../../../governance/access/as-member.ts'
import { type Agreement, findAgreement, type NoAgreement } from '../../../governance/agreements/agreement.ts'
import { may } from '../../../governance/permissions.ts'
import { type Day, londonDay } from '../../../platform/calendar.ts'
import { explainHearing, type Hearing, hearingWords, type Words } from '../meetings/explain-hearing.ts'

const ownWords = {
  'own agency leads it': 'Their own agency leads it.',
  'looks after what is suspended':
    'It is hidden because nobody looked at it, and they are the coordinator who does.',
  suspended: 'It is hidden: nobody looked at it in time (R10).',
  'not brought to it': 'Their agency was not brought to it.',
  'brought to it':
    'Their agency was brought to it, and an agreement in force lets it hear the one that leads it.',
} as const

export const consequenceWords = { ...hearingWords, ...ownWords } satisfies Record<
  string | NoAgreement,
  string
>

export type ConsequenceReason = keyof typeof ownWords | Hearing

interface Explained {
  ok: boolean
  because: ConsequenceReason
}

export interface ConsequenceFacts {
  lead: string
  purpose: string
  agencies: readonly string[]
  suspendedOn: Day | null
}

export interface SharingFacts {
  now: Date
  agreements: readonly Agreement[]
}

export function explainConsequence(
  member: Member,
  { lead, purpose, agencies, suspendedOn }: ConsequenceFacts,
  { now, agreements }: SharingFacts,
): Explained {
  const no = (because: ConsequenceReason): Explained => ({ ok: false, because })
  if (!may(member.role, 'see-people')) return no('role sees no people')
  if (member.purpose === null) return no('no purpose')
  if (lead === member.agency) {
    if (suspendedOn === null) return { ok: true, because: 'own agency leads it' }
    return member.role === 'coordinator'
      ? { ok: true, because: 'looks after what is suspended' }
      : no('suspended')
  }
  if (!agencies.includes(member.agency)) return no('not brought to it')
  if (suspendedOn !== null) return no('suspended')
  if (purpose !== member.purpose) return no('other purpose')
  const found = findAgreement(
    agreements,
    { one: lead, other: member.agency, purpose, fields: ['meeting'] },
    londonDay(now),
  )
  return 'agreement' in found ? { ok: true, because: 'brought to it' } : no(found.because)
}

/** What an agency wrote: for who reads the whole, as if it had been said in a meeting. */
export function explainEntry(
  member: Member,
  consequence: ConsequenceFacts,
  words: Words,
  facts: SharingFacts,
): Explained {
  const whole = explainConsequence(member, consequence, facts)
  return whole.ok
    ? explainHearing(member, words, { ...facts, members: [{ user: member.user, agency: member.agency }] })
    : whole
}
