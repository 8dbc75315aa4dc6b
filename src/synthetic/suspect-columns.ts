/** Suspects as typed arrays, like the offences they belong to, and what is typical of them by kind of offence. */
import { type KindId, kindIds } from './offence-kinds.ts'
import type { PersonColumns } from './offence-table.ts'
import { drawYears } from './people-mixes.ts'
import type { Random } from './random.ts'

export interface Suspects extends PersonColumns {
  count: number
  /** Row of the offence, rising. */
  offence: Int32Array
  occupation: Uint8Array
  charged: Uint8Array
}

export const occupationCodes = ['unemployed', 'student', 'employed', 'other'] as const

const typical: [test: (id: KindId) => boolean, under25: number, male: number][] = [
  [id => id.includes('domestic'), 0.2, 0.77],
  [id => id.includes('robbery'), 0.64, 0.91],
  [id => id.includes('sexual'), 0.3, 0.97],
  [id => id.includes('violence') || id.includes('homicide'), 0.5, 0.82],
  [id => id === 'weapons' || id === 'drugs', 0.48, 0.92],
]
/** Shares under 25 and male, by position of the kind. */
export const typicalOf = kindIds.map(id => {
  const found = typical.find(([test]) => test(id))
  return { under25: found?.[1] ?? 0.34, male: found?.[2] ?? 0.78 }
})

export const STUDENT = occupationCodes.indexOf('student')
/** Nobody under sixteen is anything but a student. */
export const isPupil = (age: number) => age < 16

export function drawAge(suspects: Suspects, s: number, random: Random, young: boolean): void {
  suspects.age[s] = young ? 10 + drawYears.youngSuspect(random) : 25 + drawYears.olderSuspect(random)
}
