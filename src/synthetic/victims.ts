/** Age, gender and ethnicity of victims. One victim an offence: violence is recorded once for each victim. */
import { knifeCrimeShares, table1, under25, under25People } from './calibration.ts'
import { exactGenders, exactGroups, exactPerceptions } from './exact-people.ts'
import { type KindId, kindAt, kindNumber } from './offence-kinds.ts'
import { BLANK, FEMALE, knifeRows, MALE, NO_AREA, type OffenceTable, violenceRows } from './offence-table.ts'
import { ages, drawPerceived, drawSelfDefined, drawYears, residentGroups } from './people-mixes.ts'
import { dealShares, picker, type Random, randomFrom, takeWeighted } from './random.ts'
import type { Places } from './where.ts'

const AGE_MISSING = 0.03
const NO_GENDER = 0.025
const OTHER_GENDER = 0.002
const GENDER_OTHER = 2
/** Share of all victims that is "not stated", and share of which nothing is recorded. */
const UNSTATED = [0.07, 0.05] as const

export function drawVictims(table: OffenceTable, places: Places, seed: number): void {
  const random = randomFrom(seed, 'victims')
  const counted = knifeRows(table, table1.from, table1.to)
  const sure = new Set(counted)
  const groups = groupPickers(places, UNSTATED)
  for (let row = 0; row < table.rows; row++) {
    const { victim, domestic } = kindAt(table.kind[row]!)
    if (!victim) continue
    drawAge(table, row, random, { least: domestic ? 16 : leastAge(table, row), missing: !sure.has(row) })
    drawGender(table, row, random, victim.male)
    if (!sure.has(row)) drawEthnicity(table, row, random, groups(table.area[row]!, random))
  }
  exactVictims(table, places, counted, randomFrom(seed, 'table-1-victims'))
  exactYoungViolence(table, randomFrom(seed, 'young-violence'))
}

/** Flagged domestic abuse needs sixteen; households and cars have grown-up owners. */
const grownUp: readonly KindId[] = ['burglary-home', 'vehicle', 'damage', 'other-theft']
const ofGrownUps = new Set(grownUp.map(kindNumber))
const leastAge = (table: OffenceTable, row: number) => (ofGrownUps.has(table.kind[row]!) ? 17 : 0)

function drawAge(
  table: OffenceTable,
  row: number,
  random: Random,
  { least, missing }: { least: number; missing: boolean },
): void {
  const { age } = table.victim
  if (age[row] !== BLANK) return
  if (table.young[row] === 1) {
    do age[row] = drawYears.youngVictim(random)
    while (age[row]! < least)
  } else if (!(missing && random.chance(AGE_MISSING / 0.6))) age[row] = 25 + drawYears.olderVictim(random)
}

function drawGender(table: OffenceTable, row: number, random: Random, male: number): void {
  const { gender } = table.victim
  if (gender[row] !== BLANK) return
  const luck = random.unit()
  if (luck < NO_GENDER) return
  if (luck < NO_GENDER + OTHER_GENDER) gender[row] = GENDER_OTHER
  else gender[row] = random.chance(male) ? MALE : FEMALE
}

function drawEthnicity(table: OffenceTable, row: number, random: Random, group: number): void {
  table.victim.ethnicitySelf[row] = drawSelfDefined(random, group) ?? BLANK
  table.victim.ethnicityOfficer[row] = random.chance(0.04) ? BLANK : drawPerceived(random, group)
}

/** Draws one of seven: the groups of the area's authority, "not stated" and nothing. */
export function groupPickers(places: Places, unstated: readonly [number, number], tilt = [1, 1, 1, 1, 1]) {
  const pickers = new Map<string, (random: Random) => number>()
  return (area: number, random: Random): number => {
    const authority = places.areas[area === NO_AREA ? 0 : area]!.localAuthority
    let pick = pickers.get(authority)
    if (!pick) {
      const groups = residentGroups(authority).map((share, g) => share * tilt[g]!)
      const sum = groups.reduce((a, b) => a + b) / (1 - unstated[0] - unstated[1])
      pick = picker([...groups.map(share => share / sum), ...unstated])
      pickers.set(authority, pick)
    }
    return pick(random)
  }
}

/**
 * Victims of table 1's months. Each share lies between the roundings of the published percent on both bases, of
 * all and of those recorded, with so few not recorded that this is possible.
 */
const table1Victims = {
  genderMissing: 0.008,
  male: knifeCrimeShares.victims.male - 0.003,
  /** White, Asian, Black, Mixed, Other, not stated, nothing recorded. */
  groups: [0.4905, knifeCrimeShares.victims.asian - 0.0035, 0.175, 0.07, 0.0235, 0.02, 0.0145],
  /** IC1 to IC6 and IC9. */
  perceived: [knifeCrimeShares.victims.whiteNorthEuropean - 0.0035, 0.03, 0.2205, 0.2, 0.012, 0.026, 0.015],
}

function exactVictims(table: OffenceTable, places: Places, rows: number[], random: Random): void {
  const { victim } = table
  exactGenders(
    victim.gender,
    rows,
    random,
    table1Victims,
    row => kindAt(table.kind[row]!).victim?.male ?? 0.5,
  )
  const groupOf = exactGroups(
    random,
    rows,
    table1Victims,
    row => places.areas[table.area[row]!]!.localAuthority,
  )
  for (const row of rows) victim.ethnicitySelf[row] = drawSelfDefined(random, groupOf.get(row)!) ?? BLANK
  exactPerceptions(
    random,
    rows,
    table1Victims,
    row => groupOf.get(row)!,
    (row, code) => {
      victim.ethnicityOfficer[row] = code
    },
  )
}

/** S1 paragraph 39: exact ages of all under-25 violence of 2021, and exact genders where there was a knife. */
function exactYoungViolence(table: OffenceTable, random: Random): void {
  const { from, to } = under25.months[2021]
  const young = violenceRows(table, from, to).filter(row => table.young[row] === 1)
  const hasKnife = (row: number) => kindAt(table.kind[row]!).knife === true
  for (const rows of [young.filter(hasKnife), young.filter(row => !hasKnife(row))]) {
    dealShares(random, ages.youngVictim, rows.length).forEach((age, i) => {
      table.victim.age[rows[i]!] = age
    })
  }
  const knife = young.filter(hasKnife)
  const men = new Set(
    takeWeighted(random, knife, () => 1, Math.round(knife.length * under25People.victimsMale)),
  )
  for (const row of knife) table.victim.gender[row] = men.has(row) ? MALE : FEMALE
}
