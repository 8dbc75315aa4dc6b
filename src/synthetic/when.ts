/**
 * When things happened and when they were recorded. The month of recording is set by the schedule and is never
 * left: only the time before it varies. Some times are known only as a span.
 */
import { firstDay, lastDay } from '../platform/calendar.ts'
import { table1, under25 } from './calibration.ts'
import { type ClockProfile, clockProfiles } from './clock-profiles.ts'
import { afterSkippedHour, dayNumber, dayOfMinute, minuteOf, weekday } from './days.ts'
import { injuryNotDomestic, kindAt, kindNumber } from './offence-kinds.ts'
import { knifeRows, type OffenceTable, violenceRows } from './offence-table.ts'
import { dealShares, picker, type Random, randomFrom } from './random.ts'
import { heldMonths } from './schedule.ts'
import type { Places } from './where.ts'

interface Days {
  first: number
  last: number
  /** Days of the month by weekday, 0 Monday. */
  byWeekday: number[][]
}

const months: Days[] = heldMonths.map(month => {
  const first = dayNumber(firstDay(month))
  const last = dayNumber(lastDay(month))
  const byWeekday: number[][] = Array.from({ length: 7 }, () => [])
  for (let day = first; day <= last; day++) byWeekday[weekday(day)]!.push(day)
  return { first, last, byWeekday }
})

/** Days between the offence and the record: most the same day, a few after weeks. */
const pickLag = picker([64, 15, 6, 4, 3, 2, 2, 1, 1, 1, 1])
const HISTORIC = 0.035

const pickers = new Map<ClockProfile, { hour: (r: Random) => number; day: (r: Random) => number }>()
const pickersOf = (profile: ClockProfile) => {
  let made = pickers.get(profile)
  if (!made) {
    made = { hour: picker(profile.hours), day: picker(profile.days) }
    pickers.set(profile, made)
  }
  return made
}

export function drawTimes(table: OffenceTable, places: Places, seed: number): void {
  const random = randomFrom(seed, 'times')
  const exact = exactTimes(table, places, seed)
  for (let row = 0; row < table.rows; row++) {
    if (table.recorded[row] !== 0) drawHomicideTime(table, row, random)
    else drawTime(table, row, profileOf(table, row, places), exact, random)
  }
}

/** Under-25 violence has the hours that S1 gives it; other knife crime those of its unit. */
function profileOf(table: OffenceTable, row: number, places: Places): ClockProfile {
  const kind = kindAt(table.kind[row]!)
  if (table.young[row] === 1 && youngKinds.has(table.kind[row]!)) return clockProfiles.youthViolence
  if (kind.clock === clockProfiles.knifeNight && !places.isNightTime(table.area[row]!)) {
    return clockProfiles.knifeDay
  }
  return kind.clock
}

const youngKinds = new Set(injuryNotDomestic.map(kindNumber))

interface ExactTimes {
  hour: Map<number, number>
  day: Map<number, number>
}

/** Hours of table 1's months by unit, and hours and weekdays of under-25 violence with a knife, shared out exactly. */
function exactTimes(table: OffenceTable, places: Places, seed: number): ExactTimes {
  const random = randomFrom(seed, 'exact-times')
  const exact: ExactTimes = { hour: new Map(), day: new Map() }
  const share = (rows: number[], { hours, days }: ClockProfile) => {
    const hour = dealShares(random, hours, rows.length)
    const day = dealShares(random, days, rows.length)
    rows.forEach((row, i) => {
      exact.hour.set(row, hour[i]!)
      exact.day.set(row, day[i]!)
    })
  }
  const knife = knifeRows(table, table1.from, table1.to).filter(
    row => kindAt(table.kind[row]!).domestic !== true,
  )
  const atNight = (row: number) => places.isNightTime(table.area[row]!)
  share(knife.filter(atNight), clockProfiles.knifeNight)
  share(
    knife.filter(row => !atNight(row)),
    clockProfiles.knifeDay,
  )
  for (const { from, to } of Object.values(under25.months)) {
    const young = violenceRows(table, from, to).filter(
      row => table.young[row] === 1 && kindAt(table.kind[row]!).knife && !exact.hour.has(row),
    )
    share(young, clockProfiles.youthViolence)
  }
  return exact
}

function drawTime(
  table: OffenceTable,
  row: number,
  profile: ClockProfile,
  exact: ExactTimes,
  random: Random,
): void {
  const { first, last, byWeekday } = months[table.month[row]!]!
  const pick = pickersOf(profile)
  const isExact = exact.hour.has(row)
  const candidates = byWeekday[exact.day.get(row) ?? pick.day(random)]!
  let day = candidates[random.below(candidates.length)]!
  const hour = exact.hour.get(row) ?? pick.hour(random)
  const lag = pickLag(random)
  let recorded = day + lag <= last ? day + lag : day
  if (!isExact && random.chance(HISTORIC)) {
    recorded = random.between(first, last)
    day = recorded - random.between(20, 400)
  }
  const from = afterSkippedHour(minuteOf(day, hour, minute(random)))
  let to = from
  if (!isExact && random.chance(profile.uncertain)) {
    to = afterSkippedHour(from + random.between(15, profile.longestSpan * 60))
    // A span that ends in the next month would take the record with it.
    if (dayOfMinute(to) > last) to = from
    recorded = Math.max(recorded, dayOfMinute(to))
  } else if (random.chance(0.3)) {
    to = afterSkippedHour(Math.min(from + random.between(1, 20), minuteOf(day, 23, 59)))
  }
  table.from[row] = from
  table.to[row] = Math.max(from, to)
  table.recorded[row] = recorded
}

/** A homicide is recorded on the day that was set; the assault was then or the evening before. */
function drawHomicideTime(table: OffenceTable, row: number, random: Random): void {
  const day = table.recorded[row]! - random.below(2)
  const from = afterSkippedHour(
    minuteOf(day, pickersOf(clockProfiles.youthViolence).hour(random), minute(random)),
  )
  table.from[row] = from
  table.to[row] = from
}

/** People say "about half past". */
const pickMinute = picker(
  Array.from({ length: 60 }, (_, m) => (m % 30 === 0 ? 8 : m % 15 === 0 ? 4 : m % 5 === 0 ? 2 : 1)),
)
const minute = (random: Random) => pickMinute(random)
