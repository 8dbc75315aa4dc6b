/** Referrals that came in since the last meeting, and those that nobody has looked at in time. */
import type { Day } from '../../../../platform/calendar.ts'
import { kindWords, type ReferralKind } from '../../../intake/referrals/answers.ts'
import { type UrgencyId, urgencies } from '../../../intake/referrals/urgency.ts'
import type { AgendaSource } from './agenda-source.ts'

export const referralSource: AgendaSource = {
  kind: 'referral',
  gather: async (tx, { window, meeting }) => {
    const rows = await tx.query<{
      reference: string
      kind: ReferralKind
      urgency: UrgencyId
      to_agency: string
      due_on: Day
      overdue: boolean
    }>(
      `select reference, kind, urgency, to_agency, (due_at at time zone 'Europe/London')::date as due_on,
         due_at < $2 and state in ('sent', 'in-triage') as overdue
       from referrals
       where to_agency = any ($3) and suspended_on is null and restricted_at is null and (
         (state in ('sent', 'in-triage') and due_at < $2) or (state <> 'withdrawn' and sent_at >= $1 and sent_at <= $2))
       order by due_at, reference limit 200`,
      [window.from.toISOString(), window.to.toISOString(), meeting.agencies],
    )
    return rows.map(row => ({
      title: `${kindWords[row.kind].title}: ${row.overdue ? 'overdue' : 'new'}, ${lower(urgencies[row.urgency].title)}`,
      agency: row.to_agency,
      sourceKind: 'referral',
      sourceId: row.reference,
      dueOn: row.due_on,
    }))
  },
}

const lower = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1)
