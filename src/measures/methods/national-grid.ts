/**
 * Degrees to metres on the British National Grid (EPSG:27700) and back, for methods that measure distances.
 *
 * By the seven-parameter shift of Ordnance Survey's guide to coordinate systems, right to about 5 metres: published
 * points are moved further than that on purpose, and distances between points are not affected.
 */
import proj4 from 'proj4'

const grid = proj4(
  'EPSG:4326',
  '+proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy +towgs84=446.448,-125.157,542.06,0.15,0.247,0.842,-20.489 +units=m +no_defs',
)

export interface GridPoints {
  /** Eastings and northings in metres. */
  x: Float64Array
  y: Float64Array
  /** Position of each point among the records that were given. */
  from: Int32Array
}

/** The records that have a point, as metres. */
export function toNationalGrid(longitude: Float64Array, latitude: Float64Array): GridPoints {
  const placed: number[] = []
  for (let i = 0; i < longitude.length; i++) {
    if (Number.isFinite(longitude[i]!) && Number.isFinite(latitude[i]!)) placed.push(i)
  }
  const x = new Float64Array(placed.length)
  const y = new Float64Array(placed.length)
  placed.forEach((record, i) => {
    const [easting, northing] = grid.forward([longitude[record]!, latitude[record]!])
    x[i] = easting!
    y[i] = northing!
  })
  return { x, y, from: Int32Array.from(placed) }
}

/** Longitude and latitude of a point of the grid. */
export const fromNationalGrid = (easting: number, northing: number): [number, number] => {
  const [longitude, latitude] = grid.inverse([easting, northing])
  return [longitude!, latitude!]
}
