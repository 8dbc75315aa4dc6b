/** The shape of `pack.json`: which fields there are and what each must hold. */
import { isDay, isMonth } from '../platform/calendar.ts'
import { decidingRoles, fourPHeadings, playbookSubjects } from './area-pack.ts'
import { isItemKind, itemKinds, weekdays } from './meeting-type.ts'

/** Gives the faults of a value found at a place such as `policingAreas[2].code`. */
type Shape = (value: unknown, at: string) => string[]

const holds =
  (test: (value: unknown) => boolean, must: string): Shape =>
  (value, at) =>
    value === undefined
      ? [`${at} is missing; it must be ${must}.`]
      : test(value)
        ? []
        : [`${at} is ${JSON.stringify(value)} but must be ${must}.`]

const matching = (pattern: RegExp, must: string) => holds(v => typeof v === 'string' && pattern.test(v), must)
const within = (min: number, max: number, must: string) =>
  holds(v => typeof v === 'number' && v >= min && v <= max, must)

const text = matching(/\S/, 'text')
const slug = matching(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens')
const code = matching(/^[A-Z0-9]+(-[A-Z0-9]+)*$/, 'a code of capital letters, digits and hyphens')
const month = holds(v => typeof v === 'string' && isMonth(v), 'a month such as 2019-04')
const day = holds(v => typeof v === 'string' && isDay(v), 'a day such as 2019-04-30')
const longitude = within(-9, 3, 'a longitude in degrees, from -9 to 3')
const latitude = within(49, 61, 'a latitude in degrees, from 49 to 61')

const yesOrNo = holds(v => typeof v === 'boolean', 'true or false')
const days = holds(v => Number.isInteger(v) && (v as number) > 0, 'a number of days, 1 or more')
const place = holds(v => Number.isInteger(v) && (v as number) > 0, 'a whole number, 1 or more')
const oneOf = (words: readonly string[]) =>
  holds(v => typeof v === 'string' && words.includes(v), `one of ${words.join(', ')}`)
const decidingRole = oneOf(decidingRoles)
const wholeNumber = (min: number, max: number) =>
  holds(
    v => Number.isInteger(v) && Number(v) >= min && Number(v) <= max,
    `a whole number from ${min} to ${max}`,
  )
const clock = matching(/^([01]\d|2[0-3]):[0-5]\d$/, 'an hour such as 09:00')
const itemKind = holds(
  v => typeof v === 'string' && isItemKind(v),
  `one of ${Object.keys(itemKinds).join(', ')}`,
)

/** An area may shorten what is open for a week, and not lengthen it. */
const fewDays = holds(
  v => Number.isInteger(v) && Number(v) >= 1 && Number(v) <= 7,
  'a whole number of days from 1 to 7',
)

const optional =
  (shape: Shape): Shape =>
  (value, at) =>
    value === undefined ? [] : shape(value, at)

const object =
  (fields: Record<string, Shape>): Shape =>
  (value, at) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return [`${at || 'The file'} must be an object with ${Object.keys(fields).join(', ')}.`]
    }
    const place = (name: string) => (at ? `${at}.${name}` : name)
    const given = value as Record<string, unknown>
    return [
      ...Object.entries(fields).flatMap(([name, shape]) => shape(given[name], place(name))),
      // A misspelt optional field would otherwise be dropped in silence.
      ...Object.keys(given).flatMap(name =>
        name in fields ? [] : [`${place(name)} is not a field of a pack.`],
      ),
    ]
  }

const listOf =
  (shape: Shape, least: number): Shape =>
  (value, at) => {
    if (!Array.isArray(value)) return [`${at} must be a list.`]
    if (value.length < least) return [`${at} is empty; it must name at least ${least}.`]
    return value.flatMap((item, i) => shape(item, `${at}[${i}]`))
  }

/** Fields that depend on the kind. */
const byKind =
  (kinds: Record<string, Record<string, Shape>>): Shape =>
  (value, at) => {
    const kind = (value as { kind?: unknown } | null)?.kind
    const fields = typeof kind === 'string' && Object.hasOwn(kinds, kind) ? kinds[kind] : undefined
    return fields
      ? object({ kind: text, ...fields })(value, at)
      : [
          `${at}.kind is ${JSON.stringify(kind) ?? 'missing'} but must be one of ${Object.keys(kinds).join(', ')}.`,
        ]
  }

const onWeekday = { weekday: oneOf(weekdays), at: clock }
const inWeek = { week: wholeNumber(1, 4), ...onWeekday }

const meetingType = object({
  id: slug,
  name: text,
  purpose: optional(slug),
  cadence: byKind({
    daily: { at: clock },
    weekly: onWeekday,
    monthly: inWeek,
    quarterly: { months: listOf(wholeNumber(1, 12), 1), ...inWeek },
    called: {},
  }),
  chair: slug,
  members: listOf(slug, 1),
  quorum: object({ agencies: wholeNumber(1, 50), of: optional(listOf(slug, 1)) }),
  sees: listOf(itemKind, 1),
  agenda: listOf(
    object({
      section: text,
      items: itemKind,
      of: optional(listOf(text, 1)),
      days: optional(wholeNumber(1, 400)),
    }),
    0,
  ),
  localAuthorities: optional(listOf(code, 1)),
  escalatesTo: optional(slug),
  source: text,
})

const area = { code, name: text, from: optional(day), to: optional(day), source: text }

const tier = object({
  id: slug,
  name: text,
  purpose: text,
  rank: place,
  leadAgency: slug,
  leadRank: text,
  aboveSupport: yesOrNo,
  custody: optional(yesOrNo),
  firstContactDays: days,
  reviewDays: days,
  reviewDaysChild: days,
  expectedActivity: text,
  visits: optional(object({ every: days })),
  mayPlace: listOf(decidingRole, 1),
  mayMove: listOf(decidingRole, 1),
  mayArchive: listOf(decidingRole, 1),
})

const pack = object({
  id: slug,
  name: text,
  force: slug,
  baseline: object({ from: month, to: month, label: text, reason: text, source: text }),
  pandemic: object({ from: month, to: month, source: text }),
  localAuthorities: listOf(object(area), 1),
  policingAreas: listOf(
    object({ ...area, kind: text, localAuthority: code, anchor: object({ longitude, latitude }) }),
    1,
  ),
  impactAreas: listOf(object(area), 0),
  namedPlaces: listOf(object({ name: text, longitude, latitude, policingArea: code, source: text }), 0),
  agencies: listOf(object({ id: slug, name: text, kind: slug }), 1),
  methods: listOf(object({ id: slug, owner: text, stops: day, off: optional(text) }), 0),
  intake: object({
    invitationDays: optional(fewDays),
    dutyDesks: listOf(object({ name: text, contact: text }), 1),
    thresholds: listOf(
      object({
        from: day,
        scheme: text,
        source: text,
        levels: listOf(object({ id: slug, name: text, means: text }), 1),
      }),
      1,
    ),
    routes: listOf(object({ id: slug, name: text, words: text }), 1),
  }),
  tierSchemes: listOf(object({ id: slug, name: text, from: day, source: text, tiers: listOf(tier, 1) }), 0),
  cohorts: listOf(
    object({
      id: slug,
      name: text,
      scheme: slug,
      leadAgency: slug,
      parties: listOf(slug, 1),
      purpose: text,
      source: text,
    }),
    0,
  ),
  custodyKnownTo: listOf(object({ kind: slug, from: day, to: optional(day), source: text }), 0),
  arrangementKinds: listOf(
    object({ id: slug, name: text, from: day, to: optional(day), toldTo: listOf(slug, 0), source: text }),
    0,
  ),
  meetingTypes: listOf(meetingType, 0),
  playbooks: listOf(
    object({
      id: slug,
      name: text,
      for: listOf(oneOf(playbookSubjects), 1),
      when: text,
      source: text,
      actions: listOf(
        object({ what: text, fourP: oneOf(fourPHeadings), agencyKind: optional(slug), days }),
        1,
      ),
    }),
    0,
  ),
  resources: listOf(
    object({ id: slug, name: text, agency: slug, atOnce: place, decidedBy: slug, what: text, source: text }),
    0,
  ),
  bidCriteria: listOf(
    object({ from: day, source: text, criteria: listOf(object({ id: slug, name: text, asks: text }), 1) }),
    0,
  ),
  consequenceReviews: listOf(object({ from: day, days: fewDays, source: text }), 1),
  signInGroups: optional(listOf(object({ group: text, agency: slug, role: slug }), 0)),
  words: object({ policingArea: text, policingAreas: text }),
})

export const shapeFaults = (value: unknown): string[] => pack(value, '')
