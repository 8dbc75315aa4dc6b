/** What a pack of the right shape can still get wrong: dates that cross, names that lead nowhere, doubles. */
import { calendarWords } from '../platform/calendar.ts'
import type { AreaPack, PackArea, PackPolicingArea } from './area-pack.ts'
import { custodyContradictions } from './custody-contradictions.ts'
import { doubledIds } from './doubled-ids.ts'
import { meetingContradictions } from './meeting-contradictions.ts'
import { cohortContradictions } from './tier-contradictions.ts'

export const contradictions = (pack: AreaPack): string[] => [
  ...backwards('baseline', pack.baseline),
  ...backwards('pandemic', pack.pandemic),
  ...baselineInPandemic(pack),
  ...(['localAuthorities', 'policingAreas', 'impactAreas'] as const).flatMap(list =>
    pack[list].flatMap((area, i) => backwards(`${list}[${i}] (${area.name})`, area)),
  ),
  ...doubles('localAuthorities', pack.localAuthorities),
  ...doubles('policingAreas', pack.policingAreas),
  ...doubles('impactAreas', pack.impactAreas),
  ...doubledIds('agencies', pack.agencies),
  ...doubledIds('methods', pack.methods),
  ...doubledIds('intake.routes', pack.intake.routes),
  ...pack.intake.thresholds.flatMap(({ levels }, i) => doubledIds(`intake.thresholds[${i}].levels`, levels)),
  ...cohortContradictions(pack),
  ...custodyContradictions(pack),
  ...meetingContradictions(pack),
  ...doubledIds('playbooks', pack.playbooks),
  ...playbookFaults(pack),
  ...doubledIds('resources', pack.resources),
  ...resourceFaults(pack),
  ...unknownAuthorities(pack),
  ...unknownPlaces(pack),
  ...gaps(pack),
]

const backwards = (at: string, { from, to }: { from?: string; to?: string }): string[] =>
  from && to && to < from ? [`${at} ends (${to}) before it begins (${from}).`] : []

/** A resource is somebody's, and a meeting that sees bids decides over it. */
const resourceFaults = ({ resources, agencies, meetingTypes }: AreaPack): string[] =>
  resources.flatMap(({ name, agency, decidedBy }, i) => [
    ...(agencies.some(a => a.id === agency)
      ? []
      : [`resources[${i}] (${name}) belongs to ${agency}, which is no agency.`]),
    ...(meetingTypes.some(t => t.id === decidedBy && t.sees.includes('bid'))
      ? []
      : [`resources[${i}] (${name}) is decided by ${decidedBy}, which is no meeting type that sees bids.`]),
  ])

/** A comparator year is chosen to keep clear of the pandemic, so an overlap is a slip in one of the two. */
const baselineInPandemic = ({ baseline, pandemic }: AreaPack): string[] =>
  baseline.from <= pandemic.to && pandemic.from <= baseline.to
    ? [
        `baseline (${baseline.from} to ${baseline.to}) holds months that pandemic (${pandemic.from} to ${pandemic.to}) leaves out.`,
      ]
    : []

/** The same code may come back with other dates, as areas are redrawn; not twice on one day. */
const doubles = (list: string, areas: readonly PackArea[]): string[] =>
  areas.flatMap((area, i) =>
    areas
      .slice(0, i)
      .some(
        other =>
          other.code === area.code &&
          (other.from ?? '') <= (area.to ?? '9999') &&
          (area.from ?? '') <= (other.to ?? '9999'),
      )
      ? [`${list}[${i}] (${area.name}) has the code ${area.code}, which another has on the same days.`]
      : [],
  )

const unknownAuthorities = ({ policingAreas, localAuthorities }: AreaPack): string[] =>
  policingAreas.flatMap(({ name, localAuthority }, i) =>
    localAuthorities.some(a => a.code === localAuthority)
      ? []
      : [`policingAreas[${i}] (${name}) lies in ${localAuthority}, which is not among localAuthorities.`],
  )

const unknownPlaces = ({ namedPlaces, policingAreas }: AreaPack): string[] =>
  namedPlaces.flatMap(({ name, policingArea }, i) =>
    policingAreas.some(a => a.code === policingArea)
      ? []
      : [`namedPlaces[${i}] (${name}) lies in ${policingArea}, which is not among policingAreas.`],
  )

/** Policing areas follow one another: a day that belongs to none would silently turn records into "unknown". */
function gaps({ localAuthorities, policingAreas }: AreaPack): string[] {
  return localAuthorities.flatMap(({ code, name }) => {
    const inTurn = policingAreas
      .filter(a => a.localAuthority === code)
      .toSorted((a, b) => (a.from ?? '').localeCompare(b.from ?? ''))
    if (inTurn.length === 0) return [`${name} has no policing area.`]
    return inTurn.flatMap((_, i) => {
      const next = inTurn[i + 1]
      const covered = lastDayOf(inTurn.slice(0, i + 1))
      return next?.from && covered && next.from > dayAfter(covered)
        ? [
            `${name} belongs to no policing area from ${calendarWords(dayAfter(covered))} to the day before ${calendarWords(next.from)}.`,
          ]
        : []
    })
  })
}

/** Last day on which any of the areas is in force; null when one has no end. */
function lastDayOf(areas: PackPolicingArea[]): string | null {
  const ends = areas.map(a => a.to ?? null)
  return ends.includes(null) ? null : (ends.toSorted().at(-1) ?? null)
}

const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)

/** R10: nothing about a person goes longer without a look at it. 120 working days are less than 180 days. */
const LONGEST_WORKING_DAYS = 120

const playbookFaults = ({ playbooks, agencies }: AreaPack): string[] =>
  playbooks.flatMap(({ name, for: subjects, actions }, i) => [
    ...actions.flatMap(({ agencyKind, days }, n) => [
      ...(agencyKind === undefined || agencies.some(a => a.kind === agencyKind)
        ? []
        : [
            `playbooks[${i}].actions[${n}] (${name}) is for an agency of the kind ${agencyKind}, and there is none.`,
          ]),
      ...(days > LONGEST_WORKING_DAYS
        ? [
            `playbooks[${i}].actions[${n}] (${name}) is due after ${days} working days; at most ${LONGEST_WORKING_DAYS}.`,
          ]
        : []),
    ]),
    // E2: a child's plan that took this playbook up as it stands must not hold only Pursue.
    ...(subjects.includes('person') && actions.every(a => a.fourP === 'pursue')
      ? [`playbooks[${i}] (${name}) is for people and holds nothing but Pursue.`]
      : []),
  ])
