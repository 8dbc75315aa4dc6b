/**
 * Telling whom it concerns of what was just done, in the transaction of the act: both are kept or neither. The caller
 * names no recipient: the database finds them, and tells nobody of what was not done in this transaction.
 */
import type { MemberTransaction } from '../access/as-member.ts'
import type { NoticeKindId } from './notice-kinds.ts'

/** `subject` is the key (not the reference) of the referral, request, disclosure, broken glass or breach. */
export const notify = async (tx: MemberTransaction, kind: NoticeKindId, subject: string): Promise<void> => {
  await tx.query('select send_notice($1, $2)', [kind, subject])
}

/** The same of several subjects at once. */
export const notifyOfAll = async (
  tx: MemberTransaction,
  kind: NoticeKindId,
  subjects: readonly string[],
): Promise<void> => {
  await tx.query('select send_notice($1, subject) from unnest($2::uuid[]) subject', [kind, subjects])
}
