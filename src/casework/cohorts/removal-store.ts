/** What has ended: every agency that was given it confirms that nothing of it is kept, and is asked until it has (R11). */
import type { MemberTransaction } from '../../governance/access/as-member.ts'
import { type Day, londonDay } from '../../platform/calendar.ts'
import { addWorkingDays } from '../../platform/working-days.ts'

export const removalWays = {
  archived: 'Archived, because it went well',
  removed: 'Removed',
  lapsed: 'Removed, because nobody reviewed it',
} as const

export interface Removal {
  id: string
  reference: string
  cohortName: string
  agencyName: string
  mine: boolean
  how: keyof typeof removalWays
  toldAt: Date
  /** When it should have been confirmed: five working days, as for any request. */
  dueOn: Day
  /** Whether its page is still there for the viewer. */
  open: boolean
}

/** What waits: of one's own agency, and for a chair of every agency that has not confirmed yet. The oldest first. */
export async function openRemovals(tx: MemberTransaction): Promise<Removal[]> {
  const rows = await tx.query<Omit<Removal, 'dueOn'>>(
    `select r.id, r.reference, c.name as "cohortName", a.name as "agencyName", r.agency = viewer_agency() as mine,
       r.how, r.told_at as "toldAt", exists (select from placements p where p.reference = r.reference) as open
     from removals r join cohorts c on c.id = r.cohort join agencies a on a.id = r.agency
     where r.confirmed_at is null order by r.told_at, r.reference, a.name limit 500`,
  )
  return rows.map(row => ({ ...row, dueOn: addWorkingDays(londonDay(row.toldAt), CONFIRM_WORKING_DAYS) }))
}

const CONFIRM_WORKING_DAYS = 5

/** Confirmed already is no fault: the button was pressed twice, or a colleague was first. */
export async function confirmRemoval(tx: MemberTransaction, id: string): Promise<void> {
  const [confirmed] = await tx.query<{ reference: string }>(
    `update removals set confirmed_by = $2, confirmed_at = present()
     where id = $1 and agency = viewer_agency() and confirmed_at is null returning reference`,
    [id, tx.member.user],
  )
  if (confirmed) await tx.record('removal-confirmed', { kind: 'placement', id: confirmed.reference })
}
