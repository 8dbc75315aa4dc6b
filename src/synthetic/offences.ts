/** Makes the offences, step by step; the order matters, because later steps look at what earlier ones set. */
import { offenceCodes } from '../evidence/codes/offence-codes.ts'
import { lastDay } from '../platform/calendar.ts'
import { dayNumber } from './days.ts'
import { type Homicide, listHomicides } from './homicides.ts'
import { drawKnives } from './knives.ts'
import { kindAt, kindIds, kindNumber, kinds } from './offence-kinds.ts'
import { FEMALE, layOut, lists, MALE, mixPicker, type OffenceTable } from './offence-table.ts'
import { drawOutcomes } from './outcomes.ts'
import { type Random, randomFrom, shuffle } from './random.ts'
import { heldMonths, scheduleOffences } from './schedule.ts'
import type { Suspects } from './suspect-columns.ts'
import { drawSuspects } from './suspects.ts'
import { drawVictims } from './victims.ts'
import { drawTimes } from './when.ts'
import { dealAreas, dealUnits, drawPoints, type Places } from './where.ts'
import { chooseYoungVictims } from './young-victims.ts'

export interface Offences {
  table: OffenceTable
  suspects: Suspects
  /** Rows in the order of recording, in which they are numbered. */
  order: Int32Array
}

export function makeOffences(places: Places, seed: number): Offences {
  const homicides = listHomicides(seed)
  const table = layOut(scheduleOffences(homicides, seed))
  setHomicides(table, homicides, places.units)
  drawClasses(table, randomFrom(seed, 'classes'))
  dealUnits(table, places, seed)
  chooseYoungVictims(table, places, seed)
  drawKnives(table, seed)
  dealAreas(table, places, seed)
  drawTimes(table, places, seed)
  drawVictims(table, places, seed)
  drawOutcomes(table, seed)
  const suspects = drawSuspects(table, places, seed)
  drawPoints(table, places, seed)
  return { table, suspects, order: byDay(table, randomFrom(seed, 'order')) }
}

/** Rows of homicides take what the list says of each. */
function setHomicides(table: OffenceTable, homicides: readonly Homicide[], units: readonly string[]): void {
  const next = new Map<number, number>()
  for (const { recorded, unit, age, male, domestic, knife } of homicides) {
    const month = heldMonths.indexOf(recorded.slice(0, 7))
    const kind = kindNumber(knife ? 'knife-homicide' : 'homicide')
    const key = month * 256 + kind
    const row = next.get(key) ?? firstRow(table, month, kind)
    next.set(key, row + 1)
    table.recorded[row] = dayNumber(recorded)
    table.unit[row] = units.indexOf(unit)
    table.victim.age[row] = age
    table.young[row] = age < 25 ? 1 : 0
    table.victim.gender[row] = male ? MALE : FEMALE
    table.domestic[row] = domestic ? 1 : 0
  }
}

function firstRow(table: OffenceTable, month: number, kind: number): number {
  for (let row = 0; row < table.rows; row++) {
    if (table.month[row] === month && table.kind[row] === kind) return row
  }
  throw new Error(`No row for a homicide of ${heldMonths[month]}`)
}

/** Home Office code, kind of location, domestic flag. */
function drawClasses(table: OffenceTable, random: Random): void {
  const locations = kindIds.map(id => mixPicker(lists.location, kinds[id].locations))
  const codes = heldMonths.map(() => new Map<number, (random: Random) => number>())
  for (let row = 0; row < table.rows; row++) {
    const kind = table.kind[row]!
    const month = table.month[row]!
    let pick = codes[month]!.get(kind)
    if (!pick) {
      pick = mixPicker(lists.code, inForce(kindAt(kind).codes, heldMonths[month]!))
      codes[month]!.set(kind, pick)
    }
    table.code[row] = pick(random)
    table.location[row] = locations[kind]!(random)
    if (kindAt(kind).domestic) table.domestic[row] = 1
  }
}

/** Codes that are in force through the whole month: some begin or end with a change of the counting rules. */
function inForce(codes: Record<string, number>, month: string): Record<string, number> {
  return Object.fromEntries(
    Object.entries(codes).filter(([code]) => {
      const { from = '', to = '9999' } = offenceCodes.find(c => c.code === code)!
      return from <= `${month}-01` && to >= lastDay(month)
    }),
  )
}

/** Rows by day of recording, in no order within a day. A counting sort keeps what the shuffle made. */
function byDay({ recorded, rows }: OffenceTable, random: Random): Int32Array {
  const first = recorded.reduce((a, b) => Math.min(a, b))
  const last = recorded.reduce((a, b) => Math.max(a, b))
  const starts = new Int32Array(last - first + 2)
  for (const day of recorded) starts[day - first + 1]! += 1
  for (let day = 1; day < starts.length; day++) starts[day]! += starts[day - 1]!
  const order = new Int32Array(rows)
  for (const row of shuffle(
    random,
    Int32Array.from({ length: rows }, (_, row) => row),
  )) {
    const day = recorded[row]! - first
    order[starts[day]!] = row
    starts[day]! += 1
  }
  return order
}
