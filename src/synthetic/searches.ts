/**
 * Stop and search. Operation Forecast and the week of Operation Sceptre are exact (S0 table 2, paragraph 29);
 * they are part of, not on top of, the searches of their months.
 */
import { stopAndSearch } from '../evidence/datasets/stop-and-search.ts'
import { type Day, firstDay, lastDay, type Month } from '../platform/calendar.ts'
import { operationForecast, operationSceptre } from './calibration.ts'
import { type SyntheticFile, writeCsvFile } from './csv-file.ts'
import { afterSkippedHour, dayNumber, minuteOf, minuteText } from './days.ts'
import { lists } from './offence-table.ts'
import { drawSelfDefined, residentGroups } from './people-mixes.ts'
import { apportion, deal, picker, type Random, randomFrom } from './random.ts'
import { heldMonths } from './schedule.ts'
import { about, numbering, type Writing } from './writing.ts'

interface Search {
  minute: number
  operation: string | null
  legislation: string
  outcome: string | null
}

const PACE = 'Police and Criminal Evidence Act 1984 (section 1)'
const DRUGS = 'Misuse of Drugs Act 1971 (section 23)'
const SECTION_60 = 'Criminal Justice and Public Order Act 1994 (section 60)'
const FIREARMS = 'Firearms Act 1968 (section 47)'

const NO_ACTION = 'A no further action disposal'
const WARNING = 'Khat or Cannabis warning'
/** Weights; null is an outcome that nobody filled in. */
const outcomes: [string | null, number][] = [
  [NO_ACTION, 700],
  ['Arrest', 125],
  ['Community resolution', 62],
  [WARNING, 50],
  ['Summons / charged by post', 22],
  ['Penalty Notice for Disorder', 12],
  ['Caution (simple or conditional)', 5],
  [null, 24],
]
/** Weights by power, of the objects searched for. */
const objects: Record<string, Record<string, number>> = {
  [PACE]: {
    'Stolen goods': 38,
    'Offensive weapons': 34,
    'Article for use in theft': 16,
    'Evidence of offences under the Act': 8,
    'Articles for use in criminal damage': 3,
    Fireworks: 1,
  },
  [DRUGS]: { 'Controlled drugs': 100 },
  [SECTION_60]: { 'Offensive weapons': 60, 'Anything to threaten or harm anyone': 40 },
  [FIREARMS]: { Firearms: 100 },
}
const ages: Record<string, number> = {
  'under 10': 0.2,
  '10-17': 21,
  '18-24': 37,
  '25-34': 24,
  'over 34': 17.8,
}
const kindsOfSearch = { 'Person search': 82, 'Person and Vehicle search': 16, 'Vehicle search': 2 }
/** Searches fall more on Black and Asian residents than their share: what disproportionality pages must show. */
const LEAN = [0.8, 1.25, 3.4, 1.6, 1]
const hours = [
  6, 5, 4, 2.6, 1.4, 0.6, 0.4, 0.5, 1, 2, 3, 3.6, 4, 4.4, 5, 6, 6.2, 6.4, 6.6, 6.4, 6.4, 6.6, 6.8, 6.6,
]

/** Searches a month: down after 2014, up from 2019. Ours. */
function monthly(month: Month): number {
  const year = Number(month.slice(0, 4)) + (Number(month.slice(5)) - 0.5) / 12
  const points: [number, number][] = [
    [2014.4, 2300],
    [2016, 1350],
    [2018, 950],
    [2019, 1250],
    [2019.3, 2300],
    [2020.3, 2100],
    [2022.3, 2200],
  ]
  const next = points.findIndex(([at]) => at >= year)
  const [x0, y0] = points[next - 1]!
  const [x1, y1] = points[next]!
  return Math.round(y0 + ((y1 - y0) * (year - x0)) / (x1 - x0))
}

export function writeSearches(writing: Writing): SyntheticFile {
  const random = randomFrom(writing.seed, 'searches')
  const searches = [...forecast(random), ...sceptre(random), ...ordinary(random)].sort(
    (a, b) => a.minute - b.minute,
  )
  return writeCsvFile(writing.folder, stopAndSearch, rows(searches, writing, random))
}

const pickHour = picker(hours)
const timeOn = (day: number, random: Random) =>
  afterSkippedHour(minuteOf(day, pickHour(random), random.below(60)))

function forecast(random: Random): Search[] {
  const { from, to, name, searches, section60, arrests, cannabisWarnings } = operationForecast
  const powers = deal(random, apportionRest(searches, section60, [46, 50, 4]))
  const settled = outcomes.map(([outcome, weight]) =>
    outcome === 'Arrest' || outcome === WARNING ? 0 : weight * (outcome === NO_ACTION ? 1.4 : 0.5),
  )
  const counts = apportion(settled, searches - arrests - cannabisWarnings)
  outcomes.forEach(([outcome], i) => {
    if (outcome === 'Arrest') counts[i] = arrests
    if (outcome === WARNING) counts[i] = cannabisWarnings
  })
  const ended = deal(random, counts)
  return Array.from({ length: searches }, (_, i) => ({
    minute: timeOn(random.between(dayNumber(from), dayNumber(to)), random),
    operation: name,
    legislation: [SECTION_60, PACE, DRUGS, FIREARMS][powers[i]!]!,
    outcome: outcomes[ended[i]!]![0],
  }))
}

const apportionRest = (total: number, first: number, rest: number[]): number[] => [
  first,
  ...apportion(rest, total - first),
]

function sceptre(random: Random): Search[] {
  const { from, to, name, searches } = operationSceptre
  const pickOutcome = picker(outcomes.map(([, weight]) => weight))
  return Array.from({ length: searches }, () => ({
    minute: timeOn(random.between(dayNumber(from), dayNumber(to)), random),
    operation: name,
    legislation: random.chance(0.8) ? PACE : DRUGS,
    outcome: outcomes[pickOutcome(random)]![0],
  }))
}

/** What the months hold besides the two operations. */
function ordinary(random: Random): Search[] {
  const pickOutcome = picker(outcomes.map(([, weight]) => weight))
  const pickPower = picker([36, 61, 1.2, 1.8])
  return heldMonths.flatMap(month => {
    const first = dayNumber(firstDay(month))
    const last = dayNumber(lastDay(month))
    const others = about(monthly(month) - operational(month), random)
    return Array.from({ length: others }, () => ({
      minute: timeOn(random.between(first, last), random),
      operation: null,
      legislation: [PACE, DRUGS, SECTION_60, FIREARMS][pickPower(random)]!,
      outcome: outcomes[pickOutcome(random)]![0],
    }))
  })
}

/** About how many of a month's searches the operations make. */
function operational(month: Month): number {
  const days = (from: Day, to: Day) =>
    Math.max(
      0,
      Math.min(dayNumber(to), dayNumber(lastDay(month))) -
        Math.max(dayNumber(from), dayNumber(firstDay(month))) +
        1,
    )
  const { from, to, searches } = operationForecast
  return Math.round((searches * days(from, to)) / (dayNumber(to) - dayNumber(from) + 1))
}

function* rows(searches: Search[], { places, force, pseudonyms }: Writing, random: Random) {
  const pickArea = picker(places.pull)
  const pickAge = picker(Object.values(ages))
  const ageRanges = Object.keys(ages)
  const pickKind = picker(Object.values(kindsOfSearch))
  const pickObject = Object.fromEntries(
    Object.entries(objects).map(([power, mix]) => [power, picker(Object.values(mix))]),
  )
  const groupPickers = new Map<string, (random: Random) => number>()
  const pickGroup = (authority: string) => {
    let pick = groupPickers.get(authority)
    if (!pick) {
      pick = picker([...residentGroups(authority).map((share, g) => share * LEAN[g]!), 9, 5])
      groupPickers.set(authority, pick)
    }
    return pick(random)
  }
  const nextNumber = numbering('S')
  for (const { minute, operation, legislation, outcome } of searches) {
    const area = pickArea(random)
    const placed = !random.chance(0.03)
    const point = placed ? places.pointIn(area, random) : null
    const kind = Object.keys(kindsOfSearch)[pickKind(random)]!
    const person = kind !== 'Vehicle search'
    const group = pickGroup(places.areas[area]!.localAuthority)
    const self = person ? drawSelfDefined(random, group) : null
    const ethnicity = self === null ? null : lists.ethnicitySelf[self]!
    const gender = !person || random.chance(0.02) ? null : random.chance(0.92) ? 'Male' : 'Female'
    const band = pickAge(random)
    const at = minuteText(minute)
    yield {
      search_id: nextNumber(),
      force,
      searched_at: at,
      search_type: kind,
      legislation,
      object: Object.keys(objects[legislation]!)[pickObject[legislation]!(random)]!,
      outcome,
      outcome_linked: outcome === null || outcome === NO_ACTION ? null : random.chance(0.7) ? 'yes' : 'no',
      more_than_outer_clothing: random.chance(0.03) ? 'yes' : 'no',
      gender,
      age_range: person && !random.chance(0.05) ? ageRanges[band]! : null,
      ethnicity_self: ethnicity,
      ethnicity_officer: person ? perceivedGroup(group, random) : null,
      operation,
      longitude: point ? point[0]!.toFixed(5) : null,
      latitude: point ? point[1]!.toFixed(5) : null,
      lsoa_code: null,
      pseudonym: person
        ? pseudonyms.give({ year: Number(at.slice(0, 4)), age: 15 + 8 * band, gender, ethnicity }, 0.25)
        : null,
    }
  }
}

/** The groups that are published for searches; an officer's guess, and sometimes nothing. */
const published = ['White', 'Asian', 'Black', null, 'Other'] as const
function perceivedGroup(group: number, random: Random): string | null {
  if (random.chance(0.04)) return null
  const known = group < published.length ? published[group]! : null
  return known ?? (random.chance(0.55) ? 'Black' : random.chance(0.5) ? 'White' : 'Asian')
}
