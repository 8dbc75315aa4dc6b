/** Statements that a proposal rests on, as the viewer may see them: by reference, so that what is restricted is gone (R22). */
import type { MemberTransaction } from '../../governance/access/as-member.ts'
import type { Day } from '../../platform/calendar.ts'
import type { EntryKind, EventRole, Nature } from '../register/register.ts'

export interface Statement {
  entry: string
  agency: string
  nature: Nature
  kind: EntryKind
  roleInEvent: EventRole | null
  occurredOn: Day
  text: string
  source: string
  handlingConditions: string | null
}

/** The newest first. */
export const statementsOf = (tx: MemberTransaction, placement: string): Promise<Statement[]> =>
  tx.query<Statement>(
    `select entry, agency, nature, kind, role_in_event as "roleInEvent", occurred_on as "occurredOn", said as text, source,
       handling_conditions as "handlingConditions" from placement_statements($1)`,
    [placement],
  )
