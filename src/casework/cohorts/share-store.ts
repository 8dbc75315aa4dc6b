/** Bringing one more agency to one person by name (R14): who they are, what goes well, whom to ask; no grounds. */
import type { MemberTransaction } from '../../governance/access/as-member.ts'
import { NotThere } from '../../platform/errors.ts'
import type { Placement } from './placement-store.ts'

export interface Share {
  agency: string
  agencyName: string
  because: string
  sharedByName: string
  sharedAt: Date
}

export const sharesOf = (tx: MemberTransaction, placement: string): Promise<Share[]> =>
  tx.query<Share>(
    `select s.agency, a.name as "agencyName", s.because, u.name as "sharedByName", s.shared_at as "sharedAt"
     from placement_shares s join agencies a on a.id = s.agency join users u on u.id = s.shared_by
     where s.placement = $1 order by a.name, a.id`,
    [placement],
  )

/** Agencies that an agreement in force lets see it, for the purpose of the moment, and that were not brought to it yet. */
export const shareable = (
  tx: MemberTransaction,
  { id, cohort }: Placement,
): Promise<{ agency: string; name: string }[]> =>
  tx.query(
    `select a.id as agency, a.name from agencies a
     where a.closed_on is null and a.id <> $2
       and agreement_covers($2, a.id, viewer_purpose(), array['cohort'])
       and a.id not in (select s.agency from placement_shares s where s.placement = $1)
     order by a.name, a.id`,
    [id, cohort.leadAgency],
  )

/** Brought to it already is no fault. */
export async function sharePlacement(
  tx: MemberTransaction,
  placement: Placement,
  agency: string,
  because: string,
): Promise<void> {
  if ((await sharesOf(tx, placement.id)).some(s => s.agency === agency)) return
  if (!(await shareable(tx, placement)).some(s => s.agency === agency)) throw new NotThere()
  await tx.query(
    `insert into placement_shares (placement, agency, because, shared_by, shared_at)
     values ($1, $2, $3, $4, present())`,
    [placement.id, agency, because, tx.member.user],
  )
  await tx.record('placement-shared', {
    person: placement.person,
    kind: 'placement',
    id: placement.reference,
    detail: { to: agency },
  })
}
