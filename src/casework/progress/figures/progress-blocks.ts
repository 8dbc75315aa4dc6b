/**
 * Tables of progress from figures of the catalogue: what agreements of tiers asked for and what came of it; who came, moved
 * and left. By tier of one scheme, by cohort, or by who people are; never by person.
 */
import type { PackTierScheme } from '../../../areas/area-pack.ts'
import type { Evidence } from '../../../evidence/evidence.ts'
import { getMeasure } from '../../../measures/catalogue/index.ts'
import { dimensionsOf } from '../../../measures/dimensions.ts'
import type { DimensionId, Figure, FigureRequest, FigureRow } from '../../../measures/figure.ts'
import { countingOf, tablesOf } from '../../../measures/measure.ts'
import type { HeldMonths } from '../../../measures/pictures/held.ts'
import { type Scope, scoped } from '../../../measures/pictures/scope.ts'
import {
  bareCountCell,
  countCell,
  medianCell,
  proportionCell,
  type Stage,
  type StagesBlock,
  stagesBlock,
} from '../../../measures/pictures/stages-table.ts'

const INTERVAL = '95% interval'

export interface Column {
  title: string
  measure: string
  cell: Stage['cell']
  more?: string
  /** As it stands now: the month under way is in it, where the months shown go up to it. */
  untilNow?: true
  variant?: Record<string, string>
}

export const serviceLevels: readonly Column[] = [
  {
    title: 'First contact in time',
    more: `of due, ${INTERVAL}`,
    measure: 'cohort-first-contacts-in-time',
    cell: proportionCell,
  },
  { title: 'Visits kept', more: `of due, ${INTERVAL}`, measure: 'cohort-visits-kept', cell: proportionCell },
  {
    title: 'Reviews in time',
    more: `of due, ${INTERVAL}`,
    measure: 'cohort-reviews-in-time',
    cell: proportionCell,
  },
  { title: 'Reviews overdue by now', measure: 'cohort-reviews-overdue', cell: bareCountCell, untilNow: true },
]

const placed: Column = {
  title: 'Placed',
  measure: 'cohort-placings',
  cell: bareCountCell,
}

const needsMet: Column = {
  title: 'Needs met',
  more: `of written down, ${INTERVAL}`,
  measure: 'needs-met',
  cell: proportionCell,
}

export const comingAndLeaving: readonly Column[] = [
  placed,
  { title: 'Moved in', measure: 'cohort-moves', cell: bareCountCell },
  { title: 'Moved out', measure: 'cohort-moves-away', cell: bareCountCell },
  { title: 'Into custody', measure: 'cohort-custody', cell: bareCountCell },
  { title: 'Archived', measure: 'cohort-archives', cell: bareCountCell },
  { title: 'Removed', measure: 'cohort-removals', cell: bareCountCell },
  {
    title: 'Days in the tier',
    more: `median, ${INTERVAL}`,
    measure: 'cohort-days-in-tier',
    cell: medianCell,
  },
  needsMet,
]

export const levelsByPeople: readonly Column[] = [
  { ...placed, cell: countCell },
  ...serviceLevels.slice(0, 3),
]

export const endsByPeople: readonly Column[] = [
  {
    title: 'Ended as a success',
    more: `of ends, ${INTERVAL}`,
    measure: 'cohort-archived-share',
    cell: proportionCell,
  },
  { title: 'Days in a tier', more: `median, ${INTERVAL}`, measure: 'cohort-days-in-tier', cell: medianCell },
  needsMet,
]

const ofActions: readonly Column[] = [
  { title: 'Actions due', measure: 'actions-due', cell: bareCountCell },
  { title: 'Done in time', more: `of due, ${INTERVAL}`, measure: 'actions-in-time', cell: proportionCell },
  { title: 'Overdue by now', measure: 'actions-overdue', cell: bareCountCell, untilNow: true },
]

const attendance: Column = {
  title: 'Came to meetings',
  more: `of seats, ${INTERVAL}`,
  measure: 'meeting-attendance',
  cell: proportionCell,
}

export const byAgency: readonly Column[] = [...ofActions, attendance]

export const byMeeting: readonly Column[] = [attendance]

export const byHeading = ofActions

export const actionsByPeople: readonly Column[] = ofActions.slice(0, 2).map(column => ({
  ...column,
  variant: { about: 'people' },
  cell: column.cell === bareCountCell ? countCell : column.cell,
}))

export const confirmed: Column = {
  title: 'Confirmed within a week',
  more: `of told, ${INTERVAL}`,
  measure: 'removals-confirmed',
  cell: proportionCell,
}

export interface Asked {
  figure: Figure
  request: FigureRequest
}

export type Get = (request: FigureRequest) => Promise<Asked>

export interface Progress {
  get: Get
  evidence: Evidence
  scope: Scope
  held: HeldMonths
  /** What every figure is filtered by. */
  where?: FigureRequest['where']
  /** The scheme whose name need not stand before each tier. */
  scheme?: PackTierScheme | undefined
}

/** Null where nothing of its columns is counted yet. */
export async function progressBlock(
  { get, evidence, scope, held, where, scheme }: Progress,
  { heading, ...words }: { id: string; title: string; about: string; heading?: string },
  dimension: DimensionId,
  columns: readonly Column[],
): Promise<StagesBlock | null> {
  const stages = await Promise.all(
    columns.map(async ({ title, more, cell, ...column }): Promise<Stage | null> => {
      const measure = getMeasure(column.measure)
      const [table] = tablesOf(countingOf(measure))
      if ((await evidence.files(table!)).length === 0 || !dimensionsOf(measure).includes(dimension))
        return null
      const asked = await get(
        scoped(
          scope,
          {
            measure: measure.id,
            by: [dimension],
            ...(column.untilNow && scope.to === held.last && { to: held.months.at(-1)! }),
            ...(where && { where }),
            ...(column.variant && { variant: column.variant }),
          },
          { compare: false },
        ),
      )
      return {
        title,
        ...(more && { more }),
        cell,
        request: asked.request,
        figure: scheme ? withoutScheme(asked.figure, scheme) : asked.figure,
      }
    }),
  )
  const counted = stages.filter(stage => stage !== null)
  if (counted.length === 0) return null
  const block = stagesBlock(words, dimension, withZeros(counted, dimension))
  return heading ? { ...block, heading } : block
}

/** What another column names and a count does not was counted none, where all of it is not withheld. */
function withZeros(stages: readonly Stage[], dimension: DimensionId): Stage[] {
  const everywhere = new Map(
    stages.flatMap(({ figure }) => figure.rows.map(row => [row.codes[dimension] ?? null, row] as const)),
  )
  return stages.map(stage => {
    const { figure, cell } = stage
    if (cell !== bareCountCell) return stage
    const missing = [...everywhere]
      .filter(
        ([code]) => code !== 'none' && !figure.rows.some(row => (row.codes[dimension] ?? null) === code),
      )
      .map(([, { labels, codes }]): FigureRow => {
        const { count } = figure.total
        return { ...figure.total, labels, codes, count: count && 0, value: count && 0 }
      })
    return { ...stage, figure: { ...figure, rows: [...figure.rows, ...missing] } }
  })
}

const withoutScheme = (figure: Figure, { name }: PackTierScheme): Figure => ({
  ...figure,
  rows: figure.rows.map(row => ({
    ...row,
    labels: { ...row.labels, ...(row.labels.tier && { tier: row.labels.tier.replace(`${name} – `, '') }) },
  })),
})
