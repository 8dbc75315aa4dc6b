/** Referrals that went without an agreement (R15): looked at by an officer on the next working day, without their content. */
import type { MemberTransaction } from '../../../governance/access/as-member.ts'
import type { Day } from '../../../platform/calendar.ts'
import { NotThere, WrongMove } from '../../../platform/errors.ts'

export interface EmergencyReferral {
  id: string
  agency: string
  author: string
  because: string
  at: Date
  reviewOn: Day
  reviewedAt: Date | null
  outcome: string | null
}

/** What is still to be reviewed comes first, by when; then the latest reviewed. */
export async function listEmergencies(tx: MemberTransaction): Promise<EmergencyReferral[]> {
  const found = await tx.query<EmergencyReferral>(
    `select e.referral as id, a.name as agency, coalesce(e.guest || ', invited by ' || u.name, u.name) as author, e.because, e.at, e.review_on as "reviewOn",
       e.reviewed_at as "reviewedAt", e.review_outcome as outcome
     from referral_emergencies e join agencies a on a.id = e.from_agency join users u on u.id = e.author
     order by e.reviewed_at desc nulls first, e.review_on, e.at limit 200`,
  )
  await tx.record('emergency-referrals-listed', { kind: 'referral', detail: { shown: found.length } })
  return found
}

/** Throws NotThere for who may not review, WrongMove where somebody has. */
export async function reviewEmergency(tx: MemberTransaction, id: string, outcome: string): Promise<void> {
  if (tx.member.role !== 'information-governance-officer') throw new NotThere()
  const [found] = await tx.query<{ reviewed: boolean }>(
    'select reviewed_at is not null as reviewed from referral_emergencies where referral = $1',
    [id],
  )
  if (!found) throw new NotThere()
  const done = await tx.query(
    `update referral_emergencies set reviewed_by = $2, reviewed_at = present(), review_outcome = $3
     where referral = $1 and reviewed_at is null returning referral`,
    [id, tx.member.user, outcome],
  )
  if (done.length === 0) throw new WrongMove('Somebody has reviewed it already. Read what they found.')
  await tx.record('emergency-referral-reviewed', { kind: 'referral', id })
}
