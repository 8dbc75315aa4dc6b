/** Hospital admissions for assault. Levels are ours; sharp objects and under-25s are those of S1 paragraph 36. */
import { hospitalAdmissions } from '../evidence/datasets/hospital-admissions.ts'
import { type Month, monthsBetween } from '../platform/calendar.ts'
import { under25 } from './calibration.ts'
import { type SyntheticFile, writeCsvFile } from './csv-file.ts'
import { dayText } from './days.ts'
import { apportion, picker, type Random, randomFrom } from './random.ts'
import { heldMonths } from './schedule.ts'
import { about, dayIn, genderOf, numbering, residentGroupPicker, type Writing } from './writing.ts'

export const writeAdmissions = (writing: Writing): SyntheticFile =>
  writeCsvFile(writing.folder, hospitalAdmissions, admissions(writing))

/** Admissions of the other causes in a month. */
const otherCauses = { X95: 2, Y00: 14, Y04: 44, Y09: 9 }

/** Admissions for assault with a sharp object of under-25s, exactly as many as S1 gives for its two spells. */
function youngStabbed(random: Random): Map<Month, number> {
  const counts = new Map(heldMonths.map(month => [month, about(month < '2017' ? 8 : 11, random)]))
  for (const year of [2019, 2021] as const) {
    const { from, to } = under25.months[year]
    const months = monthsBetween(from, to)
    const shares = apportion(
      months.map(m => (0.8 + 0.4 * random.unit()) * (/-0[78]$/.test(m) ? 1.3 : 1)),
      under25.sharpObjectAdmissions[year],
    )
    months.forEach((month, i) => {
      counts.set(month, shares[i]!)
    })
  }
  return counts
}

function* admissions({ places, pseudonyms, seed }: Writing) {
  const random = randomFrom(seed, 'admissions')
  const pickArea = picker(places.pull)
  const group = residentGroupPicker()
  const nextNumber = numbering('A')
  const young = youngStabbed(random)
  for (const month of heldMonths) {
    for (const { day, cause, age } of admittedIn(month, young.get(month)!, random)) {
      const area = places.areas[pickArea(random)]!
      const gender = genderOf(random, cause === 'X99' ? 0.88 : 0.74)
      const ethnicity = group(area.localAuthority, random)
      yield {
        admission_id: nextNumber(),
        admitted_on: dayText(day),
        cause,
        age,
        gender,
        ethnic_group: ethnicity,
        lsoa_code: random.chance(0.02) ? null : area.code,
        pseudonym: pseudonyms.give({ year: Number(month.slice(0, 4)), age, gender, ethnicity }, 0.06),
      }
    }
  }
}

interface Admission {
  day: number
  cause: string
  age: number | null
}

/** The month's admissions in the order of days. Every age of a stabbing is known. */
function admittedIn(month: Month, youngStabbedHere: number, random: Random): Admission[] {
  const admit = (n: number, cause: string, age: () => number | null) =>
    Array.from({ length: n }, () => ({ day: dayIn(month, random), cause, age: age() }))
  return [
    ...admit(youngStabbedHere, 'X99', () => random.between(13, 24)),
    ...admit(about(12, random), 'X99', () => random.between(25, 68)),
    ...Object.entries(otherCauses).flatMap(([cause, n]) =>
      admit(about(n, random), cause, () =>
        random.chance(0.02) ? null : 14 + Math.floor(60 * random.unit() ** 1.7),
      ),
    ),
  ].sort((a, b) => a.day - b.day)
}
