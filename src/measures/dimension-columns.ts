/**
 * Where each table keeps each dimension, and which values it can take there.
 *
 * A closed list is completed with zeros: a weapon that nobody used this month is a row of 0. An open one is
 * not, because the publisher may use any word: only what was seen is shown.
 */

import type { CodeList } from '../evidence/codes/code-list.ts'
import { knifeUse, locationTypes, outcomeTypes, weapons } from '../evidence/codes/crime-codes.ts'
import { offenceCodes } from '../evidence/codes/offence-codes.ts'
import {
  fiveGroups,
  genders,
  occupations,
  officerDefinedEthnicity,
  officerDefinedPublished,
  publishedAgeRanges,
  selfDefinedEthnicity,
} from '../evidence/codes/people-codes.ts'
import {
  crimeTypes,
  searchLegislation,
  searchObjects,
  searchOutcomes,
  searchTypes,
} from '../evidence/codes/police-uk-codes.ts'
import {
  actionOrigins,
  actionOutcomes,
  actionSubjects,
  datesMoved,
  fourPs,
} from '../evidence/datasets/actions.ts'
import { askedOfTiers } from '../evidence/datasets/agreed-checks.ts'
import { cohortSteps, keptTimes } from '../evidence/datasets/casework-columns.ts'
import { exclusions } from '../evidence/datasets/exclusions.ts'
import { attendances } from '../evidence/datasets/meeting-attendance.ts'
import { needOffers, needOutcomes } from '../evidence/datasets/needs.ts'
import { areaCountColumns } from '../evidence/datasets/police-uk-area-counts.ts'
import {
  ageGroups,
  agencyKinds,
  careStatuses,
  decisionTimes,
  declineReasonCodes,
  disabilities,
  referralOutcomes,
  referralSubjects,
  referralUrgencies,
} from '../evidence/datasets/referrals.ts'
import { recoveredWeapons, recoveryMethods } from '../evidence/datasets/weapons-recovered.ts'
import type { AreaKind } from '../evidence/evidence.ts'
import type { DimensionId } from './figure.ts'

export type Values =
  | { kind: 'closed'; list: CodeList }
  | { kind: 'open'; list: CodeList | null }
  | { kind: 'area'; area: AreaKind }
  | { kind: 'month' }
  | { kind: 'financial-year' }
  | { kind: 'hour' }
  | { kind: 'weekday' }
  | { kind: 'force' }
  | { kind: 'pack'; list: PackList }

/** What the area pack names, and may name no longer. */
export type PackList = 'agencies' | 'schemes' | 'cohorts' | 'tiers' | 'meeting-types'

export interface DimensionColumn {
  /** SQL that gives the code, or null where it is not known, for a table alias. */
  sql: (alias: string) => string
  values: Values
}

type Columns = Partial<Record<DimensionId, DimensionColumn>>

const named = (name: string, values: Values): DimensionColumn => ({
  sql: alias => `${alias}.${name}`,
  values,
})
const closed = (name: string, list: CodeList) => named(name, { kind: 'closed', list })
const open = (name: string, list: CodeList | null) => named(name, { kind: 'open', list })

const inPack = (name: string, list: PackList) => named(name, { kind: 'pack', list })

const force: Columns = { force: named('force', { kind: 'force' }) }

const months: Columns = {
  month: named('month', { kind: 'month' }),
  'financial-year': named('financial_year', { kind: 'financial-year' }),
}

const clock: Columns = {
  hour: named('hour', { kind: 'hour' }),
  weekday: named('weekday', { kind: 'weekday' }),
}

const areas: Columns = {
  npu: named('policing_area', { kind: 'area', area: 'policing-area' }),
  'local-authority': named('local_authority', { kind: 'area', area: 'local-authority' }),
  ward: named('ward', { kind: 'area', area: 'ward' }),
  lsoa: named('lsoa', { kind: 'area', area: 'lsoa' }),
  'impact-area': named('impact_area', { kind: 'area', area: 'impact-area' }),
}

/** The bands in which searches are published, so that every dataset can be read side by side. */
const ageBand: DimensionColumn = {
  sql: alias =>
    `case when ${alias}.age < 10 then 'under 10' when ${alias}.age < 18 then '10-17' when ${alias}.age < 25 then '18-24' when ${alias}.age < 35 then '25-34' when ${alias}.age >= 35 then 'over 34' end`,
  values: { kind: 'closed', list: publishedAgeRanges },
}

const yesNo: CodeList = {
  id: 'domestic',
  title: 'Domestic',
  source: 'Domestic Abuse Act 2021, section 1: both aged 16 or over and personally connected',
  closed: true,
  codes: [
    { code: 'yes', label: 'Domestic' },
    { code: 'no', label: 'Not domestic' },
  ],
}

const distinctNames = (id: string, title: string, names: string[]): CodeList => ({
  id,
  title,
  source: 'Home Office Counting Rules, classification index',
  closed: true,
  codes: [...new Set(names), 'Other recorded crime'].map(name => ({ code: name, label: name })),
})

const offences: Columns = {
  ...force,
  ...months,
  ...clock,
  ...areas,
  weapon: closed('weapon', weapons),
  use: closed('knife_use', knifeUse),
  'location-type': closed('location_type', locationTypes),
  'offence-group': closed(
    'offence_group',
    distinctNames(
      'offence-groups',
      'Offence group',
      offenceCodes.map(c => c.group),
    ),
  ),
  'offence-subgroup': closed(
    'offence_subgroup',
    distinctNames(
      'offence-subgroups',
      'Offence subgroup',
      offenceCodes.map(c => c.subgroup),
    ),
  ),
  outcome: closed('outcome_type', outcomeTypes),
  domestic: {
    sql: alias =>
      `case when ${alias}.domestic = true then 'yes' when ${alias}.domestic = false then 'no' end`,
    values: { kind: 'closed', list: yesNo },
  },
}

const people: Columns = {
  'age-band': ageBand,
  gender: closed('gender', genders),
  'ethnicity-self': closed('ethnicity_self', selfDefinedEthnicity),
  'ethnicity-officer': closed('ethnicity_officer', officerDefinedEthnicity),
  'ethnic-group': closed('ethnic_group', fiveGroups),
  occupation: closed('occupation', occupations),
}

const searches: Columns = {
  ...force,
  ...months,
  ...clock,
  ...areas,
  'age-band': closed('age_range', publishedAgeRanges),
  gender: closed('gender', genders),
  'ethnicity-self': open('ethnicity_self', selfDefinedEthnicity),
  'ethnicity-officer': open('ethnicity_officer', officerDefinedPublished),
  'ethnic-group': closed('ethnic_group', fiveGroups),
  legislation: open('legislation', searchLegislation),
  object: open('object', searchObjects),
  outcome: open('outcome', searchOutcomes),
  kind: open('search_type', searchTypes),
  operation: open('operation', null),
}

const admittedOrMissing: Columns = {
  ...months,
  ...areas,
  'age-band': ageBand,
  gender: people.gender!,
  'ethnic-group': people['ethnic-group']!,
}

/** The bands of referrals lie within those in which searches are published. */
const bandOfAgeGroup: DimensionColumn = {
  sql: alias =>
    `case when ${alias}.age_group = 'under-10' then 'under 10' when ${alias}.age_group in ('10-13', '14-15', '16-17') then '10-17' when ${alias}.age_group = 'over-34' then 'over 34' else ${alias}.age_group end`,
  values: { kind: 'closed', list: publishedAgeRanges },
}

const described: Columns = {
  'age-band': bandOfAgeGroup,
  'age-group': closed('age_group', ageGroups),
  gender: closed('gender', genders),
  'ethnic-group': closed('ethnic_group', fiveGroups),
}

const inCohort: Columns = {
  ...months,
  scheme: inPack('scheme', 'schemes'),
  cohort: inPack('cohort', 'cohorts'),
  tier: inPack('tier', 'tiers'),
  ...described,
}

const exclusionReasons = exclusions.columns.find(c => c.name === 'reason')!.codes!

/** Columns of each table by dimension. `offence_people` holds people only; its offence brings the rest. */
export const dimensionColumns: Record<string, Columns> = {
  offences,
  offence_people: people,
  stop_and_search: searches,
  police_uk_stop_and_search: searches,
  hospital_admissions: admittedOrMissing,
  missing_episodes: { ...admittedOrMissing, ...force, ...clock },
  exclusions: {
    ...months,
    'local-authority': areas['local-authority']!,
    'age-band': ageBand,
    gender: people.gender!,
    'ethnic-group': people['ethnic-group']!,
    reason: closed('reason', exclusionReasons),
  },
  weapons_recovered: {
    ...force,
    ...months,
    ...areas,
    weapon: closed('weapon', recoveredWeapons),
    method: closed('method', recoveryMethods),
    operation: open('operation', null),
  },
  police_uk_street: {
    ...force,
    ...months,
    ...areas,
    'crime-type': open('crime_type', crimeTypes),
    outcome: open('last_outcome', null),
  },
  referrals: {
    ...months,
    about: closed('about', referralSubjects),
    urgency: closed('urgency', referralUrgencies),
    referrer: open('referrer', agencyKinds),
    outcome: closed('outcome', referralOutcomes),
    reason: closed('reason', declineReasonCodes),
    timeliness: closed('timeliness', decisionTimes),
    'age-band': bandOfAgeGroup,
    'age-group': closed('age_group', ageGroups),
    gender: closed('gender', genders),
    'ethnic-group': closed('ethnic_group', fiveGroups),
    disability: closed('disability', disabilities),
    care: closed('care', careStatuses),
  },
  cohort_steps: { ...inCohort, 'from-tier': inPack('from_tier', 'tiers'), step: closed('step', cohortSteps) },
  agreed_checks: { ...inCohort, asked: closed('asked', askedOfTiers), timeliness: closed('kept', keptTimes) },
  removal_notices: {
    ...months,
    scheme: inPack('scheme', 'schemes'),
    cohort: inPack('cohort', 'cohorts'),
    agency: inPack('agency', 'agencies'),
    step: closed('step', cohortSteps),
    timeliness: closed('kept', keptTimes),
  },
  needs: { ...inCohort, outcome: closed('outcome', needOutcomes), offer: closed('offer', needOffers) },
  custody_in_cohorts: inCohort,
  after_archive: inCohort,
  actions: {
    ...months,
    agency: inPack('agency', 'agencies'),
    about: closed('subject', actionSubjects),
    'four-p': closed('four_p', fourPs),
    origin: closed('origin', actionOrigins),
    outcome: closed('outcome', actionOutcomes),
    'date-moved': closed('date_moved', datesMoved),
    ...described,
  },
  meeting_attendance: {
    ...months,
    'meeting-type': inPack('meeting_type', 'meeting-types'),
    agency: inPack('agency', 'agencies'),
    attendance: closed('attendance', attendances),
  },
  police_uk_outcomes: { ...force, ...months, ...areas, outcome: open('outcome', null) },
  police_uk_area_counts: {
    ...months,
    'local-authority': areas['local-authority']!,
    npu: areas.npu!,
    ward: areas.ward!,
    lsoa: areas.lsoa!,
    'crime-type': closed('crime_type', {
      ...crimeTypes,
      codes: areaCountColumns.map(([, label]) => ({ code: label, label })),
    }),
  },
}
