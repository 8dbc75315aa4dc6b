/**
 * The one way of pages to casework: a transaction under the database role `concord_member`, with who is acting in its
 * settings. Row-level security decides what is there; no page has another way to the tables.
 *
 * Inside, nothing is awaited but the database: the embedded one has a single connection.
 */
import type { Database, Queryable } from '../../platform/postgres.ts'
import type { PurposeId } from '../purposes.ts'
import type { MemberRole } from '../roles.ts'

/** Somebody at work, signed in. */
export interface Member {
  /** Number of the user. */
  user: string
  name: string
  post: string
  agency: string
  agencyName: string
  agencyKind: string
  role: MemberRole
  /** For what they are working now; null for roles that never see people. */
  purpose: PurposeId | null
}

export interface MemberTransaction extends Queryable {
  member: Member
  now: Date
  /** Adds an entry to the audit, in this transaction: the act and its record are kept together or not at all. */
  record(event: string, about?: AuditSubject): Promise<void>
}

export type ProgramTransaction = Queryable & Pick<MemberTransaction, 'record'>

export interface AuditSubject {
  person?: string | null
  kind?: string
  /** Number or reference of what was acted on; never a name. */
  id?: string
  /** What an officer needs to understand the act: no personal data. */
  detail?: Record<string, unknown>
}

export interface ActOptions {
  now: Date
  /** Reference of the case in hand. */
  caseReference?: string
}

export function asMember<T>(
  database: Database,
  member: Member,
  { now, caseReference = '' }: ActOptions,
  act: (tx: MemberTransaction) => Promise<T>,
): Promise<T> {
  return database.transaction(async tx => {
    await settle(tx, member, now, caseReference, 'concord_member')
    return act({
      query: tx.query,
      member,
      now,
      record: async (event, about = {}) => {
        await recordIn(tx, event, 'done', about)
      },
    })
  })
}

/**
 * Records a refusal, in a transaction of its own: the one in which it happened is rolled back. `member` is null for
 * whoever is not signed in.
 */
export async function recordRefusal(
  database: Database,
  member: Member | null,
  now: Date,
  event: string,
  about: AuditSubject = {},
): Promise<void> {
  await database.transaction(async tx => {
    await settle(tx, member, now, '')
    await recordIn(tx, event, 'refused', about)
  })
}

/**
 * The program acting for itself, such as the nightly job: passes the policies, and is in the audit as the program; or as
 * somebody, where they do to their own account what no policy lets people do, such as setting a password.
 */
export function asProgram<T>(
  database: Database,
  now: Date,
  act: (tx: ProgramTransaction) => Promise<T>,
  onBehalfOf: Member | null = null,
): Promise<T> {
  return database.transaction(async tx => {
    await settle(tx, onBehalfOf, now, '')
    return act({
      query: tx.query,
      record: async (event, about = {}) => {
        await recordIn(tx, event, 'done', about)
      },
    })
  })
}

/** Who acts, for the policies and the audit: for this transaction alone. */
const settle = (
  tx: Queryable,
  member: Member | null,
  now: Date,
  caseReference: string,
  databaseRole: 'concord_member' | null = null,
) =>
  tx.query(
    `select case when $7::text is not null then set_config('role', $7, true) end, set_config('concord.user', $1, true),
       set_config('concord.agency', $2, true), set_config('concord.role', $3, true),
       set_config('concord.purpose', $4, true), set_config('concord.now', $5, true),
       set_config('concord.case', $6, true)`,
    [
      member?.user ?? '',
      member?.agency ?? '',
      member?.role ?? '',
      member?.purpose ?? '',
      now.toISOString(),
      caseReference,
      databaseRole,
    ],
  )

const recordIn = (tx: Queryable, event: string, outcome: 'done' | 'refused', about: AuditSubject) =>
  tx.query('select record_audit($1, $2, $3, $4, $5, $6)', [
    event,
    outcome,
    about.person ?? null,
    about.kind ?? null,
    about.id ?? null,
    JSON.stringify(about.detail ?? {}),
  ])
