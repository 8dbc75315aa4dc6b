/**
 * Everything that placement needs, loaded once: layers by month, lookups, and the pack's policing areas.
 */
import { createHash } from 'node:crypto'
import type { AreaPack } from '../../areas/area-pack.ts'
import type { Month } from '../../platform/calendar.ts'
import type { Installation } from '../../platform/installation.ts'
import type { AreaKind } from '../evidence.ts'
import { areasInForce, covers, dayOfMonth, monthsOfChange, type PackWindow, packWindows } from './in-force.ts'
import { buildLayer, type Layer } from './layer.ts'
import { boundarySets, type DrawnArea, drawnAreas, type ParentRow, parentRows } from './stored-geography.ts'
import { indexParents, type SuppliedAreas, suppliedAreas } from './supplied-areas.ts'

export interface Geography {
  /** Hash of what placement depends on. The same boundaries, lookups and pack give the same version. */
  placementVersion: string
  /** What places the records of a month. Computed once for each month. */
  inMonth(month: Month): MonthGeography
  /** Months of the same era are placed alike, so that a point need be placed once for all of them. */
  eraOf(month: Month): string
}

export interface MonthGeography {
  layers: Partial<Record<AreaKind, Layer>>
  supplied: SuppliedAreas
  /** The one policing area in which a local authority lay in that month; null when there were several or none. */
  policingAreaOf(localAuthority: string): string | null
  isLocalAuthority(code: string): boolean
}

/** Changes when the rules below or in the kernel do, so that records placed by older rules are told apart. */
const PLACEMENT_RULES = 1

export const areaKinds: readonly AreaKind[] = [
  'lsoa',
  'ward',
  'local-authority',
  'policing-area',
  'impact-area',
]

type PlacingPack = Pick<AreaPack, 'localAuthorities' | 'policingAreas' | 'impactAreas'>

/** Reads the boundary sets and lookups that are loaded. Load again after either changes. */
export async function loadGeography(installation: Installation, pack: PlacingPack): Promise<Geography> {
  const [drawn, sets, parents] = await Promise.all([
    drawnAreas(installation),
    boundarySets(installation.database),
    parentRows(installation.database),
  ])
  const version = createHash('sha256').update(
    JSON.stringify([
      PLACEMENT_RULES,
      sets.map(({ id: _, ...set }) => JSON.stringify(set)).sort(),
      parents,
      pack.localAuthorities.map(a => a.code),
      pack.policingAreas.map(a => [a.code, a.localAuthority, a.from, a.to]),
      pack.impactAreas.map(a => [a.code, a.from, a.to]),
    ]),
  )
  return {
    placementVersion: version.digest('hex').slice(0, 16),
    inMonth: monthGeographies(drawn, parents, pack),
    eraOf: erasOf(drawn, parents, pack),
  }
}

function erasOf(drawn: DrawnArea[], parents: ParentRow[], pack: PlacingPack) {
  const lookups = [...new Set(parents.flatMap(p => [p.vintage, p.parentVintage]))].map(vintage => ({
    kind: 'lsoa' as const,
    code: '',
    vintage,
    from: null,
    to: null,
  }))
  const changes = monthsOfChange([...drawn, ...lookups], packWindows(pack), undefined, undefined)
  return (month: Month): string => changes.findLast(change => change <= month) ?? ''
}

function monthGeographies(drawn: DrawnArea[], parentsLoaded: ParentRow[], pack: PlacingPack) {
  const parents = indexParents(parentsLoaded)
  const windows = packWindows(pack)
  const byKind = Map.groupBy(drawn, a => a.kind)
  const layers = new Map<string, Layer>()
  const layerOf = (kind: AreaKind, areas: DrawnArea[]): Layer => {
    // Many months share their areas; so they share the layer.
    const key = `${kind} ${areas.map(a => `${a.boundarySet}/${a.code}`).join(' ')}`
    const layer = layers.get(key) ?? buildLayer(areas)
    layers.set(key, layer)
    return layer
  }
  const months = new Map<Month, MonthGeography>()
  return (month: Month): MonthGeography => {
    const known = months.get(month)
    if (known) return known
    const built = monthGeography(month, kind => {
      const areas = byKind.get(kind)
      return areas && areasInForce(kind, areas, windows, month)
    })
    months.set(month, built)
    return built
  }

  function monthGeography(
    month: Month,
    areasOf: (kind: AreaKind) => DrawnArea[] | undefined,
  ): MonthGeography {
    const inForce = areaKinds.flatMap(kind => {
      const areas = areasOf(kind)
      return areas ? [{ kind, areas }] : []
    })
    const monthLayers = Object.fromEntries(
      inForce.filter(k => k.areas.length > 0).map(({ kind, areas }) => [kind, layerOf(kind, areas)]),
    )
    const codes = Object.fromEntries(
      inForce.map(({ kind, areas }) => [kind, new Set(areas.map(a => a.code))]),
    ) as Partial<Record<AreaKind, Set<string>>>
    const vintages = Object.fromEntries(
      inForce.flatMap(({ kind, areas }) => (areas[0] ? [[kind, areas[0].vintage]] : [])),
    )
    return {
      layers: monthLayers,
      supplied: suppliedAreas(parents, { month, codes, vintages }, windows),
      policingAreaOf: soleArea(pack.policingAreas, dayOfMonth(month)),
      isLocalAuthority: localAuthorityTest(windows, codes['local-authority']),
    }
  }
}

/** From an authority to its policing area, where exactly one is in force: Birmingham had two until April 2023. */
function soleArea(areas: AreaPack['policingAreas'], day: string): (localAuthority: string) => string | null {
  const inForce = areas.filter(a => covers({ from: a.from ?? null, to: a.to ?? null }, day))
  const byAuthority = Map.groupBy(inForce, a => a.localAuthority)
  return localAuthority => {
    const codes = new Set((byAuthority.get(localAuthority) ?? []).map(a => a.code))
    return codes.size === 1 ? [...codes][0]! : null
  }
}

/** Shape of the codes of local authorities: districts, boroughs, unitary and county councils; Wales. */
const LOCAL_AUTHORITY_CODE = /^(E0[6-9]|E10|W06)\d{6}$/

function localAuthorityTest(windows: readonly PackWindow[], drawn: ReadonlySet<string> | undefined) {
  const named = new Set(windows.filter(w => w.kind === 'local-authority').map(w => w.code))
  return (code: string): boolean =>
    named.has(code) || drawn?.has(code) === true || LOCAL_AUTHORITY_CODE.test(code)
}
