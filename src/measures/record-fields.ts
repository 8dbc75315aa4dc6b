/**
 * Where each table keeps where and when a single record was: what the methods of place and time read. A table
 * that is not named here has no such column, and no method reads it.
 */
import type { Source } from './measure.ts'

/**
 * `longitude` and `latitude` in degrees; `from_minute` and `to_minute`, the span in which it happened, in minutes of
 * local wall time since 1970; `day`, the day on which that span begins, in days since 1970.
 */
export type RecordField = 'longitude' | 'latitude' | 'from_minute' | 'to_minute' | 'day'

const minutes = (column: string) => `extract(epoch from ${column}) / 60`
const days = (column: string) => `floor(extract(epoch from ${column}) / 86400)`

const point = {
  longitude: (alias: string) => `${alias}.longitude`,
  latitude: (alias: string) => `${alias}.latitude`,
}

const fields: Record<string, Partial<Record<RecordField, (alias: string) => string>>> = {
  offences: {
    ...point,
    from_minute: alias => minutes(`${alias}.committed_from`),
    to_minute: alias => minutes(`${alias}.committed_to`),
    day: alias => days(`${alias}.committed_from`),
  },
  police_uk_street: point,
}

const tableOf = (source: Source): string => (source.kind === 'events' ? source.table : 'offences')

/** True where every record of the source has such a column, filled in or not. */
export const hasField = (source: Source, field: RecordField): boolean =>
  fields[tableOf(source)]?.[field] !== undefined

export function fieldOf(source: Source, field: RecordField): string {
  const sql = fields[tableOf(source)]?.[field]
  if (!sql) throw new RangeError(`${tableOf(source)} has no ${field}`)
  return sql(tableOf(source) === 'offences' ? 'o' : 'e')
}
