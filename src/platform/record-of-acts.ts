/**
 * Who acts, and the entry that the act leaves in the record of acts: both within the act's own transaction. The database
 * chains the entries and takes who acts from the settings of the transaction (migrations/0003).
 *
 * Whoever adds an entry holds the end of the chain until the transaction is over: it is the last statement of an act.
 */
import type { Queryable } from './postgres.ts'

/** Who acts, as the record keeps it: by numbers and codes, never by name. */
export interface Acting {
  /** Number of the account; null for the program, and for who has none. */
  user: string | null
  agency: string | null
  /** Of the account; or what somebody without one is, such as `operator`. Null for the program. */
  role: string | null
  purpose: string | null
  /** Account of the machine, of the operator at the command line. */
  account?: string
}

/** The program itself, as by night. */
export const theProgram: Acting = { user: null, agency: null, role: null, purpose: null }

export interface ActSubject {
  person?: string | null
  kind?: string
  /** Number or reference of what was acted on; never a name. */
  id?: string
  /** What an officer needs to understand the act: no personal data. */
  detail?: Record<string, unknown>
}

/** Says who acts, for the policies and for the record, until the end of this transaction. */
export const settleActing = (
  tx: Queryable,
  { user, agency, role, purpose }: Acting,
  now: Date,
  { caseReference = '', databaseRole = null }: { caseReference?: string; databaseRole?: string | null } = {},
) =>
  tx.query(
    `select case when $7::text is not null then set_config('role', $7, true) end, set_config('concord.user', $1, true),
       set_config('concord.agency', $2, true), set_config('concord.role', $3, true),
       set_config('concord.purpose', $4, true), set_config('concord.now', $5, true),
       set_config('concord.case', $6, true)`,
    [user ?? '', agency ?? '', role ?? '', purpose ?? '', now.toISOString(), caseReference, databaseRole],
  )

/** Adds the entry. Who acts was said before, by `settleActing`. */
export async function recordAct(
  tx: Queryable,
  { account }: Acting,
  event: string,
  { person = null, kind, id, detail = {} }: ActSubject = {},
  outcome: 'done' | 'refused' = 'done',
): Promise<void> {
  await tx.query('select record_audit($1, $2, $3, $4, $5, $6)', [
    event,
    outcome,
    person,
    kind ?? null,
    id ?? null,
    JSON.stringify(account === undefined ? detail : { ...detail, account }),
  ])
}
