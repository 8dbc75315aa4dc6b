/**
 * What an invited partner reads and sends, through functions of the database that know no invitation but the one whose link
 * they hold. Questions and drafts are those of everybody who refers.
 */
import type { GuestTransaction } from '../../../governance/access/as-guest.ts'
import { retentionDates } from '../../../governance/retention/retention-dates.ts'
import { hashOfToken } from '../../../governance/sessions/secret-token.ts'
import { londonDay } from '../../../platform/calendar.ts'
import { addWorkingDays } from '../../../platform/working-days.ts'
import { isChild } from '../referrals/answers.ts'
import { bases } from '../referrals/bases.ts'
import { findDraft } from '../referrals/draft-store.ts'
import { answersAsked } from '../referrals/questions.ts'
import { missing } from '../referrals/ready-to-send.ts'
import type { Answered } from '../referrals/send-referral.ts'
import { dueAt } from '../referrals/urgency.ts'

/** An open invitation as whoever holds its link is told of it. */
export interface GuestDetails {
  /** Of the invitation, and of its draft. */
  id: string
  reference: string
  organisation: string
  post: string
  whatFor: string
  purpose: string
  legalBasis: string
  /** Title; null where the inviting agency receives referrals itself. */
  agreement: string | null
  endsAt: Date
  invitedBy: string
  inviterPost: string
  agency: string
  /** Whom to ask there, as a post. */
  contact: string
  receiver: string
}

/** Null for a link that opens nothing: unknown, used, ended or taken back, which look the same from here. */
export async function guestDetails(tx: Pick<GuestTransaction, 'query'>): Promise<GuestDetails | null> {
  const [details] = await tx.query<GuestDetails>(
    `select id, reference, organisation, post, what_for as "whatFor", purpose, legal_basis as "legalBasis", agreement,
       ends_at as "endsAt", invited_by as "invitedBy", inviter_post as "inviterPost", agency, contact, receiver
     from guest_details()`,
  )
  return details ?? null
}

/** Begins it, or goes on with what was begun. */
export async function startGuestDraft(tx: GuestTransaction, { id }: GuestDetails): Promise<void> {
  const [begun] = await tx.query<{ now: boolean }>('select start_guest_draft() as now')
  if (begun!.now) await tx.record('referral-draft-started', { kind: 'referral-draft', id })
}

export type GuestSending =
  | { outcome: 'sent' }
  /** There are questions to go back to. */
  | { outcome: 'not-ready' }
  /** R13; it goes as an emergency or not yet (R15). */
  | { outcome: 'no-agreement' }
  /** The link opens nothing, or nothing was begun. */
  | { outcome: 'over' }

/** `receipt` is the key of the form: the same form again is told the same. Uses the invitation up. */
export async function sendAsGuest(tx: GuestTransaction, receipt: string): Promise<GuestSending> {
  const details = await guestDetails(tx)
  const draft = details && (await findDraft(tx, details.id))
  const today = londonDay(tx.now)
  if (draft && missing(draft.answers, today).length > 0) return { outcome: 'not-ready' }
  // Without a draft the database has nothing to send, but may know the form.
  const answers = draft && (answersAsked(draft.answers) as Answered)
  const dates = answers && retentionDates('referral', today, { child: isChild(answers, today) })
  const [sending] = await tx.query<{ outcome: string; reference: string }>(
    'select outcome, reference from send_invited_referral($1, $2, $3, $4, $5, $6, $7, $8, $9)',
    [
      hashOfToken(receipt),
      answers?.kind ?? null,
      answers?.urgency ?? null,
      answers ? JSON.stringify(answers) : null,
      answers ? bases[answers.basis].legalBasis : null,
      answers ? dueAt(answers.urgency, tx.now).toISOString() : null,
      dates?.reviewOn ?? null,
      dates?.deleteOn ?? null,
      addWorkingDays(today, 1),
    ],
  )
  const { outcome, reference } = sending!
  if (outcome === 'sent') {
    const { kind, urgency } = answers!
    await tx.record('referral-sent', { kind: 'referral', id: reference, detail: { kind, urgency } })
  }
  if (outcome === 'sent' || outcome === 'sent-before') return { outcome: 'sent' }
  return { outcome: outcome === 'no-agreement' ? 'no-agreement' : 'over' }
}

/** That it arrived, and nothing of what it says. */
export interface Receipt {
  reference: string
  sentAt: Date
  /** Null once the referral is deleted. */
  dueAt: Date | null
  organisation: string
  agency: string
  contact: string
}

/** For the browser that sent it, until its invitation would have ended; null for every other. */
export async function guestReceipt(tx: Pick<GuestTransaction, 'query'>): Promise<Receipt | null> {
  const [receipt] = await tx.query<Receipt>(
    `select reference, sent_at as "sentAt", due_at as "dueAt", organisation, agency, contact from guest_receipt()`,
  )
  return receipt ?? null
}
