/** Missing episodes: mostly children in their teens, many of them more than once. All levels are ours. */
import { missingEpisodes } from '../evidence/datasets/missing-episodes.ts'
import { type SyntheticFile, writeCsvFile } from './csv-file.ts'
import { afterSkippedHour, minuteOf, minuteText } from './days.ts'
import { picker, randomFrom } from './random.ts'
import { heldMonths } from './schedule.ts'
import { about, dayIn, genderOf, numbering, residentGroupPicker, type Writing } from './writing.ts'

export const writeMissing = (writing: Writing): SyntheticFile =>
  writeCsvFile(writing.folder, missingEpisodes, missing(writing))

const missingAMonth = 760
/** Ages 8 to 24; older people are a fifth. */
const missingAges = [0.5, 0.6, 0.9, 1.6, 3, 6, 11, 17, 18, 14, 4, 3, 2.4, 2, 1.8, 1.6, 1.5]
const missingHours = [
  7, 4, 2.4, 1.4, 1, 0.8, 0.9, 1.4, 2, 2.2, 2.2, 2.4, 2.8, 2.6, 2.8, 4, 4.6, 4.8, 5.2, 6, 7, 8.6, 9.4, 9,
]

function* missing({ places, force, pseudonyms, seed }: Writing) {
  const random = randomFrom(seed, 'missing')
  const pickArea = picker(places.pull)
  const pickAge = picker(missingAges)
  const pickHour = picker(missingHours)
  const group = residentGroupPicker()
  const nextNumber = numbering('M')
  for (const month of heldMonths) {
    const count = about(missingAMonth, random)
    for (let i = 0; i < count; i++) {
      const area = places.areas[pickArea(random)]!
      const age = random.chance(0.02)
        ? null
        : random.chance(0.78)
          ? 8 + pickAge(random)
          : random.between(25, 85)
      const gender = genderOf(random, age !== null && age < 18 ? 0.54 : 0.62)
      const ethnicity = group(area.localAuthority, random)
      const reported = afterSkippedHour(minuteOf(dayIn(month, random), pickHour(random), random.below(60)))
      const hoursAway = 0.5 + 60 * random.unit() ** 4 + (random.chance(0.03) ? 24 * random.between(3, 20) : 0)
      const stillMissing = month === heldMonths.at(-1) && random.chance(0.02)
      yield {
        episode_id: nextNumber(),
        force,
        reported_at: minuteText(reported),
        found_at: stillMissing ? null : minuteText(afterSkippedHour(reported + Math.round(hoursAway * 60))),
        age,
        gender,
        ethnic_group: ethnicity,
        lsoa_code: random.chance(0.03) ? null : area.code,
        pseudonym: pseudonyms.give({ year: Number(month.slice(0, 4)), age, gender, ethnicity }, 0.55),
      }
    }
  }
}
