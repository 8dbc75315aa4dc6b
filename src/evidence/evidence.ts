/**
 * The one door to evidence. Measures ask here and nowhere else, in SQL over the datasets' tables, so that a
 * bigger engine can take over behind it.
 */
import type { Day, Month } from '../platform/calendar.ts'

export interface ActiveFile {
  dataset: string
  table: string
  month: Month
  /** Name of the file within the evidence folder. */
  file: string
  rows: number
  /** Rows by force, where the dataset has forces: tells missing from zero. */
  forces: Record<string, number>
}

export interface Evidence {
  /** Hash of the set of active files and boundaries: the same set gives the same version. */
  version(): Promise<string>
  /**
   * Rows of measure SQL. Table names are those of the datasets; each is there, and empty when nothing was
   * loaded. Counts come as numbers, months as text.
   */
  query<Row = Record<string, unknown>>(sql: string): Promise<Row[]>
  /** The same by column, for methods that read every record: each column as numbers, NaN where there is none. */
  numbers(sql: string): Promise<Record<string, Float64Array>>
  /** Active files of a table whose month lies in the period (whole months), oldest first. */
  files(table: string, from?: Month, to?: Month): Promise<ActiveFile[]>
  /**
   * The last day of which Concord counted its own casework in a table: to there, a month without rows had none. Null for
   * what partners send, of which nobody knows what was left out.
   */
  countedTo(table: string): Promise<Day | null>
  /** Areas of a kind in force at some time in the period, by code. */
  areas(kind: AreaKind, from?: Month, to?: Month): Promise<Area[]>
}

export type AreaKind = 'lsoa' | 'ward' | 'local-authority' | 'policing-area' | 'impact-area'

/** The column of every table that holds the code of an area of the kind. */
export const areaColumns: Record<AreaKind, string> = {
  lsoa: 'lsoa',
  ward: 'ward',
  'local-authority': 'local_authority',
  'policing-area': 'policing_area',
  'impact-area': 'impact_area',
}

export interface Area {
  kind: AreaKind
  code: string
  name: string
  vintage: string
  from: string | null
  to: string | null
}
