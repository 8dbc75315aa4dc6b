/**
 * What a hotspot is called: by a place that people know, else by the wards that hold its records. A name is for finding
 * one's way, not a boundary.
 */

import type { DensityGrid } from '../../analysis/density-grid.ts'
import type { AreaPack } from '../../areas/area-pack.ts'
import { buildLayer, placePoints } from '../../evidence/geography/layer.ts'
import type { Hotspot } from './hotspots.ts'
import { cellOfPoints, type Outline } from './hotspots-area.ts'
import { fromNationalGrid, toNationalGrid } from './national-grid.ts'

export interface Gazetteer {
  places: AreaPack['namedPlaces']
  wards: readonly Outline[]
  /** Larger areas that a name ends with, such as policing areas. */
  around: readonly Outline[]
}

export interface HotspotName {
  name: string
  /** Wards that hold at least a quarter of its records, most first; empty without ward boundaries. */
  wards: { code: string; name: string }[]
}

/** A ward with less of a hotspot than this does not give it its name. */
const SHARE_OF_A_NAME = 0.25
const MOST_NAMES = 2

/**
 * Names of hotspots in their order. `longitude`, `latitude` and `numbers` say of each record where it is and in which
 * hotspot, 0 for none.
 */
export function hotspotNames(
  hotspots: readonly Hotspot[],
  grid: DensityGrid,
  records: { longitude: Float64Array; latitude: Float64Array; numbers: Uint16Array },
  gazetteer: Gazetteer,
): HotspotName[] {
  const wardsOf = areasHolding(gazetteer.wards, records)
  const aroundOf = areasHolding(gazetteer.around, records)
  const spots = gazetteer.places.map(place => {
    const { x, y } = toNationalGrid(Float64Array.of(place.longitude), Float64Array.of(place.latitude))
    return { name: place.name, x: x[0]!, y: y[0]!, cell: cellOfPoints(x, y, grid)[0]! }
  })
  const names = hotspots.map(hotspot => {
    const wards = wardsOf(hotspot.number)
    const [around] = aroundOf(hotspot.number)
    const within = spots.filter(spot => reaches(hotspot, spot.cell, grid)).sort(byDistance(hotspot))
    const own =
      within.length > 0
        ? inWords(within.slice(0, MOST_NAMES).map(spot => spot.name))
        : wards.length > 0
          ? `Around ${inWords(wards.map(w => w.name))} ward${wards.length > 1 ? 's' : ''}`
          : nearTo(hotspot, spots)
    const says = around && !own.includes(around.name)
    return { name: says ? `${own}, ${around.name}` : own, wards }
  })
  return toldApart(names, hotspots)
}

type Spot = { name: string; x: number; y: number; cell: number }

/** The place lies in a cell of the hotspot or next to one. */
function reaches({ cells }: Hotspot, cell: number, { cols }: DensityGrid): boolean {
  if (cell < 0) return false
  const [col, row] = [cell % cols, Math.floor(cell / cols)]
  return cells.some(c => Math.abs((c % cols) - col) <= 1 && Math.abs(Math.floor(c / cols) - row) <= 1)
}

const distance = ({ centre: [x, y] }: Hotspot, spot: Spot): number => Math.hypot(spot.x - x, spot.y - y)
const byDistance = (hotspot: Hotspot) => (a: Spot, b: Spot) => distance(hotspot, a) - distance(hotspot, b)

/** By hotspot number: areas with at least a quarter of its records, most first. */
function areasHolding(
  outlines: readonly Outline[],
  { longitude, latitude, numbers }: { longitude: Float64Array; latitude: Float64Array; numbers: Uint16Array },
): (number: number) => { code: string; name: string }[] {
  const layer = buildLayer(outlines)
  const areaOf = placePoints(layer, longitude, latitude)
  const nameOf = new Map(outlines.map(o => [o.code, withoutBrackets(o.name)]))
  const held = new Map<number, Map<number, number>>()
  numbers.forEach((number, i) => {
    if (number === 0) return
    const counts = held.get(number) ?? new Map<number, number>()
    counts.set(areaOf[i]!, (counts.get(areaOf[i]!) ?? 0) + 1)
    held.set(number, counts)
  })
  return number => {
    const counts = [...(held.get(number) ?? [])]
    const all = counts.reduce((sum, [, n]) => sum + n, 0)
    return counts
      .filter(([area, n]) => area >= 0 && n >= SHARE_OF_A_NAME * all)
      .sort(([a, n], [b, m]) => m - n || a - b)
      .slice(0, MOST_NAMES)
      .map(([area]) => ({ code: layer.codes[area]!, name: nameOf.get(layer.codes[area]!)! }))
  }
}

/** "Aston (synthetic)" is Aston: what is added in brackets is said above the page. */
const withoutBrackets = (name: string): string => name.replace(/ \([^)]*\)$/, '')

const inWords = (names: readonly string[]): string => names.join(' and ')

function nearTo(hotspot: Hotspot, spots: readonly Spot[]): string {
  const [nearest] = spots.toSorted(byDistance(hotspot))
  const [x, y] = hotspot.centre
  if (!nearest) {
    const [longitude, latitude] = fromNationalGrid(x, y)
    return `Around ${latitude.toFixed(3)}, ${longitude.toFixed(3)}`
  }
  return `${(distance(hotspot, nearest) / 1000).toFixed(1)} km ${windOf(x - nearest.x, y - nearest.y)} of ${nearest.name}`
}

const winds = [
  'east',
  'north-east',
  'north',
  'north-west',
  'west',
  'south-west',
  'south',
  'south-east',
] as const

/** The nearest of eight winds. */
const windOf = (east: number, north: number): string =>
  winds[(Math.round((Math.atan2(north, east) * 4) / Math.PI) + 8) % 8]!

/** Hotspots of one name get the side on which each lies of the others. */
function toldApart(names: readonly HotspotName[], hotspots: readonly Hotspot[]): HotspotName[] {
  return names.map((own, i) => {
    const namesakes = hotspots.filter((_, k) => names[k]!.name === own.name)
    if (namesakes.length < 2) return own
    const middle = (axis: 0 | 1) => namesakes.reduce((sum, h) => sum + h.centre[axis], 0) / namesakes.length
    const [x, y] = hotspots[i]!.centre
    return { ...own, name: `${own.name} (${windOf(x - middle(0), y - middle(1))})` }
  })
}
