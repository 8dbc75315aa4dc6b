/** Many rows in few statements: the embedded database is one connection, and a round trip a row would take minutes. */
import type { Queryable } from '../../platform/postgres.ts'

const ROWS_AT_ONCE = 4000

/** `columns`: SQL types by name. Rows give values as JSON writes them; a column that a row leaves out is null. */
export async function insertRows<Columns extends Record<string, string>>(
  tx: Queryable,
  table: string,
  columns: Columns,
  rows: readonly { [Name in keyof Columns]: unknown }[],
): Promise<void> {
  const names = Object.keys(columns).join(', ')
  const typed = Object.entries(columns).map(([name, type]) => `${name} ${type}`)
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    await tx.query(
      `insert into ${table} (${names}) select ${names} from jsonb_to_recordset($1) as r (${typed.join(', ')})`,
      [JSON.stringify(rows.slice(at, at + ROWS_AT_ONCE))],
    )
  }
}
