/**
 * The one way of an invited partner, who is nobody at work, to what they write: a transaction under the database role
 * `concord_guest`, with the hash of their link in its settings. The database itself finds whether the link opens anything;
 * the role reaches that one draft and that one sending (migration 0014).
 *
 * Inside, nothing is awaited but the database: the embedded one has a single connection.
 */
import type { Database, Queryable } from '../../platform/postgres.ts'
import { type Acting, recordAct, settleActing } from '../../platform/record-of-acts.ts'
import { hashOfToken } from '../sessions/secret-token.ts'
import type { MemberTransaction } from './as-member.ts'

/** What a browser has of an invitation: tokens, of which the database knows hashes. */
export interface GuestTokens {
  /** Of the link. */
  link: string | null
  /** Of the form with which it was sent. */
  receipt: string | null
}

/** Their acts are in the audit under the invitation, for the agency that invited them. */
export type GuestTransaction = Queryable & Pick<MemberTransaction, 'record' | 'now'>

export const asGuest = <T>(
  database: Database,
  { link, receipt }: GuestTokens,
  now: Date,
  act: (tx: GuestTransaction) => Promise<T>,
): Promise<T> =>
  database.transaction(async tx => {
    const hash = link === null ? '' : hashOfToken(link)
    const [invited] = await tx.query<{ agency: string; purpose: string; reference: string }>(
      'select agency, purpose, reference from referral_invitations where token_hash = $1',
      [hash],
    )
    const acting: Acting = {
      user: null,
      agency: invited?.agency ?? null,
      role: 'guest',
      purpose: invited?.purpose ?? null,
    }
    await tx.query(
      `select set_config('concord.invitation', $1, true), set_config('concord.receipt', $2, true)`,
      [hash, receipt === null ? '' : hashOfToken(receipt)],
    )
    await settleActing(tx, acting, now, {
      caseReference: invited?.reference ?? '',
      databaseRole: 'concord_guest',
    })
    return act({ query: tx.query, now, record: (event, about) => recordAct(tx, acting, event, about) })
  })
