/** Finds the hotspots of a scope: records, surface, significant cells, names, then and now. */
import type { Position } from 'geojson'
import { aoristicWeek, hoursOfDay } from '../../analysis/aoristic.ts'
import { placePoints } from '../../evidence/geography/layer.ts'
import type { EvidenceStore } from '../../evidence/open-evidence.ts'
import { type Month, monthOf } from '../../platform/calendar.ts'
import type { PageContext } from '../../web/context.ts'
import type { FigureRequest, Period } from '../figure.ts'
import { type Bandwidth, bandwidthOf, densitySurface, FEWEST_POINTS } from '../methods/density-surface.ts'
import { type Band, bandsOf } from '../methods/density-surface-bands.ts'
import { type Hotspot, numberOfCells, rankedHotspots } from '../methods/hotspots.ts'
import {
  cellOfPoints,
  cellsOver,
  centresInside,
  type StudyArea,
  studyArea,
} from '../methods/hotspots-area.ts'
import { type HotspotName, hotspotNames } from '../methods/hotspots-names.ts'
import { toNationalGrid } from '../methods/national-grid.ts'
import { canSay, type RecordsBehind, recordsBehind } from '../methods/records-behind.ts'
import { countsOf, significantCells } from '../methods/significant-cells.ts'
import { outlineOf } from '../methods/significant-cells-outline.ts'
import { oncePerVersion } from '../once-per-version.ts'
import { type BusyHours, busyHours } from './busy-hours.ts'
import type { HotspotsScope } from './hotspots-scope.ts'
import { type Shape, shapesOf } from './place-map.ts'

/** Hotspots that have a number, on the map and in the list: more cannot be told apart on paper. */
export const MOST_NUMBERED = 20
/** Hours of fewer records say nothing of a place. */
const FEWEST_TIMED = 20

export interface FoundHotspot extends Hotspot, HotspotName {
  /** Records of the comparator in the same cells; null where there is none. */
  before: number | null
  /** The shortest run of hours with half of the records whose time is known; null for too few. */
  hours: BusyHours | null
  outline: Position[][][]
}

/** Where the records of a side are: every one is in one of these. */
export interface Placed {
  inside: number
  /** With a point beyond the boundary. */
  outside: number
  withoutPoint: number
}

export interface Found {
  area: StudyArea
  now: Placed
  before: Placed | null
  /** Different points among the records inside. */
  points: number
  /** Null where density does not run, or on too few records. */
  surface: { bandwidth: Bandwidth; bands: Band[]; highest: number } | null
  /** Null where significant cells are not told. */
  tested: { cells: number; high: number } | null
  hotspots: FoundHotspot[]
  /** Ranked behind those that have a number. */
  smaller: FoundHotspot[]
  sql: string
  evidenceVersion: string
}

/** Methods that may run today (R9). */
export interface Running {
  density: boolean
  cells: boolean
  hours: boolean
}

/** Null where no boundaries are loaded. `comparator` is that of the figure, where anything of it was sent. */
export async function findHotspots(
  context: PageContext,
  request: FigureRequest,
  scope: HotspotsScope,
  comparator: Period | null,
  running: Running,
): Promise<Found | null> {
  const area = await areaOf(context, scope)
  if (!area) return null
  const { evidence } = context.store
  const { compare: _, ...alone } = request
  const fields = ['longitude', 'latitude', 'from_minute', 'to_minute'] as const
  const read = (period: FigureRequest) =>
    recordsBehind(
      { evidence, pack: context.pack },
      period,
      'record',
      fields.filter(field => canSay(period, field)),
    )
  const [records, then] = await Promise.all([
    read(alone),
    comparator ? read({ ...alone, ...comparator }) : null,
  ])
  const now = placedIn(records, area)
  const before = then && placedIn(then, area)
  const enough = now.x.length >= FEWEST_POINTS
  const [surface, cells] = await Promise.all([
    enough && running.density ? surfaceOf(context, now, area, scope.bandwidth) : null,
    enough && running.cells
      ? cellsOf(context, now, before, area, scope, running.hours ? records : null)
      : null,
  ])
  return {
    area,
    now: now.placed,
    before: before?.placed ?? null,
    points: new Set([...now.x].map((x, i) => `${x} ${now.y[i]}`)).size,
    surface,
    tested: cells?.tested ?? null,
    hotspots: cells?.hotspots.slice(0, MOST_NUMBERED) ?? [],
    smaller: cells?.hotspots.slice(MOST_NUMBERED) ?? [],
    sql: records.sql,
    evidenceVersion: records.evidenceVersion,
  }
}

/** Null where nothing is loaded that could say what lies inside. */
const areaOf = ({ store }: PageContext, { npu, to }: HotspotsScope): Promise<StudyArea | null> =>
  oncePerVersion(store.evidence, `area of hotspots ${npu} ${monthOf(to)}`, async () => {
    const outlines = await outlinesOf(store, npu, monthOf(to))
    return outlines.length > 0 ? studyArea(outlines) : null
  })

/** The policing area asked for; otherwise all local authorities, or policing areas where only these are loaded. */
async function outlinesOf(store: EvidenceStore, npu: string | null, month: Month): Promise<Shape[]> {
  const policing = await shapesOf(store, 'npu', month)
  if (npu) return policing.filter(shape => shape.code === npu)
  const authorities = await shapesOf(store, 'local-authority', month)
  return authorities.length > 0 ? authorities : policing
}

interface PointsInside {
  x: Float64Array
  y: Float64Array
  longitude: Float64Array
  latitude: Float64Array
  /** Position of each point among the records. */
  from: Int32Array
  placed: Placed
}

function placedIn({ columns, count }: RecordsBehind, area: StudyArea): PointsInside {
  const { x, y, from } = toNationalGrid(columns.longitude, columns.latitude)
  const longitude = Float64Array.from(from, i => columns.longitude[i]!)
  const latitude = Float64Array.from(from, i => columns.latitude[i]!)
  const areaOf = placePoints(area.layer, longitude, latitude)
  const inside = <A extends Float64Array | Int32Array>(values: A) =>
    values.filter((_, i) => areaOf[i]! >= 0) as A
  const kept = inside(from)
  return {
    x: inside(x),
    y: inside(y),
    longitude: inside(longitude),
    latitude: inside(latitude),
    from: kept,
    placed: {
      inside: kept.length,
      outside: from.length - kept.length,
      withoutPoint: count - from.length,
    },
  }
}

async function surfaceOf(
  { methods }: PageContext,
  points: PointsInside,
  area: StudyArea,
  asked: number | null,
): Promise<Found['surface']> {
  const { x, y } = points
  const bandwidth = await bandwidthOf(methods, { x, y }, area, asked)
  const surface = await densitySurface(methods, { x, y }, area, bandwidth.metres)
  return {
    bandwidth,
    bands: bandsOf(surface, bandwidth.metres),
    highest: surface.perKm2.reduce((a, b) => Math.max(a, b), 0),
  }
}

async function cellsOf(
  { store, pack }: PageContext,
  now: PointsInside,
  before: PointsInside | null,
  area: StudyArea,
  { cell, neighbours, to }: HotspotsScope,
  timed: RecordsBehind | null,
): Promise<{ tested: Found['tested']; hotspots: FoundHotspot[] }> {
  const grid = cellsOver(area, cell)
  const cellOf = cellOfPoints(now.x, now.y, grid)
  const found = significantCells(grid, centresInside(area, grid), cellOf, neighbours)
  const ranked = rankedHotspots(found, grid, neighbours)
  const numberOf = numberOfCells(ranked, grid)
  const numbers = Uint16Array.from(cellOf, at => numberOf[at]!)
  const countsBefore = before && countsOf(grid, cellOfPoints(before.x, before.y, grid))
  const [wards, policingAreas] = await Promise.all([
    shapesOf(store, 'ward', monthOf(to)),
    shapesOf(store, 'npu', monthOf(to)),
  ])
  const { longitude, latitude } = now
  const places = pack.namedPlaces
  // Without policing areas, the authorities say which of two Aldridge Roads it is.
  const around = policingAreas.length > 0 ? policingAreas : area.outlines
  const names = hotspotNames(ranked, grid, { longitude, latitude, numbers }, { places, wards, around })
  const hoursOf = timed?.columns.from_minute ? hoursByNumber(now, numbers, timed) : () => null
  return {
    tested: { cells: found.tested.length, high: found.high.length },
    hotspots: ranked.map((hotspot, i) => ({
      ...hotspot,
      ...names[i]!,
      before: countsBefore && hotspot.cells.reduce((sum, c) => sum + countsBefore[c]!, 0),
      hours: hoursOf(hotspot.number),
      outline: outlineOf(hotspot.cells, grid),
    })),
  }
}

/** Half of the records of a hotspot by hour of day, each spread over the span in which it can have happened. */
function hoursByNumber(
  { from }: PointsInside,
  numbers: Uint16Array,
  { columns }: RecordsBehind,
): (number: number) => BusyHours | null {
  const timed = Map.groupBy(
    [...from.keys()].filter(i => numbers[i]! > 0 && !Number.isNaN(columns.from_minute[from[i]!]!)),
    i => numbers[i]!,
  )
  return number => {
    const own = timed.get(number) ?? []
    if (own.length < FEWEST_TIMED) return null
    const span = (column: Float64Array) => Float64Array.from(own, i => column[from[i]!]!)
    const week = aoristicWeek(
      { from: span(columns.from_minute), to: span(columns.to_minute) },
      { cap: 'week' },
    )
    return busyHours([...hoursOfDay(week)])
  }
}
