/** Bids with their moves: the trigger brings each to the state to which they lead, and judges who holds a resource. */
import { moves } from '../../casework/tasking/bids/bid.ts'
import type { ProgramTransaction } from '../../governance/access/as-member.ts'
import type { Bids } from './bids.ts'
import { insertRows } from './insert-rows.ts'
import { invented } from './setting.ts'

export async function writeBids(tx: ProgramTransaction, { bids }: Bids): Promise<void> {
  await insertRows(
    tx,
    'bids',
    `id uuid, reference text, resource text, from_agency text, asked_by uuid, asked_at timestamptz, place text, cohort text,
     area text, measure text, starts_on date, ends_on date, aim text, answers jsonb, state text, delete_on date`,
    bids.map(b => ({
      id: b.id,
      reference: b.reference,
      resource: b.resource,
      from_agency: b.asker.agency,
      asked_by: b.asker.id,
      asked_at: b.askedAt,
      place: b.place,
      cohort: b.cohort,
      area: b.area,
      measure: b.measure,
      starts_on: b.startsOn,
      ends_on: b.endsOn,
      aim: b.aim,
      answers: b.answers,
      state: 'asked',
      delete_on: b.deleteOn,
    })),
  )
  const made = bids
    .flatMap(bid => bid.moves.map((move, i) => ({ bid, move, seq: i + 1 })))
    .toSorted((a, b) => a.move.at.getTime() - b.move.at.getTime())
  await insertRows(
    tx,
    'bid_moves',
    `bid uuid, seq integer, move text, state_after text, by_user uuid, by_agency text, at timestamptz, request_key uuid,
     from_on date, to_on date, detail jsonb`,
    made.map(({ bid, move, seq }, n) => ({
      bid: bid.id,
      seq,
      move: move.move,
      state_after: moves[move.move].to,
      by_user: move.by.id,
      by_agency: move.by.agency,
      at: move.at,
      request_key: invented('bid-move', n + 1),
      from_on: move.fromOn,
      to_on: move.toOn,
      detail: move.detail,
    })),
  )
  await tx.query(
    `insert into reference_numbers (kind, year, last)
     select 'BID', split_part(reference, '-', 2)::integer, max(split_part(reference, '-', 3)::integer) from bids group by 2
     on conflict (kind, year) do update set last = greatest(reference_numbers.last, excluded.last)`,
  )
}
