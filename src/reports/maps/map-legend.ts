/** Words of a map that a page sets as text beside the picture: ranges of the shades, what went in, how exact it is. */
import { quantileClasses, type ShadeClasses } from '../charts/classes.ts'
import { sequentialColours } from '../charts/palette.ts'
import type { Choropleth, MapArea } from './choropleth.ts'

export interface LegendEntry {
  label: string
  /** A colour, or the map's own hatch: drawn only on the same page as the map. */
  fill: string
}

const APPROXIMATE =
  'Locations are approximate: published points are moved to the nearest street or place, and recorded ones are only as exact as the address that was given.'

export const mapClasses = (map: Choropleth): ShadeClasses =>
  quantileClasses(map.areas.flatMap(a => (a.value === null ? [] : [a.value])))

/** Patterns, not shades, for what has no value: no greyscale printer takes them for a low class. */
export const stateFill = (map: Choropleth, state: MapArea['state']): string =>
  `url(#${map.id}-${state === 'withheld' ? 'hatch' : 'dots'})`

/** Every shade with its range, and what the hatch means where it occurs. */
export function mapLegend(map: Choropleth): LegendEntry[] {
  const states = new Set(map.areas.map(a => a.state))
  const known = states.has('known') ? mapClasses(map).labels : []
  return [
    ...known.map((label, i) => ({ label, fill: sequentialColours[i]! })),
    ...(states.has('withheld') ? [{ label: 'withheld', fill: stateFill(map, 'withheld') }] : []),
    ...(states.has('not sent') ? [{ label: 'not sent or not known', fill: stateFill(map, 'not sent') }] : []),
  ]
}

/** What was counted, what never is (R7), how exact the places are, and the source. */
export const mapNotes = (map: Pick<Choropleth, 'notes' | 'inputs' | 'source'>): string[] => [
  ...map.notes,
  `Counted on this map: ${map.inputs.join('; ')}. Stops, searches and weapons found by the police are never counted here, because they show where the police looked.`,
  APPROXIMATE,
  map.source,
]
