/**
 * What agencies have agreed in writing to share: purpose, legal basis, parties, fields, dates (R13). An agreement never
 * changes: a new one replaces it, and the old one is ended with a reason.
 */
import type { Day } from '../../platform/calendar.ts'

export interface Agreement {
  id: string
  /** A purpose of `purposes.ts`. */
  purpose: string
  /** Agencies. */
  parties: readonly string[]
  /** Of `disclosable-fields.ts`. */
  fields: readonly string[]
  startsOn: Day
  /** The last day on which it is in force. */
  endsOn: Day
  /** From this day on it is not, whatever was planned. */
  endedOn: Day | null
}

export type AgreementState = 'not yet in force' | 'in force' | 'run out' | 'ended'

export function agreementState(
  { startsOn, endsOn, endedOn }: Pick<Agreement, 'startsOn' | 'endsOn' | 'endedOn'>,
  today: Day,
): AgreementState {
  if (endedOn !== null && endedOn <= today) return 'ended'
  if (endsOn < today) return 'run out'
  return startsOn > today ? 'not yet in force' : 'in force'
}

/** What is wanted across two agencies. */
export interface Crossing {
  one: string
  other: string
  purpose: string
  fields: readonly string[]
}

export type NoAgreement =
  | 'nothing named'
  | 'no agreement'
  | 'agreement not in force'
  | 'other purpose'
  | 'field not agreed'

/** The first agreement that covers all of it, or what the nearest one lacks. */
export function findAgreement<A extends Agreement>(
  agreements: readonly A[],
  { one, other, purpose, fields }: Crossing,
  today: Day,
): { agreement: A } | { because: NoAgreement } {
  if (fields.length === 0) return { because: 'nothing named' }
  const between = agreements.filter(
    a => one !== other && a.parties.includes(one) && a.parties.includes(other),
  )
  if (between.length === 0) return { because: 'no agreement' }
  const inForce = between.filter(a => agreementState(a, today) === 'in force')
  if (inForce.length === 0) return { because: 'agreement not in force' }
  const forPurpose = inForce.filter(a => a.purpose === purpose)
  if (forPurpose.length === 0) return { because: 'other purpose' }
  const agreement = forPurpose.find(a => fields.every(field => a.fields.includes(field)))
  return agreement ? { agreement } : { because: 'field not agreed' }
}
