/** Many rows in few statements: the embedded database is one connection, and a round trip a row would take minutes. */
import type { Queryable } from '../../platform/postgres.ts'

const ROWS_AT_ONCE = 4000

/** `columns`: "id uuid, name text". Rows give values as JSON writes them; a column that a row leaves out is null. */
export async function insertRows(
  tx: Queryable,
  table: string,
  columns: string,
  rows: readonly object[],
): Promise<void> {
  const names = columns.split(',').map(column => column.trim().split(' ')[0])
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    await tx.query(
      `insert into ${table} (${names.join(', ')}) select ${names.join(', ')}
       from jsonb_to_recordset($1) as r (${columns})`,
      [JSON.stringify(rows.slice(at, at + ROWS_AT_ONCE))],
    )
  }
}
