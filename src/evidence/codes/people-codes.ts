/** Codes of people. Each frame is kept apart: self-defined ethnicity is never overwritten by an officer's. */
import type { Code, CodeList } from './code-list.ts'

export const genders: CodeList = {
  id: 'genders',
  title: 'Gender',
  source: 'NHS Data Dictionary, person stated gender; data.police.uk gender',
  closed: true,
  codes: [
    { code: 'Male', label: 'Male', aliases: ['m', 'man', '1'] },
    { code: 'Female', label: 'Female', aliases: ['f', 'woman', '2'] },
    { code: 'Other', label: 'Other', aliases: ['o', 'non-binary', 'non binary', '3'] },
  ],
}

export interface SelfDefinedEthnicity extends Code {
  /** The five groups of the census. Null where nothing was stated: left out of denominators, and reported. */
  fiveGroup: 'White' | 'Mixed' | 'Asian' | 'Black' | 'Other' | null
}

/**
 * Self-defined ethnicity, 18+1. Labels are those that data.police.uk publishes, so that a count of ours can
 * be checked against a published file without a translation. Chinese is Asian since the 2011 census.
 */
export const selfDefined: SelfDefinedEthnicity[] = [
  ['W1', 'White - English/Welsh/Scottish/Northern Irish/British', 'White'],
  ['W2', 'White - Irish', 'White'],
  ['W3', 'White - Gypsy or Irish Traveller', 'White'],
  ['W9', 'White - Any other White background', 'White'],
  ['M1', 'Mixed/Multiple ethnic groups - White and Black Caribbean', 'Mixed'],
  ['M2', 'Mixed/Multiple ethnic groups - White and Black African', 'Mixed'],
  ['M3', 'Mixed/Multiple ethnic groups - White and Asian', 'Mixed'],
  ['M9', 'Mixed/Multiple ethnic groups - Any other Mixed/Multiple ethnic background', 'Mixed'],
  ['A1', 'Asian/Asian British - Indian', 'Asian'],
  ['A2', 'Asian/Asian British - Pakistani', 'Asian'],
  ['A3', 'Asian/Asian British - Bangladeshi', 'Asian'],
  ['A4', 'Asian/Asian British - Chinese', 'Asian'],
  ['A9', 'Asian/Asian British - Any other Asian background', 'Asian'],
  ['B1', 'Black/African/Caribbean/Black British - Caribbean', 'Black'],
  ['B2', 'Black/African/Caribbean/Black British - African', 'Black'],
  ['B9', 'Black/African/Caribbean/Black British - Any other Black/African/Caribbean background', 'Black'],
  ['O2', 'Other ethnic group - Arab', 'Other'],
  ['O9', 'Other ethnic group - Any other ethnic group', 'Other'],
  ['NS', 'Other ethnic group - Not stated', null],
].map(([code, label, fiveGroup]) => ({
  code: code!,
  label: label!,
  aliases: [label!],
  fiveGroup: fiveGroup as SelfDefinedEthnicity['fiveGroup'],
}))

export const selfDefinedEthnicity: CodeList = {
  id: 'self-defined-ethnicity',
  title: 'Self-defined ethnicity (18+1)',
  source: 'National Standard for Ethnic Classification 18+1; labels as data.police.uk publishes them',
  closed: true,
  codes: selfDefined,
}

/** Officer-defined identity codes: an officer's perception, for description only. There is no Mixed group. */
export const officerDefinedEthnicity: CodeList = {
  id: 'officer-defined-ethnicity',
  title: 'Officer-defined ethnicity (identity code)',
  source: 'National identity codes IC1 to IC6 and IC9',
  closed: true,
  codes: [
    { code: 'IC1', label: 'White, North European', aliases: ['white north european'] },
    { code: 'IC2', label: 'White, South European', aliases: ['white south european'] },
    { code: 'IC3', label: 'Black', aliases: ['black'] },
    { code: 'IC4', label: 'South Asian', aliases: ['asian', 'south asian'] },
    { code: 'IC5', label: 'Chinese, Japanese or South East Asian', aliases: ['south east asian'] },
    { code: 'IC6', label: 'Arab or North African', aliases: ['middle eastern', 'arab'] },
    { code: 'IC9', label: 'Not known', aliases: ['ic0', 'unknown'] },
  ],
}

/** The four perceptions that data.police.uk publishes for stop and search. */
export const officerDefinedPublished: CodeList = {
  id: 'officer-defined-published',
  title: 'Officer-defined ethnicity, as published',
  source: 'data.police.uk, stop and search',
  closed: false,
  codes: [
    { code: 'White', label: 'White' },
    { code: 'Black', label: 'Black' },
    { code: 'Asian', label: 'Asian' },
    { code: 'Other', label: 'Other' },
    { code: 'Mixed', label: 'Mixed' },
  ],
}

export const fiveGroups: CodeList = {
  id: 'ethnic-groups',
  title: 'Ethnic group (five groups of the census)',
  source: 'Office for National Statistics, Census 2021, TS021',
  closed: true,
  codes: [
    { code: 'White', label: 'White' },
    { code: 'Mixed', label: 'Mixed or multiple' },
    { code: 'Asian', label: 'Asian or Asian British' },
    { code: 'Black', label: 'Black or Black British' },
    { code: 'Other', label: 'Other' },
  ],
}

export const roles: CodeList = {
  id: 'roles',
  title: 'Role in the offence',
  source: 'Home Office Counting Rules; a role belongs to an event, never to a person',
  closed: true,
  codes: [
    { code: 'victim', label: 'Victim' },
    { code: 'suspect', label: 'Suspect' },
  ],
}

export const occupations: CodeList = {
  id: 'occupations',
  title: 'Occupation',
  source: 'Partnership list; the June 2019 board paper, figure 9',
  closed: true,
  codes: [
    { code: 'employed', label: 'Employed' },
    { code: 'student', label: 'Student' },
    { code: 'unemployed', label: 'Unemployed' },
    { code: 'other', label: 'Other' },
  ],
}

/** The bands in which data.police.uk publishes ages of people searched. */
export const publishedAgeRanges: CodeList = {
  id: 'published-age-ranges',
  title: 'Age range, as published',
  source: 'data.police.uk, stop and search',
  closed: true,
  codes: [
    { code: 'under 10', label: 'under 10' },
    { code: '10-17', label: '10-17' },
    { code: '18-24', label: '18-24' },
    { code: '25-34', label: '25-34' },
    { code: 'over 34', label: 'over 34' },
  ],
}
