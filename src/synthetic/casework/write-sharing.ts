import type { ProgramTransaction } from '../../governance/access/as-member.ts'
import type { Casework } from './casework.ts'
import { insertRows } from './insert-rows.ts'

const REVIEWED = 'The reason holds, and no more was shared than it needed.'

/** Requests, disclosures, openings without a right. */
export async function writeSharing(
  tx: ProgramTransaction,
  { requests, disclosures, glass }: Casework,
): Promise<void> {
  await insertRows(
    tx,
    'sharing_requests',
    `id uuid, person_id uuid, from_agency text, to_agency text, asked_by uuid, asked_at timestamptz,
     purpose text, question text, because text, answer text, answered_by uuid,
     answered_at timestamptz, answer_because text`,
    requests.map(q => ({
      id: q.id,
      person_id: q.person,
      from_agency: q.from,
      to_agency: q.to,
      asked_by: q.askedBy.id,

      asked_at: q.askedAt,
      purpose: q.purpose,
      question: q.question,
      because: q.because,
      answer: q.answer,

      answered_by: q.answeredBy?.id ?? null,
      answered_at: q.answeredAt,
      answer_because: q.answerBecause,
    })),
  )
  await insertRows(
    tx,
    'disclosures',
    `id uuid, person_id uuid, request uuid, agreement uuid, from_agency text, to_agency text,
     kind text, purpose text, legal_basis text, fields text[], content jsonb, entries uuid[],
     because text, person_told text, made_by uuid, made_at timestamptz, ends_on date,
     withdrawn_at timestamptz, review_on date, reviewed_by uuid, reviewed_at timestamptz,
     review_outcome text`,
    disclosures.map(d => ({
      id: d.id,
      person_id: d.person,
      request: d.request,
      agreement: d.agreement,
      from_agency: d.from,
      to_agency: d.to,
      kind: d.kind,
      purpose: d.purpose,
      legal_basis: d.legalBasis,
      fields: Object.keys(d.content),
      content: d.content,
      entries: d.entries,
      because: d.because,
      person_told: d.personTold,
      made_by: d.madeBy.id,
      made_at: d.madeAt,
      ends_on: d.endsOn,
      withdrawn_at: d.withdrawnAt,
      review_on: d.reviewOn,
      reviewed_by: d.reviewedBy?.id ?? null,
      reviewed_at: d.reviewedAt,
      review_outcome: d.reviewedBy ? REVIEWED : null,
    })),
  )
  await insertRows(
    tx,
    'break_glass',
    `id uuid, person_id uuid, user_id uuid, reason text, starts_at timestamptz, ends_at timestamptz,
     review_on date, reviewed_by uuid, reviewed_at timestamptz, review_outcome text`,
    glass.map(g => ({
      id: g.id,
      person_id: g.person,
      user_id: g.by.id,
      reason: g.reason,
      starts_at: g.startsAt,
      ends_at: g.endsAt,
      review_on: g.reviewOn,
      reviewed_by: g.reviewedBy?.id ?? null,
      reviewed_at: g.reviewedAt,
      review_outcome: g.outcome,
    })),
  )
}
