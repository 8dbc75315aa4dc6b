/**
 * Residents by small area, age band, gender and ethnic group. Totals of authorities are those of the censuses of
 * 2011 and 2021, straight lines between; the county's ethnic shares are those of each census. How people spread
 * within an authority is ours.
 */
import { population } from '../evidence/datasets/population.ts'
import { census2011, census2021, unitSizes } from './calibration.ts'
import { type SyntheticFile, writeCsvFile } from './csv-file.ts'
import type { SmallArea } from './geography.ts'
import { groupNames } from './people-mixes.ts'
import { apportion, type Random, randomFrom } from './random.ts'

const YEARS = [2011, 2015, 2017, 2019, 2021]

/** First ages of the bands of `people-coding`, which nest in the bands that are published. */
const bands: readonly (readonly [from: number, to: number])[] = [
  [0, 9],
  [10, 13],
  [14, 15],
  [16, 17],
  [18, 20],
  [21, 24],
  [25, 34],
  [35, 44],
  [45, 54],
  [55, 64],
  [65, 120],
]
/** Percent of residents by band: White residents are older than the others. Ours. */
const older = [10.6, 4.2, 2.1, 2.1, 3.6, 5, 13, 12, 14, 13.4, 20]
const younger = [18.4, 7, 3.4, 3.4, 5.4, 6.8, 17, 15.6, 11, 6.6, 5.4]
const genders = ['Male', 'Female'] as const

export function writeResidents(
  areas: readonly SmallArea[],
  deciles: readonly number[],
  folder: string,
  seed: number,
): SyntheticFile {
  return writeCsvFile(folder, population, rows(areas, deciles, randomFrom(seed, 'residents')))
}

function* rows(areas: readonly SmallArea[], deciles: readonly number[], random: Random) {
  const spread = areas.map(() => 0.75 + 0.5 * random.unit())
  const mixed = areas.map((_, i) => Math.exp(0.16 * (5.5 - deciles[i]!) + 0.7 * (random.unit() - 0.5)))
  const inUnit = (weight: (i: number) => number) => {
    const sums = new Map<string, number>()
    for (const [i, { unit }] of areas.entries()) sums.set(unit, (sums.get(unit) ?? 0) + weight(i))
    return areas.map(({ unit }, i) => (unitSizes[unit]!.shareOfAuthority * weight(i)) / sums.get(unit)!)
  }
  const white = inUnit(i => spread[i]!)
  const others = inUnit(i => spread[i]! * mixed[i]!)
  for (const year of YEARS) {
    for (const [authority, groups] of residentsOfAuthorities(year)) {
      const whole = groups.map(carry)
      for (const [i, { code, localAuthority }] of areas.entries()) {
        if (localAuthority !== authority) continue
        for (let g = 0; g < groups.length; g++) {
          yield* areaRows(code, year, g, groups[g]! * (g === 0 ? white : others)[i]!, whole[g]!)
        }
      }
    }
  }
}

function* areaRows(
  code: string,
  year: number,
  group: number,
  residents: number,
  whole: (n: number) => number,
) {
  const profile = group === 0 ? older : younger
  const sum = profile.reduce((a, b) => a + b)
  for (let b = 0; b < bands.length; b++) {
    for (const gender of genders) {
      yield {
        lsoa_code: code,
        year,
        age_from: bands[b]![0],
        age_to: bands[b]![1],
        gender,
        ethnic_group: groupNames[group]!,
        residents: whole((residents * profile[b]!) / sum / 2),
      }
    }
  }
}

/** Rounds each number so that the running sum is never more than a half away: totals stay whole and exact. */
function carry(): (n: number) => number {
  let exact = 0
  let given = 0
  return n => {
    exact += n
    const whole = Math.round(exact - given)
    given += whole
    return whole
  }
}

/** Residents of each authority by the five groups. */
export function residentsOfAuthorities(year: number): Map<string, number[]> {
  const at2011 = rake()
  return new Map(
    Object.entries(census2021).map(([authority, { residents, groups }]) => {
      const sum = groupNames.reduce((total, name) => total + groups[name], 0)
      const now = groupNames.map(name => (residents * groups[name]) / sum)
      const earlier = at2011.get(authority)!
      const then = now.map((n, g) => earlier[g]! + ((n - earlier[g]!) * (year - 2011)) / 10)
      return [authority, [...apportion(then, Math.round(then.reduce((a, b) => a + b)))]]
    }),
  )
}

/**
 * 2011 by authority and group is not in what we read. Iterative proportional fitting takes the pattern of 2021
 * and meets the totals of every authority and the shares of the county of 2011 (Deming and Stephan, 1940).
 */
function rake(): Map<string, number[]> {
  const authorities = Object.keys(census2021)
  const total = authorities.reduce((sum, a) => sum + census2011.residents[a]!, 0)
  const sumOfShares = groupNames.reduce((sum, name) => sum + census2011.groups[name], 0)
  const cells = authorities.map(a => groupNames.map(name => census2021[a]!.groups[name]))
  for (let round = 0; round < 60; round++) {
    cells.forEach((row, a) => {
      const factor = census2011.residents[authorities[a]!]! / row.reduce((x, y) => x + y)
      for (let g = 0; g < row.length; g++) row[g]! *= factor
    })
    groupNames.forEach((name, g) => {
      const target = (total * census2011.groups[name]) / sumOfShares
      const factor = target / cells.reduce((sum, row) => sum + row[g]!, 0)
      for (const row of cells) row[g]! *= factor
    })
  }
  return new Map(authorities.map((a, i) => [a, cells[i]!]))
}
