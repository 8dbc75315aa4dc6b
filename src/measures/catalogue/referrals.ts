import { oneOf } from '../conditions.ts'
import { eventsWhere } from '../counting.ts'
import type { Chosen, Counting, Measure, Variant } from '../measure.ts'

/** Age, gender, ethnic group, disability and care are asked of people only: a park has none, and is not "unknown". */
const about: Variant = {
  name: 'about',
  title: 'About',
  describes: 'All referrals, or those about a child or an adult, of whom alone it is asked who they are',
  choices: [
    { value: 'all', title: 'all referrals' },
    { value: 'people', title: 'about a child or an adult' },
  ],
  default: 'all',
}

const referralsWhere = (chosen: Chosen, ...where: string[]): Counting =>
  eventsWhere(
    'referrals',
    null,
    ...where,
    ...(chosen.about === 'people' ? [oneOf('e.about', ['child', 'adult'])] : []),
  )

const common = {
  family: 'Referrals',
  counted: 'referrals sent in the period, as they stood on the last day counted',
  source: 'The casework of this installation, counted every night up to the day before',
  since: 'The first referral that was sent in Concord',
  breaks: [
    'What was deleted before casework was counted for the first time is not in it; what is deleted later stays counted.',
  ],
  variants: [about],
  rate: {
    per: 100000,
    because: 'Referrals are few beside residents, and set against them by age, gender and ethnic group',
  } as const,
}

/** Who is referred beside who is harmed: the one may be many because the other is. */
const besideVictims = {
  victims: {
    measure: 'violence-with-injury-victims',
    because:
      'Those who live here are not those who are harmed: victims known to the police stand beside residents as what referrals are set against',
  },
}

const sentSoFar = 'Referrals of children, adults, families, groups, places and schools, from every agency'
const drafts = 'Drafts that were never sent'

export const referrals: Measure[] = [
  {
    ...common,
    ...besideVictims,
    id: 'referrals',
    title: 'Referrals',
    definition: 'Referrals sent to the partnership. Somebody who was referred twice is counted twice.',
    kind: 'count',
    unit: 'referrals',
    includes: [sentSoFar, 'Referrals that were withdrawn, and those that are deleted by now'],
    excludes: [drafts],
    counting: chosen => referralsWhere(chosen),
  },
  {
    ...common,
    ...besideVictims,
    id: 'referrals-accepted',
    title: 'Referrals accepted',
    definition: 'Referrals sent in the period that the partnership accepted, by its last decision so far.',
    kind: 'count',
    unit: 'referrals',
    includes: [sentSoFar, 'Referrals that were accepted after a challenge'],
    excludes: [drafts, 'Referrals whose decision is being challenged'],
    counting: chosen => referralsWhere(chosen, "e.outcome = 'accepted'"),
    notBy: ['outcome', 'reason'],
  },
  {
    ...common,
    ...besideVictims,
    id: 'referrals-declined',
    title: 'Referrals not accepted',
    definition:
      'Referrals sent in the period that the partnership did not accept, by its last decision so far, each with its reason.',
    kind: 'count',
    unit: 'referrals',
    includes: [sentSoFar],
    excludes: [drafts, 'Referrals whose decision is being challenged, or was overturned'],
    counting: chosen => referralsWhere(chosen, "e.outcome = 'declined'"),
    notBy: ['outcome'],
  },
  {
    ...common,
    id: 'referrals-declined-share',
    title: 'Share of referrals not accepted',
    definition:
      'Referrals that were not accepted, out of all that were decided, by the last decision so far.',
    kind: 'proportion',
    unit: '% of decided referrals',
    includes: [sentSoFar],
    excludes: [
      drafts,
      'Referrals without a decision, withdrawn, or whose decision is being challenged: not in the base either',
    ],
    rate: null,
    counting: chosen => ({
      ...referralsWhere(chosen, oneOf('e.outcome', ['accepted', 'declined'])),
      met: "e.outcome = 'declined'",
    }),
    notBy: ['outcome', 'reason'],
  },
  {
    ...common,
    id: 'referrals-in-time',
    title: 'Referrals decided in time',
    definition:
      'Referrals with a first decision by the deadline that the referrer was given, out of those whose deadline is over or that are decided.',
    kind: 'proportion',
    unit: '% of referrals due',
    includes: [
      sentSoFar,
      'Referrals without a decision whose deadline is over: in the base, and late',
      'Deadlines by working days and hours, as the referrer was told them',
    ],
    excludes: [drafts, 'Referrals whose deadline is not over yet', 'Referrals withdrawn before a decision'],
    rate: null,
    counting: chosen => ({
      ...referralsWhere(chosen, oneOf('e.timeliness', ['in-time', 'late', 'overdue'])),
      met: "e.timeliness = 'in-time'",
    }),
    notBy: ['timeliness'],
  },
  {
    ...common,
    id: 'referrals-wait',
    title: 'Hours until a referral is decided',
    definition:
      'Hours from the sending of a referral to its first decision, nights and weekends among them: half of the referrals waited so long or less.',
    kind: 'median',
    unit: 'median hours',
    counted: 'referrals sent in the period that have a decision',
    includes: [sentSoFar, 'Whole hours, and from three days on whole days, as casework is counted'],
    excludes: [drafts, 'Referrals without a decision yet, so the latest month may be too short'],
    rate: null,
    counting: chosen => ({ ...referralsWhere(chosen, 'e.wait_hours is not null'), amount: 'e.wait_hours' }),
    notBy: ['timeliness'],
  },
  {
    ...common,
    id: 'referrals-overdue',
    title: 'Referrals overdue',
    definition:
      'Referrals sent in the period that had no decision on the last day counted, although their deadline was over.',
    kind: 'count',
    unit: 'referrals',
    includes: [sentSoFar],
    excludes: [drafts, 'Referrals that were decided late', 'Referrals whose decision is being challenged'],
    rate: null,
    counting: chosen => referralsWhere(chosen, "e.timeliness = 'overdue'"),
    notBy: ['outcome', 'reason', 'timeliness'],
  },
]
