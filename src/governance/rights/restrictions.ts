/** Disputed statements: taken out of sight at once, put back with a reason (R22). What they say stays with their agency. */
import type { Day } from '../../platform/calendar.ts'
import type { MemberTransaction } from '../access/as-member.ts'

export interface DisputableStatement {
  id: string
  kind:
    | 'entry'
    | 'referral'
    | 'concern'
    | 'action'
    | 'meeting-entry'
    | 'plan-statement'
    | 'plan-offer'
    | 'consequence-entry'
    | 'panel-case'
    | 'panel-paper'
    | 'custody'
    | 'custody-concern'
    | 'arrangement'
    | 'group-link'
  agency: string
  /** "fact, contact", "referral R-2026-0001". */
  nature: string
  saidOfDay: Day
  writtenAt: Date
  restrictedAt: Date | null
}

export const disputableStatements = (
  tx: MemberTransaction,
  rightsCase: string,
): Promise<DisputableStatement[]> =>
  tx.query<DisputableStatement>(
    `select id, kind, agency, nature, said_of_day as "saidOfDay", written_at as "writtenAt",
       restricted_at as "restrictedAt" from disputable_statements($1)`,
    [rightsCase],
  )

export interface Restriction {
  statement: string
  because: string
  placedAt: Date
  liftedAt: Date | null
  liftedBecause: string | null
}

export const restrictionsOf = (tx: MemberTransaction, rightsCase: string): Promise<Restriction[]> =>
  tx.query<Restriction>(
    `select statement, because, placed_at as "placedAt", lifted_at as "liftedAt", lifted_because as "liftedBecause"
     from rights_restrictions where rights_case = $1 order by placed_at`,
    [rightsCase],
  )

/** False where there is nothing to restrict: another’s statement, restricted already, or a case that is closed. */
export async function restrictStatement(
  tx: MemberTransaction,
  rightsCase: string,
  statement: string,
  because: string,
): Promise<boolean> {
  const [answer] = await tx.query<{ done: boolean }>('select restrict_statement($1, $2, $3) as done', [
    rightsCase,
    statement,
    because,
  ])
  return answer!.done
}

/** False where it is not restricted. */
export async function liftRestriction(
  tx: MemberTransaction,
  statement: string,
  because: string,
): Promise<boolean> {
  const [answer] = await tx.query<{ done: boolean }>('select lift_restriction($1, $2) as done', [
    statement,
    because,
  ])
  return answer!.done
}
