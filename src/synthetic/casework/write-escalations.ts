/** What was raised to boards, and what came back. The trigger that keeps its state judges every move. */
import type { Queryable } from '../../platform/postgres.ts'
import type { Casework } from './casework.ts'
import { insertRows } from './insert-rows.ts'

export async function writeEscalations(tx: Queryable, { escalations }: Casework): Promise<void> {
  await insertRows(
    tx,
    'escalations',
    `id uuid, reference text, from_type text, from_meeting uuid, to_type text, what text, because text, agency text,
     by_user uuid, at timestamptz, state text, delete_on date`,
    escalations.map(e => ({
      id: e.id,
      reference: e.reference,
      from_type: e.from.type.id,
      from_meeting: e.from.id,
      to_type: e.toType,
      what: e.what,
      because: e.because,
      agency: e.by.agency,
      by_user: e.by.id,
      at: e.at,
      state: 'raised',
      delete_on: e.deleteOn,
    })),
  )
  await insertRows(
    tx,
    'escalation_moves',
    `escalation uuid, seq integer, action text, state_after text, meeting uuid, by_user uuid, by_agency text,
     at timestamptz, request_key uuid, text text`,
    escalations.flatMap(e =>
      e.moves.map((move, n) => ({
        escalation: e.id,
        seq: n + 1,
        action: move.action,
        state_after: move.stateAfter,
        meeting: move.meeting?.id ?? null,
        by_user: move.by.id,
        by_agency: move.by.agency,
        at: move.at,
        request_key: move.key,
        text: move.text,
      })),
    ),
  )
  await tx.query(
    `insert into reference_numbers (kind, year, last)
     select 'E', split_part(reference, '-', 2)::integer, max(split_part(reference, '-', 3)::integer) from escalations group by 2
     on conflict (kind, year) do update set last = greatest(reference_numbers.last, excluded.last)`,
  )
}
