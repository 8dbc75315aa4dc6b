/** Weapons recovered. Operation Forecast and the Sceptre week are exact (S0 table 2, paragraphs 28 and 29). */
import { weaponsRecovered } from '../evidence/datasets/weapons-recovered.ts'
import { operationForecast, operationSceptre } from './calibration.ts'
import { type SyntheticFile, writeCsvFile } from './csv-file.ts'
import { dayNumber, dayText } from './days.ts'
import { apportion, picker, type Random, randomFrom } from './random.ts'
import { heldMonths } from './schedule.ts'
import { about, dayIn, numbering, type Writing } from './writing.ts'

export const writeRecoveries = (writing: Writing): SyntheticFile =>
  writeCsvFile(writing.folder, weaponsRecovered, recovered(writing))

interface Recovery {
  day: number
  weapon: string
  quantity: number
  method: string
  operation: string | null
}

const methods = { surrender: 12, arrest: 36, stop_search: 34, sweep: 12, test_purchase: 2, other: 4 }
const recoveredKinds = { knife: 74, machete: 9, firearm: 5, blunt: 8, other: 4 }
const recoveriesAMonth = 110

function* recovered({ places, force, seed }: Writing) {
  const random = randomFrom(seed, 'weapons')
  const nextNumber = numbering('W')
  const pickArea = picker(places.pull)
  const all = [...ordinaryRecoveries(random), ...forecastWeapons(random), ...sceptreKnives(random)]
  for (const { day, weapon, quantity, method, operation } of all.sort((a, b) => a.day - b.day)) {
    const area = pickArea(random)
    const point = random.chance(0.05) ? null : places.pointIn(area, random)
    yield {
      recovery_id: nextNumber(),
      force,
      recovered_on: dayText(day),
      weapon,
      quantity,
      method,
      operation,
      longitude: point ? point[0]!.toFixed(5) : null,
      latitude: point ? point[1]!.toFixed(5) : null,
      lsoa_code: point ? places.areas[area]!.code : null,
    }
  }
}

function ordinaryRecoveries(random: Random): Recovery[] {
  const pickMethod = picker(Object.values(methods))
  const pickWeapon = picker(Object.values(recoveredKinds))
  return heldMonths.flatMap(month =>
    Array.from({ length: about(recoveriesAMonth, random) }, () => {
      const method = Object.keys(methods)[pickMethod(random)]!
      return {
        day: dayIn(month, random),
        weapon: Object.keys(recoveredKinds)[pickWeapon(random)]!,
        // A bin is emptied as a whole.
        quantity: method === 'surrender' ? random.between(2, 30) : 1,
        method,
        operation: null,
      }
    }),
  )
}

function forecastWeapons(random: Random): Recovery[] {
  const { from, to, weapons, name } = operationForecast
  const pickWeapon = picker(Object.values(recoveredKinds))
  return Array.from({ length: weapons }, () => ({
    day: random.between(dayNumber(from), dayNumber(to)),
    weapon: Object.keys(recoveredKinds)[pickWeapon(random)]!,
    quantity: 1,
    method: random.chance(0.7) ? 'stop_search' : 'arrest',
    operation: name,
  }))
}

/** Ninety knives in the week; surrendered ones come out of a few bins. */
function sceptreKnives(random: Random): Recovery[] {
  const { from, to, knives, name } = operationSceptre
  return Object.entries(knives).flatMap(([method, count]) => {
    const heaps =
      method === 'surrender' ? [...apportion([5, 4, 3, 3, 2, 2, 1], count)] : new Array<number>(count).fill(1)
    return heaps.map(quantity => ({
      day: random.between(dayNumber(from), dayNumber(to)),
      weapon: 'knife',
      quantity,
      method,
      operation: name,
    }))
  })
}
