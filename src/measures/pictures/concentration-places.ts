/**
 * Counts by place, now and before, with the places that had none: small areas from the figure, or square cells from the
 * records behind it. Without the empty places every share of places would be wrong, so they come from the boundaries.
 */
import { placePoints } from '../../evidence/geography/layer.ts'
import type { PageContext } from '../../web/context.ts'
import type { Figure, FigureRequest, Period } from '../figure.ts'
import {
  cellOfPoints,
  cellsOver,
  centresInside,
  type StudyArea,
  studyArea,
} from '../methods/hotspots-area.ts'
import { toNationalGrid } from '../methods/national-grid.ts'
import { recordsBehind } from '../methods/records-behind.ts'
import { oncePerVersion } from '../once-per-version.ts'
import { type Shape, shapesOf } from './place-map.ts'
import type { Scope } from './scope.ts'

export const placeKinds = ['lsoa', 'cell'] as const
export type PlaceKind = (typeof placeKinds)[number]

/** Metres: the side of a cell, about a street and what lies off it. */
export const CELL = 250

export interface PlaceCounts {
  /** One entry a place, in the same order. */
  now: Float64Array
  /** Null where nothing is compared. */
  before: Float64Array | null
  /** Records that have a place now, and those that have none. */
  placed: number
  unplaced: number
  /** The query of the records; null where the counts are those of the figure. */
  sql: string | null
}

/** The area of the scope from the boundaries in force; null where none are loaded. */
export async function areaOfScope({ pack, store }: PageContext, scope: Scope): Promise<StudyArea | null> {
  const level = scope.npu === null ? 'local-authority' : 'npu'
  const ours = scope.npu === null ? pack.localAuthorities.map(a => a.code) : [scope.npu]
  const outlines = (await shapesOf(store, level, scope.to)).filter(shape => ours.includes(shape.code))
  return outlines.length === 0 ? null : studyArea(outlines)
}

/**
 * By small area: those whose middle lies inside the area, and any other in which something was counted. Null where no
 * boundaries of small areas are loaded, because nobody can then say how many had none.
 */
export async function smallAreaCounts(
  { store }: PageContext,
  figure: Figure,
  scope: Scope,
  area: StudyArea,
): Promise<PlaceCounts | null> {
  const shapes = await shapesOf(store, 'lsoa', scope.to)
  if (shapes.length === 0) return null
  const middles = shapes.map(middleOf)
  const inside = placePoints(
    area.layer,
    Float64Array.from(middles, m => m[0]),
    Float64Array.from(middles, m => m[1]),
  )
  const codes = new Set(shapes.filter((_, i) => inside[i]! >= 0).map(s => s.code))
  const rows = new Map(figure.rows.map(row => [row.codes.lsoa ?? null, row]))
  for (const [code, row] of rows) {
    if (code !== null && ((row.count ?? 0) > 0 || (row.comparatorCount ?? 0) > 0)) codes.add(code)
  }
  const places = [...codes]
  const countsOf = (read: 'count' | 'comparatorCount') =>
    Float64Array.from(places, code => rows.get(code)?.[read] ?? 0)
  return {
    now: countsOf('count'),
    before: figure.total.comparatorCount === null ? null : countsOf('comparatorCount'),
    placed: countsOf('count').reduce((sum, n) => sum + n, 0),
    unplaced: rows.get(null)?.count ?? 0,
    sql: null,
  }
}

/** Middle of the box around the largest part: good enough to say in which area a small area lies. */
function middleOf({ polygons }: Shape): [longitude: number, latitude: number] {
  const boxes = polygons.map(([outer = []]) => {
    const x = outer.map(p => p[0]!)
    const y = outer.map(p => p[1]!)
    const [west, east, south, north] = [Math.min(...x), Math.max(...x), Math.min(...y), Math.max(...y)]
    return { size: (east - west) * (north - south), at: [(west + east) / 2, (south + north) / 2] as const }
  })
  const [x, y] = boxes.reduce((a, b) => (b.size > a.size ? b : a)).at
  return [x, y]
}

/**
 * By square cell: cells whose middle lies inside the area, and cells on its edge in which something was counted. Records
 * without a point have no place. Only for those who may see records.
 */
export function cellCounts(
  { store, pack }: PageContext,
  request: FigureRequest,
  comparator: Period | null,
  area: StudyArea,
): Promise<PlaceCounts> {
  const { evidence } = store
  return oncePerVersion(evidence, `cells ${CELL} ${JSON.stringify([request, comparator])}`, async () => {
    const grid = cellsOver(area, CELL)
    const inside = centresInside(area, grid)
    const read = (period: FigureRequest) =>
      recordsBehind({ evidence, pack }, period, 'record', ['longitude', 'latitude'])
    const { compare: _, ...alone } = request
    const [records, earlier] = await Promise.all([
      read(alone),
      comparator && read({ ...alone, from: comparator.from, to: comparator.to }),
    ])
    const count = ({ columns }: typeof records): Float64Array => {
      const counts = new Float64Array(grid.cols * grid.rows)
      const { x, y } = toNationalGrid(columns.longitude, columns.latitude)
      for (const cell of cellOfPoints(x, y, grid)) if (cell >= 0) counts[cell]!++
      return counts
    }
    const all = count(records)
    const allBefore = earlier && count(earlier)
    const used = Array.from(all.keys()).filter(
      cell => inside[cell] || all[cell]! > 0 || (allBefore?.[cell] ?? 0) > 0,
    )
    const now = Float64Array.from(used, cell => all[cell]!)
    const placed = now.reduce((sum, n) => sum + n, 0)
    return {
      now,
      before: allBefore && Float64Array.from(used, cell => allBefore[cell]!),
      placed,
      unplaced: records.count - placed,
      sql: records.sql,
    }
  })
}
