/** Who works with somebody in a cohort, as far as the viewer may know: so that nobody doubles a discussion (E6). */
import type { MemberTransaction } from '../../governance/access/as-member.ts'
import type { Day } from '../../platform/calendar.ts'
import { type PlacementState, stateWords } from './placement.ts'

export interface CohortOfPerson {
  reference: string
  cohortName: string
  leadAgencyName: string
  ownerName: string | null
  stateWords: string
  reviewOn: Day
}

/** Placements of the person that the viewer may open and that have not ended. */
export async function cohortsOfPerson(tx: MemberTransaction, person: string): Promise<CohortOfPerson[]> {
  const rows = await tx.query<Omit<CohortOfPerson, 'stateWords'> & { state: PlacementState }>(
    `select p.reference, c.name as "cohortName", a.name as "leadAgencyName", u.name as "ownerName", p.state,
       p.review_on as "reviewOn"
     from placements p join cohorts c on c.id = p.cohort join agencies a on a.id = p.lead_agency
     left join users u on u.id = p.owner
     where p.person_id = $1 and p.state not in ('refused', 'withdrawn', 'archived', 'removed')
     order by p.created_at`,
    [person],
  )
  return rows.map(({ state, ...row }) => ({ ...row, stateWords: stateWords[state] }))
}
