import type { Dataset } from '../dataset.ts'
import { cohort, countedByNight, describedPerson, monthOf, scheme, tier } from './casework-columns.ts'

export const custodyInCohorts: Dataset = {
  ...countedByNight,
  id: 'custody-in-cohorts',
  table: 'custody_in_cohorts',
  title: 'Custody of people in cohorts',
  describes:
    'People in cohorts who went into custody, without anything that leads back to one: no place, no name, no day.',
  grain: 'one row per time in custody that began while somebody was in a cohort',
  columns: [
    monthOf('Month in which it began'),
    scheme,
    cohort,
    { ...tier, describes: `${tier.describes}: the tier of that day` },
    ...describedPerson('on that day'),
  ],
}
