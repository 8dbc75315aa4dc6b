import { type CodeList, closedList } from '../codes/code-list.ts'
import { fiveGroups, genders } from '../codes/people-codes.ts'
import { type Dataset, financialYearOf } from '../dataset.ts'

const FORM = 'The referral form of Concord'

export const referralSubjects = closedList('referral-subjects', 'What a referral is about', FORM, [
  ['child', 'A child or young person under 18'],
  ['adult', 'An adult'],
  ['family', 'A family'],
  ['group', 'A group of children or young people'],
  ['place', 'A place'],
  ['school', 'A school or college'],
])

export const referralUrgencies = closedList(
  'referral-urgencies',
  'How soon a referral must be looked at',
  'Working Together to Safeguard Children 2023: a decision within one working day; the longer period is a proposal',
  [
    ['immediate', 'Somebody is in danger now'],
    ['today', 'It cannot wait until tomorrow'],
    ['one-working-day', 'It should be looked at by tomorrow'],
    ['three-working-days', 'It can wait a few days'],
  ],
)

export const referralOutcomes = closedList('referral-outcomes', 'What became of a referral', FORM, [
  ['accepted', 'Accepted'],
  ['declined', 'Not accepted'],
  ['withdrawn', 'Withdrawn'],
  ['open', 'Not decided, or being decided again'],
])

export const declineReasonCodes = closedList(
  'decline-reasons',
  'Why a referral is not accepted',
  'Proposed for a partnership to confirm; since 1 January 2026',
  [
    ['already-helped', 'Somebody is helping already'],
    ['another-service', 'Another service fits better'],
    ['below-threshold', 'The needs are below the threshold of the partnership'],
    ['not-enough-known', 'Too little is known to act on'],
    ['not-wanted', 'The person does not want help, and nobody is at risk'],
    ['outside-area', 'They live outside the area'],
    ['duplicate', 'The same concern has been referred already'],
  ],
)

export const decisionTimes = closedList('decision-times', 'Whether a decision came in time', FORM, [
  ['in-time', 'By the deadline that the referrer was given'],
  ['late', 'After the deadline'],
  ['overdue', 'Not yet, although the deadline is over'],
  ['not-due', 'The deadline is not over yet'],
])

/** Narrow where most referrals are: a child of 11 and one of 17 wait for different help. */
export const ageGroups = closedList(
  'age-groups',
  'Age, the bands of children narrow',
  'Partnership list: 10 is the age of criminal responsibility, 14 the least age of a gang injunction, 18 the end of childhood',
  [
    ['under-10', 'Under 10'],
    ['10-13', '10 to 13'],
    ['14-15', '14 to 15'],
    ['16-17', '16 to 17'],
    ['18-24', '18 to 24'],
    ['25-34', '25 to 34'],
    ['over-34', 'Over 34'],
  ],
)

export const disabilities = closedList('disabilities', 'Disability', FORM, [
  ['yes', 'Disabled, or with a long-term condition'],
  ['no', 'Not disabled'],
])

export const careStatuses = closedList('care-statuses', 'Looked after by a council', FORM, [
  ['yes', 'Looked after now'],
  ['before', 'Looked after before'],
  ['no', 'Not looked after'],
])

/** An area may have agencies of other kinds: those stand in figures as their pack calls them. */
export const agencyKinds: CodeList = {
  ...closedList('agency-kinds', 'Kind of agency', 'Area packs', [
    ['police', 'Police'],
    ['education', 'Education'],
    ['health', 'Health'],
    ['children', 'Children’s services'],
    ['council', 'Council'],
    ['youth-justice', 'Youth justice'],
    ['probation', 'Probation'],
    ['prison', 'Prison'],
    ['housing', 'Housing'],
    ['charity', 'Charity or community'],
    ['partnership', 'The partnership itself'],
    ['commissioner', 'Commissioner'],
    ['ambulance', 'Ambulance'],
    ['fire', 'Fire and rescue'],
    ['transport', 'Transport'],
  ]),
  closed: false,
}

export const referrals: Dataset = {
  id: 'referrals',
  table: 'referrals',
  title: 'Referrals',
  describes:
    'Referrals to the partnership as they stand, without anything that leads back to one: no reference, no name, no day. Those that were deleted stay counted.',
  grain: 'one row per referral',
  suppliers: ['Concord'],
  source: 'The casework of this installation',
  fromCasework: true,
  key: [],
  replacedBy: ['month'],
  period: 'month',
  placement: 'none',
  columns: [
    {
      name: 'month',
      title: 'Month',
      type: 'month',
      describes: 'Month in which it was sent',
      example: '2026-10',
      required: true,
    },
    {
      name: 'about',
      title: 'About',
      type: 'text',
      describes: 'What it is about. Only of a child or an adult are the columns of people asked',
      example: 'child',
      codes: referralSubjects,
      required: true,
    },
    {
      name: 'urgency',
      title: 'How soon',
      type: 'text',
      describes: 'How soon it must be looked at',
      example: 'one-working-day',
      codes: referralUrgencies,
      required: true,
    },
    {
      name: 'referrer',
      title: 'Referred by',
      type: 'text',
      describes: 'Kind of agency that sent it',
      example: 'education',
      codes: agencyKinds,
      required: true,
    },
    {
      name: 'outcome',
      title: 'Outcome',
      type: 'text',
      describes: 'What became of it so far',
      example: 'declined',
      codes: referralOutcomes,
      required: true,
    },
    {
      name: 'reason',
      title: 'Reason',
      type: 'text',
      describes: 'Why it was not accepted',
      example: 'another-service',
      codes: declineReasonCodes,
    },
    {
      name: 'timeliness',
      title: 'In time',
      type: 'text',
      describes: 'Whether the first decision came by the deadline; empty where it was withdrawn before one',
      example: 'in-time',
      codes: decisionTimes,
    },
    {
      name: 'wait_hours',
      title: 'Wait',
      type: 'integer',
      describes:
        'Whole hours from its sending to its first decision, from three days on by the day; empty without one',
      example: '5',
      unit: 'hours',
      range: { min: 0, max: 87600 },
    },
    {
      name: 'age_group',
      title: 'Age',
      type: 'text',
      describes: 'Age on the day on which it was sent, in bands',
      example: '14-15',
      codes: ageGroups,
      personal: true,
    },
    {
      name: 'gender',
      title: 'Gender',
      type: 'text',
      describes: 'Gender as the referrer gave it; empty where not known',
      example: 'Female',
      codes: genders,
      personal: true,
    },
    {
      name: 'ethnic_group',
      title: 'Ethnic group',
      type: 'text',
      describes: 'Five groups of the census, as the referrer gave it; empty where not known',
      example: 'White',
      codes: fiveGroups,
      personal: true,
    },
    {
      name: 'disability',
      title: 'Disability',
      type: 'text',
      describes: 'Whether they are disabled; empty where not known',
      example: 'no',
      codes: disabilities,
      personal: true,
    },
    {
      name: 'care',
      title: 'Care',
      type: 'text',
      describes: 'Whether a council looks after them; empty where not known',
      example: 'no',
      codes: careStatuses,
      personal: true,
    },
  ],
  checks: [
    {
      id: 'reason-without-decline',
      columns: ['outcome', 'reason'],
      failsWhen: "reason is not null and outcome <> 'declined'",
      reason: 'reason is given for a referral that was not declined',
    },
  ],
  derived: [financialYearOf('month')],
}
