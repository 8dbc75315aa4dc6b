import type { ProgramTransaction } from '../../governance/access/as-member.ts'
import type { Casework } from './casework.ts'
import { insertRows } from './insert-rows.ts'
import { OLDEST } from './referrals.ts'
import { invented, type Setting } from './setting.ts'

const REVIEWED = 'It could not wait, and the agreement with them is being written.'

/** Invitations, referrals with what happened to them, drafts, and the counts of what was deleted. */
export async function writeReferrals(
  tx: ProgramTransaction,
  setting: Setting,
  { invitations, referrals, drafts }: Casework,
): Promise<void> {
  await insertRows(
    tx,
    'referral_invitations',
    `id uuid, reference text, agency text, invited_by uuid, to_agency text, agreement uuid, purpose text,
     legal_basis text, organisation text, post text, guest_name text, email text, what_for text,
     made_at timestamptz, ends_at timestamptz, token_hash text, taken_back_at timestamptz,
     taken_back_by uuid, used_at timestamptz, referral_reference text, receipt_hash text, delete_on date`,
    invitations.map((i, n) => ({
      id: i.id,
      reference: i.reference,
      agency: i.by.agency,
      invited_by: i.by.id,
      to_agency: i.to,
      agreement: i.agreement,
      purpose: i.by.purpose,
      legal_basis: i.legalBasis,
      organisation: i.partner.organisation,
      post: i.partner.post,
      guest_name: i.partner.name,
      email: `partner-${n + 1}@concord.example`,
      what_for: i.whatFor,
      made_at: i.madeAt,
      ends_at: i.endsAt,
      // Of no link: nobody can open one of these.
      token_hash: `synthetic ${n + 1}`,
      taken_back_at: i.takenBackAt,
      taken_back_by: i.takenBackAt && i.by.id,
      used_at: i.usedAt,
      referral_reference: i.referral,
      receipt_hash: i.usedAt && `synthetic ${n + 1}`,
      delete_on: i.deleteOn,
    })),
  )
  await insertRows(
    tx,
    'referrals',
    `id uuid, reference text, from_agency text, to_agency text, author uuid, kind text, urgency text,
     answers jsonb, purpose text, legal_basis text, shared_under text, sent_at timestamptz,
     state_by uuid, state_at timestamptz, due_at timestamptz, review_on date, delete_on date,
     suspended_on date, invitation uuid, guest_organisation text, guest_post text`,
    referrals.map(r => ({
      id: r.id,
      reference: r.reference,
      from_agency: r.from,
      to_agency: r.to,
      author: r.author.id,
      kind: r.kind,
      urgency: r.urgency,
      answers: r.answers,
      purpose: r.author.purpose,
      legal_basis: r.legalBasis,
      shared_under: r.sharedUnder,
      sent_at: r.sentAt,
      due_at: r.dueAt,
      state_by: r.author.id,
      state_at: r.sentAt,
      review_on: r.reviewOn,
      delete_on: r.deleteOn,
      suspended_on: r.suspendedOn,
      invitation: r.guest?.invitation ?? null,
      guest_organisation: r.guest?.organisation ?? null,
      guest_post: r.guest?.post ?? null,
    })),
  )
  const emergencies = referrals.flatMap(r => (r.emergency ? [{ ...r, emergency: r.emergency }] : []))
  await insertRows(
    tx,
    'referral_emergencies',
    `referral uuid, from_agency text, to_agency text, author uuid, purpose text, because text,
     at timestamptz, review_on date, reviewed_by uuid, reviewed_at timestamptz, review_outcome text`,
    emergencies.map(({ id, from, to, author, sentAt, emergency }) => ({
      referral: id,
      from_agency: from,
      to_agency: to,
      author: author.id,
      purpose: author.purpose,
      because: emergency.because,
      at: sentAt,
      review_on: emergency.reviewOn,
      reviewed_by: emergency.reviewedBy?.id ?? null,
      reviewed_at: emergency.reviewedAt,
      review_outcome: emergency.reviewedBy ? REVIEWED : null,
    })),
  )
  const actions = referrals.flatMap(r => r.actions.map(action => ({ ...action, referral: r.id })))
  await insertRows(
    tx,
    'referral_actions',
    `referral uuid, seq integer, action text, state_after text, by_user uuid, by_agency text,
     at timestamptz, request_key uuid, detail jsonb`,
    actions.map((a, n) => ({
      referral: a.referral,
      seq: a.seq,
      action: a.action,
      state_after: a.stateAfter,
      by_user: a.byUser,
      by_agency: a.worker.agency,
      at: a.at,
      request_key: invented('form', n + 1),
      detail: a.detail,
    })),
  )
  await insertRows(
    tx,
    'referral_reasons',
    'referral uuid, seq integer, because text',
    actions.flatMap(({ referral, seq, because }) => (because === null ? [] : [{ referral, seq, because }])),
  )
  await insertRows(
    tx,
    'referral_drafts',
    `id uuid, agency text, author uuid, answers jsonb, started_at timestamptz, changed_at timestamptz,
     delete_on date`,
    drafts.map(d => ({
      id: d.id,
      agency: d.author.agency,
      author: d.author.id,
      answers: d.answers,
      started_at: d.startedAt,
      changed_at: d.startedAt,
      delete_on: d.deleteOn,
    })),
  )
  await writeDeleted(tx, setting)
}

/**
 * Referrals of the year before, which were deleted when their two years were over: of them only counts are left (R12). They
 * were like those of the same days a year later.
 */
async function writeDeleted(tx: ProgramTransaction, { today }: Setting): Promise<void> {
  await tx.query(
    `create temporary table gone on commit drop as
     select r.from_agency as agency, c.counted,
       to_char(london_day(r.sent_at) - 365, 'YYYY-MM') as month,
       -- As the nightly job counts them, but by the month.
       london_day(r.sent_at) + 365 + ($1::date - 3 - london_day(r.sent_at) - 365) % 30 as deleted_on
     from referrals r join referrals_counted('infinity') c using (id)
     where c.counted ->> 'outcome' <> 'open' and london_day(r.sent_at) + 365 <= $1::date - 3
       -- From the first whole month: a series that begins with half of one seems to rise.
       and london_day(r.sent_at) - 365 >= date_trunc('month', $1::date - $2::integer - 335)`,
    [today, OLDEST],
  )
  await tx.query(
    `insert into kept_counts (dataset, counted, invented, rows)
     select 'referrals', counted || jsonb_build_object('month', month), true, count(*)
     from gone group by 2`,
  )
  await tx.query(
    `insert into deletion_counts (deleted_on, record_type, agency, because, records)
     select deleted_on, 'referral', agency, 'its time was over', count(*) from gone group by deleted_on, agency`,
  )
}
