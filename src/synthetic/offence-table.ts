/**
 * The offences while they are made: one row an offence, columns as typed arrays, codes as positions in their
 * lists. Each later step fills some columns of some rows. Three quarters of a million rows take some 40 MB.
 */
import type { Code } from '../evidence/codes/code-list.ts'
import { knifeUse, locationTypes, outcomeTypes, weapons } from '../evidence/codes/crime-codes.ts'
import { offenceCodes } from '../evidence/codes/offence-codes.ts'
import { officerDefinedEthnicity, selfDefined } from '../evidence/codes/people-codes.ts'
import type { Month } from '../platform/calendar.ts'
import { injuryNotDomestic, kindAt, kindIds, kindNumber } from './offence-kinds.ts'
import { picker, type Random } from './random.ts'
import { heldMonths, type Schedule } from './schedule.ts'

/** Nothing recorded, in every column of codes, ages and areas. */
export const BLANK = 255
export const NO_AREA = -1

const codesOf = (codes: readonly Code[]): readonly string[] => codes.map(c => c.code)

export const lists = {
  code: codesOf(offenceCodes),
  use: codesOf(knifeUse.codes),
  weapon: codesOf(weapons.codes),
  location: codesOf(locationTypes.codes),
  outcome: codesOf(outcomeTypes.codes),
  gender: ['Male', 'Female', 'Other'],
  ethnicitySelf: codesOf(selfDefined),
  ethnicityOfficer: codesOf(officerDefinedEthnicity.codes),
} as const

export interface PersonColumns {
  age: Uint8Array
  gender: Uint8Array
  ethnicitySelf: Uint8Array
  ethnicityOfficer: Uint8Array
}

export interface OffenceTable {
  rows: number
  kind: Uint8Array
  /** Position in `heldMonths` of the month in which it was recorded. */
  month: Uint8Array
  /** Position in the units of the area pack, once decided. */
  unit: Uint8Array
  area: Int16Array
  longitude: Float64Array
  latitude: Float64Array
  /** Days since 1970. */
  recorded: Int32Array
  /** Minutes since 1970, local time. */
  from: Int32Array
  to: Int32Array
  code: Uint8Array
  use: Uint8Array
  weapon: Uint8Array
  domestic: Uint8Array
  location: Uint8Array
  outcome: Uint8Array
  outcomeOn: Int32Array
  /** 1 when a victim under 25 is set, 0 when the victim is older or of unknown age. */
  young: Uint8Array
  victim: PersonColumns
}

export const personColumns = (rows: number): PersonColumns => ({
  age: new Uint8Array(rows).fill(BLANK),
  gender: new Uint8Array(rows).fill(BLANK),
  ethnicitySelf: new Uint8Array(rows).fill(BLANK),
  ethnicityOfficer: new Uint8Array(rows).fill(BLANK),
})

/** Rows of the schedule, month by month and kind by kind; everything else is still blank. */
export function layOut(schedule: Schedule): OffenceTable {
  let rows = 0
  for (const counts of schedule.values()) for (const id of kindIds) rows += counts[id]
  const table: OffenceTable = {
    rows,
    kind: new Uint8Array(rows),
    month: new Uint8Array(rows),
    unit: new Uint8Array(rows).fill(BLANK),
    area: new Int16Array(rows).fill(NO_AREA),
    longitude: new Float64Array(rows).fill(Number.NaN),
    latitude: new Float64Array(rows).fill(Number.NaN),
    recorded: new Int32Array(rows),
    from: new Int32Array(rows),
    to: new Int32Array(rows),
    code: new Uint8Array(rows),
    use: new Uint8Array(rows).fill(BLANK),
    weapon: new Uint8Array(rows).fill(BLANK),
    domestic: new Uint8Array(rows),
    location: new Uint8Array(rows).fill(BLANK),
    outcome: new Uint8Array(rows),
    outcomeOn: new Int32Array(rows),
    young: new Uint8Array(rows),
    victim: personColumns(rows),
  }
  let row = 0
  heldMonths.forEach((month, m) => {
    const counts = schedule.get(month)!
    for (const id of kindIds) {
      table.kind.fill(kindNumber(id), row, row + counts[id])
      table.month.fill(m, row, row + counts[id])
      row += counts[id]
    }
  })
  return table
}

const isBetween = (month: Month, from: Month, to: Month) => month >= from && month <= to

/** Knife crime recorded in whole months, both included. */
export const knifeRows = (table: OffenceTable, from: Month, to: Month): number[] =>
  rowsWhere(
    table,
    row => kindAt(table.kind[row]!).knife === true && isBetween(heldMonths[table.month[row]!]!, from, to),
  )

/** Violence with injury that is not domestic, recorded in whole months. */
export function violenceRows(table: OffenceTable, from: Month, to: Month): number[] {
  const wanted = new Set(injuryNotDomestic.map(kindNumber))
  return rowsWhere(
    table,
    row => wanted.has(table.kind[row]!) && isBetween(heldMonths[table.month[row]!]!, from, to),
  )
}

function rowsWhere(table: OffenceTable, test: (row: number) => boolean): number[] {
  const rows: number[] = []
  for (let row = 0; row < table.rows; row++) if (test(row)) rows.push(row)
  return rows
}

export function positionIn(list: readonly string[], code: string): number {
  const position = list.indexOf(code)
  if (position < 0) throw new RangeError(`${code} is not among ${list.join(', ')}`)
  return position
}

/** Draws positions in a list with the weights of a mix such as `{ street: 62, park: 8 }`. */
export function mixPicker(list: readonly string[], mix: Record<string, number>): (random: Random) => number {
  const positions = Object.keys(mix).map(code => positionIn(list, code))
  const pick = picker(Object.values(mix))
  return random => positions[pick(random)]!
}

export const MALE = positionIn(lists.gender, 'Male')
export const FEMALE = positionIn(lists.gender, 'Female')
export const INJURY = positionIn(lists.use, 'used_injury')
