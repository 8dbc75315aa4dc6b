/** Custody with what happened in it, what goes through the gate, and other arrangements. The tables' triggers keep states. */
import type { ProgramTransaction } from '../../governance/access/as-member.ts'
import type { Custody } from './custody.ts'
import { insertRows } from './insert-rows.ts'
import { invented } from './setting.ts'

export async function writeCustody(tx: ProgramTransaction, { spells, arrangements }: Custody): Promise<void> {
  await insertRows(
    tx,
    'custody_spells',
    `id uuid, reference text, person_id uuid, called text, child boolean, agency text, since date, made_by uuid,
     made_at timestamptz, purpose text, legal_basis text, state text, establishment text, wing text, release_on date,
     owner uuid, changed_at timestamptz, review_on date, delete_on date`,
    spells.map(s => ({
      id: s.id,
      reference: s.reference,
      person_id: s.person,
      called: s.called,
      child: s.child,
      agency: s.owner.agency,
      since: s.since,
      made_by: s.owner.id,
      made_at: s.madeAt,
      purpose: s.owner.purpose,
      legal_basis: s.legalBasis,
      state: 'in',
      establishment: s.establishment,
      wing: s.wing,
      release_on: s.moves[0]!.onDay,
      owner: s.owner.id,
      changed_at: s.madeAt,
      review_on: s.reviewOn,
      delete_on: s.deleteOn,
    })),
  )
  const moves = spells.flatMap(s => s.moves.map((m, i) => ({ s, m, i })))
  await insertRows(
    tx,
    'custody_moves',
    `spell uuid, seq integer, move text, state_after text, by_user uuid, by_agency text, at timestamptz, request_key uuid,
     on_day date, review_on date, detail jsonb`,
    moves.map(({ s, m, i }, n) => ({
      spell: s.id,
      seq: i + 1,
      move: m.move,
      state_after: m.after,
      by_user: s.owner.id,
      by_agency: s.owner.agency,
      at: m.at,
      request_key: invented('custody-move', n + 1),
      on_day: m.onDay,
      review_on: m.reviewOn,
      detail: m.detail,
    })),
  )
  await tx.query(
    `update custody_spells s set suspended_on = h.suspended_on
     from jsonb_to_recordset($1) as h (id uuid, suspended_on date) where s.id = h.id`,
    [JSON.stringify(spells.filter(s => s.suspendedOn).map(s => ({ id: s.id, suspended_on: s.suspendedOn })))],
  )
  await insertRows(
    tx,
    'custody_concerns',
    `id uuid, spell uuid, kind text, nature text, text text, source text, on_day date, agency text, author uuid,
     made_at timestamptz, ended_at timestamptz, ended_by uuid, ended_because text`,
    spells.flatMap(s =>
      s.concerns.map(({ onDay, by, at, over, ...said }) => ({
        ...said,
        spell: s.id,
        on_day: onDay,
        agency: by.agency,
        author: by.id,
        made_at: at,
        ended_at: over?.at ?? null,
        ended_by: over ? by.id : null,
        ended_because: over?.because ?? null,
      })),
    ),
  )
  await insertRows(
    tx,
    'gate_marks',
    'plan uuid, need uuid, action uuid, marked_by uuid, marked_at timestamptz',
    spells.flatMap(({ gate, madeAt }) =>
      gate
        ? [...gate.needs.map(need => ({ need })), ...gate.actions.map(action => ({ action }))].map(what => ({
            ...what,
            plan: gate.plan,
            marked_by: gate.by.id,
            marked_at: madeAt,
          }))
        : [],
    ),
  )
  await insertRows(
    tx,
    'plan_statements',
    `id uuid, plan uuid, kind text, text text, on_day date, turning text, entries uuid[], agency text, author uuid,
     made_at timestamptz, changed_at timestamptz, edition integer`,
    spells.flatMap(({ turned, owner, moves: made }) => {
      const release = made.at(-1)!
      if (!turned) return []
      return [
        {
          id: turned.id,
          plan: turned.plan.id,
          kind: 'turning-point',
          text: 'Came out of custody.',
          on_day: release.onDay,
          turning: 'release',
          entries: [],
          agency: owner.agency,
          author: owner.id,
          made_at: release.at,
          changed_at: release.at,
          edition: 1,
        },
      ]
    }),
  )
  await insertRows(
    tx,
    'arrangements',
    `id uuid, person_id uuid, kind text, child boolean, agency text, since date, lead_worker text, contact text, told_by text,
     author uuid, made_at timestamptz, changed_at timestamptz, edition integer, purpose text, legal_basis text,
     review_on date, delete_on date, suspended_on date`,
    arrangements.map(r => ({
      id: r.id,
      person_id: r.person,
      kind: r.kind,
      child: r.child,
      agency: r.by.agency,
      since: r.since,
      lead_worker: r.leadWorker,
      contact: r.contact,
      told_by: r.toldBy,
      author: r.by.id,
      made_at: r.madeAt,
      changed_at: r.madeAt,
      edition: 1,
      purpose: r.by.purpose,
      legal_basis: r.legalBasis,
      review_on: r.reviewOn,
      delete_on: r.deleteOn,
      suspended_on: r.suspendedOn,
    })),
  )
  // Whoever writes next goes on from here.
  await tx.query(
    `insert into reference_numbers (kind, year, last)
     select 'CU', split_part(reference, '-', 2)::integer, max(split_part(reference, '-', 3)::integer) from custody_spells
     group by 2 on conflict (kind, year) do update set last = greatest(reference_numbers.last, excluded.last)`,
  )
}
