/** Permanent exclusions and suspensions, by the school year. All levels are ours. */
import { exclusions } from '../evidence/datasets/exclusions.ts'
import { census2021 } from './calibration.ts'
import { type SyntheticFile, writeCsvFile } from './csv-file.ts'
import { dayText, weekday } from './days.ts'
import { picker, randomFrom } from './random.ts'
import { heldMonths } from './schedule.ts'
import { about, dayIn, genderOf, numbering, residentGroupPicker, type Writing } from './writing.ts'

export const writeExclusions = (writing: Writing): SyntheticFile =>
  writeCsvFile(writing.folder, exclusions, excluded(writing))

/** School days of a month against a full one, January to December. */
const term = [0.95, 0.8, 1, 0.55, 0.8, 1, 0.6, 0, 0.8, 0.9, 1.1, 0.65]
const exclusionsAMonth = 1150
const permanentShare = 0.045
const reasons = {
  disruptive_behaviour: 34,
  assault_pupil: 18,
  verbal_adult: 16,
  assault_adult: 7,
  verbal_pupil: 5,
  drugs: 4,
  weapon: 3,
  damage: 3,
  theft: 2,
  bullying: 1,
  other: 7,
}
const pupilAges = [1, 2, 3, 3, 4, 5, 6, 9, 15, 20, 22, 18, 6, 2]

function* excluded({ pseudonyms, seed }: Writing) {
  const random = randomFrom(seed, 'exclusions')
  const authorities = Object.keys(census2021)
  const pickAuthority = picker(authorities.map(a => census2021[a]!.residents))
  const pickReason = picker(Object.values(reasons))
  const pickAge = picker(pupilAges)
  const pickSessions = picker([0, 0, 30, 3, 26, 3, 16, 2, 8, 1, 12, 1, 4])
  const group = residentGroupPicker()
  const nextNumber = numbering('E')
  for (const month of heldMonths) {
    const growth = 1 + 0.03 * (Number(month.slice(0, 4)) - 2017)
    const count = about(exclusionsAMonth * growth * term[Number(month.slice(5)) - 1]!, random)
    for (let i = 0; i < count; i++) {
      const authority = authorities[pickAuthority(random)]!
      const permanent = random.chance(permanentShare)
      const age = 4 + pickAge(random)
      const gender = genderOf(random, 0.74)
      const ethnicity = group(authority, random)
      const day = schoolDay(dayIn(month, random))
      yield {
        exclusion_id: nextNumber(),
        starts_on: dayText(day),
        kind: permanent ? 'permanent' : 'suspension',
        sessions: permanent ? null : pickSessions(random),
        reason: Object.keys(reasons)[pickReason(random)]!,
        age,
        gender,
        ethnic_group: ethnicity,
        authority_code: authority,
        pseudonym: pseudonyms.give({ year: Number(month.slice(0, 4)), age, gender, ethnicity }, 0.45),
      }
    }
  }
}

/** Saturdays and Sundays move into the week of the same month. */
function schoolDay(day: number): number {
  const after = weekday(day) - 4
  if (after <= 0) return day
  const monday = day + 3 - after
  return dayText(monday).slice(0, 7) === dayText(day).slice(0, 7) ? monday : day - after
}
