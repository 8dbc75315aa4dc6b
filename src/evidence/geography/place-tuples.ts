/**
 * Placement of records, as columns: for each (month, point, small-area code, authority code) its areas.
 *
 * A small-area code that came with the row decides where it is, else the point does; areas above follow
 * through lookups, then from the supplied authority. What cannot be placed is null and stays counted as
 * unknown.
 */
import type { Month } from '../../platform/calendar.ts'
import type { AreaKind } from '../evidence.ts'
import { areaKinds, type Geography, type MonthGeography } from './geography.ts'
import { placePoints } from './layer.ts'

export interface PlaceTuples {
  month: readonly Month[]
  /** WGS84 degrees; NaN where there is no point. */
  longitude: Float64Array
  latitude: Float64Array
  lsoaCode: readonly (string | null)[]
  authorityCode: readonly (string | null)[]
}

export interface PlacedTuples {
  lsoa: (string | null)[]
  ward: (string | null)[]
  localAuthority: (string | null)[]
  policingArea: (string | null)[]
  impactArea: (string | null)[]
  /** 1 where a point was given and lies in no area of any layer; 0 also where no layer is loaded. */
  outside: Uint8Array
}

/**
 * Places tuples; meant for distinct ones, to be joined back. Answers stand in the order of the tuples. About
 * half a million a second with five layers; give some hundred thousand at a time to keep memory small.
 */
export function placeTuples(geography: Geography, tuples: PlaceTuples): PlacedTuples {
  const size = tuples.month.length
  const empty = () => new Array<string | null>(size).fill(null)
  const placed: PlacedTuples = {
    lsoa: empty(),
    ward: empty(),
    localAuthority: empty(),
    policingArea: empty(),
    impactArea: empty(),
    outside: new Uint8Array(size),
  }
  const rowsOf = new Map<Month, number[]>()
  tuples.month.forEach((month, i) => {
    const rows = rowsOf.get(month)
    if (rows) rows.push(i)
    else rowsOf.set(month, [i])
  })
  for (const [month, rows] of rowsOf) placeMonth(geography.inMonth(month), tuples, rows, placed)
  return placed
}

function placeMonth(
  month: MonthGeography,
  tuples: PlaceTuples,
  rows: readonly number[],
  placed: PlacedTuples,
): void {
  const hits = pointHits(month, tuples, rows)
  const anyLayer = Object.keys(month.layers).length > 0
  const { supplied } = month
  rows.forEach((row, i) => {
    const given = tuples.lsoaCode[row] ?? null
    // A code that came with the row was found on full outlines; ours are generalised, and put one point in
    // twenty of a published file on the other side of a boundary.
    const coded = given === null ? null : supplied.smallArea(given)
    const lsoa = coded ?? hits.lsoa(i)
    // The code as given leads further than its translation: one that was split has none, and one that was
    // merged with another lay in a ward of its own.
    const small = coded === null ? (hits.lsoa(i) ?? given) : given
    const above = (kind: AreaKind) => (small === null ? null : supplied.parentOf('lsoa', small, kind))
    // What the small area came from decides the areas above it too, so that they never contradict it.
    const at = (kind: AreaKind) =>
      coded === null ? (hits[kind](i) ?? above(kind)) : (above(kind) ?? hits[kind](i))
    const ward = at('ward')
    const throughWard = (kind: AreaKind) => (ward === null ? null : supplied.parentOf('ward', ward, kind))
    const policing = at('policing-area')
    const authority = tuples.authorityCode[row] ?? null
    const localAuthority =
      at('local-authority') ??
      throughWard('local-authority') ??
      (policing === null ? null : supplied.parentOf('policing-area', policing, 'local-authority')) ??
      (authority !== null && month.isLocalAuthority(authority) ? authority : null)
    placed.lsoa[row] = lsoa
    placed.ward[row] = ward
    placed.localAuthority[row] = localAuthority
    placed.policingArea[row] =
      policing ??
      throughWard('policing-area') ??
      (localAuthority === null
        ? null
        : (supplied.parentOf('local-authority', localAuthority, 'policing-area') ??
          month.policingAreaOf(localAuthority)))
    placed.impactArea[row] = hits['impact-area'](i) ?? above('impact-area') ?? throughWard('impact-area')
    const hasPoint = !Number.isNaN(tuples.longitude[row]!) && !Number.isNaN(tuples.latitude[row]!)
    if (anyLayer && hasPoint && areaKinds.every(kind => hits[kind](i) === null)) placed.outside[row] = 1
  })
}

/** For each kind, the code of the area that holds the point of the month's i-th row. */
function pointHits(month: MonthGeography, tuples: PlaceTuples, rows: readonly number[]) {
  const lon = Float64Array.from(rows, row => tuples.longitude[row]!)
  const lat = Float64Array.from(rows, row => tuples.latitude[row]!)
  return Object.fromEntries(
    areaKinds.map(kind => {
      const layer = month.layers[kind]
      if (!layer) return [kind, () => null]
      const areas = placePoints(layer, lon, lat)
      return [kind, (i: number) => layer.codes[areas[i]!] ?? null]
    }),
  ) as Record<AreaKind, (i: number) => string | null>
}
