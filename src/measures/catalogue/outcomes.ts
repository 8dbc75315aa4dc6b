import { notDomestic, oneOf } from '../conditions.ts'
import { offencesOfUnder25, offencesWhere } from '../counting.ts'
import type { Clock, Counting, Measure, Variant } from '../measure.ts'
import { rolesOf, whose } from '../variants.ts'
import { breaks, missingAge, sources } from './notes.ts'
import { isViolenceWithInjury } from './violence.ts'

/** "Positive outcome" is no term of the Home Office, so every set has a name and is printed with the rate. */
const sets = {
  'charges-and-out-of-court': {
    title: 'charges, cautions, penalty notices, warnings and community resolutions (1, 2, 3, 6, 7, 8)',
    codes: ['1', '1A', '2', '2A', '3', '3A', '6', '7', '8'],
  },
  'charges-only': { title: 'charges and summonses only (1)', codes: ['1', '1A'] },
  'with-diversion': {
    title: 'the same and diversion (22)',
    codes: ['1', '1A', '2', '2A', '3', '3A', '6', '7', '8', '22'],
  },
  'with-diversion-and-taken-into-consideration': {
    title: 'the same, diversion (22) and offences taken into consideration (4)',
    codes: ['1', '1A', '2', '2A', '3', '3A', '4', '6', '7', '8', '22'],
  },
} as const

const offences: Variant = {
  name: 'offences',
  title: 'Offences',
  describes: 'Which investigations the rate is about',
  choices: [
    { value: 'u25-violence', title: 'under-25 violence with injury, non-domestic' },
    { value: 'violence-with-injury', title: 'all violence with injury' },
  ],
  default: 'u25-violence',
}

const set: Variant = {
  name: 'set',
  title: 'Positive outcomes',
  describes: 'Which outcomes count as positive',
  choices: Object.entries(sets).map(([value, { title }]) => ({ value, title })),
  default: 'charges-and-out-of-court',
}

const basis: Variant = {
  name: 'basis',
  title: 'Basis',
  describes:
    'Out of offences recorded in the period, whatever has become of them; or out of investigations closed in it',
  choices: [
    { value: 'recorded', title: 'out of offences recorded in the period' },
    { value: 'closed', title: 'out of investigations closed in the period' },
  ],
  default: 'recorded',
}

/** An investigation closes on the day of its outcome, often months after the file of its recording. */
const closed: Clock = {
  month: 'substr(cast(o.outcome_on as varchar), 1, 7)',
  day: 'o.outcome_on',
  acrossFiles: true,
}

function investigations(chosen: Record<string, string | undefined>): Counting {
  const isClosed = chosen.basis === 'closed'
  const assigned = isClosed ? ["coalesce(o.outcome_type, '0') <> '0'"] : []
  const counting =
    chosen.offences === 'violence-with-injury'
      ? offencesWhere(isViolenceWithInjury, ...assigned)
      : offencesOfUnder25(rolesOf(chosen.whose), isViolenceWithInjury, notDomestic, ...assigned)
  if (!isClosed) return counting
  return { ...counting, sources: counting.sources.map(source => ({ ...source, clock: closed })) }
}

export const outcomes: Measure[] = [
  {
    id: 'positive-outcome-rate',
    title: 'Positive outcome rate',
    family: 'Outcomes',
    definition: 'Investigations that ended in an outcome of a named set, out of all of them.',
    kind: 'proportion',
    unit: '% of offences',
    counted: 'investigations of recorded offences',
    includes: [
      'Outcomes as they stand in the latest extract',
      'Offences without an outcome yet stay in the base',
    ],
    excludes: [
      'For the closed basis, offences to which no outcome is assigned',
      `For under-25 violence: ${missingAge.toLowerCase()}`,
    ],
    source: `${sources.boardPaper2021}, paragraph 44, which does not define its set; Home Office outcomes framework`,
    since: 'April 2014, when outcome types replaced detections; type 22 since April 2019',
    breaks: [
      'On the recorded basis the latest months are low, because investigations are still open.',
      'Outcome 21 dates from January 2016 and 22 from April 2019.',
      breaks.connect,
    ],
    variants: [offences, whose, set, basis],
    rate: null,
    counting: chosen => ({
      ...investigations(chosen),
      met: oneOf(
        "coalesce(o.outcome_type, '0')",
        sets[(chosen.set ?? set.default) as keyof typeof sets].codes,
      ),
    }),
    notBy: ['outcome'],
  },
]
