/**
 * What a dataset is: one descriptor says everything about a kind of row that partners send.
 *
 * From the descriptor come the checking SQL, the CSV template, the documentation page, the table that
 * measures read and the shape that the synthetic partnership fills. Nothing else knows the columns.
 */
import type { CodeList } from './codes/code-list.ts'

/**
 * - `timestamp`: Europe/London wall-clock time, `2019-04-30 21:15`. A time in the hour that the clocks skip
 *   in March did not happen and is refused.
 * - `instant`: ISO 8601 with an offset, as data.police.uk publishes; stored as Europe/London wall-clock time.
 * - `month`: `2019-04`.
 * - `boolean`: true/false, yes/no, y/n, 1/0.
 */
export type ColumnType =
  | 'text'
  | 'integer'
  | 'number'
  | 'date'
  | 'month'
  | 'timestamp'
  | 'instant'
  | 'boolean'

export interface Column {
  /** The heading in our template, and the column's name in the store. Lower case with underscores. */
  name: string
  title: string
  type: ColumnType
  describes: string
  example: string
  unit?: string
  required?: boolean
  /** A closed list rejects what is not on it; an open list keeps it and says so in the findings. */
  codes?: CodeList
  range?: { min: number; max: number }
  /** Headings under which others publish the same column; compared without case, spaces and punctuation. */
  headings?: string[]
  /** True where the value describes one person. Kept to pseudonym, age, gender, ethnicity and occupation. */
  personal?: boolean
}

/** A rule across columns. `failsWhen` is DuckDB SQL over the typed columns; a null answer passes. */
export interface Check {
  id: string
  columns: string[]
  failsWhen: string
  reason: string
}

/** A column that intake computes: `sql` is DuckDB SQL over the typed columns. */
export interface DerivedColumn {
  name: string
  type: Exclude<ColumnType, 'instant'>
  sql: string
  describes: string
}

/** How a row is placed in areas: by its point, else by the small-area code or authority code it carries. */
export type Placement = 'point' | 'small-area' | 'local-authority' | 'none'

export interface Dataset {
  /** As typed on the command line: `stop-and-search`. */
  id: string
  /** Name of the table in measure SQL: `stop_and_search`. */
  table: string
  title: string
  describes: string
  /** What one row is, in words: "one row per recorded offence". */
  grain: string
  suppliers: string[]
  source: string
  columns: Column[]
  checks: Check[]
  derived: DerivedColumn[]
  /** Columns that identify a row within one file; empty where identical rows are separate events. */
  key: string[]
  /** Rows of one file that agree on this column are one event, listed more than once; empty never agrees. */
  repeatsOn?: string
  /**
   * A later load replaces earlier rows that agree on these columns. Equal to `key` for extracts that are
   * corrected row by row; `['force', 'month']` for files published whole, month by month, without an id.
   */
  replacedBy: string[]
  /** The column that says when a row counts; `month` is derived from it. */
  period: string
  placement: Placement
  /** Where `force` comes from when the file has no such column: its name, its `Falls within` column. */
  forceFrom?: 'file-name' | 'column'
  /** Wide files: these columns become rows of (`name`, `value`). */
  unpivot?: { columns: string[]; name: string; value: string }
  /** Records of data.police.uk as the API returns them, one JSON object a line, map onto the columns so. */
  policeApi?: boolean
  /** Concord counts it in its own casework: nobody sends it, and a month without rows is a month of none. */
  fromCasework?: true
}

/** Columns that placement adds to every dataset. Area codes; null means unknown and is counted as such. */
export const placementColumns = ['lsoa', 'ward', 'local_authority', 'policing_area', 'impact_area'] as const

/** What a published file's name tells of all its rows: `2019-01-west-midlands-stop-and-search.csv`. */
export const fileNameColumns: { name: string; type: ColumnType }[] = [
  { name: 'force', type: 'text' },
  { name: 'file_month', type: 'month' },
]

/** Columns of the stored table, in order: given, derived, then placement. */
export function storedColumns(dataset: Dataset): { name: string; type: ColumnType }[] {
  const given = dataset.unpivot
    ? [
        ...dataset.columns.filter(c => !dataset.unpivot!.columns.includes(c.name)),
        { name: dataset.unpivot.name, type: 'text' as const },
        { name: dataset.unpivot.value, type: 'integer' as const },
      ]
    : dataset.columns
  const seen = new Set<string>()
  return [
    ...given.map(({ name, type }) => ({ name, type })),
    ...(dataset.forceFrom === 'file-name' ? fileNameColumns : []),
    ...dataset.derived.map(({ name, type }) => ({ name, type })),
    ...placementColumns.map(name => ({ name, type: 'text' as const })),
  ].filter(({ name }) => !seen.has(name) && seen.add(name))
}

/** The SQL type of a column, spelt so that DuckDB and PostgreSQL both take it. */
export function sqlType(type: ColumnType): string {
  switch (type) {
    case 'integer':
      return 'integer'
    case 'number':
      return 'double precision'
    case 'date':
      return 'date'
    case 'timestamp':
    case 'instant':
      return 'timestamp'
    case 'boolean':
      return 'boolean'
    case 'text':
    case 'month':
      return 'varchar'
  }
}

/** `month` and `financial_year` of a date or timestamp column. */
export const periodColumns = (column: string): DerivedColumn[] => [
  {
    name: 'month',
    type: 'month',
    sql: `strftime(${column}, '%Y-%m')`,
    describes: `The month of ${column}`,
  },
  financialYearOf(`strftime(${column}, '%Y-%m')`),
]

/** `financial_year` of SQL that gives a month: 1 April to 31 March, labelled 2019/20. */
export const financialYearOf = (month: string): DerivedColumn => ({
  name: 'financial_year',
  type: 'text',
  sql: `case when ${month} is null then null
    when cast(substr(${month}, 6, 2) as integer) >= 4
      then substr(${month}, 1, 4) || '/' || lpad(cast((cast(substr(${month}, 1, 4) as integer) + 1) % 100 as varchar), 2, '0')
      else cast(cast(substr(${month}, 1, 4) as integer) - 1 as varchar) || '/' || substr(${month}, 3, 2) end`,
  describes: 'The financial year, 1 April to 31 March',
})

/** `hour` (0 to 23) and `weekday` (1 Monday to 7 Sunday) of a local timestamp. */
export const clockColumns = (column: string): DerivedColumn[] => [
  { name: 'hour', type: 'integer', sql: `cast(hour(${column}) as integer)`, describes: `Hour of ${column}` },
  {
    name: 'weekday',
    type: 'integer',
    sql: `cast(isodow(${column}) as integer)`,
    describes: `Day of the week of ${column}, 1 Monday to 7 Sunday`,
  },
]

/** The value that a list gives for a code column, as SQL, for derived labels and groups. */
export const codeLookup = (column: string, pairs: readonly (readonly [string, string])[]): string =>
  pairs.length === 0
    ? 'null'
    : `case ${column} ${pairs.map(([from, to]) => `when ${quote(from)} then ${quote(to)}`).join(' ')} end`

/** A SQL string literal. */
export const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`
