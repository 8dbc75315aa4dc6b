/**
 * The records behind a measure, as columns of numbers: what the methods of place and time start from.
 *
 * Only for viewers who may see records. What a method makes of them (a surface, a list of hot cells) can give
 * single records away as well, so this is the one door and it asks.
 */
import { UsageFault } from '../../platform/errors.ts'
import { getMeasure } from '../catalogue/index.ts'
import type { DisclosureLevel, FigureRequest } from '../figure.ts'
import { type FigureQuery, statement } from '../figure-query.ts'
import { type FigureContext, settle } from '../figure-request.ts'
import { countingOf } from '../measure.ts'
import { hasField, type RecordField } from '../record-fields.ts'
import { sideSteps } from '../side-steps.ts'

export interface RecordsBehind {
  /** All of equal length, one value a record in no particular order; NaN where it is not known. */
  columns: Record<RecordField, Float64Array>
  /** How many records there are. */
  count: number
  sql: string
  evidenceVersion: string
}

/** True where all records of the measure can say such a thing: otherwise a method would see a part for the whole. */
export const canSay = (request: Pick<FigureRequest, 'measure' | 'variant'>, field: RecordField): boolean =>
  countingOf(getMeasure(request.measure), request.variant).sources.every(source => hasField(source, field))

/**
 * Reads the records that the request counts: its period, filters and variant; `by`, `per` and `compare` do not
 * matter. Throws UsageFault for who may not see records, and for a measure whose records cannot say it.
 */
export async function recordsBehind(
  context: FigureContext,
  request: FigureRequest,
  disclosure: DisclosureLevel,
  fields: readonly RecordField[],
): Promise<RecordsBehind> {
  if (disclosure !== 'record') throw new UsageFault(FOR_RECORDS_ONLY)
  const evidenceVersion = await context.evidence.version()
  const { by: _by, per: _per, compare: _compare, ...whole } = request
  const settled = await settle(context, whole, disclosure)
  const missing = fields.find(field => !settled.counting.sources.every(source => hasField(source, field)))
  if (missing) throw new UsageFault(`${settled.measure.title} is not recorded with ${fieldWords[missing]}.`)
  const query: FigureQuery = {
    kind: settled.measure.kind,
    counting: settled.counting,
    by: [],
    where: settled.where,
    period: settled.sides.period,
    comparator: null,
    changesOn: [],
    fields,
  }
  const limited = settled.counting.sources.some(source => source.underAge !== undefined)
  const sql = statement(
    sideSteps(query, 'period', settled.sides.period),
    `select ${fields.join(', ')}\nfrom in_period${limited ? '\nwhere counted = 1' : ''}`,
  )
  const columns = (await context.evidence.numbers(sql)) as RecordsBehind['columns']
  return { columns, count: columns[fields[0]!]?.length ?? 0, sql, evidenceVersion }
}

export const FOR_RECORDS_ONLY =
  'This reads single records, so it is shown only to those who may see them: a few records in one place or week could identify somebody.'

const fieldWords: Record<RecordField, string> = {
  longitude: 'a point on the map',
  latitude: 'a point on the map',
  from_minute: 'a time',
  to_minute: 'a time',
  day: 'a day',
}
