/** Places on a map: shapes from the boundaries in force, values from the same rows as the table. */
import type { MultiPolygon, Polygon, Position } from 'geojson'
import type { AreaKind } from '../../evidence/evidence.ts'
import { layerGeoJson } from '../../evidence/geography/layer-geojson.ts'
import type { EvidenceStore } from '../../evidence/open-evidence.ts'
import type { Month } from '../../platform/calendar.ts'
import { rowText, unitWords } from '../../reports/charts/figure-words.ts'
import type { ChartWords } from '../../reports/charts/frame.ts'
import { type Choropleth, drawChoropleth, type MapArea } from '../../reports/maps/choropleth.ts'
import { type LegendEntry, mapLegend, mapNotes } from '../../reports/maps/map-legend.ts'
import { figureAddress } from '../../web/figure-address.ts'
import type { Figure, FigureRequest } from '../figure.ts'
import type { PlaceLevel } from './place-inputs.ts'
import type { PlaceRow } from './place-table.ts'

export interface Shape {
  code: string
  name: string
  polygons: Position[][][]
}

const kindOf = (level: PlaceLevel): AreaKind => (level === 'npu' ? 'policing-area' : level)

/** Shapes kept in memory: reading 1,680 small areas takes longer than drawing them. */
const KEPT_LAYERS = 12
const kept = new Map<string, Promise<Shape[]>>()

/** Shapes of a level in force in a month; none where no boundaries of it are loaded. */
export async function shapesOf(store: EvidenceStore, level: PlaceLevel, month: Month): Promise<Shape[]> {
  const key = `${store.installation.folder.root} ${await store.evidence.version()} ${level} ${month}`
  const known = kept.get(key)
  if (known) return known
  const shapes = layerGeoJson(store.installation, kindOf(level), month).then(map =>
    (map?.features ?? []).map(({ properties, geometry }) => ({
      ...properties,
      polygons: polygonsOf(geometry),
    })),
  )
  kept.set(key, shapes)
  shapes.catch(() => kept.delete(key))
  if (kept.size > KEPT_LAYERS) kept.delete(kept.keys().next().value!)
  return shapes
}

const polygonsOf = (geometry: Polygon | MultiPolygon): Position[][][] =>
  geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates

export interface PlaceMap {
  title: string
  subtitle: string
  svg: string
  legend: LegendEntry[]
  unit: string
  notes: string[]
}

export interface MapRequest {
  words: ChartWords
  level: PlaceLevel
  rows: PlaceRow[]
  shapes: Shape[]
  /** Local authorities, for finding one's way; empty where the level is coarse itself. */
  outlines: Shape[]
  figure: Figure
  request: FigureRequest
  /** Shade by rate instead of by count. */
  byRate: boolean
  inputs: string[]
  source: string
}

/** Null where none of the places has a shape. */
export function placeMap(asked: MapRequest): PlaceMap | null {
  const { rows, shapes, level, figure, request } = asked
  const byCode = new Map(rows.map(place => [place.code, place]))
  const areas = shapes.flatMap(({ code, name, polygons }): MapArea[] => {
    const place = byCode.get(code)
    if (!place) return []
    const row = asked.byRate ? place.rate : place.row
    return [
      {
        code,
        label: name,
        polygons,
        value: row?.value ?? null,
        text: row ? rowText(figure, row) : 'no rate',
        state: row?.suppressed ? 'withheld' : row && row.value !== null ? 'known' : 'not sent',
        href: figureAddress({ ...request, by: ['month'], where: { ...request.where, [level]: [code] } }),
      },
    ]
  })
  if (areas.length === 0) return null
  const map: Choropleth = {
    kind: 'choropleth',
    ...asked.words,
    areas,
    outlines: asked.outlines.map(({ name, polygons }) => ({ label: name, polygons })),
    unit: unitWords(figure),
    inputs: asked.inputs,
    source: asked.source,
  }
  return {
    title: map.title,
    subtitle: map.subtitle,
    svg: drawChoropleth(map),
    legend: mapLegend(map),
    unit: map.unit,
    notes: mapNotes(map),
  }
}
