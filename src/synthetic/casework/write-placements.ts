/** Panels, placements, moves and contacts. The triggers of the tables keep states, counts and who is told of an end. */
import type { ProgramTransaction } from '../../governance/access/as-member.ts'
import type { Casework } from './casework.ts'
import { insertRows } from './insert-rows.ts'
import { invented, type Setting } from './setting.ts'

export async function writePlacements(
  tx: ProgramTransaction,
  { today, now }: Setting,
  { panelSeats, placements }: Casework,
): Promise<void> {
  await insertRows(
    tx,
    'panel_members',
    'id uuid, cohort text, user_id uuid, part text, since date, added_by uuid, added_at timestamptz',
    panelSeats.map(({ cohort, worker, part }, n) => ({
      id: invented('panel-seat', n + 1),
      cohort,
      user_id: worker.id,
      part,
      since: '2023-01-01',
      added_by: worker.id,
      added_at: now,
    })),
  )
  await insertRows(
    tx,
    'placements',
    `id uuid, reference text, cohort text, scheme text, person_id uuid, called text, birth_date date,
     birth_date_known text, from_agency text, proposed_by uuid, lead_agency text, purpose text, legal_basis text,
     created_at timestamptz, state text, review_on date, delete_on date`,
    placements.map(p => ({
      id: p.id,
      reference: p.reference,
      cohort: p.cohort.id,
      scheme: p.cohort.scheme,
      person_id: p.record.person,
      called: p.called,
      birth_date: p.birth?.date ?? null,
      birth_date_known: p.birth?.known ?? null,
      from_agency: p.proposer.agency,
      proposed_by: p.proposer.id,
      lead_agency: p.cohort.leadAgency,
      purpose: p.proposer.purpose,
      legal_basis: p.record.legalBasis,
      created_at: p.createdAt,
      state: 'new',
      review_on: p.reviewOn,
      delete_on: p.deleteOn,
    })),
  )
  await insertRows(
    tx,
    'placement_contacts',
    'id uuid, placement uuid, on_day date, how text, by_user uuid, by_agency text, noted_at timestamptz',
    placements.flatMap(p =>
      p.contacts.map(c => ({
        id: c.id,
        placement: p.id,
        on_day: c.on,
        how: c.how,
        by_user: c.by.id,
        by_agency: c.by.agency,
        noted_at: `${c.on}T15:00:00Z`,
      })),
    ),
  )
  await insertRows(
    tx,
    'placement_moves',
    `placement uuid, seq integer, action text, state_after text, by_user uuid, by_agency text, at timestamptz,
     request_key uuid, detail jsonb`,
    placements.flatMap((p, n) =>
      p.moves.map(({ action, after, by, at, detail }, i) => ({
        placement: p.id,
        seq: i + 1,
        action,
        state_after: after,
        by_user: by.id,
        by_agency: by.agency,
        at,
        request_key: invented('move', n * 64 + i + 1),
        detail,
      })),
    ),
  )
  // What ended long ago was confirmed by everybody, and its names are gone; of the last month some are still chased.
  await tx.query(
    `update removals set confirmed_at = told_at + interval '2 days', confirmed_by = (
       select u.id from users u where u.agency = removals.agency and u.state = 'active' order by u.id limit 1)
     where told_at < $1::date - 21`,
    [today],
  )
  await tx.query('delete from placements where delete_on <= $1', [today])
  await tx.query('delete from removals where delete_on <= $1', [today])
  await tx.query('delete from after_archive where delete_on <= $1', [today])
  await tx.query('update placements set suspended_on = review_on + 1 where review_on < $1', [today])
  await tx.query(
    `insert into reference_numbers (kind, year, last)
     select 'T', split_part(reference, '-', 2)::integer, max(split_part(reference, '-', 3)::integer)
     from jsonb_array_elements_text($1) reference group by 2
     on conflict (kind, year) do update set last = greatest(reference_numbers.last, excluded.last)`,
    [JSON.stringify(placements.map(p => p.reference))],
  )
}
