/**
 * The one way of pages to casework: a transaction under the database role `concord_member`, with who is acting in its
 * settings. Row-level security decides what is there; no page has another way to the tables.
 *
 * Inside, nothing is awaited but the database: the embedded one has a single connection.
 */
import type { Database, Queryable } from '../../platform/postgres.ts'
import {
  type Acting,
  type ActSubject,
  recordAct,
  settleActing,
  theProgram,
} from '../../platform/record-of-acts.ts'
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
  record(event: string, about?: ActSubject): Promise<void>
}

export type ProgramTransaction = Queryable & Pick<MemberTransaction, 'record'>

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
    await settleActing(tx, member, now, { caseReference, databaseRole: 'concord_member' })
    return act({
      query: tx.query,
      member,
      now,
      record: (event, about) => recordAct(tx, member, event, about),
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
  about: ActSubject = {},
): Promise<void> {
  await database.transaction(async tx => {
    await settleActing(tx, member ?? theProgram, now)
    await recordAct(tx, member ?? theProgram, event, about, 'refused')
  })
}

/**
 * The program acting for itself, such as the nightly job: passes the policies, and is in the audit as the program; or as
 * somebody, where they do what no policy lets people do, such as setting a password or working at the command line.
 */
export function asProgram<T>(
  database: Database,
  now: Date,
  act: (tx: ProgramTransaction) => Promise<T>,
  onBehalfOf: Acting | null = null,
): Promise<T> {
  const acting = onBehalfOf ?? theProgram
  return database.transaction(async tx => {
    await settleActing(tx, acting, now)
    return act({ query: tx.query, record: (event, about) => recordAct(tx, acting, event, about) })
  })
}
