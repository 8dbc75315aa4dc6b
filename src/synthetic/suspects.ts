/**
 * Suspects: only where the outcome says that somebody was identified. Their shares in knife crime of table 1's
 * months (S0 paragraphs 19 and 23), in homicide (S1 paragraph 37) and in under-25 violence of 2021 (S1
 * paragraph 39) are exact.
 */
import { homicides, knifeCrimeShares, table1, under25, under25People } from './calibration.ts'
import { type KindId, kindAt, kindIds } from './offence-kinds.ts'
import {
  BLANK,
  FEMALE,
  knifeRows,
  lists,
  MALE,
  type OffenceTable,
  type PersonColumns,
  personColumns,
  violenceRows,
} from './offence-table.ts'
import { ages, drawPerceived, drawSelfDefined, drawYears } from './people-mixes.ts'
import { dealShares, picker, type Random, randomFrom, takeWeighted } from './random.ts'
import { heldMonths } from './schedule.ts'
import { exactGenders, exactGroups, exactPerceptions, groupPickers } from './victims.ts'
import type { Places } from './where.ts'

export interface Suspects extends PersonColumns {
  count: number
  /** Row of the offence, rising. */
  offence: Int32Array
  occupation: Uint8Array
  charged: Uint8Array
}

export const occupationCodes = ['unemployed', 'student', 'employed', 'other'] as const

const unidentified = new Set(['14', '18', '0'])
const charges = new Set(['1', '1A'])
const pickCount = picker([87, 10, 2, 1])

const typical: [test: (id: KindId) => boolean, under25: number, male: number][] = [
  [id => id.includes('domestic'), 0.2, 0.77],
  [id => id.includes('robbery'), 0.64, 0.91],
  [id => id.includes('sexual'), 0.3, 0.97],
  [id => id.includes('violence') || id.includes('homicide'), 0.5, 0.82],
  [id => id === 'weapons' || id === 'drugs', 0.48, 0.92],
]
const typicalOf = kindIds.map(id => {
  const found = typical.find(([test]) => test(id))
  return { under25: found?.[1] ?? 0.34, male: found?.[2] ?? 0.78 }
})

/** Ethnic groups of suspects lean away from those of residents, as recorded suspects do. */
const LEAN = [0.92, 0.86, 2, 1.6, 0.9]
const UNSTATED = [0.09, 0.08] as const

export function drawSuspects(table: OffenceTable, places: Places, seed: number): Suspects {
  const random = randomFrom(seed, 'suspects')
  const suspects = identify(table, random)
  const groups = groupPickers(places, UNSTATED, LEAN)
  for (let s = 0; s < suspects.count; s++) {
    const row = suspects.offence[s]!
    const { under25: youngShare, male } = typicalOf[table.kind[row]!]!
    const luck = random.unit()
    if (luck > 0.03) drawAge(suspects, s, random, luck < 0.03 + 0.97 * youngShare)
    if (!random.chance(0.03)) suspects.gender[s] = random.chance(male) ? MALE : FEMALE
    const group = groups(table.area[row]!, random)
    suspects.ethnicitySelf[s] = drawSelfDefined(random, group) ?? BLANK
    suspects.ethnicityOfficer[s] = random.chance(0.05) ? BLANK : drawPerceived(random, group)
  }
  exactHomicides(table, suspects, randomFrom(seed, 'homicide-suspects'))
  exactYoungViolence(table, suspects, randomFrom(seed, 'young-violence-suspects'))
  // An occupation has to fit the age, so the ages are settled first.
  for (let s = 0; s < suspects.count; s++) {
    if (random.chance(0.07)) suspects.occupation[s] = drawOccupation(random, suspects.age[s]!)
  }
  exactTable1(table, places, suspects, randomFrom(seed, 'table-1-suspects'))
  return suspects
}

function identify(table: OffenceTable, random: Random): Suspects {
  const counts = new Uint8Array(table.rows)
  let count = 0
  for (let row = 0; row < table.rows; row++) {
    if (unidentified.has(lists.outcome[table.outcome[row]!]!)) continue
    const isHomicide = kindIds[table.kind[row]!]!.includes('homicide')
    counts[row] = isHomicide || kindAt(table.kind[row]!).domestic ? 1 : 1 + pickCount(random)
    count += counts[row]!
  }
  count += addToHomicides(table, counts)
  const suspects: Suspects = {
    count,
    offence: new Int32Array(count),
    ...personColumns(count),
    occupation: new Uint8Array(count).fill(BLANK),
    charged: new Uint8Array(count),
  }
  let at = 0
  for (let row = 0; row < table.rows; row++) {
    const isCharge = charges.has(lists.outcome[table.outcome[row]!]!)
    for (let n = 0; n < counts[row]!; n++) {
      suspects.offence[at] = row
      suspects.charged[at] = isCharge && (n === 0 || random.chance(0.6)) ? 1 : 0
      at++
    }
  }
  return suspects
}

const homicideRows = (table: OffenceTable, from: string, to: string): number[] => {
  const rows: number[] = []
  for (let row = 0; row < table.rows; row++) {
    const month = heldMonths[table.month[row]!]!
    if (month >= from && month <= to && kindIds[table.kind[row]!]!.includes('homicide')) rows.push(row)
  }
  return rows
}

const homicideSpells = [
  { from: '2019-04', to: '2020-03', ...homicides[2019] },
  { from: '2021-04', to: '2021-11', ...homicides[2021] },
]

/** More suspects than victims where the published share needs it: one homicide has the rest. */
function addToHomicides(table: OffenceTable, counts: Uint8Array): number {
  let added = 0
  for (const { from, to, suspects } of homicideSpells) {
    const rows = homicideRows(table, from, to)
    const missing = suspects - rows.length
    counts[rows[0]!]! += missing
    added += missing
  }
  return added
}

function drawAge(suspects: Suspects, s: number, random: Random, young: boolean): void {
  suspects.age[s] = young ? 10 + drawYears.youngSuspect(random) : 25 + drawYears.olderSuspect(random)
}

const youngOccupation = picker([34, 58, 7, 1])
const olderOccupation = picker([68, 4, 22, 6])
const STUDENT = occupationCodes.indexOf('student')
const isPupil = (age: number) => age < 16
const drawOccupation = (random: Random, age: number): number =>
  isPupil(age) ? STUDENT : age < 22 ? youngOccupation(random) : olderOccupation(random)

const suspectsOf = (suspects: Suspects, rows: number[]): number[] => {
  const wanted = new Set(rows)
  return Array.from(suspects.offence, (_, s) => s).filter(s => wanted.has(suspects.offence[s]!))
}

function exactHomicides(table: OffenceTable, suspects: Suspects, random: Random): void {
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

function exactTable1(table: OffenceTable, places: Places, suspects: Suspects, random: Random): void {
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

function exactYoungViolence(table: OffenceTable, suspects: Suspects, random: Random): void {
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
