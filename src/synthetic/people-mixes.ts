/** What people are like in the synthetic partnership, as weights: ages, ethnic groups and codes. Ours. */
import { census2021, type Groups } from './calibration.ts'
import { lists, positionIn } from './offence-table.ts'
import { picker, type Random } from './random.ts'

/** Weights of single years of age, each list from the age that is named. */
export const ages = {
  /** 0 to 24. The commonest is 24 (S1 paragraph 39). */
  youngVictim: [
    1.2, 1, 0.9, 0.9, 0.9, 0.9, 0.9, 1, 1.1, 1.3, 2, 3.2, 4.2, 5.2, 6.2, 7, 7.4, 7.4, 7.8, 7.7, 7.6, 7.7, 8,
    8.5, 9.8,
  ],
  /** 25 to 89. */
  olderVictim: Array.from({ length: 65 }, (_, i) => 8 * Math.exp(-i / 18) + 0.15),
  /** 10 to 24. The commonest is 18. */
  youngSuspect: [0.3, 0.7, 1.6, 3, 4.6, 6, 7.2, 8.4, 10, 8.8, 8, 7.4, 7, 6.6, 6.4],
  /** 25 to 79. */
  olderSuspect: Array.from({ length: 55 }, (_, i) => 7 * Math.exp(-i / 13) + 0.05),
} as const

export const groupNames = ['White', 'Asian', 'Black', 'Mixed', 'Other'] as const
/** Five groups, then "not stated", then nothing recorded. */
export const NOT_STATED = 5
export const NOT_RECORDED = 6

/** Self-defined codes within the five groups. */
const selfDefinedCodes: Record<string, number>[] = [
  { W1: 89, W2: 2.4, W3: 0.5, W9: 8.1 },
  { A1: 33, A2: 43, A3: 10, A4: 3, A9: 11 },
  { B1: 47, B2: 38, B9: 15 },
  { M1: 58, M2: 9, M3: 19, M9: 14 },
  { O2: 22, O9: 78 },
  { NS: 1 },
]
const selfDefinedPickers = selfDefinedCodes.map(mix => {
  const positions = Object.keys(mix).map(code => positionIn(lists.ethnicitySelf, code))
  const pick = picker(Object.values(mix))
  return (random: Random) => positions[pick(random)]!
})

export const drawSelfDefined = (random: Random, group: number): number | null =>
  group === NOT_RECORDED ? null : selfDefinedPickers[group]!(random)

/** How likely an officer perceives IC1 to IC6 and IC9, by group. */
export const perceived: number[][] = [
  [95, 3.5, 0.1, 0.2, 0.1, 0.1, 1],
  [0.4, 0.2, 0.3, 92, 4, 1.6, 1.5],
  [0.2, 0.1, 97.5, 0.4, 0.1, 0.2, 1.5],
  [14, 3, 66, 12, 1, 2, 2],
  [5, 6, 8, 26, 6, 46, 3],
  [40, 3, 19, 24, 1.5, 3, 9.5],
  [40, 3, 19, 24, 1.5, 3, 9.5],
]
const perceivedPickers = perceived.map(picker)
export const drawPerceived = (random: Random, group: number): number => perceivedPickers[group]!(random)

/** Weights of the five groups among residents of a local authority. */
export const residentGroups = (localAuthority: string): number[] => {
  const groups: Groups = census2021[localAuthority]!.groups
  return groupNames.map(name => groups[name])
}

export const drawYears = {
  youngVictim: picker(ages.youngVictim),
  olderVictim: picker(ages.olderVictim),
  youngSuspect: picker(ages.youngSuspect),
  olderSuspect: picker(ages.olderSuspect),
}
