/**
 * Dimensions: what a figure can be split and filtered by, what the values are called, and in which order they
 * stand. "Unknown" is a value of every dimension: what was not recorded stays in the figure.
 */

import type { AreaPack } from '../areas/area-pack.ts'
import { type CodeList, labelOf } from '../evidence/codes/code-list.ts'
import { financialYearOf } from '../evidence/dataset.ts'
import type { Area, AreaKind, Evidence } from '../evidence/evidence.ts'
import { financialYear, type Month, monthOf } from '../platform/calendar.ts'
import { InputFault } from '../platform/errors.ts'
import { type DimensionColumn, dimensionColumns, type PackList, type Values } from './dimension-columns.ts'
import type { DimensionId, Period } from './figure.ts'
import { type Counting, countingOf, type Measure, type Source } from './measure.ts'
import { nearest } from './nearest.ts'
import { oncePerVersion } from './once-per-version.ts'

export interface Dimension {
  id: DimensionId
  title: string
  describes: string
}

const titles: Record<DimensionId, [title: string, describes: string]> = {
  force: ['Police force', 'The force that recorded it, by its data.police.uk name'],
  month: ['Month', 'Calendar month'],
  'financial-year': ['Financial year', '1 April to 31 March'],
  hour: ['Hour of the day', 'Hour at which it began, local time'],
  weekday: ['Day of the week', 'Monday to Sunday, of the time at which it began'],
  npu: ['Policing area', 'Neighbourhood policing unit, later local policing area'],
  'local-authority': ['Local authority', 'Local authority district'],
  ward: ['Ward', 'Electoral ward'],
  lsoa: ['Small area', 'Lower layer super output area'],
  'impact-area': ['Impact area', 'Area in which the partnership concentrates its work'],
  'age-band': ['Age', 'Age in bands, as searches are published'],
  gender: ['Gender', 'Gender as recorded'],
  'ethnicity-self': ['Ethnicity, self-defined', 'What the person said (18+1)'],
  'ethnicity-officer': ['Ethnicity, officer-defined', 'What an officer perceived; there is no Mixed group'],
  'ethnic-group': ['Ethnic group', 'Five groups of the census, from what the person said'],
  occupation: ['Occupation', 'Occupation where recorded'],
  weapon: ['Weapon', 'The main weapon'],
  use: ['Use of a knife', 'How a knife or sharp instrument figured in it'],
  'location-type': ['Kind of location', 'Where it happened, in kind'],
  'offence-group': ['Offence group', 'Group of the recorded crime tree'],
  'offence-subgroup': ['Offence subgroup', 'Subgroup of the recorded crime tree'],
  'crime-type': ['Crime type', 'As data.police.uk groups crimes'],
  outcome: ['Outcome', 'How it ended'],
  domestic: ['Domestic', 'Whether flagged as domestic abuse'],
  legislation: ['Power used', 'Act and section of the search'],
  object: ['Object of search', 'What the search was for'],
  operation: ['Operation', 'Name of the operation, if any'],
  method: ['How recovered', 'How a weapon was recovered'],
  reason: ['Reason', 'Main reason'],
  kind: ['Kind', 'Kind of search'],
  about: ['About', 'What it is about: a person, a group, a place'],
  urgency: ['How soon', 'How soon it had to be looked at'],
  referrer: ['Referred by', 'Kind of agency that sent it'],
  timeliness: ['In time', 'Whether it came by the day on which it was due'],
  'age-group': ['Age, narrow bands', 'Age, with narrow bands for children'],
  disability: ['Disability', 'Whether somebody is disabled'],
  care: ['Care', 'Whether a council looks after somebody, or did'],
  scheme: ['Scheme', 'Scheme of tiers of the area pack'],
  cohort: ['Cohort', 'Cohort of the area pack'],
  tier: ['Tier', 'Tier, with the scheme that it is of: labels of two schemes do not line up'],
  'from-tier': ['From tier', 'Tier that was left, with its scheme'],
  step: ['Step', 'What was done in a cohort'],
  asked: ['What was due', 'First contact, visit or review, as the agreement of the tier asks'],
  offer: ['Offer', 'Whether help was offered, and taken up'],
  agency: ['Agency', 'Agency of the partnership'],
  'four-p': ['Heading', 'Pursue, Prevent, Protect or Prepare'],
  origin: ['Decided', 'Where an action was decided'],
  'date-moved': ['Date moved', 'Whether another day was agreed than the first'],
  'meeting-type': ['Meeting', 'Type of meeting'],
  attendance: ['Attendance', 'Whether somebody came'],
}

export const dimensions: readonly Dimension[] = (Object.keys(titles) as DimensionId[]).map(id => ({
  id,
  title: titles[id][0],
  describes: titles[id][1],
}))

export const dimensionTitle = (id: DimensionId): string => titles[id][0]

/** Where a source finds a dimension: people bring their own columns, their offence the rest. */
export function columnOf(source: Source, dimension: DimensionId): { sql: string; values: Values } | null {
  const at = (column: DimensionColumn | undefined, alias: string) =>
    column ? { sql: calendarOf(source, dimension) ?? column.sql(alias), values: column.values } : null
  if (source.kind === 'events') {
    return at(dimensionColumns[source.table]?.[dimension], source.table === 'offences' ? 'o' : 'e')
  }
  const person = source.kind === 'people' ? dimensionColumns.offence_people?.[dimension] : undefined
  return person ? at(person, 'p') : at(dimensionColumns.offences?.[dimension], 'o')
}

/** Month and year by another clock than that of the table's own columns. */
function calendarOf({ clock }: Source, dimension: DimensionId): string | null {
  if (!clock.acrossFiles) return null
  if (dimension === 'month') return clock.month
  return dimension === 'financial-year' ? financialYearOf(clock.month).sql : null
}

/** Dimensions that every source of a way of counting has. */
export const dimensionsOfCounting = (counting: Counting, not: readonly DimensionId[] = []): DimensionId[] =>
  dimensions
    .map(d => d.id)
    .filter(id => !not.includes(id) && counting.sources.every(source => columnOf(source, id) !== null))

/** Dimensions that a measure can be split and filtered by, with the default of every variant. */
export const dimensionsOf = (measure: Measure): DimensionId[] =>
  dimensionsOfCounting(countingOf(measure), measure.notBy)

/** Throws `dimension-unknown`, naming the nearest that fits. */
export function requireDimension(
  measure: Measure,
  allowed: readonly DimensionId[],
  asked: string,
): DimensionId {
  const found = allowed.find(id => id === asked)
  if (found) return found
  const known = dimensions.some(d => d.id === asked)
  const suggestion = nearest(asked, allowed)
  throw new InputFault(
    'dimension-unknown',
    `${measure.title} cannot be split or filtered by "${asked}"${known || !suggestion ? '' : `; did you mean ${suggestion}`}. It can be by ${allowed.join(', ')}.`,
  )
}

/** Codes of a dimension in their order, with labels. `complete` where rows of zero belong in a figure. */
export interface Domain {
  codes: { code: string; label: string }[]
  complete: boolean
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

export interface DomainContext {
  evidence: Evidence
  pack: AreaPack
  period: Period
  /** Months of the period that count, without any that are left out. */
  months: Month[]
  forces: string[]
}

export async function domainOf(values: Values, context: DomainContext): Promise<Domain> {
  const numbered = (n: number, label: (i: number) => string) => Array.from({ length: n }, (_, i) => label(i))
  switch (values.kind) {
    case 'closed':
      return fromList(values.list, true)
    case 'open':
      return values.list ? fromList(values.list, false) : { codes: [], complete: false }
    case 'area':
      return { codes: areaCodes(await areasIn(values.area, context)), complete: true }
    case 'pack':
      // Nobody is in most cohorts of a pack in most months: only what was counted has a row.
      return { codes: packCodes[values.list](context.pack), complete: false }
    case 'month':
      return { codes: context.months.map(m => ({ code: m, label: m })), complete: true }
    case 'financial-year': {
      const years = [...new Set(context.months.map(financialYear))]
      return { codes: years.map(y => ({ code: y, label: y })), complete: true }
    }
    case 'hour':
      return {
        codes: numbered(24, i => `${String(i).padStart(2, '0')}:00`).map((label, i) => ({
          code: String(i),
          label,
        })),
        complete: true,
      }
    case 'weekday':
      return { codes: weekdays.map((label, i) => ({ code: String(i + 1), label })), complete: true }
    case 'force':
      // The slug is the label: it is what people type, and what data.police.uk calls the force.
      return { codes: context.forces.map(f => ({ code: f, label: f })), complete: true }
  }
}

const fromList = (list: CodeList, complete: boolean): Domain => ({
  codes: list.codes.map(({ code }) => ({ code, label: labelOf(list, code) })),
  complete,
})

async function areasIn(kind: AreaKind, context: DomainContext): Promise<{ code: string; name: string }[]> {
  const from = monthOf(context.period.from)
  const to = monthOf(context.period.to)
  const held = await oncePerVersion<Area[]>(context.evidence, `areas ${kind} ${from} ${to}`, () =>
    context.evidence.areas(kind, from, to),
  )
  if (held.length > 0) return held
  return packAreas(context.pack, kind).filter(
    area => (area.from ?? '').slice(0, 7) <= to && (area.to === undefined || area.to.slice(0, 7) >= from),
  )
}

const inNone = { code: 'none', label: 'In no cohort' }

/** What the area pack names, in its order; what it names no longer stands under its id. */
const packCodes: Record<PackList, (pack: AreaPack) => Domain['codes']> = {
  agencies: pack => pack.agencies.map(({ id, name }) => ({ code: id, label: name })),
  cohorts: pack => [...pack.cohorts.map(({ id, name }) => ({ code: id, label: name })), inNone],
  schemes: pack => [...pack.tierSchemes.map(({ id, name }) => ({ code: id, label: name })), inNone],
  'meeting-types': pack => pack.meetingTypes.map(({ id, name }) => ({ code: id, label: name })),
  tiers: pack => [
    ...pack.tierSchemes.flatMap(scheme =>
      scheme.tiers.map(tier => ({ code: `${scheme.id}:${tier.id}`, label: `${scheme.name} – ${tier.name}` })),
    ),
    inNone,
  ],
}

/** Names of the area pack stand in where no boundaries are loaded. */
export function packAreas(pack: AreaPack, kind: AreaKind): AreaPack['impactAreas'] {
  if (kind === 'policing-area') return pack.policingAreas
  if (kind === 'local-authority') return pack.localAuthorities
  return kind === 'impact-area' ? pack.impactAreas : []
}

function areaCodes(areas: { code: string; name: string }[]): Domain['codes'] {
  const byCode = new Map(areas.map(a => [a.code, a.name]))
  return [...byCode]
    .map(([code, label]) => ({ code, label }))
    .sort((a, b) => compareText(a.label, b.label) || compareText(a.code, b.code))
}

/** By code unit, so that the order does not depend on the machine's language. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Codes that say that something is not known, beside an empty value. */
export const unknownCodes: Partial<Record<DimensionId, readonly string[]>> = {
  use: ['unknown'],
  weapon: ['unknown'],
  'location-type': ['unknown'],
  'ethnicity-self': ['NS'],
  'ethnicity-officer': ['IC9'],
}

export const UNKNOWN = 'Unknown'
