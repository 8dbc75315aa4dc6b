/**
 * What the evidence holds of the last day or days, row by row: for meetings, not for figures. Nobody is named in it, and
 * no pseudonym is read.
 */
import { labelOf } from '../codes/code-list.ts'
import { knifeUsedOrThreatened, locationTypes } from '../codes/crime-codes.ts'
import { codesOfSubgroup, offenceCodeList, offenceCodes } from '../codes/offence-codes.ts'
import { quote } from '../dataset.ts'
import { incidentInjuries, incidentKinds } from '../datasets/incidents.ts'
import type { Evidence } from '../evidence.ts'

/** Local time of Europe/London as the extracts have it: "2026-11-19 21:40". */
type LocalTime = string

export interface RecentPeriod {
  from: LocalTime
  to: LocalTime
  /** Codes of authorities; null for the whole area. */
  localAuthorities: readonly string[] | null
  /** Kinds of incident, injuries that count whatever the kind, and subgroups of recorded crime; null for all. */
  of: readonly string[] | null
}

/** Something that happened: what, where, when. */
export interface RecentRow {
  /** Of which extract. */
  dataset: 'incidents' | 'offences' | 'missing-episodes'
  id: string
  /** "Stabbing, serious injury, somebody under 18". */
  words: string
  at: LocalTime
  /** Code of the ward, or of the authority where the ward is not known. */
  area: string | null
}

const MOST = 150

/** Whether a table holds anything of the month of `from`, or later. */
const reaches = async (evidence: Evidence, table: string, from: LocalTime): Promise<boolean> =>
  (await evidence.files(table, from.slice(0, 7))).length > 0

/** Incidents of the log; where the log does not reach so far, offences recorded since that day. The latest first. */
export async function recentIncidents(evidence: Evidence, period: RecentPeriod): Promise<RecentRow[]> {
  if (await reaches(evidence, 'incidents', period.from)) {
    return fromLog(evidence, period, scopeOf(period.of))
  }
  if (!(await reaches(evidence, 'offences', period.from))) return []
  const subgroups = own(period.of, [...new Set(offenceCodes.map(c => c.subgroup))])
  const rows = await evidence.query<OffenceRow>(
    `select offence_id as id, ho_code, knife_use, cast(committed_from as varchar) as at, cast(recorded_on as varchar) as recorded_on,
       location_type, coalesce(ward, local_authority) as area
     from offences
     where recorded_on >= ${quote(period.from.slice(0, 10))} and recorded_on <= ${quote(period.to.slice(0, 10))}
       ${within('ho_code', subgroups && codesOfSubgroup(...subgroups))} ${within('local_authority', period.localAuthorities)}
     order by coalesce(committed_from, cast(recorded_on as timestamp)) desc, offence_id limit ${MOST}`,
  )
  return rows.map(row => ({
    dataset: 'offences',
    id: row.id,
    words: [
      labelOf(offenceCodeList, row.ho_code),
      ...(row.knife_use && knifeUsedOrThreatened.includes(row.knife_use) ? ['with a knife'] : []),
      ...place(row.location_type),
    ].join(', '),
    at: (row.at ?? row.recorded_on).slice(0, 16),
    area: row.area,
  }))
}

interface OffenceRow {
  id: string
  ho_code: string
  knife_use: string | null
  at: string | null
  recorded_on: string
  location_type: string | null
  area: string | null
}

/** What stands in other sections is not told twice. */
const loggedKinds = incidentKinds.codes.map(c => c.code).filter(code => code !== 'missing')

interface LogScope {
  kinds: readonly string[]
  injuries: readonly string[] | null
}

/** What the scope says of the log; all kinds where it says nothing of it. */
function scopeOf(of: readonly string[] | null): LogScope {
  const kinds = own(
    of,
    incidentKinds.codes.map(c => c.code),
  )
  const injuries = own(
    of,
    incidentInjuries.codes.map(c => c.code),
  )
  return { kinds: kinds ?? (injuries ? ['none of a kind'] : loggedKinds), injuries }
}

async function fromLog(
  evidence: Evidence,
  { from, to, localAuthorities }: RecentPeriod,
  { kinds, injuries }: LogScope,
): Promise<RecentRow[]> {
  const rows = await evidence.query<IncidentRow>(
    `select incident_id as id, kind, injury, under_18, cast(reported_at as varchar) as at, location_type,
       coalesce(ward, local_authority) as area
     from incidents
     where reported_at >= ${quote(from)} and reported_at <= ${quote(to)}
       and (kind in (${list(kinds)})${injuries ? ` or (kind <> 'missing' and injury in (${list(injuries)}))` : ''})
       ${within('local_authority', localAuthorities)}
     order by reported_at desc, incident_id limit ${MOST}`,
  )
  return rows.map(row => ({
    dataset: 'incidents',
    id: row.id,
    words: [
      labelOf(incidentKinds, row.kind),
      ...(row.injury && row.injury !== 'none' ? [lower(labelOf(incidentInjuries, row.injury))] : []),
      ...(row.under_18 ? ['somebody under 18'] : []),
      ...place(row.location_type),
    ].join(', '),
    at: row.at.slice(0, 16),
    area: row.area,
  }))
}

interface IncidentRow {
  id: string
  kind: string
  injury: string | null
  under_18: boolean | null
  at: string
  location_type: string | null
  area: string | null
}

/** Episodes reported since, and people who are missing still; from the log where no episodes came in. */
export async function recentMissing(evidence: Evidence, period: RecentPeriod): Promise<RecentRow[]> {
  if (!(await reaches(evidence, 'missing_episodes', period.from))) {
    return (await reaches(evidence, 'incidents', period.from))
      ? fromLog(evidence, period, { kinds: ['missing'], injuries: null })
      : []
  }
  const rows = await evidence.query<MissingRow>(
    `select episode_id as id, age, found_at is null as still, cast(reported_at as varchar) as at,
       coalesce(ward, local_authority) as area
     from missing_episodes
     where reported_at <= ${quote(period.to)} and (reported_at >= ${quote(period.from)} or found_at is null)
       and month >= ${quote(monthBefore(period.from))} ${within('local_authority', period.localAuthorities)}
     order by found_at is null desc, reported_at desc, episode_id limit ${MOST}`,
  )
  return rows.map(row => ({
    dataset: 'missing-episodes',
    id: row.id,
    words: [
      row.age === null ? 'Somebody of unknown age' : row.age < 18 ? 'Somebody under 18' : 'An adult',
      row.still ? 'missing still' : 'found',
    ].join(', '),
    at: row.at.slice(0, 16),
    area: row.area,
  }))
}

interface MissingRow {
  id: string
  age: number | null
  still: boolean
  at: string
  area: string | null
}

/** Old episodes that nobody closed are a fault of the extract, and no matter of a morning. */
const monthBefore = (at: LocalTime): string => {
  const [year, month] = at.slice(0, 7).split('-').map(Number)
  return month === 1 ? `${year! - 1}-12` : `${year}-${String(month! - 1).padStart(2, '0')}`
}

const own = (wanted: readonly string[] | null, known: readonly string[]): string[] | null => {
  const found = wanted?.filter(code => known.includes(code)) ?? []
  return found.length > 0 ? found : null
}

const list = (codes: readonly string[]): string => codes.map(quote).join(', ')

const within = (column: string, codes: readonly string[] | null): string =>
  codes ? `and ${column} in (${list(codes)})` : ''

const place = (code: string | null): string[] =>
  code && code !== 'other' && code !== 'unknown' ? [lower(labelOf(locationTypes, code))] : []

const lower = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1)
