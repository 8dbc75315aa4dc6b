/**
 * Counts by place, now and before, with the places that had none: small areas from the figure, or square cells from the
 * records behind it. Without the empty places every share of places would be wrong, so they come from the boundaries.
 */
import { setImmediate } from 'node:timers/promises'
import type { Position } from 'geojson'
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

/** The area of the scope from the boundaries in force, those of policing areas failing others; null where none are loaded. */
export async function areaOfScope({ pack, store }: PageContext, scope: Scope): Promise<StudyArea | null> {
  const authorities = pack.localAuthorities.map(a => a.code)
  const whole = (await shapesOf(store, 'local-authority', scope.to)).filter(s => authorities.includes(s.code))
  const policing = scope.npu === null && whole.length > 0 ? [] : await shapesOf(store, 'npu', scope.to)
  const outlines =
    scope.npu !== null ? policing.filter(s => s.code === scope.npu) : whole.length > 0 ? whole : policing
  return outlines.length === 0 ? null : studyArea(outlines)
}

/**
 * By small area: those that lie inside the area, and any other in which something was counted. Null where no boundaries
 * of small areas are loaded, because nobody can then say how many had none.
 */
export async function smallAreaCounts(
  { store }: PageContext,
  figure: Figure,
  scope: Scope,
  area: StudyArea,
): Promise<PlaceCounts | null> {
  const shapes = await shapesOf(store, 'lsoa', scope.to)
  if (shapes.length === 0) return null
  const codes = new Set(shapes.filter(shape => liesIn(area, shape)).map(s => s.code))
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

/** By its middle; one that bends around its own middle, by most of its corners. */
function liesIn({ layer }: StudyArea, { polygons }: Shape): boolean {
  const inside = (points: readonly Position[]) =>
    placePoints(
      layer,
      Float64Array.from(points, p => p[0]!),
      Float64Array.from(points, p => p[1]!),
    ).filter(area => area >= 0).length
  if (inside([middleOf(polygons)]) === 1) return true
  const corners = polygons.flatMap(([outer = []]) => outer)
  return inside(corners) > corners.length / 2
}

/** Centre of gravity of the largest part. On so small an area degrees are as good as metres. */
function middleOf(polygons: Shape['polygons']): Position {
  const parts = polygons.map(([outer = []]) => centreOf(outer))
  return parts.reduce((a, b) => (b.size > a.size ? b : a)).at
}

/** By the shoelace formula, about the first corner: with whole degrees the differences would drown in rounding. */
function centreOf(ring: readonly Position[]): { size: number; at: Position } {
  const [x0 = 0, y0 = 0] = ring[0] ?? []
  let [twice, x, y] = [0, 0, 0]
  for (let i = 1; i < ring.length; i++) {
    const [ax, ay] = [ring[i - 1]![0]! - x0, ring[i - 1]![1]! - y0]
    const [bx, by] = [ring[i]![0]! - x0, ring[i]![1]! - y0]
    const cross = ax * by - bx * ay
    twice += cross
    x += (ax + bx) * cross
    y += (ay + by) * cross
  }
  return { size: Math.abs(twice), at: twice === 0 ? [x0, y0] : [x0 + x / (3 * twice), y0 + y / (3 * twice)] }
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
    // A hundred thousand points take a tenth of a second: the others have their turn between the two periods.
    await setImmediate()
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
