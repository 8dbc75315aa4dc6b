/** Agencies: named by the area pack, kept in the database because people and records belong to them. */
import type { AreaPack } from '../../areas/area-pack.ts'
import { NotThere } from '../../platform/errors.ts'
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

export interface CountedAgency extends Agency {
  /** People at work who can sign in. */
  active: number
}

export const countAgencies = (tx: Queryable): Promise<CountedAgency[]> =>
  tx.query<CountedAgency>(
    `select a.id, a.name, a.kind, a.contact, a.closed_on as "closedOn",
       count(u.id) filter (where u.state = 'active') as active
     from agencies a left join users u on u.agency = a.id
     group by a.id, a.name, a.kind, a.contact, a.closed_on order by a.name, a.id`,
  )

/** Whom other agencies are told to ask, as a post and a telephone number. Throws NotThere. */
export async function setContact(tx: Queryable, agency: string, contact: string): Promise<void> {
  const changed = await tx.query('update agencies set contact = $2 where id = $1 returning id', [
    agency,
    contact,
  ])
  if (changed.length === 0) throw new NotThere()
}
