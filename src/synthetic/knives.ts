/** With what, and how a knife was used. Injury and machetes of table 1's months are exact (S0 paragraph 13). */
import { knifeCrimeShares, table1 } from './calibration.ts'
import { type KindId, kindAt, kindIds, kindNumber } from './offence-kinds.ts'
import { INJURY, knifeRows, lists, mixPicker, type OffenceTable, positionIn } from './offence-table.ts'
import { dealShares, type Random, randomFrom, takeWeighted } from './random.ts'
import { heldMonths } from './schedule.ts'

/** How often a knife injures, by kind. Where violence with injury has a knife it was used, not only shown. */
const injuring: Partial<Record<KindId, number>> = {
  'knife-violence-domestic': 0.45,
  'knife-violence-public': 0.5,
  'knife-violence-private': 0.45,
  'knife-robbery-personal': 0.06,
  'knife-robbery-business': 0.02,
  'knife-sexual': 0.05,
  'knife-homicide': 1,
}

const isViolence = (id: KindId) => id.startsWith('knife-violence')

/** Mostly of unknown kind or from a kitchen. */
const blades = {
  unknown_knife: 40,
  kitchen_knife: 24,
  machete: 100 * knifeCrimeShares.machete,
  lock_knife: 9,
  hunting_knife: 6,
  other_sharp: 6,
  glass: 2,
}

export function drawKnives(table: OffenceTable, seed: number): void {
  const random = randomFrom(seed, 'knives')
  injuries(table, random)
  const threats = mixPicker(lists.use, { used_no_injury: 6, threat_seen: 68, threat_unseen_believed: 26 })
  const blade = mixPicker(lists.weapon, blades)
  const usedUnhurt = positionIn(lists.use, 'used_no_injury')
  const other = otherWeapons()
  for (let row = 0; row < table.rows; row++) {
    const id = kindIds[table.kind[row]!]!
    if (kindAt(table.kind[row]!).knife) {
      if (table.use[row] !== INJURY) table.use[row] = isViolence(id) ? usedUnhurt : threats(random)
      table.weapon[row] = blade(random)
    } else other(table, row, id, random)
  }
  const counted = knifeRows(table, table1.from, table1.to)
  const codes = Object.keys(blades)
  dealShares(random, Object.values(blades), counted.length).forEach((weapon, i) => {
    table.weapon[counted[i]!] = positionIn(lists.weapon, codes[weapon]!)
  })
}

/** Exactly the published share in table 1's months; in 2021 likelier in July and August (S1 paragraph 38). */
function injuries(table: OffenceTable, random: Random): void {
  const chanceOf = (row: number) => injuring[kindIds[table.kind[row]!]!] ?? 0
  const set = (rows: number[], n: number, weight: (row: number) => number) => {
    const killed = rows.filter(row => chanceOf(row) === 1)
    const rest = rows.filter(row => chanceOf(row) > 0 && chanceOf(row) < 1)
    const hurt = takeWeighted(random, rest, weight, n - killed.length)
    for (const row of [...killed, ...hurt]) table.use[row] = INJURY
  }
  const expected = (rows: number[]) => Math.round(rows.reduce((sum, row) => sum + chanceOf(row), 0))
  const counted = knifeRows(table, table1.from, table1.to)
  set(counted, Math.round(counted.length * knifeCrimeShares.injury), chanceOf)
  for (const [from, to] of [
    ['2014-06', '2018-10'],
    ['2019-06', '2020-03'],
  ] as const) {
    const rows = knifeRows(table, from, to)
    set(rows, expected(rows), chanceOf)
  }
  const rows2021 = knifeRows(table, '2021-04', '2022-03')
  const summer = (row: number) => ['2021-07', '2021-08'].includes(heldMonths[table.month[row]!]!)
  set(rows2021, expected(rows2021), row => chanceOf(row) * (summer(row) ? 1.8 : 1))
}

/** Everything that is not knife crime: mostly no weapon; some knives that do not count, as in any real extract. */
function otherWeapons() {
  const use = mixPicker(lists.use, { none: 950, unknown: 40, possessed_only: 10 })
  const unarmed = mixPicker(lists.weapon, {
    none: 70,
    blunt: 8,
    glass: 4,
    other: 5,
    firearm: 0.6,
    corrosive: 0.4,
    unknown: 12,
  })
  const carried = mixPicker(lists.weapon, blades)
  const seen = positionIn(lists.use, 'threat_seen')
  const possessed = positionIn(lists.use, 'possessed_only')
  const none = positionIn(lists.use, 'none')
  const firearm = positionIn(lists.weapon, 'firearm')
  const blunt = positionIn(lists.weapon, 'blunt')
  const armed = new Set(
    (
      ['homicide', 'violence-domestic', 'violence-public', 'violence-private', 'threats', 'sexual'] as const
    ).map(kindNumber),
  )
  const unselected = new Set((['no-injury', 'no-injury-domestic', 'public-order'] as const).map(kindNumber))
  const robbery = new Set((['robbery-personal', 'robbery-business'] as const).map(kindNumber))
  return (table: OffenceTable, row: number, id: KindId, random: Random): void => {
    const kind = table.kind[row]!
    if (armed.has(kind) || robbery.has(kind)) {
      table.use[row] = use(random)
      table.weapon[row] = table.use[row] === possessed ? carried(random) : unarmed(random)
    } else if (unselected.has(kind)) {
      // A knife shown in an offence whose class the return does not select is no knife crime.
      const shown = random.chance(0.015)
      table.use[row] = shown ? seen : none
      table.weapon[row] = shown ? carried(random) : unarmed(random)
    } else if (id === 'weapons') {
      const code = lists.code[table.code[row]!]!
      table.use[row] = code === '10D' ? possessed : none
      table.weapon[row] = code === '10D' ? carried(random) : code === '10C' ? blunt : firearm
    }
  }
}
