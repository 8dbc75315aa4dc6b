/** The schematic geography as boundary files, of the kind that a council or a force would send. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Position } from 'geojson'
import type { AreaPack, PackPolicingArea } from '../areas/area-pack.ts'
import type { AreaKind } from '../evidence/evidence.ts'
import { firstDay } from '../platform/calendar.ts'
import { held } from './calibration.ts'
import { dissolve } from './dissolve.ts'
import type { SmallArea } from './geography.ts'

export const SYNTHETIC_VINTAGE = 'synthetic'

export interface SyntheticBoundaries {
  layer: AreaKind
  vintage: string
  path: string
}

interface Feature {
  properties: Record<string, string | null>
  polygons: Position[][][]
}

export async function writeBoundaries(
  pack: AreaPack,
  areas: readonly SmallArea[],
  folder: string,
): Promise<SyntheticBoundaries[]> {
  const layers: [AreaKind, Feature[]][] = [
    ['lsoa', areas.map(smallArea)],
    ['ward', grouped(areas, a => a.ward).map(ward)],
    ['local-authority', pack.localAuthorities.map(({ code, name }) => authority(areas, code, name))],
    ['policing-area', pack.policingAreas.map(unit => policingArea(areas, unit))],
    ['impact-area', pack.impactAreas.map(({ code, name }) => impactArea(areas, code, name))],
  ]
  return Promise.all(
    layers.map(async ([layer, features]) => {
      const path = join(folder, `synthetic-${layer}.geojson`)
      await writeFile(path, geoJson(features))
      return { layer, vintage: SYNTHETIC_VINTAGE, path }
    }),
  )
}

const smallArea = (area: SmallArea): Feature => ({
  properties: {
    lsoa_code: area.code,
    lsoa_name: area.name,
    ward_code: area.ward,
    ward_name: area.wardName,
    lad_code: area.localAuthority,
    policing_area: area.unit,
    impact_area: area.impactArea,
  },
  polygons: [[area.ring]],
})

const ward = (members: SmallArea[]): Feature => ({
  properties: {
    ward_code: members[0]!.ward,
    ward_name: members[0]!.wardName,
    lad_code: members[0]!.localAuthority,
    policing_area: members[0]!.unit,
  },
  polygons: dissolve(members.map(a => a.ring)),
})

const authority = (areas: readonly SmallArea[], code: string, name: string): Feature => ({
  properties: { lad_code: code, lad_name: synthetic(name) },
  polygons: dissolve(areas.filter(a => a.localAuthority === code).map(a => a.ring)),
})

/** Forces cut earlier records anew when units change, so the first units reach back to the first record held. */
function policingArea(areas: readonly SmallArea[], unit: PackPolicingArea): Feature {
  const own = areas.filter(a => a.unit === unit.code)
  const members = own.length > 0 ? own : areas.filter(a => a.localAuthority === unit.localAuthority)
  return {
    properties: {
      policing_area_code: unit.code,
      policing_area_name: synthetic(unit.name),
      lad_code: unit.localAuthority,
      valid_from: own.length > 0 ? firstDay(held[0]!.from) : (unit.from ?? null),
      valid_to: unit.to ?? null,
    },
    polygons: dissolve(members.map(a => a.ring)),
  }
}

const impactArea = (areas: readonly SmallArea[], code: string, name: string): Feature => {
  const members = areas.filter(a => a.impactArea === code)
  return {
    properties: {
      impact_area_code: code,
      impact_area_name: synthetic(name),
      lad_code: members[0]!.localAuthority,
    },
    polygons: dissolve(members.map(a => a.ring)),
  }
}

const synthetic = (name: string) => `${name} (synthetic)`

function grouped(areas: readonly SmallArea[], by: (area: SmallArea) => string): SmallArea[][] {
  const groups = new Map<string, SmallArea[]>()
  for (const area of areas) groups.set(by(area), [...(groups.get(by(area)) ?? []), area])
  return [...groups.values()]
}

/** One feature a line, so that a difference between two files can be read. */
function geoJson(features: Feature[]): string {
  const lines = features.map(({ properties, polygons }) =>
    JSON.stringify({
      type: 'Feature',
      properties,
      geometry:
        polygons.length === 1
          ? { type: 'Polygon', coordinates: polygons[0] }
          : { type: 'MultiPolygon', coordinates: polygons },
    }),
  )
  return `{"type":"FeatureCollection","features":[\n${lines.join(',\n')}\n]}\n`
}
