/** Small concerns of the synthetic partnership; now and then two agencies note one about the same person (L5). */
import { bases } from '../../casework/intake/referrals/bases.ts'
import { addDays, type Day, londonDay } from '../../platform/calendar.ts'
import { childOn, type KeptUntil, keptUntil } from './kept-until.ts'
import type { Register, SyntheticRecord } from './people.ts'
import { ago, invented, pick, type Setting } from './setting.ts'
import type { Staff, Worker } from './staff.ts'

export interface SyntheticConcern extends KeptUntil {
  id: string
  reference: string
  author: Worker
  given: string
  family: string
  birthDate: Day | null
  noticedOn: Day
  text: string
  legalBasis: string
  notedAt: Date
}

const CONCERNS = 380
const BY_TWO = 14
/** Within which two of them are told to coordinators. */
const LATELY = 60
/** Kept for a year. */
const OLDEST = 350

const texts = [
  'Fell asleep in two lessons and said that the nights are loud.',
  'Asked to leave ten minutes early, so as not to meet somebody at the gate.',
  'Ate nothing at lunch this week and gave the dinner money away. Would not say to whom.',
  'Was very quiet after a telephone call and asked to sit near the door.',
  'Had a sore wrist and three stories about it.',
  'Stopped coming to the club on the day that two older ones began to wait outside.',
  'Counted the stops to home twice and asked which of them has lights.',
]

type Unnumbered = Omit<SyntheticConcern, 'id' | 'reference'>

export function inventConcerns(setting: Setting, staff: Staff, register: Register): SyntheticConcern[] {
  const random = setting.chance('concerns')
  const note = (record: SyntheticRecord, notedAt: Date): Unnumbered => {
    const day = londonDay(notedAt)
    return {
      author: pick(random, staff.keepers(record.agency)),
      given: record.names[0]!.given,
      family: record.names[0]!.family,
      birthDate: record.birth?.known === 'day' ? record.birth.date : null,
      noticedOn: addDays(day, -random.below(3)),
      text: pick(random, texts),
      legalBasis: bases.safeguarding.legalBasis,
      notedAt,
      ...keptUntil(random, 'concern', day, childOn(record.birth, day), setting.today),
    }
  }
  const known = register.records.filter(r => r.suspendedOn === null && r.birth?.known === 'day')
  const concerns = Array.from({ length: CONCERNS }, () =>
    note(pick(random, known), ago(random, setting, 0, OLDEST)),
  )
  const alike = known.flatMap(one =>
    one.siblings
      .filter(other => other.id > one.id && sameName(one, other) && other.birth?.date === one.birth?.date)
      .map(other => [one, other] as const),
  )
  for (let n = 0; n < BY_TWO && alike.length > 0; n++) {
    for (const record of pick(random, alike)) concerns.push(note(record, ago(random, setting, 0, LATELY)))
  }
  const last = new Map<string, number>()
  return concerns
    .sort((a, b) => a.notedAt.getTime() - b.notedAt.getTime())
    .map((concern, n) => {
      const year = londonDay(concern.notedAt).slice(0, 4)
      const number = (last.get(year) ?? 0) + 1
      last.set(year, number)
      const reference = `C-${year}-${String(number).padStart(4, '0')}`
      return { ...concern, id: invented('concern', n + 1), reference }
    })
}

const sameName = (one: SyntheticRecord, other: SyntheticRecord): boolean =>
  one.names[0]!.given === other.names[0]!.given && one.names[0]!.family === other.names[0]!.family
