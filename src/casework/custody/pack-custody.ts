/** Who may know what there is to mind in custody, and which other arrangements there are: as the area pack has them. */
import type { AreaPack } from '../../areas/area-pack.ts'
import type { Database } from '../../platform/postgres.ts'

/**
 * Brings both up to date with the pack, in one transaction. An arrangement that the pack no longer names keeps its name and
 * takes nobody new; a kind of agency that it no longer names knows nothing more.
 */
export const syncCustody = (
  database: Database,
  { custodyKnownTo, arrangementKinds }: AreaPack,
): Promise<void> =>
  database.transaction(async tx => {
    await tx.query('delete from custody_kinds')
    await tx.query(
      `insert into custody_kinds (kind, since, until, source)
       select kind, "from", "to", source
       from jsonb_to_recordset($1) as k (kind text, "from" date, "to" date, source text)`,
      [JSON.stringify(custodyKnownTo)],
    )
    await tx.query('update arrangement_kinds set in_pack = false where in_pack')
    await tx.query(
      `insert into arrangement_kinds (id, name, since, until, told_to, source)
       select id, name, "from", "to", "toldTo", source
       from jsonb_to_recordset($1) as k (id text, name text, "from" date, "to" date, "toldTo" text[], source text)
       on conflict (id) do update set name = excluded.name, since = excluded.since, until = excluded.until,
         told_to = excluded.told_to, source = excluded.source, in_pack = true`,
      [JSON.stringify(arrangementKinds)],
    )
  })
