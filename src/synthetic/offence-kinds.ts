/**
 * The kinds of offence of the synthetic partnership: which codes they draw, where, when, against whom and how
 * they end. Levels are ours, in the order of size that a metropolitan force records; what a board paper
 * published stands in `calibration.ts` and overrides them.
 */
import { type ClockProfile, clockProfiles } from './clock-profiles.ts'

export type KindId = (typeof kindIds)[number]

export const kindIds = [
  'knife-violence-domestic',
  'knife-violence-public',
  'knife-violence-private',
  'knife-robbery-personal',
  'knife-robbery-business',
  'knife-threats',
  'knife-threats-domestic',
  'knife-sexual',
  'knife-homicide',
  'homicide',
  'violence-domestic',
  'violence-public',
  'violence-private',
  'no-injury-domestic',
  'no-injury',
  'harassment',
  'threats',
  'sexual',
  'robbery-personal',
  'robbery-business',
  'burglary-home',
  'burglary-other',
  'vehicle',
  'theft-person',
  'shoplifting',
  'other-theft',
  'weapons',
  'public-order',
  'drugs',
  'damage',
] as const

export interface OffenceKind {
  /** Home Office codes with their weights. A code is drawn only in months in which it is in force. */
  codes: Record<string, number>
  locations: Record<string, number>
  clock: ClockProfile
  /** The victim, when there is a person: shares under 25 and male. */
  victim: { under25: number; male: number } | null
  /** Shares of investigations that end positively, and without anybody identified. */
  positive: number
  noSuspect: number
  domestic?: true
  robbery?: 'personal' | 'business'
  /** A knife used or threatened in a class selected for the knife return: counts as knife crime. */
  knife?: true
  /** Offences in 2014/15, 2019/20 and 2021/22. Absent where the schedule has its own rule. */
  yearly?: readonly [number, number, number]
}

const street = { street: 62, outside_address: 16, park: 8, transport: 7, licensed_premises: 3, shop: 4 }
const goingOut = { street: 52, outside_address: 17, park: 6, transport: 5, licensed_premises: 16, shop: 4 }
const indoors = { dwelling: 56, school: 17, hospital: 8, prison: 6, other: 9, unknown: 4 }
/** Only indoors, so that the seasons of public-place and of domestic violence can both be exact. */
const home = { dwelling: 92, other: 6, unknown: 2 }
const anywhere = { ...street, dwelling: 55, other: 10, unknown: 4 }

const injury = { '8N': 900, '5D': 62, '2': 3, '8P': 18, '8S': 10, '8T': 7, '5E': 1, '4.7': 1 }
const knifeInjury = { '8N': 470, '5D': 490, '2': 32, '8P': 4, '8S': 4 }
const sexual = { '19C': 26, '19D': 9, '19E': 4, '19F': 2, '19G': 1, '20A': 42, '20B': 8, '17A': 6, '17B': 2 }

export const kinds: Record<KindId, OffenceKind> = {
  'knife-violence-domestic': {
    codes: knifeInjury,
    locations: home,
    clock: clockProfiles.home,
    victim: { under25: 0.24, male: 0.32 },
    positive: 0.22,
    noSuspect: 0.05,
    domestic: true,
    knife: true,
  },
  'knife-violence-public': {
    codes: knifeInjury,
    locations: street,
    clock: clockProfiles.youthViolence,
    victim: { under25: 0.52, male: 0.89 },
    positive: 0.13,
    noSuspect: 0.45,
    knife: true,
  },
  'knife-violence-private': {
    codes: knifeInjury,
    locations: indoors,
    clock: clockProfiles.youthViolence,
    victim: { under25: 0.46, male: 0.76 },
    positive: 0.16,
    noSuspect: 0.25,
    knife: true,
  },
  'knife-robbery-personal': {
    codes: { '34B': 1 },
    locations: street,
    clock: clockProfiles.knifeNight,
    victim: { under25: 0.5, male: 0.86 },
    positive: 0.07,
    noSuspect: 0.66,
    robbery: 'personal',
    knife: true,
  },
  'knife-robbery-business': {
    codes: { '34A': 1 },
    locations: { shop: 92, other: 8 },
    clock: clockProfiles.knifeNight,
    victim: { under25: 0.3, male: 0.68 },
    positive: 0.14,
    noSuspect: 0.5,
    robbery: 'business',
    knife: true,
  },
  'knife-threats': {
    codes: { '3B': 1 },
    locations: anywhere,
    clock: clockProfiles.knifeNight,
    victim: { under25: 0.36, male: 0.64 },
    positive: 0.09,
    noSuspect: 0.25,
    knife: true,
  },
  'knife-threats-domestic': {
    codes: { '3B': 1 },
    locations: home,
    clock: clockProfiles.home,
    victim: { under25: 0.24, male: 0.3 },
    positive: 0.1,
    noSuspect: 0.03,
    domestic: true,
    knife: true,
  },
  'knife-sexual': {
    codes: { '19C': 50, '19D': 8, '20A': 38, '17A': 4 },
    locations: anywhere,
    clock: clockProfiles.knifeNight,
    victim: { under25: 0.56, male: 0.08 },
    positive: 0.08,
    noSuspect: 0.4,
    knife: true,
  },
  'knife-homicide': {
    codes: { '1': 95, '4.1': 5 },
    locations: street,
    clock: clockProfiles.youthViolence,
    victim: { under25: 0.4, male: 0.85 },
    positive: 1,
    noSuspect: 0,
    knife: true,
  },
  homicide: {
    codes: { '1': 80, '4.1': 19, '4.2': 1 },
    locations: anywhere,
    clock: clockProfiles.goingOut,
    victim: { under25: 0.25, male: 0.7 },
    positive: 1,
    noSuspect: 0,
  },
  'violence-domestic': {
    codes: { '8N': 955, '5D': 40, '2': 2, '4.7': 3 },
    locations: home,
    clock: clockProfiles.home,
    victim: { under25: 0.28, male: 0.28 },
    positive: 0.13,
    noSuspect: 0.03,
    domestic: true,
  },
  'violence-public': {
    codes: injury,
    locations: goingOut,
    clock: clockProfiles.goingOut,
    victim: { under25: 0.47, male: 0.68 },
    positive: 0.1,
    noSuspect: 0.36,
  },
  'violence-private': {
    codes: injury,
    locations: indoors,
    clock: clockProfiles.day,
    victim: { under25: 0.42, male: 0.55 },
    positive: 0.1,
    noSuspect: 0.16,
  },
  'no-injury-domestic': {
    codes: { '105A': 97, '104': 1, '8L': 2 },
    locations: home,
    clock: clockProfiles.home,
    victim: { under25: 0.27, male: 0.27 },
    positive: 0.09,
    noSuspect: 0.02,
    domestic: true,
  },
  'no-injury': {
    codes: { '105A': 86, '105B': 5, '104': 8, '3A': 1 },
    locations: anywhere,
    clock: clockProfiles.goingOut,
    victim: { under25: 0.36, male: 0.56 },
    positive: 0.1,
    noSuspect: 0.3,
    yearly: [6200, 7300, 8000],
  },
  harassment: {
    codes: { '8L': 55, '8Q': 10, '8R': 35 },
    locations: { dwelling: 70, other: 12, street: 12, unknown: 6 },
    clock: clockProfiles.day,
    victim: { under25: 0.28, male: 0.34 },
    positive: 0.06,
    noSuspect: 0.12,
    yearly: [3200, 6100, 7400],
  },
  threats: {
    codes: { '3B': 1 },
    locations: anywhere,
    clock: clockProfiles.goingOut,
    victim: { under25: 0.3, male: 0.55 },
    positive: 0.07,
    noSuspect: 0.2,
    yearly: [620, 1000, 1150],
  },
  sexual: {
    codes: sexual,
    locations: { dwelling: 60, street: 14, park: 5, licensed_premises: 5, school: 6, other: 6, unknown: 4 },
    clock: clockProfiles.goingOut,
    victim: { under25: 0.6, male: 0.12 },
    positive: 0.06,
    noSuspect: 0.2,
    yearly: [1900, 2700, 3100],
  },
  'robbery-personal': {
    codes: { '34B': 1 },
    locations: street,
    clock: clockProfiles.goingOut,
    victim: { under25: 0.5, male: 0.76 },
    positive: 0.06,
    noSuspect: 0.7,
    robbery: 'personal',
    yearly: [2900, 3700, 3300],
  },
  'robbery-business': {
    codes: { '34A': 1 },
    locations: { shop: 90, other: 10 },
    clock: clockProfiles.shop,
    victim: null,
    positive: 0.12,
    noSuspect: 0.5,
    robbery: 'business',
    yearly: [420, 500, 430],
  },
  'burglary-home': {
    codes: { '28A': 80, '28B': 16, '28C': 3, '28D': 1, '28E': 80, '28F': 16, '28G': 3, '28H': 1 },
    locations: { dwelling: 97, other: 3 },
    clock: clockProfiles.burglary,
    victim: { under25: 0.09, male: 0.54 },
    positive: 0.04,
    noSuspect: 0.88,
    yearly: [8800, 9300, 6300],
  },
  'burglary-other': {
    codes: { '30A': 1, '30C': 1 },
    locations: { shop: 55, school: 6, other: 39 },
    clock: clockProfiles.burglary,
    victim: null,
    positive: 0.05,
    noSuspect: 0.86,
    yearly: [4300, 3300, 2200],
  },
  vehicle: {
    codes: { '45': 58, '48': 30, '126': 10, '37.2': 2 },
    locations: { street: 70, outside_address: 24, other: 6 },
    clock: clockProfiles.overnight,
    victim: { under25: 0.1, male: 0.66 },
    positive: 0.02,
    noSuspect: 0.94,
    yearly: [12600, 14800, 13400],
  },
  'theft-person': {
    codes: { '39': 1 },
    locations: { street: 55, transport: 18, licensed_premises: 12, shop: 12, other: 3 },
    clock: clockProfiles.shop,
    victim: { under25: 0.36, male: 0.4 },
    positive: 0.02,
    noSuspect: 0.92,
    yearly: [1900, 2500, 1900],
  },
  shoplifting: {
    codes: { '46': 1 },
    locations: { shop: 100 },
    clock: clockProfiles.shop,
    victim: null,
    positive: 0.2,
    noSuspect: 0.58,
    yearly: [6900, 6100, 4700],
  },
  'other-theft': {
    codes: { '49': 82, '44': 18 },
    locations: { ...anywhere, shop: 20 },
    clock: clockProfiles.day,
    victim: { under25: 0.22, male: 0.52 },
    positive: 0.03,
    noSuspect: 0.86,
    yearly: [6300, 5600, 5000],
  },
  weapons: {
    codes: { '10D': 58, '10C': 26, '10B': 11, '10A': 5 },
    locations: street,
    clock: clockProfiles.goingOut,
    victim: null,
    positive: 0.5,
    noSuspect: 0.14,
    yearly: [700, 1450, 1700],
  },
  'public-order': {
    codes: { '9A': 62, '66': 34, '62A': 4 },
    locations: goingOut,
    clock: clockProfiles.goingOut,
    victim: { under25: 0.24, male: 0.56 },
    positive: 0.14,
    noSuspect: 0.34,
    yearly: [2300, 3600, 4600],
  },
  drugs: {
    codes: { '92E': 62, '92D': 18, '92A': 20 },
    locations: street,
    clock: clockProfiles.goingOut,
    victim: null,
    positive: 0.82,
    noSuspect: 0.05,
    yearly: [3300, 3000, 3500],
  },
  damage: {
    codes: { '58': 95, '56A': 5 },
    locations: anywhere,
    clock: clockProfiles.overnight,
    victim: { under25: 0.14, male: 0.54 },
    positive: 0.06,
    noSuspect: 0.66,
    yearly: [7800, 7600, 7300],
  },
}

export const kindAt = (index: number): OffenceKind => kinds[kindIds[index]!]
export const kindNumber = (id: KindId): number => kindIds.indexOf(id)

/** Kinds of the subgroup "Violence with injury" that are not domestic: the ground of the under-25 measures. */
export const injuryNotDomestic: readonly KindId[] = [
  'knife-violence-public',
  'knife-violence-private',
  'violence-public',
  'violence-private',
]
