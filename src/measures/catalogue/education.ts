import { eventsWhere } from '../counting.ts'
import type { Measure } from '../measure.ts'

const common = {
  family: 'Exclusions',
  kind: 'count',
  source:
    'Department for Education, permanent exclusions and suspensions in England; local authority extracts',
  since: 'September 2006',
  breaks: [
    'Schools closed to most pupils from March to August 2020 and from January to March 2021.',
    'A suspension was called a fixed-period exclusion before 2021.',
  ],
  variants: [],
  rate: null,
} satisfies Partial<Measure>

export const education: Measure[] = [
  {
    ...common,
    id: 'exclusions',
    title: 'Permanent exclusions',
    definition: 'Permanent exclusions from schools and pupil referral units, by their first day.',
    unit: 'exclusions',
    counted: 'exclusions, not children',
    includes: ['Permanent exclusions of any reason'],
    excludes: ['Suspensions', 'Part-time timetables and moves, which nobody has to report'],
    counting: () => eventsWhere('exclusions', 'starts_on', "e.kind = 'permanent'"),
  },
  {
    ...common,
    id: 'suspensions',
    title: 'Suspensions',
    definition: 'Suspensions from schools and pupil referral units, by their first day.',
    unit: 'suspensions',
    counted: 'suspensions, not children: a child can be suspended several times',
    includes: ['Suspensions of any length and reason'],
    excludes: ['Permanent exclusions'],
    counting: () => eventsWhere('exclusions', 'starts_on', "e.kind = 'suspension'"),
  },
]
