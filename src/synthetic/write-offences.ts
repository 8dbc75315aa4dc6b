/** Offences and the people in them as files of the force, one a financial year, in the order of recording. */
import { offencePeople } from '../evidence/datasets/offence-people.ts'
import { offences as offencesDataset } from '../evidence/datasets/offences.ts'
import { financialYear } from '../platform/calendar.ts'
import { createCsvFile, type SyntheticFile } from './csv-file.ts'
import { dayText, minuteText } from './days.ts'
import { kindAt } from './offence-kinds.ts'
import { BLANK, lists, NO_AREA, type OffenceTable, type PersonColumns } from './offence-table.ts'
import type { Offences } from './offences.ts'
import type { Pseudonyms } from './pseudonyms.ts'
import { heldMonths } from './schedule.ts'
import { occupationCodes } from './suspect-columns.ts'
import type { Places } from './where.ts'
import type { Writing } from './writing.ts'

/** How often a victim or a suspect is somebody met before. */
const COMES_BACK = { victim: 0.12, suspect: 0.34 }

export function writeOffences(
  offences: Offences,
  { places, force, folder, pseudonyms }: Writing,
): SyntheticFile[] {
  const { table, order } = offences
  const cellsOf = offenceCells(table, force, places)
  const peopleOf = peopleCells(offences, force, pseudonyms)
  const numbers = new Map<string, number>()
  const files: SyntheticFile[] = []
  let at = 0
  while (at < order.length) {
    const year = yearOf(table, order[at]!)
    const part = year.replace('/', '-')
    const offenceFile = createCsvFile(folder, offencesDataset, part)
    const peopleFile = createCsvFile(folder, offencePeople, part)
    for (; at < order.length && yearOf(table, order[at]!) === year; at++) {
      const row = order[at]!
      const recorded = dayText(table.recorded[row]!)
      const number = (numbers.get(recorded.slice(0, 4)) ?? 0) + 1
      numbers.set(recorded.slice(0, 4), number)
      const id = `SYN-${recorded.slice(0, 4)}-${String(number).padStart(6, '0')}`
      offenceFile.row(cellsOf(row, id))
      for (const person of peopleOf(row, id, recorded)) peopleFile.row(person)
    }
    files.push(offenceFile.close(), peopleFile.close())
  }
  return files
}

const yearOf = (table: OffenceTable, row: number) => financialYear(heldMonths[table.month[row]!]!)

const codeAt = (list: readonly string[], position: number): string | null =>
  position === BLANK ? null : list[position]!
const yesNo = (flag: number): string => (flag === 1 ? 'yes' : 'no')
const degrees = (value: number): string | null => (Number.isNaN(value) ? null : value.toFixed(5))

const offenceCells = (table: OffenceTable, force: string, places: Places) => (row: number, id: string) => {
  const area = table.area[row]!
  const outcome = lists.outcome[table.outcome[row]!]!
  return {
    offence_id: id,
    force,
    recorded_on: dayText(table.recorded[row]!),
    committed_from: minuteText(table.from[row]!),
    committed_to: minuteText(table.to[row]!),
    ho_code: lists.code[table.code[row]!]!,
    knife_use: codeAt(lists.use, table.use[row]!),
    weapon: codeAt(lists.weapon, table.weapon[row]!),
    domestic: yesNo(table.domestic[row]!),
    robbery_type: kindAt(table.kind[row]!).robbery ?? null,
    location_type: lists.location[table.location[row]!]!,
    longitude: degrees(table.longitude[row]!),
    latitude: degrees(table.latitude[row]!),
    lsoa_code: area === NO_AREA ? null : places.areas[area]!.code,
    outcome_type: outcome,
    outcome_on: outcome === '0' ? null : dayText(table.outcomeOn[row]!),
  }
}

/** The victim, then the suspects. */
function peopleCells({ table, suspects }: Offences, force: string, pseudonyms: Pseudonyms) {
  const first = firstSuspects(table.rows, suspects.offence)
  return function* (row: number, id: string, recorded: string) {
    const inEvent: string[] = []
    const person = (role: 'victim' | 'suspect', no: number, columns: PersonColumns, at: number) => {
      const age = columns.age[at] === BLANK ? null : columns.age[at]!
      const gender = codeAt(lists.gender, columns.gender[at]!)
      const ethnicity = codeAt(lists.ethnicitySelf, columns.ethnicitySelf[at]!)
      const year = Number(recorded.slice(0, 4))
      const pseudonym = pseudonyms.give({ year, age, gender, ethnicity }, COMES_BACK[role], inEvent)
      inEvent.push(pseudonym)
      return {
        offence_id: id,
        person_no: no,
        force,
        recorded_on: recorded,
        role,
        age,
        gender,
        ethnicity_self: ethnicity,
        ethnicity_officer: codeAt(lists.ethnicityOfficer, columns.ethnicityOfficer[at]!),
        occupation: role === 'suspect' ? codeAt(occupationCodes, suspects.occupation[at]!) : null,
        charged: role === 'suspect' ? yesNo(suspects.charged[at]!) : null,
        pseudonym,
      }
    }
    if (kindAt(table.kind[row]!).victim) yield person('victim', 1, table.victim, row)
    for (let s = first[row]!; s < first[row + 1]!; s++) {
      yield person('suspect', s - first[row]! + 1, suspects, s)
    }
  }
}

/** Position of each offence's first suspect; one more entry than offences. */
function firstSuspects(rows: number, offence: Int32Array): Int32Array {
  const first = new Int32Array(rows + 1)
  for (const row of offence) first[row + 1]! += 1
  for (let row = 0; row < rows; row++) first[row + 1]! += first[row]!
  return first
}
