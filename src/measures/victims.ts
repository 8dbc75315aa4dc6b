/**
 * Victims that a rate is out of: people recorded as victims, counted by a measure of their own over the same months. What a
 * partnership does is set against those who were harmed as well as against those who live here (R24).
 *
 * The traps: the same months may not be held of victims, so the latest that are stand in, and are named. And victims of
 * unknown group would make every group's rate too high, so by a description that is unknown of too many none is given.
 */
import type { AreaPack } from '../areas/area-pack.ts'
import type { Evidence } from '../evidence/evidence.ts'
import { addMonths, type Month, monthOf, monthsBetween } from '../platform/calendar.ts'
import { coverageOf } from './coverage.ts'
import { dimensionsOf } from './dimensions.ts'
import type { DimensionId, Period } from './figure.ts'
import { columnName, type Filters } from './figure-query.ts'
import { type FigureCell, figureSql } from './figure-sql.ts'
import { countingOf, type Measure } from './measure.ts'
import { comparisonRule } from './methods/disproportionality.ts'
import { oncePerVersion } from './once-per-version.ts'
import { populationDimensions, residentsKey } from './population.ts'

/** Victims per this many are counted. */
export const PER_VICTIMS = 100

export interface Victims {
  title: string
  sql: string
  /** Months that they were recorded in. */
  period: { from: Month; to: Month }
  /** By the codes of the population dimensions asked for, in their order; without those of unknown group. */
  byCodes: Map<string, number>
  total: number
  /** Descriptions that are unknown of too many of them. */
  unknownBy: DimensionId[]
}

/** Null where nothing is held of them, over as many months as the period has, by its end. */
export async function victimsFor(
  evidence: Evidence,
  pack: AreaPack,
  measure: Measure,
  by: readonly DimensionId[],
  where: Filters,
  period: Period,
): Promise<Victims | null> {
  const counting = countingOf(measure)
  const force = dimensionsOf(measure).includes('force') ? pack.force : null
  const { holds } = await coverageOf(evidence, counting, undefined, undefined)
  const months = heldRun(monthsBetween(monthOf(period.from), monthOf(period.to)), m => holds(m, force))
  if (!months) return null
  const split = by.filter(id => populationDimensions.includes(id))
  const filters = new Map<DimensionId, readonly (string | null)[]>(
    [...where].filter(([id]) => populationDimensions.includes(id)),
  )
  if (force) filters.set('force', [force])
  const sql = figureSql({
    kind: 'count',
    counting,
    by: split,
    where: filters,
    period: { period: months, months: monthsBetween(months.from, months.to), leftOut: [] },
    comparator: null,
    changesOn: [],
  })
  const cells = await oncePerVersion(evidence, sql, () => evidence.query<FigureCell>(sql))
  const codesOf = (cell: FigureCell) => split.map(id => (cell[columnName(id)] ?? null) as string | null)
  const sum = (some: readonly FigureCell[]) => some.reduce((n, cell) => n + Number(cell.n), 0)
  const total = sum(cells)
  const unknownBy = split.filter(
    (_, i) => sum(cells.filter(c => codesOf(c)[i] === null)) > comparisonRule.mostUnknown * total,
  )
  const known = unknownBy.length > 0 ? [] : cells.filter(cell => !codesOf(cell).includes(null))
  return {
    title: measure.title,
    sql,
    period: months,
    byCodes: new Map(known.map(cell => [residentsKey(codesOf(cell)), Number(cell.n)])),
    total,
    unknownBy,
  }
}

/** The months themselves, or the latest run of as many before them that is held whole. */
function heldRun(
  months: readonly Month[],
  isHeld: (month: Month) => boolean,
): { from: Month; to: Month } | null {
  const last = months.at(-1)!
  for (let back = 0; back < MOST_BACK; back++) {
    const to = addMonths(last, -back)
    const from = addMonths(to, 1 - months.length)
    if (monthsBetween(from, to).every(isHeld)) return { from, to }
  }
  return null
}

/** Ten years: older victims are those of another place. */
const MOST_BACK = 120
