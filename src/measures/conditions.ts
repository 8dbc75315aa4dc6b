/** Conditions in SQL that several measures share, made from the dated code lists. */
import { knifeUsedOrThreatened, publicPlaces } from '../evidence/codes/crime-codes.ts'
import { type OffenceCode, offenceCodes } from '../evidence/codes/offence-codes.ts'
import { quote } from '../evidence/dataset.ts'
import type { Clock } from './measure.ts'

/** `o.ho_code in ('34A', '34B')`. */
export const oneOf = (column: string, values: readonly string[]): string =>
  `${column} in (${values.map(quote).join(', ')})`

export const dateLiteral = (day: string): string => `cast(${quote(day)} as date)`

/**
 * Offence codes as a condition. A code that was introduced or withdrawn counts only while it was in force on
 * the day of recording: an 8T before November 2018 is a slip of the keyboard, not an assault on a paramedic.
 * The list of codes stands first and alone, so that an engine can skip whole blocks of a file by it.
 */
export function offenceCodeIs(selects: (code: OffenceCode) => boolean): string {
  const codes = offenceCodes.filter(selects)
  const dated = new Map<string, string[]>()
  for (const { code, from, to } of codes) {
    const days = [
      ...(from ? [`o.recorded_on >= ${dateLiteral(from)}`] : []),
      ...(to ? [`o.recorded_on <= ${dateLiteral(to)}`] : []),
    ].join(' and ')
    if (days) dated.set(days, [...(dated.get(days) ?? []), code])
  }
  const all = codes.map(c => c.code)
  const listed = all.length === 1 ? `o.ho_code = ${quote(all[0]!)}` : oneOf('o.ho_code', all)
  const inForce = [...dated].map(([days, some]) => `(${oneOf('o.ho_code not', some)} or ${days})`)
  return inForce.length === 0 ? listed : `(${[listed, ...inForce].join(' and ')})`
}

export const subgroupIs = (...subgroups: string[]): string =>
  offenceCodeIs(code => subgroups.includes(code.subgroup))

export const hoCodeIs = (...codes: string[]): string => offenceCodeIs(code => codes.includes(code.code))

export const selectedForKnifeReturn = offenceCodeIs(code => code.selectedForKnifeReturn)

/** Used to wound, used or attempted, shown, or threatened and believed; never possession alone. */
export const knifeUsedOrThreatenedIs = oneOf('o.knife_use', knifeUsedOrThreatened)

/** Only what is flagged as domestic abuse is left out: an empty flag is not a flag. */
export const notDomestic = 'coalesce(o.domestic, false) = false'
export const isDomestic = 'o.domestic = true'

export const inPublicPlace = oneOf('o.location_type', publicPlaces)

/** Offences count on the day of recording, as the Home Office counts them. */
export const recorded: Clock = { month: 'o.month', day: 'o.recorded_on' }
