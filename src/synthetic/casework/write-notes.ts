import type { ProgramTransaction } from '../../governance/access/as-member.ts'
import type { Casework } from './casework.ts'
import { insertRows } from './insert-rows.ts'
import { invented } from './setting.ts'

/** Concerns, offers of help, and what people ask about their own data; with the last numbers given. */
export async function writeNotes(tx: ProgramTransaction, casework: Casework): Promise<void> {
  const { concerns, offers, rightsCases } = casework
  await insertRows(
    tx,
    'concerns',
    `id uuid, reference text, agency text, author uuid, given text, family text, birth_date date,
     noticed_on date, text text, purpose text, legal_basis text, noted_at timestamptz, review_on date,
     delete_on date, suspended_on date`,
    concerns.map(c => ({
      id: c.id,
      reference: c.reference,
      agency: c.author.agency,
      author: c.author.id,
      given: c.given,
      family: c.family,
      birth_date: c.birthDate,
      noticed_on: c.noticedOn,
      text: c.text,
      purpose: c.author.purpose,
      legal_basis: c.legalBasis,
      noted_at: c.notedAt,
      review_on: c.reviewOn,
      delete_on: c.deleteOn,
      suspended_on: c.suspendedOn,
    })),
  )
  await insertRows(
    tx,
    'help_offers',
    `id uuid, entry uuid, person_id uuid, agency text, answer text, taken_by text, offered_by uuid,
     offered_at timestamptz, request_key uuid, purpose text, review_on date, delete_on date`,
    offers.map(({ entry: { record, id: entry }, ...o }) => ({
      id: o.id,
      entry,
      person_id: record.person,
      agency: record.agency,
      answer: o.answer,

      taken_by: o.takenBy,
      offered_by: o.by.id,
      offered_at: o.at,
      request_key: o.id,
      purpose: o.by.purpose,
      review_on: o.reviewOn,
      delete_on: o.deleteOn,
    })),
  )
  await insertRows(
    tx,
    'rights_cases',
    `id uuid, reference text, kind text, regime text, given text, family text, birth_date date,
     asked_by text, reach_at text, about text, received_on date, subjects uuid[], agency text,
     opened_by uuid, opened_at timestamptz`,
    rightsCases.map(c => ({
      id: c.id,
      reference: c.reference,
      kind: c.kind,
      regime: c.regime,
      given: c.given,
      family: c.family,
      birth_date: c.birthDate,
      asked_by: '',
      reach_at: 'rights@concord.example',
      about: c.about,
      received_on: c.receivedOn,
      subjects: [],
      agency: c.officer.agency,
      opened_by: c.officer.id,
      opened_at: c.actions[0]!.at,
    })),
  )
  const steps = rightsCases.flatMap(({ id, actions }) => actions.map(action => ({ ...action, case: id })))
  await insertRows(
    tx,
    'rights_actions',
    `rights_case uuid, seq integer, action text, state_after text, by_user uuid, at timestamptz,
     request_key uuid, reviewer uuid, detail jsonb`,
    steps.map((a, n) => ({
      rights_case: a.case,
      seq: a.seq,
      action: a.action,
      state_after: a.stateAfter,
      by_user: a.byUser,
      at: a.at,
      request_key: invented('step', n + 1),
      reviewer: a.reviewer,
      detail: a.detail,
    })),
  )
  // Whoever writes next goes on from here.
  await tx.query(
    `insert into reference_numbers (kind, year, last)
     select split_part(reference, '-', 1), split_part(reference, '-', 2)::integer,
       max(split_part(reference, '-', 3)::integer)
     from (
       select reference from referrals union all select reference from concerns union all
       select reference from rights_cases union all select reference from referral_invitations
       union all select reference from actions union all select reference from plans
     ) given group by 1, 2`,
  )
}
