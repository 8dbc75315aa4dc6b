import { closedList } from '../codes/code-list.ts'
import type { Dataset } from '../dataset.ts'
import {
  coded,
  cohort,
  countedByNight,
  describedPerson,
  monthOf,
  scheme,
  tier,
  yesNo,
} from './casework-columns.ts'

export const monthsAfter = closedList(
  'months-after',
  'Months after the archive',
  'Board paper of 21 December 2021, paragraph 59',
  [
    ['3', '3 months'],
    ['6', '6 months'],
    ['12', '12 months'],
  ],
)

export const harmed = yesNo(
  'harmed-after',
  'Harmed',
  'Recorded as a victim of violence with injury',
  'Not recorded as one',
)

export const charged = yesNo(
  'charged-after',
  'Charged',
  'Charged or summonsed for an offence recorded since',
  'Not charged or summonsed',
)

export const afterArchive: Dataset = {
  ...countedByNight,
  id: 'after-archive',
  table: 'after_archive',
  title: 'After an archive',
  describes:
    'What police records say of the months after somebody was archived because it went well, found by a pseudonym, without anything that leads back to one: no pseudonym, no name, no day.',
  grain: 'one row per archive and span of months that is over and that the evidence covers',
  columns: [
    monthOf('Month of the archive'),
    scheme,
    cohort,
    { ...tier, describes: `${tier.describes}: the tier that was left` },
    coded('months_after', monthsAfter, 'How many months after the archive are looked at'),
    coded('harmed', harmed, 'Whether they were recorded as a victim of violence with injury in them'),
    coded('charged', charged, 'Whether they were charged or summonsed for an offence recorded in them'),
    ...describedPerson('on the day of the archive'),
  ],
}
