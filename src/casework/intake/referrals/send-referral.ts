/** A draft becomes a referral: checked whole, given its reference, deadline and dates, and no longer a draft. */
import { randomUUID } from 'node:crypto'
import type { MemberTransaction } from '../../../governance/access/as-member.ts'
import { notify } from '../../../governance/notices/notify.ts'
import { retentionDates } from '../../../governance/retention/retention-dates.ts'
import { londonDay } from '../../../platform/calendar.ts'
import { NotThere, WrongMove } from '../../../platform/errors.ts'
import { addWorkingDays } from '../../../platform/working-days.ts'
import { type Answers, isChild } from './answers.ts'
import { bases } from './bases.ts'
import { answersAsked } from './questions.ts'
import { type Missing, missing } from './ready-to-send.ts'
import { dueAt, urgencies } from './urgency.ts'

export type Sending =
  | { outcome: 'sent'; reference: string }
  /** Questions to go back to. */
  | { outcome: 'not-ready'; missing: Missing[] }
  /** No agreement in force covers it (R13): it goes as an emergency or not yet (R15). */
  | { outcome: 'no-agreement' }

/** What `missing` insists on. */
export interface Answered extends Answers {
  kind: NonNullable<Answers['kind']>
  urgency: NonNullable<Answers['urgency']>
  basis: NonNullable<Answers['basis']>
}

/** Sending what was sent already gives the same reference. Throws NotThere for a draft that is not theirs. */
export async function sendDraft(tx: MemberTransaction, id: string): Promise<Sending> {
  // Whoever sends the same draft in the same moment waits here, and then finds the referral.
  const [draft] = await tx.query<{ answers: Answers }>(
    'select answers from referral_drafts where id = $1 for update',
    [id],
  )
  const [sent] = await tx.query<{ reference: string }>('select reference from referrals where id = $1', [id])
  if (sent) return { outcome: 'sent', reference: sent.reference }
  if (!draft) throw new NotThere()
  const today = londonDay(tx.now)
  const lacking = missing(draft.answers, today)
  if (lacking.length > 0) return { outcome: 'not-ready', missing: lacking }
  // `missing` has asked for these three.
  const answers = answersAsked(draft.answers) as Answered
  const to = await receiver(tx)
  const under = await sharedUnder(tx, to, answers)
  if (under === null) return { outcome: 'no-agreement' }
  const reference = await insert(tx, id, to, under, answers)
  await tx.query('delete from referral_drafts where id = $1', [id])
  await tx.record('referral-sent', {
    kind: 'referral',
    id: reference,
    detail: { kind: answers.kind, urgency: answers.urgency, under, to },
  })
  const cannotWait = urgencies[answers.urgency].workingDays === null || answers.urgency === 'today'
  await notify(tx, cannotWait ? 'urgent-referral-arrived' : 'referral-arrived', id)
  if (under === 'emergency') await notify(tx, 'emergency-referral-to-review', id)
  return { outcome: 'sent', reference }
}

/** The partnership that receives referrals. */
export async function receiver(tx: MemberTransaction): Promise<string> {
  const [partnership] = await tx.query<{ id: string }>(
    `select id from agencies where kind = 'partnership' and closed_on is null order by id limit 1`,
  )
  if (!partnership) {
    throw new WrongMove(
      'No partnership is set up here to receive referrals. Your draft is kept; ring the duty desk of the council.',
    )
  }
  return partnership.id
}

type SharedUnder = 'own-agency' | 'agreement' | 'emergency'

async function sharedUnder(tx: MemberTransaction, to: string, answers: Answers): Promise<SharedUnder | null> {
  if (tx.member.agency === to) return 'own-agency'
  const [agreed] = await tx.query<{ covers: boolean }>(
    `select agreement_covers($1, $2, viewer_purpose(), array['referral']) as covers`,
    [tx.member.agency, to],
  )
  if (agreed!.covers) return 'agreement'
  return answers.emergencyBecause ? 'emergency' : null
}

async function insert(
  tx: MemberTransaction,
  id: string,
  to: string,
  under: SharedUnder,
  answers: Answered,
): Promise<string> {
  const today = londonDay(tx.now)
  const { reviewOn, deleteOn } = retentionDates('referral', today, { child: isChild(answers, today) })
  if (under === 'emergency') {
    // Before the referral, whose policy looks for it.
    await tx.query(
      `insert into referral_emergencies (referral, from_agency, to_agency, author, purpose, because, at, review_on)
       values ($1, $2, $3, $4, viewer_purpose(), $5, present(), $6)`,
      [id, tx.member.agency, to, tx.member.user, answers.emergencyBecause, addWorkingDays(today, 1)],
    )
  }
  const [row] = await tx.query<{ reference: string }>(
    `insert into referrals (id, reference, from_agency, to_agency, author, kind, urgency, answers, purpose, legal_basis,
       shared_under, sent_at, due_at, state_by, state_at, review_on, delete_on)
     values ($1, next_reference('R'), $2, $3, $4, $5, $6, $7, viewer_purpose(), $8, $9, present(), $10, $4, present(), $11, $12)
     returning reference`,
    [
      id,
      tx.member.agency,
      to,
      tx.member.user,
      answers.kind,
      answers.urgency,
      JSON.stringify(answers),
      bases[answers.basis].legalBasis,
      under,
      dueAt(answers.urgency, tx.now).toISOString(),
      reviewOn,
      deleteOn,
    ],
  )
  await tx.query(
    `insert into referral_actions (referral, seq, action, state_after, by_user, by_agency, at, request_key)
     values ($1, 1, 'send', 'sent', $2, $3, present(), $4)`,
    [id, tx.member.user, tx.member.agency, randomUUID()],
  )
  return row!.reference
}
