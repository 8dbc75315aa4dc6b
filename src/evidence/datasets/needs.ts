import { closedList } from '../codes/code-list.ts'
import type { Dataset } from '../dataset.ts'
import { coded, cohort, countedByNight, describedPerson, monthOf, scheme, tier } from './casework-columns.ts'

const PLAN = 'The 4P plan of Concord'

export const needOutcomes = closedList('need-outcomes', 'What became of a need', PLAN, [
  ['ended', 'Met, or no need any more'],
  ['open', 'Still there'],
])

export const needOffers = closedList('need-offers', 'What was offered', PLAN, [
  ['taken-up', 'Offered, and taken up'],
  ['offered', 'Offered, and not taken up'],
  ['none', 'Nothing offered'],
])

export const needs: Dataset = {
  ...countedByNight,
  id: 'needs',
  table: 'needs',
  title: 'Needs in plans',
  describes:
    'Needs of people with a plan, what was offered and whether they ended, without anything that leads back to one. Not by pathway: some are closed to some agencies.',
  grain: 'one row per need',
  columns: [
    monthOf('Month in which it was written down'),
    { ...scheme, describes: `${scheme.describes}; "none" outside of cohorts` },
    { ...cohort, describes: `${cohort.describes}; "none" outside of cohorts` },
    { ...tier, describes: `${tier.describes}; "none" outside of cohorts` },
    coded('outcome', needOutcomes, 'What became of it so far'),
    coded('offer', needOffers, 'Whether help was offered for it, and taken up'),
    ...describedPerson('on the day on which it was written down'),
  ],
}
