/** How much of a figure is not known by a dimension. Unknowns are shown, never dropped. */
import { unknownCodes } from './dimensions.ts'
import type { DimensionId, Figure } from './figure.ts'
import { columnName, type Filters } from './figure-query.ts'
import type { Grid, Tally } from './figure-rows.ts'
import type { Measure } from './measure.ts'

type Unknown = Figure['unknown']

/** For dimensions filtered by: how many the filter passes over because nobody knows. */
export function unknownOfFilters(where: Filters, row: Record<string, number | null> | undefined): Unknown {
  const of = row?.out_of ?? 0
  return Object.fromEntries([...where.keys()].map(id => [id, shareOf(row?.[columnName(id)] ?? 0, of)]))
}

/** For dimensions split by: empty values, and codes that mean "not recorded". */
export function unknownOfSplit(by: readonly DimensionId[], grid: Grid, kind: Measure['kind']): Unknown {
  const cases = (tally: Tally | null) => (kind === 'proportion' ? tally?.outOf : tally?.n) ?? 0
  return Object.fromEntries(
    by.map((id, i) => {
      const unknown = grid.cells.filter(cell => isUnknown(id, cell.codes[i]!))
      return [
        id,
        shareOf(
          unknown.reduce((sum, cell) => sum + cases(cell.period), 0),
          cases(grid.total.period),
        ),
      ]
    }),
  )
}

export const isUnknown = (id: DimensionId, code: string | null): boolean =>
  code === null || (unknownCodes[id] ?? []).includes(code)

const shareOf = (count: number, of: number) => ({ count, of, share: of > 0 ? count / of : null })
