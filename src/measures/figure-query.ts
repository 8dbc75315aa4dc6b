/** What the query of a figure is made from, and how named steps become one statement. */
import type { Day } from '../platform/calendar.ts'
import type { DimensionId } from './figure.ts'
import type { Counting, Measure } from './measure.ts'
import type { SideMonths } from './periods.ts'
import type { RecordField } from './record-fields.ts'

export interface Step {
  name: string
  sql: string
}

/** Steps with meaningful names, joined into one statement. */
export const statement = (steps: readonly Step[], select: string): string =>
  `with\n${steps.map(step => `${step.name} as (\n${indented(step.sql)}\n)`).join(',\n')}\n${select}`

const indented = (sql: string): string =>
  sql
    .split('\n')
    .map(line => `  ${line}`)
    .join('\n')

/** Codes that a dimension may have; null stands for unknown. */
export type Filters = ReadonlyMap<DimensionId, readonly (string | null)[]>

export interface FigureQuery {
  kind: Measure['kind']
  counting: Counting
  by: readonly DimensionId[]
  where: Filters
  period: SideMonths
  comparator: SideMonths | null
  /** Days from which what was counted is also counted apart, for taking out effects of recording changes. */
  changesOn: readonly Day[]
  /** Columns of single records, for methods that read where and when each was. */
  fields?: readonly RecordField[]
}

export const columnName = (dimension: DimensionId): string => `by_${dimension.replaceAll('-', '_')}`
