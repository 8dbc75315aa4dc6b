/** The records of a period inside an area: where each is, and when those of one hotspot happened. */
import { aoristicWeek, hoursOfDay } from '../../analysis/aoristic.ts'
import { placePoints } from '../../evidence/geography/layer.ts'
import type { StudyArea } from '../methods/hotspots-area.ts'
import { toNationalGrid } from '../methods/national-grid.ts'
import type { RecordsBehind } from '../methods/records-behind.ts'
import { type BusyHours, busyHours } from './busy-hours.ts'

/** Where the records of a side are: every one is in one of these. */
export interface Placed {
  inside: number
  /** With a point beyond the boundary. */
  outside: number
  withoutPoint: number
}

export interface PointsInside {
  x: Float64Array
  y: Float64Array
  longitude: Float64Array
  latitude: Float64Array
  /** Position of each point among the records. */
  from: Int32Array
  placed: Placed
}

export function placedIn({ columns, count }: RecordsBehind, area: StudyArea): PointsInside {
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

/** Hours of fewer records say nothing of a place. */
const FEWEST_TIMED = 20

/** Half of the records of a hotspot by hour of day, each spread over the span in which it can have happened. */
export function hoursByNumber(
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
