/** How deprived each synthetic small area is: 1 the most deprived tenth of the country, 10 the least. */
import { deprivation } from '../evidence/datasets/deprivation.ts'
import { deprivationOfAuthorities, domainWeights } from './calibration.ts'
import { type SyntheticFile, writeCsvFile } from './csv-file.ts'
import type { SmallArea } from './geography.ts'
import { apportion, type Random, randomFrom } from './random.ts'

/** Small areas of England in the indices of 2019. */
const RANKS = 32844

/** Overall tenth of each area. The middle of a town is more deprived than its edge, with a good deal of chance. */
export function drawDeciles(areas: readonly SmallArea[], seed: number): number[] {
  const random = randomFrom(seed, 'deprivation')
  const deciles = new Array<number>(areas.length)
  for (const [authority, shares] of Object.entries(deprivationOfAuthorities)) {
    const members = areas.flatMap((a, i) => (a.localAuthority === authority ? [i] : []))
    const hardship = new Map(members.map(i => [i, central(areas, i, members) + random.unit() * 0.8]))
    const order = members.toSorted((a, b) => hardship.get(b)! - hardship.get(a)! || a - b)
    let at = 0
    apportion(shares, members.length).forEach((count, tenth) => {
      for (let n = 0; n < count; n++) deciles[order[at++]!] = tenth + 1
    })
  }
  return deciles
}

/** 1 in the middle or at a named place, down to 0 at the edge. */
function central(areas: readonly SmallArea[], i: number, members: number[]): number {
  const middle = areas[members[0]!]!.centre
  const away = Math.hypot(areas[i]!.centre[0]! - middle[0]!, areas[i]!.centre[1]! - middle[1]!)
  return (areas[i]!.place ? 0.5 : 0) + Math.max(0, 1 - away / 0.12)
}

export const writeDeprivation = (
  areas: readonly SmallArea[],
  deciles: readonly number[],
  folder: string,
  seed: number,
): SyntheticFile =>
  writeCsvFile(folder, deprivation, rows(areas, deciles, randomFrom(seed, 'deprivation-domains')))

function* rows(areas: readonly SmallArea[], deciles: readonly number[], random: Random) {
  for (const year of [2015, 2019]) {
    for (const [i, { code }] of areas.entries()) {
      for (const [domain, weight] of Object.entries(domainWeights)) {
        yield { lsoa_code: code, year, domain, ...placed(random, deciles[i]!, weight) }
      }
    }
  }
}

/** A rank that goes with the overall tenth as far as the domain does; its own tenth follows from the rank. */
function placed(random: Random, overall: number, weight: number): { decile: number; rank: number } {
  const own = weight === 1 ? overall : Math.round(weight * overall + (1 - weight) * random.between(1, 10))
  const decile = Math.min(10, Math.max(1, own))
  const least = Math.ceil(((decile - 1) * RANKS) / 10) + 1
  const most = Math.floor((decile * RANKS) / 10)
  return { decile, rank: random.between(least, most) }
}
