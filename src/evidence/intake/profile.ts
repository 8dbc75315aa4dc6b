/**
 * A first look at the staged cells: how many are filled, whether any needs trimming, and which different
 * values a coded column holds. Codes are then judged once per value, not once per row.
 */
import type { EngineConnection } from '../../platform/duckdb.ts'
import type { RecognisedColumn } from './recognise.ts'

export interface ColumnProfile {
  filled: number
  /** SQL of the cell as it is to be read: trimmed, empty as null, without a formula guard. */
  cell: string
  /** Different values of a coded column; null where there are more than anybody could have meant. */
  values: string[] | null
}

const MOST_VALUES = 5000

export async function profileColumns(
  connection: EngineConnection,
  columns: readonly RecognisedColumn[],
): Promise<Map<string, ColumnProfile>> {
  const present = columns.filter(c => c.index !== null)
  // The least cell tells whether any is empty or begins with a blank: both sort before every other.
  const sums = present.flatMap(({ index }) => [
    `count(c${index}) as given${index}`,
    `coalesce(min(c${index}) < '!', false) or coalesce(bool_or(ends_with(c${index}, ' ')), false) as padded${index}`,
    `coalesce(bool_or(starts_with(c${index}, '''')), false) as guarded${index}`,
  ])
  const [summary] = await connection.rows<Record<string, number | boolean>>(
    `select ${sums.join(', ') || '1'} from staged`,
  )
  const profiles = new Map<string, ColumnProfile>()
  for (const { column, index } of columns) {
    if (index === null) {
      profiles.set(column.name, { filled: 0, cell: 'cast(null as varchar)', values: [] })
      continue
    }
    const text = summary![`guarded${index}`]
      ? `regexp_replace(c${index}, '^''([=+\\-@\\t\\r])', '\\1')`
      : `c${index}`
    const cell = summary![`padded${index}`] ? `nullif(trim(${text}), '')` : text
    profiles.set(column.name, {
      filled: summary![`padded${index}`]
        ? await filledCells(connection, cell)
        : Number(summary![`given${index}`]),
      cell,
      values: column.codes || column.type === 'boolean' ? await valuesOf(connection, cell) : null,
    })
  }
  return profiles
}

async function filledCells(connection: EngineConnection, cell: string): Promise<number> {
  const [row] = await connection.rows<{ n: number }>(`select count(${cell}) as n from staged`)
  return row!.n
}

async function valuesOf(connection: EngineConnection, cell: string): Promise<string[] | null> {
  const rows = await connection.rows<{ v: string }>(
    `select distinct ${cell} as v from staged where ${cell} is not null limit ${MOST_VALUES + 1}`,
  )
  return rows.length > MOST_VALUES ? null : rows.map(r => r.v).sort()
}
