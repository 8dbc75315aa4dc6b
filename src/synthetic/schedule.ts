/**
 * How many offences of each kind every month holds. Numbers come first and details afterwards: a published
 * count is therefore met because it was set, whatever the seed.
 */
import { lastDay, type Month, monthNumber, monthsBetween } from '../platform/calendar.ts'
import { held, knifeCrime, seasons, violenceWithInjury } from './calibration.ts'
import type { Homicide } from './homicides.ts'
import { type KindId, kindIds, kinds } from './offence-kinds.ts'
import { apportion, type Random, randomFrom } from './random.ts'

export const heldMonths: readonly Month[] = held.flatMap(({ from, to }) => monthsBetween(from, to))

const year2019 = monthsBetween('2019-04', '2020-03')
const year2021 = monthsBetween('2021-04', '2022-03')
const fiveYears = monthsBetween(seasons.from, seasons.to)
const inYear2021 = (month: Month) => month >= '2021-04'

/** Shares of knife crime by kind: robbery is commoner than violence (S0 paragraph 13). */
const knifeKinds: [KindId, share: number, share2021: number][] = [
  ['knife-violence-domestic', 0.065, 0.07],
  ['knife-violence-public', 0.195, 0.18],
  ['knife-violence-private', 0.065, 0.06],
  ['knife-robbery-personal', 0.54, 0.5],
  ['knife-robbery-business', 0.045, 0.04],
  ['knife-threats', 0.045, 0.085],
  ['knife-threats-domestic', 0.015, 0.03],
  ['knife-sexual', 0.03, 0.035],
]

export type Schedule = Map<Month, Record<KindId, number>>

export function scheduleOffences(homicides: readonly Homicide[], seed: number): Schedule {
  const random = randomFrom(seed, 'schedule')
  const knife = knifeMonths(random)
  const injury = injuryMonths(random)
  const others = new Map(kindIds.map(id => [id, yearlyMonths(id, random)]))
  return new Map(
    heldMonths.map(month => {
      const killed = homicides.filter(h => h.recorded.startsWith(month))
      const counts = Object.fromEntries(kindIds.map(id => [id, others.get(id)?.get(month) ?? 0]))
      counts.homicide = killed.filter(h => !h.knife).length
      counts['knife-homicide'] = killed.length - counts.homicide
      const shares = knifeKinds.map(([, before, after]) => (inYear2021(month) ? after : before))
      const split = apportion(shares, knife.get(month)! - counts['knife-homicide'])
      knifeKinds.forEach(([id], i) => {
        counts[id] = split[i]!
      })
      const { all, inPublic, domestic, allDomestic } = injury.get(month)!
      const threats = counts['knife-threats-domestic']!
      counts['violence-domestic'] = domestic - counts['knife-violence-domestic']!
      counts['violence-public'] = inPublic - counts['knife-violence-public']!
      counts['violence-private'] = all - inPublic - domestic - counts['knife-violence-private']!
      counts['no-injury-domestic'] = allDomestic - domestic - threats - killed.filter(h => h.domestic).length
      return [month, counts as Record<KindId, number>]
    }),
  )
}

/** Knife crime of every month: level, then a steady rise, then the published months. */
function knifeMonths(random: Random): Map<Month, number> {
  const { months, monthlyBefore, risesFrom, monthlyBy } = knifeCrime
  const rise =
    (monthlyBy.offences - monthlyBefore) / (monthNumber(monthlyBy.month) - monthNumber(risesFrom) + 1)
  const counts = new Map<Month, number>()
  for (const month of monthsBetween(held[0]!.from, monthlyBy.month)) {
    const risen = Math.max(0, monthNumber(month) - monthNumber(risesFrom) + 1)
    counts.set(month, Math.round((monthlyBefore + rise * risen) * mildSeason(month) * wobble(random, 0.03)))
  }
  for (const [month, count] of Object.entries(months)) counts.set(month, count)
  const uneven = (month: Month) => mildSeason(month) * wobble(random, 0.03)
  fill(counts, year2019, knifeCrime.year2019, uneven)
  fill(counts, year2021, knifeCrime.year2021, uneven)
  return counts
}

/** Shares what the months that are not set yet have to make up, so that the year sums to `total`. */
function fill(counts: Map<Month, number>, months: Month[], total: number, weight: (m: Month) => number) {
  const open = months.filter(m => !counts.has(m))
  const set = months.reduce((sum, m) => sum + (counts.get(m) ?? 0), 0)
  const shares = apportion(open.map(weight), total - set)
  open.forEach((month, i) => {
    counts.set(month, shares[i]!)
  })
}

/** Months differ by more than season and trend; about 1, with the given standard deviation. */
const wobble = (random: Random, deviation: number): number =>
  1 + 2 * deviation * (random.unit() + random.unit() + random.unit() - 1.5)

const calendarMonth = (month: Month) => Number(month.slice(5)) - 1
/** A quarter of the season of violence: robbery, the larger part of knife crime, hardly has one. */
const mildSeason = (month: Month) => 1 + seasons.violenceWithInjury[calendarMonth(month)]! / 400

interface Injury {
  all: number
  inPublic: number
  domestic: number
  /** Domestic offences of all violence, injury or not. */
  allDomestic: number
}

/**
 * Four series whose five-year seasons are those of S0 figure 4. The level rises and wobbles, and the multiplier
 * of a calendar month makes up for it, so that the pooled index is the published one.
 */
function injuryMonths(random: Random): Map<Month, Injury> {
  const all = seasonalSeries(1, seasons.violenceWithInjury, random)
  const inPublic = seasonalSeries(0.44, seasons.publicPlace, random)
  const domestic = seasonalSeries(0.29, seasons.domestic, random)
  const allDomestic = seasonalSeries(0.55, seasons.domestic, random)
  return new Map(
    heldMonths.map(month => [
      month,
      {
        all: all.get(month)!,
        inPublic: inPublic.get(month)!,
        domestic: domestic.get(month)!,
        allDomestic: allDomestic.get(month)!,
      },
    ]),
  )
}

function seasonalSeries(share: number, percents: readonly number[], random: Random): Map<Month, number> {
  const { yearTo2015May, yearTo2019May } = violenceWithInjury
  const growth = (yearTo2019May - yearTo2015May) / 48 / 12
  // The trend's value in the middle of the first year is that year's mean.
  const trend = new Map(
    fiveYears.map(month => {
      const level = yearTo2015May / 12 + growth * (monthNumber(month) - monthNumber(seasons.from) - 5.5)
      return [month, share * level * wobble(random, 0.013)]
    }),
  )
  const pooled = Array.from({ length: 12 }, (_, c) =>
    fiveYears.filter(m => calendarMonth(m) === c).reduce((sum, m) => sum + trend.get(m)!, 0),
  )
  const mean = pooled.reduce((a, b) => a + b) / 12
  const wanted = (month: Month) => 1 + percents[calendarMonth(month)]! / 100
  const multiplier = (month: Month) => (wanted(month) * mean) / pooled[calendarMonth(month)]!
  const counts = new Map(fiveYears.map(m => [m, Math.round(trend.get(m)! * multiplier(m))]))
  const uneven = (month: Month) => wanted(month) * wobble(random, 0.013)
  fill(counts, year2019, Math.round(share * violenceWithInjury.year2019), uneven)
  fill(counts, year2021, Math.round(share * violenceWithInjury.year2021), uneven)
  return counts
}

/** A kind with levels of its own: a straight line from 2014/15 to 2019/20, and the level of 2021/22. */
function yearlyMonths(id: KindId, random: Random): Map<Month, number> {
  const { yearly } = kinds[id]
  if (!yearly) return new Map()
  const [from, to, later] = yearly
  const middle = monthNumber('2014-09')
  return new Map(
    heldMonths.map(month => {
      const years = (monthNumber(month) - middle) / 12
      const level = inYear2021(month) ? later : from + ((to - from) * years) / 5
      const days = Number(lastDay(month).slice(8))
      const expected = ((level * days) / 365.25) * mildSeason(month)
      return [month, Math.round(expected * wobble(random, 0.02 + 0.7 / Math.sqrt(expected)))]
    }),
  )
}
