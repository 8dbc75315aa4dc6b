/**
 * What the columns of a boundary file or a lookup are called.
 *
 * The Office for National Statistics puts the vintage into the name: `LSOA21CD`, `ward24_code`, `ltla22_code`.
 * Local names come without: `policing_area`, `npu`. A name without a vintage is `undated`.
 */
import type { AreaKind } from '../evidence.ts'

/** Layers that partners send by mistake: too coarse to place an incident, or not used. */
export type OtherLayer = 'msoa' | 'police-force'

export interface CodeProperty {
  property: string
  kind: AreaKind | OtherLayer
  vintage: string
  /** False for a bare `npu` or `policing_area`, which says where something lies rather than what it is. */
  isCode: boolean
}

export const UNDATED = 'undated'

export const kindWords: Record<AreaKind | OtherLayer, string> = {
  lsoa: 'LSOAs',
  ward: 'wards',
  'local-authority': 'local authorities',
  'policing-area': 'policing areas',
  'impact-area': 'impact areas',
  msoa: 'MSOAs',
  'police-force': 'police force areas',
}

/** Finest first: a file of LSOAs that carries `lad_code` is a file of LSOAs. */
const stems: [AreaKind | OtherLayer, string][] = [
  ['lsoa', 'lsoa'],
  ['msoa', 'msoa'],
  ['ward', 'ward|wd'],
  ['impact-area', 'impact_?area'],
  ['policing-area', 'policing_?area|npu|lpa'],
  ['local-authority', 'lad|ltla|utla|local_?authority'],
  ['police-force', 'pfa|police_?force'],
]

const patterns = stems.map(([kind, stem]) => ({
  kind,
  code: new RegExp(`^(?:${stem})(\\d\\d)?_?(?:code|cd)$`, 'i'),
  bare: new RegExp(`^(?:${stem})$`, 'i'),
}))

/** The properties that hold codes of areas, finest kind first. */
export function codeProperties(names: readonly string[]): CodeProperty[] {
  return patterns.flatMap(({ kind, code, bare }) =>
    names.flatMap((property): CodeProperty[] => {
      const match = code.exec(property)
      if (match) return [{ property, kind, vintage: match[1] ? `20${match[1]}` : UNDATED, isCode: true }]
      return bare.test(property) ? [{ property, kind, vintage: UNDATED, isCode: false }] : []
    }),
  )
}

/** The property that holds the name beside the code: `lsoa11_name` for `lsoa11_code`, `LSOA11NM` for `LSOA11CD`. */
export function nameProperty(codeName: string, names: readonly string[]): string | null {
  const stem = codeName.replace(/_?(code|cd)$/i, '').toLowerCase()
  const wanted = [`${stem}_name`, `${stem}name`, `${stem}_nm`, `${stem}nm`, 'name']
  return wanted.map(w => names.find(n => n.toLowerCase() === w)).find(n => n !== undefined) ?? null
}

export const isPlacedKind = (kind: AreaKind | OtherLayer): kind is AreaKind =>
  kind !== 'msoa' && kind !== 'police-force'
