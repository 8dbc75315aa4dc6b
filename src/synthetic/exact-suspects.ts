/**
 * Suspects whose shares are published: of knife crime in table 1's months (S0 paragraphs 19 and 23), of homicide
 * (S1 paragraph 37) and of under-25 violence in 2021 (S1 paragraph 39).
 */
import { homicides, knifeCrimeShares, table1, under25, under25People } from './calibration.ts'
import { exactGenders, exactGroups, exactPerceptions } from './exact-people.ts'
import { kindAt, kindIds } from './offence-kinds.ts'
import { BLANK, knifeRows, type OffenceTable, violenceRows } from './offence-table.ts'
import { ages, drawSelfDefined } from './people-mixes.ts'
import { dealShares, type Random, takeWeighted } from './random.ts'
import { heldMonths } from './schedule.ts'
import { drawAge, isPupil, STUDENT, type Suspects, typicalOf } from './suspect-columns.ts'
import type { Places } from './where.ts'

export const homicideRows = (table: OffenceTable, from: string, to: string): number[] => {
  const rows: number[] = []
  for (let row = 0; row < table.rows; row++) {
    const month = heldMonths[table.month[row]!]!
    if (month >= from && month <= to && kindIds[table.kind[row]!]!.includes('homicide')) rows.push(row)
  }
  return rows
}

export const homicideSpells = [
  { from: '2019-04', to: '2020-03', ...homicides[2019] },
  { from: '2021-04', to: '2021-11', ...homicides[2021] },
]

const suspectsOf = (suspects: Suspects, rows: number[]): number[] => {
  const wanted = new Set(rows)
  return Array.from(suspects.offence, (_, s) => s).filter(s => wanted.has(suspects.offence[s]!))
}

export function exactHomicides(table: OffenceTable, suspects: Suspects, random: Random): void {
  for (const { from, to, suspectsUnder25 } of homicideSpells) {
    const all = suspectsOf(suspects, homicideRows(table, from, to))
    const young = new Set(takeWeighted(random, all, () => 1, suspectsUnder25))
    for (const s of all) drawAge(suspects, s, random, young.has(s))
  }
}

/** Shares between the roundings of the published percent, of all and of those recorded. */
const table1Suspects = {
  ageMissing: 0.012,
  under25: knifeCrimeShares.suspects.under25 - 0.0025,
  genderMissing: 0.008,
  male: knifeCrimeShares.suspects.male - 0.0025,
  /** White, Asian, Black, Mixed, Other, not stated, nothing recorded. */
  groups: [0.475, 0.19, 0.2, 0.08, 0.02, 0.02, 0.015],
  /** IC1 to IC6 and IC9. */
  perceived: [
    knifeCrimeShares.suspects.whiteNorthEuropean - 0.0035,
    0.02,
    0.255,
    0.185,
    0.008,
    0.0305,
    0.015,
  ],
  /** Occupations recorded of defendants, and of others: enough that thirds and halves come out. */
  occupations: 60,
}

export function exactTable1(table: OffenceTable, places: Places, suspects: Suspects, random: Random): void {
  const all = suspectsOf(suspects, knifeRows(table, table1.from, table1.to))
  const isHomicide = (s: number) => kindIds[table.kind[suspects.offence[s]!]!]!.includes('homicide')
  const typicalFor = (s: number) => typicalOf[table.kind[suspects.offence[s]!]!]!

  // Suspects of homicide have their ages from S1.
  const open = all.filter(s => !isHomicide(s))
  const youngKillers = all.filter(s => isHomicide(s) && suspects.age[s]! < 25).length
  const youngWanted = Math.round(all.length * table1Suspects.under25) - youngKillers
  const young = new Set(takeWeighted(random, open, s => typicalFor(s).under25, youngWanted))
  const older = open.filter(s => !young.has(s))
  const missing = new Set(
    takeWeighted(random, older, () => 1, Math.round(all.length * table1Suspects.ageMissing)),
  )
  for (const s of open) {
    if (missing.has(s)) suspects.age[s] = BLANK
    else drawAge(suspects, s, random, young.has(s))
  }

  const defendants = all.filter(s => suspects.charged[s] === 1)
  const others = all.filter(s => suspects.charged[s] === 0)
  const men = Math.round(defendants.length * knifeCrimeShares.defendants.male)
  exactGenders(
    suspects.gender,
    defendants,
    random,
    { genderMissing: 0, male: men / defendants.length },
    () => 0.5,
  )
  const blank = Math.round(all.length * table1Suspects.genderMissing) / others.length
  const menOfOthers = (Math.round(all.length * table1Suspects.male) - men) / others.length
  exactGenders(
    suspects.gender,
    others,
    random,
    { genderMissing: blank, male: menOfOthers },
    s => typicalFor(s).male,
  )

  const groupOf = exactGroups(
    random,
    all,
    table1Suspects,
    s => places.areas[table.area[suspects.offence[s]!]!]!.localAuthority,
  )
  for (const s of all) suspects.ethnicitySelf[s] = drawSelfDefined(random, groupOf.get(s)!) ?? BLANK
  exactPerceptions(
    random,
    all,
    table1Suspects,
    s => groupOf.get(s)!,
    (s, code) => {
      suspects.ethnicityOfficer[s] = code
    },
  )
  for (const s of all) suspects.occupation[s] = BLANK
  for (const group of [defendants, others]) exactOccupations(suspects, group, random)
}

/** "Rarely completed": 60 of the group, in the published proportions. */
function exactOccupations(suspects: Suspects, group: number[], random: Random): void {
  const { unemployed, student } = knifeCrimeShares.occupations
  const total = Math.min(table1Suspects.occupations, group.length)
  const students = takeWeighted(
    random,
    group,
    s => (isPupil(suspects.age[s]!) ? 16 : suspects.age[s]! < 22 ? 6 : 1),
    Math.round(total * student),
  )
  const chosen = new Set(students)
  const rest = takeWeighted(
    random,
    group.filter(s => !chosen.has(s)),
    s => (isPupil(suspects.age[s]!) ? 0 : 1),
    total - students.length,
  )
  const outOfWork = Math.round(total * unemployed)
  for (const s of students) suspects.occupation[s] = STUDENT
  rest.forEach((s, i) => {
    suspects.occupation[s] = i < outOfWork ? 0 : i % 2 === 0 ? 2 : 3
  })
}

export function exactYoungViolence(table: OffenceTable, suspects: Suspects, random: Random): void {
  const { from, to } = under25.months[2021]
  const young = violenceRows(table, from, to).filter(row => table.young[row] === 1)
  const all = suspectsOf(suspects, young)
  const youngShare = 0.58
  const weights = [...scaled(ages.youngSuspect, youngShare), ...scaled(ages.olderSuspect, 1 - youngShare)]
  const hasKnife = (s: number) => kindAt(table.kind[suspects.offence[s]!]!).knife === true
  for (const group of [all.filter(hasKnife), all.filter(s => !hasKnife(s))]) {
    dealShares(random, weights, group.length).forEach((age, i) => {
      suspects.age[group[i]!] = 10 + age
    })
  }
  const knife = all.filter(hasKnife)
  exactGenders(
    suspects.gender,
    knife,
    random,
    { genderMissing: 0, male: under25People.suspectsMale },
    () => 0.5,
  )
}

function scaled(weights: readonly number[], to: number): number[] {
  const sum = weights.reduce((a, b) => a + b)
  return weights.map(w => (w * to) / sum)
}
