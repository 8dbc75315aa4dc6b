/** Columns that datasets counted from Concord's own casework share. */
import { type CodeList, closedList } from '../codes/code-list.ts'
import { fiveGroups, genders } from '../codes/people-codes.ts'
import type { Column, Dataset } from '../dataset.ts'
import { financialYearOf } from '../dataset.ts'
import { ageGroups } from './referrals.ts'

/** What every dataset says that is counted by night. */
export const countedByNight = {
  suppliers: ['Concord'],
  source: 'The casework of this installation',
  fromCasework: true,
  key: [],
  replacedBy: ['month'],
  period: 'month',
  placement: 'none',
  checks: [],
  derived: [financialYearOf('month')],
} satisfies Partial<Dataset>

export const monthOf = (describes: string): Column => ({
  name: 'month',
  title: 'Month',
  type: 'month',
  describes,
  example: '2026-10',
  required: true,
})

/** A code of a closed list. */
export const coded = (
  name: string,
  codes: CodeList,
  describes: string,
  { optional = false } = {},
): Column => ({
  name,
  title: codes.title,
  type: 'text',
  describes,
  example: codes.codes[0]!.code,
  codes,
  ...(optional ? {} : { required: true }),
})

const named = (name: string, title: string, describes: string, example: string): Column => ({
  name,
  title,
  type: 'text',
  describes,
  example,
  required: true,
})

/** By the pack's ids, so that what leaves the pack keeps the id that it had. */
export const cohort = named('cohort', 'Cohort', 'Id of the cohort in the area pack', 'coventry')

export const scheme = named('scheme', 'Scheme', 'Id of the scheme of tiers in the area pack', 'five-tier')

export const tier = named(
  'tier',
  'Tier',
  'Scheme and tier of the area pack: a label means nothing without its scheme',
  'five-tier:tier-3',
)

export const agency = (describes: string): Column => named('agency', 'Agency', describes, 'police')

/** Who somebody is, in bands and groups; empty where not known. `when`: the day of which their age is. */
export const describedPerson = (when: string): Column[] => [
  { ...coded('age_group', ageGroups, `Age ${when}, in bands`, { optional: true }), personal: true },
  {
    ...coded('gender', genders, 'Gender as agencies have it; empty where not known', { optional: true }),
    personal: true,
  },
  {
    ...coded('ethnic_group', fiveGroups, 'Five groups of the census; empty where not known', {
      optional: true,
    }),
    personal: true,
  },
]

export const keptTimes = closedList('kept-times', 'Whether it came in time', 'The casework of Concord', [
  ['in-time', 'By the day on which it was due'],
  ['late', 'After that day'],
  ['missed', 'Not so far, although the day is over'],
])

export const cohortSteps = closedList('cohort-steps', 'Step', 'Moves of a placement in Concord', [
  ['proposed', 'Proposed'],
  ['withdrawn', 'Proposal withdrawn'],
  ['not-placed', 'Not placed'],
  ['placed', 'Placed'],
  ['moved', 'Moved to another tier'],
  ['left', 'Left a tier by a move'],
  ['lapsed', 'Hidden, because nobody reviewed it'],
  ['renewed', 'Reviewed late, and shown again'],
  ['archived', 'Archived, because it went well'],
  ['removed', 'Removed'],
])

export const yesNo = (id: string, title: string, yes: string, no: string): CodeList =>
  closedList(id, title, 'The casework of Concord', [
    ['yes', yes],
    ['no', no],
  ])
