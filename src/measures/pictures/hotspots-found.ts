/** Finds the hotspots of a scope: records, surface, significant cells, names, then and now. */
import { setImmediate } from 'node:timers/promises'
import type { Position } from 'geojson'
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
import { canSay, type RecordsBehind, recordsBehind } from '../methods/records-behind.ts'
import { countsOf, significantCells } from '../methods/significant-cells.ts'
import { outlineOf } from '../methods/significant-cells-outline.ts'
import { oncePerVersion } from '../once-per-version.ts'
import type { BusyHours } from './busy-hours.ts'
import { hoursByNumber, type Placed, type PointsInside, placedIn } from './hotspots-placed.ts'
import type { HotspotsScope } from './hotspots-scope.ts'
import { type Shape, shapesOf } from './place-map.ts'

/** Hotspots that have a number, on the map and in the list: more cannot be told apart on paper. */
export const MOST_NUMBERED = 20

export interface FoundHotspot extends Hotspot, HotspotName {
  /** Records of the comparator in the same cells; null where there is none. */
  before: number | null
  /** The shortest run of hours with half of the records whose time is known; null for too few. */
  hours: BusyHours | null
  outline: Position[][][]
}

export interface Found {
  area: StudyArea
  now: Placed
  before: Placed | null
  /** Different points among the records inside. */
  points: number
  /** Null where density does not run, or on too few records. */
  surface: { bandwidth: Bandwidth; bands: Band[]; highest: number } | null
  /** What stood out in the comparator by the same rule; null where it has too few records. */
  earlier: StoodOut | null
  /** Null where significant cells are not told. */
  tested: { cells: number; high: number } | null
  hotspots: FoundHotspot[]
  /** Ranked behind those that have a number. */
  smaller: FoundHotspot[]
  sql: string
  evidenceVersion: string
}

interface StoodOut {
  /** Numbers of hotspots that share a cell with one of then. */
  still: number[]
  /** How many of then share no cell with one of now. */
  gone: number
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
  // Between steps of a tenth of a second each, the others have their turn.
  await setImmediate()
  const before = then && placedIn(then, area)
  await setImmediate()
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
    earlier: cells?.earlier ?? null,
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
): Promise<Pick<Found, 'tested' | 'earlier' | 'hotspots'>> {
  const grid = cellsOver(area, cell)
  const cellOf = cellOfPoints(now.x, now.y, grid)
  const inside = centresInside(area, grid)
  const found = significantCells(grid, inside, cellOf, neighbours)
  const ranked = rankedHotspots(found, grid, neighbours)
  const numberOf = numberOfCells(ranked, grid)
  const numbers = Uint16Array.from(cellOf, at => numberOf[at]!)
  const cellOfBefore = before && cellOfPoints(before.x, before.y, grid)
  const countsBefore = cellOfBefore && countsOf(grid, cellOfBefore)
  const rankedBefore =
    cellOfBefore && cellOfBefore.length >= FEWEST_POINTS
      ? rankedHotspots(significantCells(grid, inside, cellOfBefore, neighbours), grid, neighbours)
      : null
  const [wards, policingAreas] = await Promise.all([
    shapesOf(store, 'ward', monthOf(to)),
    shapesOf(store, 'npu', monthOf(to)),
  ])
  await setImmediate()
  const { longitude, latitude } = now
  const places = pack.namedPlaces
  // Without policing areas, the authorities say which of two wards of one name it is.
  const around = policingAreas.length > 0 ? policingAreas : area.outlines
  const names = hotspotNames(ranked, grid, { longitude, latitude, numbers }, { places, wards, around })
  const hoursOf = timed?.columns.from_minute ? hoursByNumber(now, numbers, timed) : () => null
  return {
    tested: { cells: found.tested.length, high: found.high.length },
    earlier: rankedBefore && {
      still: sharingCells(ranked, numberOfCells(rankedBefore, grid)).map(h => h.number),
      gone: rankedBefore.length - sharingCells(rankedBefore, numberOf).length,
    },
    hotspots: ranked.map((hotspot, i) => ({
      ...hotspot,
      ...names[i]!,
      before: countsBefore && hotspot.cells.reduce((sum, c) => sum + countsBefore[c]!, 0),
      hours: hoursOf(hotspot.number),
      outline: outlineOf(hotspot.cells, grid),
    })),
  }
}

const sharingCells = (hotspots: readonly Hotspot[], numberOf: Uint16Array): Hotspot[] =>
  hotspots.filter(({ cells }) => cells.some(cell => numberOf[cell]! > 0))
