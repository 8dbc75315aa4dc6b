/** Polygons of GeoJSON: checked on the way in, wound for drawing on the way out. */
import type { Position } from 'geojson'
import { InputFault } from '../../platform/errors.ts'

/** Polygons of a Polygon or MultiPolygon. Throws `boundaries-invalid`; `where` begins the sentence. */
export function checkedPolygons(geometry: unknown, where: string): Position[][][] {
  const { type, coordinates } = (geometry ?? {}) as { type?: unknown; coordinates?: unknown }
  if (type !== 'Polygon' && type !== 'MultiPolygon') {
    throw new InputFault(
      'boundaries-invalid',
      `${where} is ${typeof type === 'string' ? `a ${type}` : 'without geometry'}, not a Polygon or MultiPolygon.`,
    )
  }
  const polygons = type === 'Polygon' ? [coordinates] : coordinates
  if (!isFilledList(polygons) || !polygons.every(p => isFilledList(p) && p.every(isFilledList))) {
    throw new InputFault('boundaries-invalid', `${where} has no rings of coordinates.`)
  }
  const checked = polygons as Position[][][]
  for (const ring of checked.flat()) checkRing(ring, where)
  return checked
}

const isFilledList = (value: unknown): value is unknown[] => Array.isArray(value) && value.length > 0

function checkRing(ring: Position[], where: string): void {
  const corners = new Set<string>()
  for (const position of ring) {
    const [x, y] = Array.isArray(position) ? position : []
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      throw new InputFault('boundaries-invalid', `${where} has a position that is not two numbers.`)
    }
    checkPlace(x!, y!, where)
    corners.add(`${x},${y}`)
  }
  if (corners.size < 3) {
    throw new InputFault('boundaries-invalid', `${where} has a ring with fewer than three corners.`)
  }
}

/** The two mistakes that happen: British National Grid, and latitude first. */
function checkPlace(x: number, y: number, where: string): void {
  const grid = x >= 0 && x <= 700_000 && y >= 0 && y <= 1_300_000
  if (Math.abs(x) > 180 || Math.abs(y) > 90) {
    throw new InputFault(
      'boundaries-invalid',
      grid
        ? `${where} has coordinates such as ${x}, ${y}, which look like eastings and northings of the British National Grid. Export the file as longitude and latitude (WGS84, EPSG:4326).`
        : `${where} has coordinates ${x}, ${y}, which are not a longitude and a latitude.`,
    )
  }
  // The United Kingdom lies between latitudes 49 and 61 and longitudes −9 and 2.
  if (x > 49 && x < 61 && y > -9 && y < 2.5) {
    throw new InputFault(
      'boundaries-invalid',
      `${where} has coordinates such as ${x}, ${y}: latitude seems to come first. GeoJSON puts longitude first.`,
    )
  }
}

/**
 * The polygons with outer rings clockwise and holes against, closed. d3-geo takes a ring the other way round
 * for the whole globe without the area; files from different publishers are wound either way.
 */
export const woundForDrawing = (polygons: Position[][][]): Position[][][] =>
  polygons.map(rings =>
    rings.map((ring, i) => {
      const closed = samePlace(ring[0]!, ring.at(-1)!) ? ring : [...ring, ring[0]!]
      const clockwise = signedArea(closed) < 0
      return clockwise === (i === 0) ? closed : closed.toReversed()
    }),
  )

const samePlace = (a: Position, b: Position): boolean => a[0] === b[0] && a[1] === b[1]

/** Positive when the ring runs against the clock. */
function signedArea(ring: Position[]): number {
  let twice = 0
  for (let i = 1; i < ring.length; i++) {
    twice += ring[i - 1]![0]! * ring[i]![1]! - ring[i]![0]! * ring[i - 1]![1]!
  }
  return twice / 2
}
