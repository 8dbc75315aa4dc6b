/**
 * The published facts that the synthetic partnership reproduces, as data, each with where it stands.
 *
 * - S0: Strategic Policing and Crime Board, "Violence Crime", 18 June 2019.
 * - S1: Strategic Policing and Crime Board, "Reducing Violence", 21 December 2021.
 *
 * A share printed as a whole percent is kept between its roundings on both bases, of everyone and of those
 * recorded, because the papers do not say which they used.
 */
import type { Month } from '../platform/calendar.ts'

/** Months for which the partnership holds evidence. The pandemic year between is not held: missing, not zero. */
export const held: readonly { from: Month; to: Month }[] = [
  { from: '2014-06', to: '2020-03' },
  { from: '2021-04', to: '2022-03' },
]

/** S0 table 1: knife crime recorded November 2018 to May 2019 by unit, and its victims under 25. */
export const table1 = {
  from: '2018-11',
  to: '2019-05',
  units: {
    BW: { offences: 731, victimsUnder25: 357 },
    BE: { offences: 449, victimsUnder25: 219 },
    CV: { offences: 238, victimsUnder25: 114 },
    SW: { offences: 203, victimsUnder25: 83 },
    WV: { offences: 172, victimsUnder25: 69 },
    DY: { offences: 149, victimsUnder25: 67 },
    WS: { offences: 135, victimsUnder25: 61 },
    SH: { offences: 106, victimsUnder25: 48 },
  } as Record<string, { offences: number; victimsUnder25: number }>,
}

/**
 * S0 paragraph 12 gives March, April and May 2019; the four months before are ours and sum to what table 1
 * leaves, 1,134. The steady rise is S0 paragraph 2. The year to March 2015 (1,558) and the year to March 2020
 * (over 3,400) are from the violence reduction unit's needs assessment of April 2021. 2021/22 stands almost 800
 * above 2019/20 (S1 paragraph 11).
 */
export const knifeCrime = {
  months: {
    '2018-11': 275,
    '2018-12': 272,
    '2019-01': 283,
    '2019-02': 304,
    '2019-03': 414,
    '2019-04': 316,
    '2019-05': 319,
  } as Record<Month, number>,
  monthlyBefore: 130,
  risesFrom: '2015-07',
  monthlyBy: { month: '2018-10', offences: 272 },
  year2019: 3425,
  year2021: 4220,
}

/** S0 figure 4: percent from the monthly mean, January to December, over the five years to May 2019. */
export const seasons = {
  from: '2014-06',
  to: '2019-05',
  violenceWithInjury: [-5.5, -14.1, -3.8, -2.7, 6.6, 8.6, 13.8, -0.2, -0.6, 1.5, -5.5, 1.9],
  publicPlace: [-12.6, -17.5, -4.0, -0.2, 9.8, 12.2, 17.3, 0.2, 2.3, 3.1, -5.3, -5.4],
  domestic: [6.7, -12.3, -4.3, -3.4, 2.6, 3.2, 7.4, 2.1, -0.9, 1.4, -7.0, 4.5],
}

/** S0 paragraphs 13 and 19 to 23, all of knife crime in the months of table 1. */
export const knifeCrimeShares = {
  machete: 0.13,
  injury: 0.19,
  victims: { male: 0.79, whiteNorthEuropean: 0.5, asian: 0.21 },
  suspects: { under25: 0.47, male: 0.83, whiteNorthEuropean: 0.49 },
  defendants: { male: 0.92 },
  /** Of the occupations recorded, which are few. */
  occupations: { unemployed: 0.55, student: 0.33 },
}

/** S0 paragraphs 24 and 25. The last was recorded on 24 April 2019; the paper of June knows of none after. */
export const knifeHomicides = { yearTo2019May: 19, yearTo2018May: 22, february2019ToApril2019: 7 }

/** S1 paragraphs 36 and 37, April to November 2021 against the same months of 2019. */
export const under25 = {
  months: { 2019: { from: '2019-04', to: '2019-11' }, 2021: { from: '2021-04', to: '2021-11' } },
  violenceWithInjuryKnife: { 2019: 333, 2021: 361 },
  sharpObjectAdmissions: { 2019: 90, 2021: 80 },
  homicide: { 2019: 9, 2021: 4 },
  homicideKnife: { 2019: 4, 2021: 3 },
  /** Only the rise of 15.5% is published; the counts are ours. */
  violenceWithInjury: { 2019: 6010, 2021: 6941 },
}

/**
 * S1 paragraph 37: 56% and 33% in 2019/20 with nine victims under 25 make 27 homicides; 53% and 25% with four
 * make 16 by November 2021.
 */
export const homicides = {
  2019: { victims: 27, suspects: 27, suspectsUnder25: 15 },
  2021: { victims: 16, suspects: 17, suspectsUnder25: 9 },
}

/** S1 paragraph 44, percent of under-25 violence with a positive outcome, by when it was recorded. */
export const positiveOutcomes = { year2019: 9.77, to2021November: 6.14, november2021: 9.4 }

/** S1 paragraph 6: 11.2 violence with injury per 1,000 residents; taken for 2021/22 and the census of 2021. */
export const violenceWithInjury = {
  yearTo2015May: 25600,
  yearTo2019May: 26800,
  year2019: 27150,
  year2021: 32700,
}

/** S1 paragraph 39, of under-25 violence with a knife. */
export const under25People = {
  victimsMale: 0.92,
  suspectsMale: 0.8,
  commonestVictimAge: 24,
  commonestSuspectAge: 18,
}

/** S0 table 2. Vehicles, dispersals and referrals are not datasets of evidence. */
export const operationForecast = {
  name: 'Operation Forecast',
  from: '2019-02-21',
  to: '2019-06-07',
  searches: 5387,
  section60: 1949,
  arrests: 319,
  cannabisWarnings: 106,
  weapons: 147,
}

/** S0 paragraphs 28 and 29: 90 knives in the week. The numbers of arrests there contradict each other. */
export const operationSceptre = {
  name: 'Operation Sceptre',
  from: '2019-03-11',
  to: '2019-03-17',
  searches: 55,
  knives: { sweep: 18, surrender: 59, arrest: 9, stop_search: 4 },
}

/** S0 paragraphs 14 and 17. Units with a night-time economy are the four that paragraph 16 names. */
export const nightTimeUnits = ['BW', 'BE', 'CV', 'WV']

/** Census 2021, Office for National Statistics: residents rounded to 100; Solihull is the county less the rest. */
export const census2021: Record<string, { residents: number; groups: Groups }> = {
  E08000025: { residents: 1_144_900, groups: groups(48.6, 31.0, 11.0, 4.8, 4.6) },
  E08000026: { residents: 345_300, groups: groups(65.5, 18.5, 8.9, 3.4, 3.7) },
  E08000027: { residents: 323_500, groups: groups(84.9, 8.3, 2.5, 2.6, 1.7) },
  E08000028: { residents: 341_900, groups: groups(57.3, 25.8, 8.7, 4.2, 4.0) },
  E08000029: { residents: 216_200, groups: groups(82.2, 11.0, 2.3, 3.3, 1.2) },
  E08000030: { residents: 284_100, groups: groups(71.4, 18.7, 4.6, 3.3, 2.0) },
  E08000031: { residents: 263_700, groups: groups(60.6, 21.2, 9.3, 5.3, 3.6) },
}

/** Census 2011: residents by authority; shares of the whole county (S0 figure 7 and, for Mixed, the census). */
export const census2011 = {
  residents: {
    E08000025: 1_073_045,
    E08000026: 316_960,
    E08000027: 312_925,
    E08000028: 308_063,
    E08000029: 206_674,
    E08000030: 269_323,
    E08000031: 249_470,
  } as Record<string, number>,
  groups: groups(70.13, 18.82, 6.0, 3.5, 1.55),
}

export interface Groups {
  White: number
  Asian: number
  Black: number
  Mixed: number
  Other: number
}

/** Percent of residents. */
function groups(White: number, Asian: number, Black: number, Mixed: number, Other: number): Groups {
  return { White, Asian, Black, Mixed, Other }
}

/**
 * Ours: radius of the schematic disc and the unit's share of its authority's residents. How Birmingham splits
 * into West and East is published nowhere that we read.
 */
export const unitSizes: Record<string, { radiusKm: number; shareOfAuthority: number }> = {
  BW: { radiusKm: 6.6, shareOfAuthority: 0.52 },
  BE: { radiusKm: 6.6, shareOfAuthority: 0.48 },
  CV: { radiusKm: 5.6, shareOfAuthority: 1 },
  SW: { radiusKm: 5.2, shareOfAuthority: 1 },
  WV: { radiusKm: 4.7, shareOfAuthority: 1 },
  WS: { radiusKm: 5.7, shareOfAuthority: 1 },
  DY: { radiusKm: 5.6, shareOfAuthority: 1 },
  SH: { radiusKm: 6.8, shareOfAuthority: 1 },
}

/** Ours: the wards of these places, or of the unit's anchor, make up the schematic impact areas. */
export const impactAreaPlaces: Record<string, { unit: string; places: string[] }> = {
  'IA-BW': { unit: 'BW', places: ['Aston'] },
  'IA-BE': { unit: 'BE', places: ['Alum Rock and Saltley', 'Sparkbrook'] },
  'IA-WS': { unit: 'WS', places: [] },
}

/**
 * S1 paragraphs 37 and 38: where knives were used. The three centres lead in 2019; Aston and Alum Rock join
 * them in 2021; knife injury of 2021 is led by Aston, St Michael's and Sparkbrook. Shares of the unit are ours.
 */
export const knifePlaces = {
  before2020: {
    'Birmingham city centre': 0.26,
    'Coventry city centre': 0.42,
    'Wolverhampton city centre': 0.48,
    Aston: 0.07,
    'Alum Rock and Saltley': 0.09,
    "St Michael's": 0.08,
    Sparkbrook: 0.08,
    Smethwick: 0.18,
  },
  from2021: {
    'Birmingham city centre': 0.36,
    'Coventry city centre': 0.46,
    'Wolverhampton city centre': 0.24,
    Aston: 0.14,
    'Alum Rock and Saltley': 0.28,
    "St Michael's": 0.03,
    Sparkbrook: 0.04,
    Smethwick: 0.18,
  },
  injury2021: {
    'Birmingham city centre': 0.09,
    'Coventry city centre': 0.17,
    'Wolverhampton city centre': 0.2,
    Aston: 0.24,
    'Alum Rock and Saltley': 0.14,
    "St Michael's": 0.42,
    Sparkbrook: 0.23,
    Smethwick: 0.18,
  },
} as const

/**
 * Shares of small areas by national tenth of deprivation, most deprived first. Birmingham's 43% is published by
 * its council (indices of 2019); the other shares are ours and follow the order that the councils report.
 */
export const deprivationOfAuthorities: Record<string, number[]> = {
  E08000025: [43, 16, 11, 9, 7, 5, 4, 3, 1, 1],
  E08000026: [19, 16, 14, 12, 10, 8, 7, 6, 5, 3],
  E08000027: [11, 15, 14, 12, 11, 10, 9, 8, 6, 4],
  E08000028: [22, 25, 19, 13, 9, 6, 3, 2, 1, 0],
  E08000029: [12, 6, 5, 5, 7, 8, 11, 13, 15, 18],
  E08000030: [26, 18, 12, 10, 9, 8, 7, 5, 3, 2],
  E08000031: [21, 23, 16, 11, 8, 7, 6, 4, 3, 1],
}

/** How closely a domain follows the overall index; 1 is the index itself. Ours. */
export const domainWeights: Record<string, number> = {
  overall: 1,
  income: 0.95,
  employment: 0.92,
  education: 0.8,
  health: 0.75,
  crime: 0.6,
  housing: 0.3,
  environment: 0.4,
}
