/** What has to be looked at again soon, or is hidden because nobody will have (R10). */
import type { Day } from '../../../../platform/calendar.ts'
import { kindWords, type ReferralKind } from '../../../intake/referrals/answers.ts'
import type { AgendaSource } from './agenda-source.ts'

export const reviewSource: AgendaSource = {
  kind: 'review',
  gather: async (tx, { meeting, today, rule }) => {
    const rows = await tx.query<{ reference: string; kind: ReferralKind; to_agency: string; review_on: Day }>(
      `select reference, kind, to_agency, review_on from referrals
       where to_agency = any ($1) and suspended_on is null and restricted_at is null
         and state in ('sent', 'in-triage', 'accepted', 'challenged') and review_on between $2::date and $2::date + $3::integer
       order by review_on, reference limit 100`,
      [meeting.agencies, today, rule.days ?? 7],
    )
    return rows.map(row => ({
      title: `${kindWords[row.kind].title}: the referral is reviewed, or it is hidden`,
      agency: row.to_agency,
      sourceKind: 'referral',
      sourceId: row.reference,
      dueOn: row.review_on,
    }))
  },
}
