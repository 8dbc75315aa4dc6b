/** Other people's headings, saved per supplier and dataset, so that their files are understood as they come. */
import { InputFault } from '../../platform/errors.ts'
import type { Queryable } from '../../platform/postgres.ts'
import type { Dataset } from '../dataset.ts'
import type { ColumnMapping } from '../intake/recognise.ts'

export interface SavedMapping {
  supplier: string
  dataset: string
  /** Their heading → our column. */
  mapping: ColumnMapping
  /** UTC instant. */
  savedAt: string
}

export const listMappings = (db: Queryable): Promise<SavedMapping[]> =>
  db.query<SavedMapping>(
    `select supplier, dataset, mapping,
       to_char(saved_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "savedAt"
     from column_mappings order by supplier, dataset`,
  )

/** Saves the mapping whole, in place of an earlier one. Throws `columns-missing` for a column that we do not have. */
export async function saveMapping(
  db: Queryable,
  supplier: string,
  dataset: Dataset,
  mapping: ColumnMapping,
  at: Date,
): Promise<void> {
  const names = new Set(dataset.columns.map(c => c.name))
  const unknown = Object.values(mapping).find(column => !names.has(column))
  if (unknown !== undefined) {
    throw new InputFault(
      'columns-missing',
      `${dataset.id} has no column "${unknown}". It has ${[...names].join(', ')}.`,
    )
  }
  await db.query(
    `insert into column_mappings (supplier, dataset, mapping, saved_at) values ($1, $2, $3, $4)
     on conflict (supplier, dataset) do update set mapping = excluded.mapping, saved_at = excluded.saved_at`,
    [supplier, dataset.id, JSON.stringify(mapping), at.toISOString()],
  )
}

/** True when there was one. */
export async function removeMapping(db: Queryable, supplier: string, dataset: Dataset): Promise<boolean> {
  const removed = await db.query(
    'delete from column_mappings where supplier = $1 and dataset = $2 returning supplier',
    [supplier, dataset.id],
  )
  return removed.length > 0
}
