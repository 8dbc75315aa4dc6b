import { oneOf } from '../conditions.ts'
import { eventsWhere } from '../counting.ts'
import type { Counting, Measure, Variant } from '../measure.ts'

const ofSteps = (...where: string[]): Counting => eventsWhere('cohort_steps', null, ...where)

/** What was due of one kind, and whether it came in time. */
const ofChecks = (asked: string): Counting => ({
  ...eventsWhere('agreed_checks', null, `e.asked = '${asked}'`),
  met: "e.kept = 'in-time'",
})

const common = {
  family: 'Cohorts',
  source: 'The casework of this installation, counted every night up to the day before',
  since: 'The first placement that was proposed in Concord',
  breaks: [
    'What was deleted before casework was counted for the first time is not in it; what is deleted later stays counted.',
    'The agreement of a tier is that of the area pack today: when its days change, what was due before is counted by the new ones.',
  ],
  variants: [],
  rate: null,
} satisfies Partial<Measure>

const everybody =
  'Every cohort of every scheme. A tier stands with its scheme: labels of two schemes do not line up, and are never added together'
const twice = 'Somebody who is in two cohorts is counted in each'
const notDue = 'What was not due yet on the last day counted'

export const cohorts: Measure[] = [
  {
    ...common,
    id: 'cohort-first-contacts-in-time',
    title: 'First contacts in time',
    definition:
      'Placings after which somebody met or spoke with the person within the days that the agreement of the tier gives, out of those whose days are over.',
    kind: 'proportion',
    unit: '% of first contacts due',
    counted: 'first contacts due in the period, as they stood on the last day counted',
    includes: [everybody, twice, 'Contacts on the last day: in time'],
    excludes: [
      notDue,
      'Attempts that reached nobody: they are no contact',
      'Placements that ended before the day, without a contact',
    ],
    counting: () => ofChecks('first-contact'),
    notBy: ['asked', 'timeliness'],
  },
  {
    ...common,
    id: 'cohort-visits-kept',
    title: 'Visits kept',
    definition:
      'Spans between visits that the agreement of a tier asks for in which somebody met or spoke with the person, out of the spans that are over.',
    kind: 'proportion',
    unit: '% of visits due',
    counted: 'visits due in the period, as they stood on the last day counted',
    includes: [
      everybody,
      twice,
      'One visit for each whole span since somebody came into the tier: of 7 days where it says every 7 days',
    ],
    excludes: [
      notDue,
      'Attempts that reached nobody',
      'Tiers whose agreement asks for no visits',
      'A second contact within one span: it makes up for no other',
    ],
    counting: () => ofChecks('visit'),
    notBy: ['asked', 'timeliness'],
  },
  {
    ...common,
    id: 'cohort-reviews-in-time',
    title: 'Reviews in time',
    definition:
      'Reviews that were recorded by the day for which they were set, out of those whose day is over. A move, an archive or a removal by that day is a look as well.',
    kind: 'proportion',
    unit: '% of reviews due',
    counted: 'reviews due in the period, as they stood on the last day counted',
    includes: [
      everybody,
      twice,
      'Reviews that never came, of placements that were hidden for it: not in time',
    ],
    excludes: [notDue],
    counting: () => ofChecks('review'),
    notBy: ['asked', 'timeliness'],
  },
  {
    ...common,
    id: 'cohort-reviews-overdue',
    title: 'Reviews overdue',
    definition:
      'Reviews due in the period that had not been recorded on the last day counted, although their day was over.',
    kind: 'count',
    unit: 'reviews',
    counted: 'reviews due in the period, as they stood on the last day counted',
    includes: [everybody, twice, 'Reviews of placements that were hidden because nobody reviewed them'],
    excludes: [notDue, 'Reviews that came late'],
    counting: () => eventsWhere('agreed_checks', null, "e.asked = 'review'", "e.kept = 'missed'"),
    notBy: ['asked', 'timeliness'],
  },
  {
    ...common,
    id: 'cohort-steps',
    title: 'Steps in cohorts',
    definition:
      'Proposals, decisions, moves and ends in cohorts, each by the month in which it was recorded.',
    kind: 'count',
    unit: 'steps',
    counted: 'steps taken in the period',
    includes: [everybody, twice],
    excludes: ['Drafts of proposals', 'Reviews, which are counted as what agreements ask for'],
    // A move is one step, though it leaves one tier and comes to another.
    counting: () => ofSteps("e.step <> 'left'"),
    notBy: ['from-tier'],
  },
  {
    ...common,
    id: 'cohort-placings',
    title: 'Placings',
    definition:
      'People whom a panel placed in a cohort, each time they were, by the tier that they came to first.',
    kind: 'count',
    unit: 'placings',
    counted: 'placings recorded in the period',
    includes: [everybody, twice],
    excludes: ['Moves to another tier', 'Proposals that were not decided, or refused'],
    counting: () => ofSteps("e.step = 'placed'"),
    notBy: ['step', 'from-tier'],
  },
  {
    ...common,
    id: 'cohort-moves',
    title: 'Moves between tiers',
    definition:
      'Moves from one tier to another of the same scheme, as panels decided them: by the tier that was left, and by the one that was come to.',
    kind: 'count',
    unit: 'moves',
    counted: 'moves recorded in the period',
    includes: [everybody, twice],
    excludes: ['First placings', 'Moves that were proposed and not decided, or refused'],
    counting: () => ofSteps("e.step = 'moved'"),
    notBy: ['step'],
  },
  {
    ...common,
    id: 'cohort-moves-away',
    title: 'Moves out of a tier',
    definition: 'The same moves between tiers, by the tier that was left.',
    kind: 'count',
    unit: 'moves',
    counted: 'moves recorded in the period',
    includes: [everybody, twice],
    excludes: ['Archives and removals'],
    counting: () => ofSteps("e.step = 'left'"),
    notBy: ['step', 'from-tier'],
  },
  {
    ...common,
    id: 'cohort-days-in-tier',
    title: 'Days in a tier',
    definition:
      'Days from coming into a tier to leaving it by a move, an archive or a removal: half of the stays were so long or shorter.',
    kind: 'median',
    unit: 'median days',
    counted: 'stays in a tier that ended in the period',
    includes: [everybody, twice, 'The tier is the one that was left'],
    excludes: [
      'Stays that go on: where most go on, this is the time of those who left soon',
      'Stays that ended only because nobody reviewed them',
    ],
    counting: () => ({ ...ofSteps('e.days is not null'), amount: 'e.days' }),
    notBy: ['from-tier'],
  },
  {
    ...common,
    id: 'cohort-archives',
    title: 'Archived on success',
    definition:
      'People who left a cohort because it went well, each with what was achieved looked at by its panel.',
    kind: 'count',
    unit: 'archives',
    counted: 'archives recorded in the period',
    includes: [everybody, twice],
    excludes: ['Removals for another reason'],
    counting: () => ofSteps("e.step = 'archived'"),
    notBy: ['step', 'from-tier'],
  },
  {
    ...common,
    id: 'cohort-removals',
    title: 'Removals',
    definition: 'People whom a panel took out of a cohort for another reason than success.',
    kind: 'count',
    unit: 'removals',
    counted: 'removals recorded in the period',
    includes: [everybody, twice],
    excludes: ['Archives', 'Placements that are hidden because nobody reviewed them, and may be shown again'],
    counting: () => ofSteps("e.step = 'removed'"),
    notBy: ['step', 'from-tier'],
  },
  {
    ...common,
    id: 'cohort-archived-share',
    title: 'Share of ends that are a success',
    definition: 'Archives on success, out of all archives and removals.',
    kind: 'proportion',
    unit: '% of ends',
    counted: 'archives and removals recorded in the period',
    includes: [everybody, twice],
    excludes: ['Whoever is still in a cohort'],
    counting: () => ({ ...ofSteps(oneOf('e.step', ['archived', 'removed'])), met: "e.step = 'archived'" }),
    notBy: ['step', 'from-tier'],
  },
  {
    ...common,
    id: 'cohort-prison',
    title: 'Into a tier within prison',
    definition: 'Placings in, and moves to, a tier for people in prison.',
    kind: 'count',
    unit: 'placings and moves',
    counted: 'placings and moves recorded in the period',
    includes: [everybody, twice],
    excludes: ['Custody of people who stay in another tier'],
    counting: () => ofSteps("e.prison = 'yes'"),
    notBy: ['from-tier'],
  },
  {
    ...common,
    id: 'cohort-custody',
    title: 'Into custody',
    definition: 'Times in custody that began while somebody was in a cohort, by the tier of that day.',
    kind: 'count',
    unit: 'times in custody',
    counted: 'times in custody that began in the period',
    includes: [
      everybody,
      'Somebody who is in two cohorts is counted in the one in which they were first',
      'Custody that two agencies keep: once',
    ],
    excludes: [
      'Custody that nobody wrote down in Concord',
      'What was written down by mistake, and withdrawn',
    ],
    counting: () => eventsWhere('custody_in_cohorts', null),
    onlyProtected: true,
  },
  {
    ...common,
    id: 'removals-confirmed',
    title: 'Ends confirmed by those who were told',
    definition:
      'Agencies that confirmed within a week that nothing is kept of somebody who left a cohort, out of those that were told more than a week before.',
    kind: 'proportion',
    unit: '% of agencies told',
    counted: 'agencies told in the period, once for each end, as they stood on the last day counted',
    includes: ['Archives, removals, and what was deleted because nobody reviewed it'],
    excludes: ['Agencies that were told within the last week'],
    counting: () => ({ ...eventsWhere('removal_notices', null), met: "e.kept = 'in-time'" }),
    notBy: ['timeliness'],
  },
]

const ofNeeds = {
  ...common,
  family: 'Needs',
  since: 'The first 4P plan in Concord',
  breaks: [common.breaks[0]!],
  counted: 'needs of people written down in the period, as they stood on the last day counted',
  excludes: [
    'Needs of groups, places and lines',
    'Pathways are not told apart: some are closed to some agencies',
  ],
}

const needsIn =
  'Plans for people, in a cohort or in none: the tier is that of the day on which it was written down'

export const needs: Measure[] = [
  {
    ...ofNeeds,
    id: 'needs',
    title: 'Needs in plans',
    definition: 'Needs that were written into plans for people.',
    kind: 'count',
    unit: 'needs',
    includes: [needsIn],
    counting: () => eventsWhere('needs', null),
  },
  {
    ...ofNeeds,
    id: 'needs-met',
    title: 'Needs met',
    definition:
      'Needs that were ended, because they were met or are no need any more, out of all that were written down.',
    kind: 'proportion',
    unit: '% of needs',
    includes: [needsIn],
    counting: () => ({ ...eventsWhere('needs', null), met: "e.outcome = 'ended'" }),
    notBy: ['outcome'],
  },
  {
    ...ofNeeds,
    id: 'needs-taken-up',
    title: 'Needs with help taken up',
    definition: 'Needs for which help was offered and taken up, out of all that were written down.',
    kind: 'proportion',
    unit: '% of needs',
    includes: [needsIn, 'Help that was taken up and has ended'],
    counting: () => ({ ...eventsWhere('needs', null), met: "e.offer = 'taken-up'" }),
    notBy: ['offer'],
  },
]

const months: Variant = {
  name: 'months',
  title: 'Months since',
  describes: 'How many months after the archive are looked at',
  choices: [
    { value: '3', title: '3 months after' },
    { value: '6', title: '6 months after' },
    { value: '12', title: '12 months after' },
  ],
  default: '12',
}

const since = {
  ...common,
  family: 'After an archive',
  kind: 'proportion' as const,
  unit: '% of archives',
  counted: 'archives of the period whose months since are over, and covered by the offences held',
  variants: [months],
  breaks: [
    common.breaks[0]!,
    'Whoever moved out of the force’s area, or was recorded without a pseudonym, is counted as having come to no harm.',
  ],
  includes: [
    everybody,
    'Archives that named the pseudonym under which the police know the person',
    'Offences recorded after the day of the archive, up to the same day so many months later',
  ],
  onlyProtected: true as const,
}

export const afterArchive: Measure[] = [
  {
    ...since,
    id: 'harmed-after-archive',
    title: 'Harmed after an archive',
    definition:
      'Archives on success after which the person was recorded as a victim of violence with injury, out of all of which it can be told.',
    excludes: [
      'Archives without a pseudonym, and those whose months since are not covered by the offences held',
      'Harm that nobody told the police of',
    ],
    counting: chosen => ({
      ...eventsWhere('after_archive', null, `e.months_after = '${chosen.months}'`),
      met: "e.harmed = 'yes'",
    }),
  },
  {
    ...since,
    id: 'charged-after-archive',
    title: 'Charged after an archive',
    definition:
      'Archives on success after which the person was charged or summonsed for an offence recorded since, out of all of which it can be told.',
    excludes: [
      'Archives without a pseudonym, and those whose months since are not covered by the offences held',
      'Suspects who were not charged: a suspicion is no offence. A charge is no conviction either, and the latest are still to come',
    ],
    counting: chosen => ({
      ...eventsWhere('after_archive', null, `e.months_after = '${chosen.months}'`),
      met: "e.charged = 'yes'",
    }),
  },
]
