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
  const sums = present.flatMap(({ index }) => [
    `count(nullif(trim(c${index}), '')) as filled${index}`,
    `coalesce(bool_or(c${index} <> trim(c${index}) or c${index} = ''), false) as padded${index}`,
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
      filled: Number(summary![`filled${index}`]),
      cell,
      values: column.codes || column.type === 'boolean' ? await valuesOf(connection, cell) : null,
    })
  }
  return profiles
}

async function valuesOf(connection: EngineConnection, cell: string): Promise<string[] | null> {
  const rows = await connection.rows<{ v: string }>(
    `select distinct ${cell} as v from staged where ${cell} is not null limit ${MOST_VALUES + 1}`,
  )
  return rows.length > MOST_VALUES ? null : rows.map(r => r.v).sort()
}
