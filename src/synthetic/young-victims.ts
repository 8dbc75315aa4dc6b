/**
 * Which offences have a victim under 25, before any age is drawn. Table 1 of S0 and the counts of S1 overlap in
 * April and May 2019: table 1 chooses first, and what S1 counts makes up the rest from the other months.
 */
import { table1, under25 } from './calibration.ts'
import { kindAt } from './offence-kinds.ts'
import { BLANK, knifeRows, type OffenceTable, violenceRows } from './offence-table.ts'
import { type Random, randomFrom, takeWeighted } from './random.ts'
import type { Places } from './where.ts'

export function chooseYoungVictims(table: OffenceTable, places: Places, seed: number): void {
  const random = randomFrom(seed, 'young-victims')
  const chanceOf = (row: number) => kindAt(table.kind[row]!).victim?.under25 ?? 0
  const settled = new Set<number>()

  const counted = knifeRows(table, table1.from, table1.to)
  places.units.forEach((unit, u) => {
    const rows = counted.filter(row => table.unit[row] === u)
    setYoung(table, random, rows, table1.units[unit]!.victimsUnder25, chanceOf)
    for (const row of rows) settled.add(row)
  })

  for (const year of [2019, 2021] as const) {
    const { from, to } = under25.months[year]
    const violence = violenceRows(table, from, to)
    const hasKnife = (row: number) => kindAt(table.kind[row]!).knife === true
    const knife = under25.violenceWithInjuryKnife[year]
    const open = violence.filter(row => hasKnife(row) && !settled.has(row))
    const already = violence.filter(row => settled.has(row) && table.young[row] === 1).length
    setYoung(table, random, open, knife - already, chanceOf)
    const others = violence.filter(row => !hasKnife(row))
    setYoung(table, random, others, under25.violenceWithInjury[year] - knife, chanceOf)
    for (const row of violence) settled.add(row)
  }

  for (let row = 0; row < table.rows; row++) {
    // A homicide's victim has an age already.
    if (settled.has(row) || table.victim.age[row] !== BLANK) continue
    if (random.chance(chanceOf(row))) table.young[row] = 1
  }
}

/** Exactly `n` of the rows. Homicides among them are counted as they are. */
function setYoung(
  table: OffenceTable,
  random: Random,
  rows: number[],
  n: number,
  weight: (row: number) => number,
): void {
  const open = rows.filter(row => table.victim.age[row] === BLANK)
  const killedYoung = rows.filter(row => table.victim.age[row] !== BLANK && table.young[row] === 1).length
  for (const row of takeWeighted(random, open, weight, n - killedYoung)) table.young[row] = 1
}
