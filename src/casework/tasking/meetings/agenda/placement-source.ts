/**
 * Placements that a panel has to look at again soon. Only that one is due: who it is about, and in which tier, is read by
 * those who may open it. No list of a cohort reaches schools, housing or immigration bodies (R14), nor anybody who is no
 * party to it.
 */
import type { Day } from '../../../../platform/calendar.ts'
import type { AgendaSource } from './agenda-source.ts'

export const placementSource: AgendaSource = {
  kind: 'review',
  gather: async (tx, { meeting, today, rule }) => {
    const rows = await tx.query<{
      reference: string
      cohort: string
      lead_agency: string
      review_on: Day
      parties: string[]
    }>(
      `select p.reference, c.name as cohort, p.lead_agency, p.review_on, array(
         select q.agency from cohort_parties q join agencies a on a.id = q.agency
         where q.cohort = p.cohort and not a.kind = any (kinds_without_lists())) as parties
       from placements p join cohorts c on c.id = p.cohort
       where p.state = 'placed' and p.suspended_on is null and p.restricted_at is null and p.lead_agency = any ($1)
         and p.review_on between $2::date and $2::date + $3::integer
       order by p.review_on, p.reference limit 100`,
      [meeting.agencies, today, rule.days ?? 7],
    )
    return rows.map(row => ({
      title: `${row.cohort}: the panel looks at a placement again`,
      agency: row.lead_agency,
      seenBy: row.parties.filter(agency => meeting.agencies.includes(agency)),
      sourceKind: 'placement',
      sourceId: row.reference,
      dueOn: row.review_on,
    }))
  },
}
