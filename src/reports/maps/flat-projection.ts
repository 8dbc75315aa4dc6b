/**
 * Longitude and latitude on flat paper: equirectangular with the middle of the map true to scale.
 *
 * Over one police force this differs from the British National Grid by less than the width of a line, and it
 * does not care in which direction a polygon is wound: on d3's sphere a polygon wound the other way fills the
 * whole world.
 */
import { geoPath, geoTransform } from 'd3-geo'
import type { MultiPolygon, Position } from 'geojson'

export type Polygons = Position[][][]

/** Mean radius of the earth, in metres. */
const EARTH = 6_371_008.8
/** Pixels within which two corners of an outline look like one. */
const UNSEEN = 0.5
const RADIANS = Math.PI / 180

export interface FlatMap {
  height: number
  /** Metres on the ground for one pixel. */
  metresPerPixel: number
  /** The `d` of a path, to a tenth of a pixel. */
  path(polygons: Polygons): string
  /** Where a longitude and latitude lies, in pixels. */
  point(longitude: number, latitude: number): [number, number]
  /** Middle of the polygons, in pixels. */
  centre(polygons: Polygons): [number, number]
}

/** A taller map than this no longer fits a screen beside its table. */
const TALLEST = 520

/** A projection that fits all the polygons into `width` pixels with `padding` around, at most `tallest` high. */
export function fitToWidth(all: Polygons[], width: number, padding: number, tallest = TALLEST): FlatMap {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of all.flat(3) as unknown as Position[]) {
    west = Math.min(west, x!)
    east = Math.max(east, x!)
    south = Math.min(south, y!)
    north = Math.max(north, y!)
  }
  if (!(east > west && north > south)) throw new RangeError('a map needs at least one polygon with an extent')
  const narrowing = Math.cos(((south + north) / 2) * RADIANS)
  const scale = Math.min(
    (width - 2 * padding) / ((east - west) * narrowing),
    (tallest - 2 * padding) / (north - south),
  )
  const left = (width - (east - west) * narrowing * scale) / 2
  let lastX = Number.NaN
  let lastY = Number.NaN
  const project = (longitude: number, latitude: number): [number, number] => [
    left + (longitude - west) * narrowing * scale,
    padding + (north - latitude) * scale,
  ]
  const transform = geoTransform({
    lineStart() {
      lastX = Number.NaN
      this.stream.lineStart()
    },
    point(longitude, latitude) {
      const [x, y] = project(longitude, latitude)
      // Boundaries come with a point every few metres: those that nobody can see are two thirds of the bytes.
      if (Math.abs(x - lastX) < UNSEEN && Math.abs(y - lastY) < UNSEEN) return
      lastX = x
      lastY = y
      this.stream.point(x, y)
    },
  })
  const draw = geoPath(transform).digits(1)
  const shape = (coordinates: Polygons): MultiPolygon => ({ type: 'MultiPolygon', coordinates })
  return {
    height: Math.ceil((north - south) * scale + 2 * padding),
    metresPerPixel: (EARTH * RADIANS) / scale,
    point: project,
    path: polygons => draw(shape(polygons)) ?? '',
    centre: polygons => draw.centroid(shape(polygons)),
  }
}
