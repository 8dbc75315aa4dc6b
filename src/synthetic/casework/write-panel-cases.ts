/** Cases for the panel, with what agencies wrote for it: the trigger brings each to the state to which its moves lead. */
import type { ProgramTransaction } from '../../governance/access/as-member.ts'
import { insertRows } from './insert-rows.ts'
import type { PanelCases } from './panel-cases.ts'
import { invented } from './setting.ts'

export async function writePanelCases(tx: ProgramTransaction, { panelCases }: PanelCases): Promise<void> {
  await insertRows(
    tx,
    'panel_cases',
    `id uuid, reference text, panel text, person_id uuid, called text, child boolean, crime text, offence text,
     offence_on date, admitted text, from_agency text, referred_by uuid, referred_at timestamptz, brought text[], state text,
     assess_by date, decide_by date, purpose text, legal_basis text, review_days integer, review_on date, delete_on date`,
    panelCases.map(c => ({
      id: c.id,
      reference: c.reference,
      panel: c.panel,
      person_id: c.person,
      called: c.called,
      child: c.child,
      crime: c.crime,
      offence: c.offence,
      offence_on: c.offenceOn,
      admitted: 'yes',
      from_agency: c.by.agency,
      referred_by: c.by.id,
      referred_at: c.at,
      brought: [],
      state: 'waiting',
      assess_by: c.assessBy,
      decide_by: c.decideBy,
      purpose: c.purpose,
      legal_basis: c.legalBasis,
      review_days: c.reviewDays,
      review_on: c.reviewOn,
      delete_on: c.deleteOn,
    })),
  )
  await insertRows(
    tx,
    'panel_papers',
    'id uuid, panel_case uuid, kind text, text text, agency text, author uuid, made_at timestamptz, purpose text',
    panelCases.flatMap(c =>
      c.papers.map(p => ({
        id: p.id,
        panel_case: c.id,
        kind: p.kind,
        text: p.text,
        agency: p.by.agency,
        author: p.by.id,
        made_at: p.at,
        purpose: c.purpose,
      })),
    ),
  )
  const made = panelCases.flatMap(c => c.moves.map((move, i) => ({ c, move, seq: i + 1 })))
  await insertRows(
    tx,
    'panel_case_moves',
    `panel_case uuid, seq integer, move text, state_after text, by_user uuid, by_agency text, at timestamptz,
     request_key uuid, outcome text, to_agency text, due_on date, detail jsonb`,
    made.map(({ c, move, seq }, n) => ({
      panel_case: c.id,
      seq,
      move: move.move,
      state_after: move.after,
      by_user: move.by.id,
      by_agency: move.by.agency,
      at: move.at,
      request_key: invented('panel-case-move', n + 1),
      outcome: move.outcome,
      to_agency: move.toAgency,
      due_on: move.dueOn,
      detail: move.detail,
    })),
  )
  // The moves of months ago set reviews that are over by now; somebody has looked at what is open since.
  await tx.query(
    `update panel_cases c set review_on = least(c.delete_on, r.review_on)
     from jsonb_to_recordset($1) as r (id uuid, review_on date) where c.id = r.id`,
    [JSON.stringify(panelCases.map(c => ({ id: c.id, review_on: c.reviewOn })))],
  )
  await tx.query(
    `insert into reference_numbers (kind, year, last)
     select 'JP', split_part(reference, '-', 2)::integer, max(split_part(reference, '-', 3)::integer) from panel_cases group by 2
     on conflict (kind, year) do update set last = greatest(reference_numbers.last, excluded.last)`,
  )
}
