/**
 * Which measures may be shown by place, and why others may not (rule R7).
 *
 * Stops, searches, weapons found and possession offences are made where the police look. A map of them sends the
 * police back to where they were, so only harm that the public, hospitals and ambulances reported is shown by
 * place. An allow-list, so that a new measure is not on the map until somebody has thought about it. Homicide is
 * left out because the numbers are small enough to identify families (R28), domestic violence because its places
 * are people's homes.
 */
import { findDataset } from '../../evidence/datasets/index.ts'
import { UsageFault } from '../../platform/errors.ts'
import { getMeasure } from '../catalogue/index.ts'
import type { DimensionId, DisclosureLevel } from '../figure.ts'
import { countingOf, type Measure, tablesOf } from '../measure.ts'

export const placeMeasureIds = [
  'knife-crime',
  'knife-injury',
  'knife-crime-victims',
  'public-place-violence',
  'u25-vwi',
  'u25-vwi-knife',
  'robbery',
  'robbery-personal',
  'robbery-business',
  'robbery-knife',
  'neighbourhood-crime',
  'residential-burglary',
  'vehicle-crime',
  'theft-from-person',
  'sharp-object-admissions',
  'sharp-object-admissions-u25',
  'street-violence',
  'street-robbery',
] as const

export const placeMeasures = (): Measure[] => placeMeasureIds.map(getMeasure)

/** The measure if it may be shown by place. Throws UsageFault with the reason. */
export function requirePlaceMeasure(id: string): Measure {
  const measure = getMeasure(id)
  if ((placeMeasureIds as readonly string[]).includes(id)) return measure
  throw new UsageFault(
    `${measure.title} is not shown by place. Places show harm that the public, hospitals or ambulances reported; what police activity produces, and what is rare enough to identify people, is left out.`,
  )
}

/** Datasets that a measure counts, in plain words: the list that stands on the map. */
export function placeInputs(measure: Measure): string[] {
  const counting = countingOf(measure)
  const names = tablesOf(counting).flatMap(table => findDataset(table)?.title ?? [])
  return [`${measure.title}, from ${names.map(n => n.toLowerCase()).join(' and ')}`]
}

export type PlaceLevel = Extract<DimensionId, 'npu' | 'local-authority' | 'ward' | 'lsoa' | 'impact-area'>

export const placeLevels: readonly PlaceLevel[] = ['npu', 'local-authority', 'impact-area', 'ward', 'lsoa']

/** Fewest months that a map may cover for those who may not see records (R27); null where none is allowed. */
const fewestMonths: Record<PlaceLevel, number | null> = {
  npu: 1,
  'local-authority': 1,
  'impact-area': 6,
  ward: 12,
  lsoa: null,
}

/** Why there is no map for the viewer, or null where there may be one. */
export function noMapBecause(level: PlaceLevel, months: number, disclosure: DisclosureLevel): string | null {
  if (disclosure === 'record') return null
  const fewest = fewestMonths[level]
  if (fewest === null) {
    return 'Small areas are not mapped here, so that nobody can be identified. Choose wards or larger areas.'
  }
  return months < fewest
    ? `A map of these areas needs at least ${fewest} months, so that nobody can be identified. Choose a longer period or larger areas.`
    : null
}
