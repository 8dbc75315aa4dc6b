import type { Dataset } from '../dataset.ts'
import {
  agency,
  coded,
  cohort,
  cohortSteps,
  countedByNight,
  keptTimes,
  monthOf,
  scheme,
} from './casework-columns.ts'

export const removalNotices: Dataset = {
  ...countedByNight,
  id: 'removal-notices',
  table: 'removal_notices',
  title: 'Agencies told of an end',
  describes:
    'Agencies that were told that somebody is in a cohort no more, and whether they confirmed that nothing is kept. About agencies, and nobody else.',
  grain: 'one row per placement that ended and agency that was told',
  columns: [
    monthOf('Month in which it was told'),
    scheme,
    cohort,
    agency('Id of the agency that was told'),
    coded('step', cohortSteps, 'How it ended'),
    coded('kept', keptTimes, 'Whether it was confirmed within a week'),
  ],
}
