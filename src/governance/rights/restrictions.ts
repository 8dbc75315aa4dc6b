/** Disputed statements: taken out of sight at once, put back with a reason (R22). What they say stays with their agency. */
import type { Day } from '../../platform/calendar.ts'
import type { MemberTransaction } from '../access/as-member.ts'

export interface DisputableEntry {
  id: string
  agency: string
  nature: string
  kind: string
  occurredOn: Day
  writtenAt: Date
  restrictedAt: Date | null
}

export const disputableEntries = (tx: MemberTransaction, rightsCase: string): Promise<DisputableEntry[]> =>
  tx.query<DisputableEntry>(
    `select id, agency, nature, kind, occurred_on as "occurredOn", written_at as "writtenAt",
       restricted_at as "restrictedAt" from disputable_entries($1)`,
    [rightsCase],
  )

export interface Restriction {
  entry: string
  because: string
  placedAt: Date
  liftedAt: Date | null
  liftedBecause: string | null
}

export const restrictionsOf = (tx: MemberTransaction, rightsCase: string): Promise<Restriction[]> =>
  tx.query<Restriction>(
    `select entry, because, placed_at as "placedAt", lifted_at as "liftedAt", lifted_because as "liftedBecause"
     from rights_restrictions where rights_case = $1 order by placed_at`,
    [rightsCase],
  )

/** False where there is nothing to restrict: another's entry, restricted already, or a case that is closed. */
export async function restrictEntry(
  tx: MemberTransaction,
  rightsCase: string,
  entry: string,
  because: string,
): Promise<boolean> {
  const [answer] = await tx.query<{ done: boolean }>('select restrict_entry($1, $2, $3) as done', [
    rightsCase,
    entry,
    because,
  ])
  return answer!.done
}

/** False where it is not restricted. */
export async function liftRestriction(
  tx: MemberTransaction,
  entry: string,
  because: string,
): Promise<boolean> {
  const [answer] = await tx.query<{ done: boolean }>('select lift_restriction($1, $2) as done', [
    entry,
    because,
  ])
  return answer!.done
}
