/**
 * A boundary file: GeoJSON polygons with codes, in longitude and latitude, checked.
 *
 * Everything that is wrong is said as `boundaries-invalid`, with the feature's number (from 1) in the file.
 */
import type { Position } from 'geojson'
import { type Day, isDay } from '../../platform/calendar.ts'
import { InputFault } from '../../platform/errors.ts'
import type { AreaKind } from '../evidence.ts'
import {
  type CodeProperty,
  codeProperties,
  isPlacedKind,
  kindWords,
  nameProperty,
  UNDATED,
} from './area-properties.ts'
import { checkedPolygons } from './polygons.ts'

export interface BoundaryFile {
  layer: AreaKind
  vintage: string
  areas: BoundaryArea[]
  /** Features that were joined to another with the same code. */
  merged: number
}

export interface BoundaryArea {
  code: string
  name: string
  /** From `valid_from` and `valid_to`, where the feature has them. Both days belong to the period. */
  from: Day | null
  to: Day | null
  /** Larger areas that the feature's properties name. */
  parents: { kind: AreaKind; code: string; vintage: string }[]
  polygons: Position[][][]
}

interface RawFeature {
  type?: unknown
  properties?: Record<string, unknown> | null
  geometry?: unknown
}

const invalid = (sentence: string) => new InputFault('boundaries-invalid', sentence)

/** Reads the text of a file. `layer` and `vintage` are told from the properties' names when not given. */
export function readBoundaries(
  text: string,
  fileName: string,
  given: { layer?: AreaKind | undefined; vintage?: string | undefined } = {},
): BoundaryFile {
  const features = featuresOf(text, fileName)
  const names = Object.keys(features[0]!.properties ?? {})
  const own = ownCode(names, fileName, given.layer)
  const nameKey = nameProperty(own.property, names)
  const parents = codeProperties(names).filter(
    (p): p is CodeProperty & { kind: AreaKind } => isParentOf(p.kind, own.kind) && isPlacedKind(p.kind),
  )
  const byCode = new Map<string, BoundaryArea>()
  features.forEach((feature, i) => {
    const where = `Feature ${i + 1} of ${fileName}`
    const properties = feature.properties ?? {}
    const code = textOf(properties[own.property])
    if (code === null) throw invalid(`${where} has no ${own.property}.`)
    const area: BoundaryArea = {
      code,
      name: (nameKey && textOf(properties[nameKey])) ?? code,
      from: dayOf(properties, 'valid_from', where),
      to: dayOf(properties, 'valid_to', where),
      parents: parents.flatMap(({ property, kind, vintage }) => {
        const parent = textOf(properties[property])
        return parent === null ? [] : [{ kind, code: parent, vintage }]
      }),
      polygons: checkedPolygons(feature.geometry, where),
    }
    const earlier = byCode.get(code)
    if (!earlier) byCode.set(code, area)
    else if (earlier.from !== area.from || earlier.to !== area.to) {
      throw invalid(`${where}: ${code} occurs twice with different dates; send each period as its own file.`)
    } else earlier.polygons.push(...area.polygons)
  })
  return {
    layer: own.kind,
    vintage: given.vintage ?? own.vintage,
    areas: [...byCode.values()],
    merged: features.length - byCode.size,
  }
}

function featuresOf(text: string, fileName: string): RawFeature[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    throw invalid(`${fileName} is not JSON; boundaries are sent as GeoJSON.`)
  }
  const { type, features } = (parsed ?? {}) as { type?: unknown; features?: unknown }
  if (type !== 'FeatureCollection' || !Array.isArray(features)) {
    throw invalid(`${fileName} is not a GeoJSON FeatureCollection.`)
  }
  if (features.length === 0) throw invalid(`${fileName} has no features.`)
  const odd = features.findIndex(f => (f as RawFeature | null)?.type !== 'Feature')
  if (odd >= 0) throw invalid(`Number ${odd + 1} of the features of ${fileName} is not a Feature.`)
  return features as RawFeature[]
}

/** The property that says what each feature is. */
function ownCode(
  names: string[],
  fileName: string,
  layer: AreaKind | undefined,
): CodeProperty & { kind: AreaKind } {
  const found = codeProperties(names)
  const listed = names.length > 0 ? `Its properties are ${names.join(', ')}.` : 'It has no properties.'
  if (layer) {
    const match = found.find(p => p.kind === layer)
    if (match) return { ...match, kind: layer }
    // A plain "code" is taken at the caller's word, but not in a file that says it is something else.
    const plain = names.find(n => n.toLowerCase() === 'code')
    if (plain) return { property: plain, kind: layer, vintage: UNDATED, isCode: true }
    throw invalid(`${fileName} has no property with the code of its ${kindWords[layer]}. ${listed}`)
  }
  const own = found.find(p => p.isCode) ?? found[0]
  if (!own) {
    throw invalid(
      `${fileName} has no property with a code, such as lsoa21_code; add one, or say which layer a "code" is of. ${listed}`,
    )
  }
  if (!isPlacedKind(own.kind)) {
    throw invalid(
      `${fileName} holds ${kindWords[own.kind]} (${own.property}). Records are placed in LSOAs, wards, local authorities, policing areas and impact areas; send one of those.`,
    )
  }
  return { ...own, kind: own.kind }
}

const coarser: Record<AreaKind, AreaKind[]> = {
  lsoa: ['ward', 'local-authority', 'policing-area', 'impact-area'],
  ward: ['local-authority', 'policing-area', 'impact-area'],
  'impact-area': ['local-authority', 'policing-area'],
  'policing-area': ['local-authority'],
  'local-authority': ['policing-area'],
}

export const isParentOf = (parent: string, kind: AreaKind): boolean =>
  (coarser[kind] as string[]).includes(parent)

function textOf(value: unknown): string | null {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}

function dayOf(properties: Record<string, unknown>, name: string, where: string): Day | null {
  const text = textOf(properties[name])
  if (text !== null && !isDay(text)) {
    throw invalid(`${where}: ${name} is "${text}" and not a day such as 2019-04-30.`)
  }
  return text
}
