import type { Dataset } from '../dataset.ts'
import {
  coded,
  cohort,
  cohortSteps,
  countedByNight,
  describedPerson,
  monthOf,
  scheme,
  tier,
  yesNo,
} from './casework-columns.ts'

export const prisonTiers = yesNo(
  'prison-tiers',
  'In prison',
  'A tier for people in prison',
  'A tier outside of prison',
)

export const cohortStepsCounted: Dataset = {
  ...countedByNight,
  id: 'cohort-steps',
  table: 'cohort_steps',
  title: 'Steps in cohorts',
  describes:
    'Proposals, placings, moves and ends in cohorts, without anything that leads back to one: no reference, no name, no day. Those of placements that were deleted stay counted.',
  grain: 'one row per step of a placement; a move is two, the coming and the leaving',
  columns: [
    monthOf('Month in which it was taken'),
    scheme,
    cohort,
    { ...tier, describes: `${tier.describes}. Of an end or a leaving: the tier that was left` },
    coded('step', cohortSteps, 'What was done'),
    {
      ...tier,
      name: 'from_tier',
      title: 'From tier',
      describes: 'Of a move: the tier that was left',
      required: false,
    },
    {
      name: 'days',
      title: 'Days',
      type: 'integer',
      describes: 'Of leaving a tier by a move, an archive or a removal: days in it',
      example: '84',
      unit: 'days',
      range: { min: 0, max: 36500 },
    },
    coded('prison', prisonTiers, 'Of a placing or a move: whether the tier is one for people in prison', {
      optional: true,
    }),
    ...describedPerson('on that day'),
  ],
}
