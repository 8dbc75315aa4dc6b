import { closedList } from '../codes/code-list.ts'
import type { Dataset } from '../dataset.ts'
import {
  coded,
  cohort,
  countedByNight,
  describedPerson,
  keptTimes,
  monthOf,
  scheme,
  tier,
} from './casework-columns.ts'

export const askedOfTiers = closedList(
  'asked-of-tiers',
  'What the agreement asks',
  'Service-level agreements of tiers, area packs',
  [
    ['first-contact', 'First contact'],
    ['visit', 'Visit'],
    ['review', 'Review'],
  ],
)

export const agreedChecks: Dataset = {
  ...countedByNight,
  id: 'agreed-checks',
  table: 'agreed_checks',
  title: 'What agreements of tiers asked for',
  describes:
    'First contacts, visits and reviews that were due in cohorts, and whether they came, without anything that leads back to one: no reference, no name, no day.',
  grain: 'one row for each thing that was due',
  columns: [
    monthOf('Month in which it was due'),
    scheme,
    cohort,
    tier,
    coded('asked', askedOfTiers, 'What was due'),
    coded('kept', keptTimes, 'Whether it came by the day on which it was due'),
    ...describedPerson('on the day on which it was due'),
  ],
}
