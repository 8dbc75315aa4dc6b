/** A layer as GeoJSON, for maps. */
import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson'
import type { Month } from '../../platform/calendar.ts'
import type { Installation } from '../../platform/installation.ts'
import type { AreaKind } from '../evidence.ts'
import { splitRows } from './find-areas.ts'
import { areasInForce } from './in-force.ts'
import { woundForDrawing } from './polygons.ts'
import { areaRows, drawnAreas } from './stored-geography.ts'

export type AreaMap = FeatureCollection<Polygon | MultiPolygon, { code: string; name: string }>

/**
 * The areas of a kind in force in a month, by code, in longitude and latitude, or null when no boundaries of
 * it are loaded or none are in force. Outer rings run clockwise, as d3-geo needs (RFC 7946 says otherwise).
 */
export async function layerGeoJson(
  installation: Installation,
  kind: AreaKind,
  month: Month,
): Promise<AreaMap | null> {
  const [rows, drawn] = await Promise.all([
    areaRows(installation.database, kind),
    drawnAreas(installation, kind),
  ])
  const { windows } = splitRows(rows)
  const areas = areasInForce(kind, drawn, windows, month)
  if (areas.length === 0) return null
  const packName = new Map(windows.map(w => [w.code, w.name]))
  return {
    type: 'FeatureCollection',
    features: areas
      .toSorted((a, b) => (a.code < b.code ? -1 : 1))
      .map(({ code, name, polygons }) => {
        const wound = woundForDrawing(polygons)
        return {
          type: 'Feature',
          properties: { code, name: name === code ? (packName.get(code) ?? name) : name },
          geometry:
            wound.length === 1
              ? { type: 'Polygon', coordinates: wound[0]! }
              : { type: 'MultiPolygon', coordinates: wound },
        }
      }),
  }
}
