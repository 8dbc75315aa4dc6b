import { closedList } from '../codes/code-list.ts'
import { type Column, type Dataset, periodColumns } from '../dataset.ts'
import { age, ethnicGroup, gender, pseudonym } from './column-kinds.ts'

const localAuthority: Column = {
  name: 'authority_code',
  title: 'Local authority',
  type: 'text',
  describes: 'Code of the local authority',
  example: 'E08000025',
  required: true,
  headings: ['lad_code', 'local authority code', 'ltla_code'],
}

export const exclusionKinds = closedList(
  'exclusion-kinds',
  'Kind of exclusion',
  'Department for Education, permanent exclusions and suspensions; a suspension was a fixed-period exclusion before 2021',
  [
    ['permanent', 'Permanent exclusion'],
    ['suspension', 'Suspension'],
  ],
)

export const exclusions: Dataset = {
  id: 'exclusions',
  table: 'exclusions',
  title: 'Exclusions and suspensions',
  describes: 'Permanent exclusions and suspensions from schools and pupil referral units.',
  grain: 'one row per exclusion or suspension',
  suppliers: ['council', 'school'],
  source: 'Local authority, under the information-sharing agreement',
  key: ['exclusion_id'],
  replacedBy: ['exclusion_id'],
  period: 'starts_on',
  placement: 'local-authority',
  columns: [
    {
      name: 'exclusion_id',
      title: 'Number',
      type: 'text',
      describes: 'A number that stands for the exclusion',
      example: 'SYN-E-000001',
      required: true,
    },
    {
      name: 'starts_on',
      title: 'Starts on',
      type: 'date',
      describes: 'First day',
      example: '2019-01-14',
      required: true,
    },
    {
      name: 'kind',
      title: 'Kind',
      type: 'text',
      describes: 'Permanent, or a suspension',
      example: 'suspension',
      codes: exclusionKinds,
      required: true,
    },
    {
      name: 'sessions',
      title: 'Sessions',
      type: 'number',
      describes: 'Half days lost; empty for a permanent exclusion',
      example: '4',
      unit: 'half days',
      range: { min: 0, max: 90 },
    },
    {
      name: 'reason',
      title: 'Reason',
      type: 'text',
      describes: 'Main reason',
      example: 'disruptive_behaviour',
      codes: closedList(
        'exclusion-reasons',
        'Reason for exclusion',
        'Department for Education, school census code set',
        [
          ['assault_pupil', 'Physical assault against a pupil'],
          ['assault_adult', 'Physical assault against an adult'],
          ['verbal_pupil', 'Verbal abuse or threat against a pupil'],
          ['verbal_adult', 'Verbal abuse or threat against an adult'],
          ['weapon', 'Use or threat of an offensive weapon or prohibited item'],
          ['bullying', 'Bullying'],
          ['drugs', 'Drug and alcohol related'],
          ['damage', 'Damage'],
          ['theft', 'Theft'],
          ['disruptive_behaviour', 'Persistent disruptive behaviour'],
          ['other', 'Other'],
        ],
      ),
    },
    { ...age, range: { min: 3, max: 20 } },
    gender,
    ethnicGroup,
    localAuthority,
    pseudonym,
  ],
  checks: [
    {
      id: 'permanent-with-sessions',
      columns: ['kind', 'sessions'],
      failsWhen: "kind = 'permanent' and sessions is not null",
      reason: 'sessions is given for a permanent exclusion',
    },
  ],
  derived: periodColumns('starts_on'),
}
