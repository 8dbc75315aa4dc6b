/** Groups, their moves, what is between them and who was seen with them. The triggers of the tables keep their states. */
import type { ProgramTransaction } from '../../governance/access/as-member.ts'
import type { Groups } from './groups.ts'
import { insertRows } from './insert-rows.ts'
import { invented, type Setting } from './setting.ts'

/** More steps than anything here has: numbers of moves do not meet. */
const STEPS = 16

export async function writeGroups(
  tx: ProgramTransaction,
  { today }: Setting,
  { groups, groupLinks, groupRelations }: Groups,
): Promise<void> {
  await insertRows(
    tx,
    'groups',
    `id uuid, reference text, called text, territory text, children boolean, agency text, owner uuid, purpose text,
     legal_basis text, made_at timestamptz, state text, review_on date, delete_on date`,
    groups.map(g => ({
      id: g.id,
      reference: g.reference,
      called: g.called,
      territory: g.territory,
      children: g.children,
      agency: g.owner.agency,
      owner: g.owner.id,
      purpose: g.owner.purpose,
      legal_basis: g.legalBasis,
      made_at: g.madeAt,
      state: 'new',
      review_on: g.reviewOn,
      delete_on: g.deleteOn,
    })),
  )
  await insertRows(
    tx,
    'group_moves',
    `group_id uuid, seq integer, action text, state_after text, by_user uuid, by_agency text, at timestamptz,
     request_key uuid, detail jsonb`,
    groups.flatMap((g, n) =>
      g.steps.map(({ action, after, by, at, detail }, i) => ({
        group_id: g.id,
        seq: i + 1,
        action,
        state_after: after,
        by_user: by.id,
        by_agency: by.agency,
        at,
        request_key: invented('group-move', n * STEPS + i + 1),
        detail,
      })),
    ),
  )
  await insertRows(
    tx,
    'group_relations',
    `id uuid, group_id uuid, other_id uuid, kind text, says text, source text, on_day date, agency text, author uuid,
     made_at timestamptz, delete_on date`,
    groupRelations.map(r => ({
      id: r.id,
      group_id: r.group,
      other_id: r.other,
      kind: r.kind,
      says: r.says,
      source: r.source,
      on_day: r.on,
      agency: r.by.agency,
      author: r.by.id,
      made_at: r.madeAt,
      delete_on: r.endsOn,
    })),
  )
  await insertRows(
    tx,
    'group_links',
    `id uuid, group_id uuid, person_id uuid, called text, child boolean, ground text, says text, on_day date, source text,
     entry uuid, agency text, author uuid, made_at timestamptz, purpose text, legal_basis text, state text, review_on date,
     delete_on date`,
    groupLinks.map(l => ({
      id: l.id,
      group_id: l.group,
      person_id: l.entry.record.person,
      called: l.called,
      child: l.child,
      ground: l.ground,
      says: l.says,
      on_day: l.entry.occurredOn,
      source: l.entry.source,
      entry: l.entry.id,
      agency: l.steps[0]!.by.agency,
      author: l.steps[0]!.by.id,
      made_at: l.madeAt,
      purpose: l.steps[0]!.by.purpose,
      legal_basis: l.entry.record.legalBasis,
      state: 'new',
      review_on: l.reviewOn,
      delete_on: l.deleteOn,
    })),
  )
  await insertRows(
    tx,
    'group_link_moves',
    `link uuid, seq integer, action text, state_after text, by_user uuid, by_agency text, at timestamptz,
     request_key uuid, detail jsonb`,
    groupLinks.flatMap((l, n) =>
      l.steps.map(({ action, after, by, at, detail }, i) => ({
        link: l.id,
        seq: i + 1,
        action,
        state_after: after,
        by_user: by.id,
        by_agency: by.agency,
        at,
        request_key: invented('group-move', (groups.length + n) * STEPS + i + 1),
        detail,
      })),
    ),
  )
  await tx.query('update groups set suspended_on = review_on + 1 where review_on < $1', [today])
  await tx.query(
    `insert into reference_numbers (kind, year, last)
     select 'G', split_part(reference, '-', 2)::integer, max(split_part(reference, '-', 3)::integer)
     from jsonb_array_elements_text($1) reference group by 2
     on conflict (kind, year) do update set last = greatest(reference_numbers.last, excluded.last)`,
    [JSON.stringify(groups.map(g => g.reference))],
  )
}
