/** Events that health, education, and the police's other desks send: admissions, exclusions, missing, weapons. */
import type { CodeList } from '../codes/code-list.ts'
import { fiveGroups } from '../codes/people-codes.ts'
import { type Column, clockColumns, type Dataset, periodColumns } from '../dataset.ts'
import { age, force, gender, latitude, longitude, pointChecks, pseudonym, smallArea } from './column-kinds.ts'

const list = (id: string, title: string, source: string, codes: [string, string][]): CodeList => ({
  id,
  title,
  source,
  closed: true,
  codes: codes.map(([code, label]) => ({ code, label })),
})

const ethnicGroup: Column = {
  name: 'ethnic_group',
  title: 'Ethnic group',
  type: 'text',
  describes: 'Five groups of the census; empty where not stated',
  example: 'White',
  codes: fiveGroups,
  personal: true,
}

const localAuthority: Column = {
  name: 'authority_code',
  title: 'Local authority',
  type: 'text',
  describes: 'Code of the local authority',
  example: 'E08000025',
  required: true,
  headings: ['lad_code', 'local authority code', 'ltla_code'],
}

export const admissionCauses = list(
  'admission-causes',
  'External cause of admission',
  'International Classification of Diseases, tenth revision, X85 to Y09 (assault)',
  [
    ['X99', 'Assault by sharp object'],
    ['X95', 'Assault by firearm'],
    ['Y00', 'Assault by blunt object'],
    ['Y04', 'Assault by bodily force'],
    ['Y09', 'Assault by unspecified means'],
  ],
)

export const hospitalAdmissions: Dataset = {
  id: 'hospital-admissions',
  table: 'hospital_admissions',
  title: 'Hospital admissions for assault',
  describes: 'Finished admission episodes whose external cause is assault. Episodes, not people.',
  grain: 'one row per finished admission episode',
  suppliers: ['health'],
  source: 'Hospital Episode Statistics or the trust, under the information-sharing agreement',
  key: ['admission_id'],
  replacedBy: ['admission_id'],
  period: 'admitted_on',
  placement: 'small-area',
  columns: [
    {
      name: 'admission_id',
      title: 'Admission number',
      type: 'text',
      describes: 'A number that stands for the episode',
      example: 'SYN-A-000001',
      required: true,
    },
    {
      name: 'admitted_on',
      title: 'Admitted on',
      type: 'date',
      describes: 'Day of admission',
      example: '2019-03-02',
      required: true,
    },
    {
      name: 'cause',
      title: 'Cause',
      type: 'text',
      describes: 'ICD-10 external cause, three characters',
      example: 'X99',
      codes: admissionCauses,
      required: true,
    },
    age,
    gender,
    ethnicGroup,
    { ...smallArea, describes: 'Small area of residence' },
    pseudonym,
  ],
  checks: [],
  derived: periodColumns('admitted_on'),
}

export const exclusionKinds = list(
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
      codes: list(
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

export const missingEpisodes: Dataset = {
  id: 'missing-episodes',
  table: 'missing_episodes',
  title: 'Missing episodes',
  describes: 'Reports to the police that a person is missing. Episodes, not people.',
  grain: 'one row per episode',
  suppliers: ['police'],
  source: 'Force missing persons system, under the information-sharing agreement',
  key: ['force', 'episode_id'],
  replacedBy: ['force', 'episode_id'],
  period: 'reported_at',
  placement: 'small-area',
  columns: [
    {
      name: 'episode_id',
      title: 'Episode number',
      type: 'text',
      describes: 'A number that stands for the episode',
      example: 'SYN-M-000001',
      required: true,
    },
    force,
    {
      name: 'reported_at',
      title: 'Reported at',
      type: 'timestamp',
      describes: 'Local time of the report',
      example: '2019-03-02 22:10',
      required: true,
    },
    {
      name: 'found_at',
      title: 'Found at',
      type: 'timestamp',
      describes: 'Local time at which the person was found or came back; empty while missing',
      example: '2019-03-03 09:30',
    },
    age,
    gender,
    ethnicGroup,
    { ...smallArea, describes: 'Small area from which the person went missing' },
    pseudonym,
  ],
  checks: [
    {
      id: 'found-before-reported',
      columns: ['found_at', 'reported_at'],
      failsWhen: 'found_at < reported_at',
      reason: 'found_at is before reported_at',
    },
  ],
  derived: [...periodColumns('reported_at'), ...clockColumns('reported_at')],
}

export const recoveryMethods = list(
  'recovery-methods',
  'How the weapon was recovered',
  'Operation Sceptre returns; the June 2019 board paper, paragraph 29',
  [
    ['sweep', 'Weapon sweep'],
    ['surrender', 'Surrendered'],
    ['stop_search', 'Stop and search'],
    ['arrest', 'Arrest or other policing'],
    ['test_purchase', 'Test purchase'],
    ['other', 'Other'],
  ],
)

export const recoveredWeapons = list('recovered-weapons', 'Kind of weapon recovered', 'Partnership list', [
  ['knife', 'Knife or blade'],
  ['machete', 'Machete or sword'],
  ['firearm', 'Firearm'],
  ['blunt', 'Blunt weapon'],
  ['other', 'Other weapon'],
])

export const weaponsRecovered: Dataset = {
  id: 'weapons-recovered',
  table: 'weapons_recovered',
  title: 'Weapons recovered',
  describes: 'Weapons found, surrendered or seized. One row can stand for several of a kind.',
  grain: 'one row per recovery',
  suppliers: ['police', 'council', 'charity'],
  source: 'Force property system and surrender-bin returns',
  key: ['force', 'recovery_id'],
  replacedBy: ['force', 'recovery_id'],
  period: 'recovered_on',
  placement: 'point',
  columns: [
    {
      name: 'recovery_id',
      title: 'Recovery number',
      type: 'text',
      describes: 'A number that stands for the recovery',
      example: 'SYN-W-000001',
      required: true,
    },
    force,
    {
      name: 'recovered_on',
      title: 'Recovered on',
      type: 'date',
      describes: 'Day of recovery',
      example: '2019-03-12',
      required: true,
    },
    {
      name: 'weapon',
      title: 'Weapon',
      type: 'text',
      describes: 'Kind of weapon',
      example: 'knife',
      codes: recoveredWeapons,
      required: true,
    },
    {
      name: 'quantity',
      title: 'Quantity',
      type: 'integer',
      describes: 'How many',
      example: '1',
      required: true,
      range: { min: 1, max: 10000 },
    },
    {
      name: 'method',
      title: 'How',
      type: 'text',
      describes: 'How it was recovered',
      example: 'sweep',
      codes: recoveryMethods,
      required: true,
    },
    {
      name: 'operation',
      title: 'Operation',
      type: 'text',
      describes: 'Name of the operation, if any',
      example: 'Operation Sceptre',
    },
    longitude,
    latitude,
    smallArea,
  ],
  checks: pointChecks,
  derived: periodColumns('recovered_on'),
}
