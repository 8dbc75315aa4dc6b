/** Agencies: named by the area pack, kept in the database because people and records belong to them. */
import type { AreaPack } from '../../areas/area-pack.ts'
import type { Queryable } from '../../platform/postgres.ts'

export interface Agency {
  id: string
  name: string
  kind: string
  contact: string
  closedOn: string | null
}

/**
 * Brings the list up to date with the pack. An agency that the pack no longer names stays: what it wrote is still its
 * own. Its contact is not the pack's to change.
 */
export const syncAgencies = (database: Queryable, { agencies }: AreaPack): Promise<unknown> =>
  database.query(
    `insert into agencies (id, name, kind)
     select id, name, kind from jsonb_to_recordset($1) as a (id text, name text, kind text)
     on conflict (id) do update set name = excluded.name, kind = excluded.kind
     where (agencies.name, agencies.kind) is distinct from (excluded.name, excluded.kind)`,
    [JSON.stringify(agencies)],
  )

export const listAgencies = (tx: Queryable): Promise<Agency[]> =>
  tx.query<Agency>('select id, name, kind, contact, closed_on as "closedOn" from agencies order by name, id')
