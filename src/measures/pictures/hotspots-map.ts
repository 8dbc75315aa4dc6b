/** Hotspots on a map: what was found, drawn, with its legend and what has to be said beside it. */
import type { AreaPack } from '../../areas/area-pack.ts'
import type { ChartWords } from '../../reports/charts/frame.ts'
import { type LegendEntry, mapNotes } from '../../reports/maps/map-legend.ts'
import { drawSurface, type SurfaceMap, surfaceLegend } from '../../reports/maps/surface-map.ts'
import { countOf, countWords } from '../../web/words.ts'
import type { Figure, FigureRequest } from '../figure.ts'
import type { Measure } from '../measure.ts'
import { fromNationalGrid } from '../methods/national-grid.ts'
import type { Found } from './hotspots-found.ts'
import { wardsAddress } from './hotspots-table.ts'
import { placeInputs } from './place-inputs.ts'

export interface HotspotsMap {
  svg: string
  legend: LegendEntry[]
  legendTitle: string
  outlined: boolean
  smaller: boolean
  notes: string[]
}

export function hotspotsMap(
  found: Found,
  words: ChartWords,
  about: { measure: Measure; figure: Figure; request: FigureRequest; pack: AreaPack; synthetic: boolean },
): HotspotsMap {
  const { surface, hotspots, smaller, area } = found
  const { measure, figure, request, pack, synthetic } = about
  const map: SurfaceMap = {
    kind: 'surface',
    ...words,
    frame: area.outlines.map(o => o.polygons),
    outlines: area.outlines.map(({ name, polygons }) => ({ label: name, polygons })),
    bands: surface?.bands ?? [],
    highest: surface?.highest ?? 0,
    hotspots: hotspots.map(hotspot => {
      const [longitude, latitude] = fromNationalGrid(...hotspot.centre)
      return {
        number: hotspot.number,
        label: `${hotspot.name}: ${countOf(hotspot.count, singular(figure.unit), figure.unit)}`,
        polygons: hotspot.outline,
        longitude,
        latitude,
        href: wardsAddress(hotspot, request),
      }
    }),
    smaller: smaller.map(({ outline }) => ({ polygons: outline })),
    places: pack.namedPlaces,
    unit: figure.unit,
    inputs: placeInputs(measure),
    source: `Source: ${measure.source}.${synthetic ? ' Synthetic data.' : ''}`,
  }
  return {
    svg: drawSurface(map),
    legend: surfaceLegend(map),
    legendTitle: `${sentence(figure.unit)} per km², smoothed over ${countWords(surface?.bandwidth.metres ?? 0)} metres`,
    outlined: hotspots.length > 0,
    smaller: smaller.length > 0,
    notes: mapNotes(map),
  }
}

const singular = (unit: string): string => unit.replace(/s$/, '')
const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
