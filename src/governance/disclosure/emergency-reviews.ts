/**
 * Emergency shares, for review on the next working day (R15). Information governance learns that something was shared, by
 * whom, which fields and why; not what it said (R14).
 */
import type { Day } from '../../platform/calendar.ts'
import type { Queryable } from '../../platform/postgres.ts'
import type { MemberTransaction } from '../access/as-member.ts'

export interface EmergencyShare {
  id: string
  person: string
  fromName: string
  toName: string
  way: 'emergency' | 'threat-to-life'
  fields: string[]
  because: string
  personTold: string
  madeBy: string
  madeAt: Date
  endsOn: Day
  reviewOn: Day
  reviewedAt: Date | null
  reviewOutcome: string | null
}

/** Those to be reviewed first, the most overdue first. */
export const listEmergencyShares = (tx: Queryable, limit: number): Promise<EmergencyShare[]> =>
  tx.query<EmergencyShare>(
    `select s.id, s.person_id as person, f.name as "fromName", t.name as "toName", s.kind as way, s.fields, s.because,
       s.person_told as "personTold", u.name || ', ' || u.post as "madeBy", s.made_at as "madeAt",
       s.ends_on as "endsOn", s.review_on as "reviewOn", s.reviewed_at as "reviewedAt",
       s.review_outcome as "reviewOutcome"
     from emergency_shares() s
     join agencies f on f.id = s.from_agency join agencies t on t.id = s.to_agency join users u on u.id = s.made_by
     order by s.reviewed_at is not null, s.review_on, s.made_at desc, s.id limit $1`,
    [limit],
  )

/** False where there is nothing left to review. */
export async function reviewEmergency(tx: MemberTransaction, id: string, outcome: string): Promise<boolean> {
  const [answer] = await tx.query<{ reviewed: boolean }>(
    'select review_emergency_share($1, $2) as reviewed',
    [id, outcome],
  )
  if (answer!.reviewed) await tx.record('emergency-reviewed', { kind: 'disclosure', id })
  return answer!.reviewed
}
