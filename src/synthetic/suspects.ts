/** Suspects: only where the outcome says that somebody was identified. */
import {
  exactHomicides,
  exactTable1,
  exactYoungViolence,
  homicideRows,
  homicideSpells,
} from './exact-suspects.ts'
import { kindAt, kindIds } from './offence-kinds.ts'
import { BLANK, FEMALE, lists, MALE, type OffenceTable, personColumns } from './offence-table.ts'
import { drawPerceived, drawSelfDefined } from './people-mixes.ts'
import { picker, type Random, randomFrom } from './random.ts'
import { drawAge, isPupil, STUDENT, type Suspects, typicalOf } from './suspect-columns.ts'
import { groupPickers } from './victims.ts'
import type { Places } from './where.ts'

const unidentified = new Set(['14', '18', '0'])
const charges = new Set(['1', '1A'])
const pickCount = picker([87, 10, 2, 1])

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

const youngOccupation = picker([34, 58, 7, 1])
const olderOccupation = picker([68, 4, 22, 6])
const drawOccupation = (random: Random, age: number): number =>
  isPupil(age) ? STUDENT : age < 22 ? youngOccupation(random) : olderOccupation(random)
