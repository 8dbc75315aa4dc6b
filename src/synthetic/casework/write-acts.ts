/**
 * The record of acts of the synthetic casework. The database chains it in one go, by the function that chains every other
 * entry: a round trip an entry would take minutes, and a hash of our own might differ.
 */
import type { ProgramTransaction } from '../../governance/access/as-member.ts'
import { actsOf } from './acts.ts'
import type { Casework } from './casework.ts'
import { insertRows } from './insert-rows.ts'
import type { Setting } from './setting.ts'

export async function writeActs(tx: ProgramTransaction, setting: Setting, casework: Casework): Promise<void> {
  await tx.query('create temporary table invented_acts (like audit) on commit drop')
  await tx.query(
    'alter table invented_acts alter column previous_hash drop not null, alter column hash drop not null',
  )
  await insertRows(
    tx,
    'invented_acts',
    `seq bigint, at timestamptz, user_id uuid, agency text, role text, purpose text,
     case_reference text, event text, outcome text, person_id uuid, subject_kind text,
     subject_id text, detail jsonb`,
    actsOf(setting, casework).map((act, n) => ({
      seq: n + 1,
      at: act.at,
      user_id: act.guest ? null : (act.by?.id ?? null),
      agency: act.by?.agency ?? null,
      role: act.guest ? 'guest' : (act.by?.role ?? null),
      purpose: act.by?.purpose ?? null,
      case_reference: act.caseReference ?? null,
      event: act.event,
      outcome: act.refused ? 'refused' : 'done',
      person_id: act.person ?? null,
      ...{ subject_kind: act.kind ?? null, subject_id: act.subject ?? null, detail: act.detail ?? {} },
    })),
  )
  await tx.query(`do $$
declare
  head audit_head;
  entry audit;
begin
  select * into head from audit_head for update;
  for entry in select * from invented_acts order by seq loop
    entry.seq := head.seq + 1;
    entry.previous_hash := head.hash;
    entry.hash := audit_hash(entry);
    insert into audit select entry.*;
    head.seq := entry.seq;
    head.hash := entry.hash;
  end loop;
  update audit_head set seq = head.seq, hash = head.hash;
end $$`)
}
