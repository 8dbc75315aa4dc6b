/** The incident log of the last days, up to now: what a daily meeting reads. It is in no figure; all levels are ours. */
import { incidents } from '../evidence/datasets/incidents.ts'
import { addDays, londonDay } from '../platform/calendar.ts'
import { londonMinutes } from '../platform/london-time.ts'
import { type SyntheticFile, writeCsvFile } from './csv-file.ts'
import { afterSkippedHour, dayNumber, minuteOf, minuteText } from './days.ts'
import { picker, randomFrom } from './random.ts'
import { about, numbering, type Writing } from './writing.ts'

export const writeIncidentLog = (writing: Writing, now: Date): SyntheticFile =>
  writeCsvFile(writing.folder, incidents, logged(writing, now))

/** Over a long weekend, and the night before it. */
const DAYS = 6
const A_DAY = 46

const kinds = {
  shooting: 0.6,
  stabbing: 3,
  violence: 34,
  threat: 9,
  weapon: 11,
  robbery: 14,
  disorder: 6,
  exploitation: 3,
  missing: 15,
  concern: 8,
} as const

const hurt = { stabbing: [8, 60, 28, 1], violence: [45, 50, 5, 0], robbery: [75, 23, 2, 0] } as const
const injuries = ['none', 'slight', 'serious', 'fatal'] as const
const places = ['street', 'outside_address', 'dwelling', 'park', 'transport', 'shop', 'school']
const hours = [5, 4, 3, 1.6, 1, 0.8, 0.8, 1.4, 3, 2.4, 2, 2.4, 2.8, 3, 3.4, 6, 7, 6.4, 6, 6, 6.4, 6.6, 6.4, 6]

function* logged({ places: where, force, seed }: Writing, now: Date) {
  const random = randomFrom(seed, 'incident log')
  const [pickArea, pickKind, pickHour] = [picker(where.pull), picker(Object.values(kinds)), picker(hours)]
  const pickPlace = picker([40, 14, 14, 10, 9, 9, 4])
  const nextNumber = numbering('I')
  const today = londonDay(now)
  const latest = minuteOf(dayNumber(today), 0, 0) + londonMinutes(now)
  for (let back = DAYS; back >= 0; back--) {
    const day = dayNumber(addDays(today, -back))
    for (let n = about(A_DAY, random); n > 0; n--) {
      const kind = Object.keys(kinds)[pickKind(random)] as keyof typeof kinds
      const shares = hurt[kind as keyof typeof hurt]
      const area = pickArea(random)
      const point = random.chance(0.04) ? null : where.pointIn(area, random)
      const row = {
        incident_id: nextNumber(),
        force,
        reported_at: afterSkippedHour(minuteOf(day, pickHour(random), random.below(60))),
        kind,
        injury: shares ? injuries[picker(shares)(random)]! : null,
        under_18: random.chance(kind === 'missing' ? 0.7 : 0.3) ? 'yes' : random.chance(0.6) ? 'no' : null,
        location_type: kind === 'missing' ? null : places[pickPlace(random)]!,
        longitude: point ? point[0]!.toFixed(5) : null,
        latitude: point ? point[1]!.toFixed(5) : null,
        lsoa_code: point ? where.areas[area]!.code : null,
      }
      if (row.reported_at < latest) yield { ...row, reported_at: minuteText(row.reported_at) }
    }
  }
}
