import { eventsOfUnder25, eventsWhere } from '../counting.ts'
import type { Measure } from '../measure.ts'
import { missingAge, perHundredThousand, sources } from './notes.ts'

const bySharpObject = "e.cause = 'X99'"

const common = {
  family: 'Hospital admissions',
  kind: 'count',
  unit: 'admissions',
  counted: 'finished admission episodes, not people',
  source: `Hospital Episode Statistics, ICD-10 X99; ${sources.boardPaper2021}, paragraphs 4 and 36: one of three metrics that the Home Office monitors`,
  since: 'April 2012',
  breaks: [
    'Coding is complete some months after discharge: the latest months rise later.',
    'Published statistics withhold or round counts below 8; extracts under an agreement do not.',
  ],
  variants: [],
  rate: { ...perHundredThousand, because: 'Admissions are compared between areas per 100,000 residents' },
} satisfies Partial<Measure>

export const health: Measure[] = [
  {
    ...common,
    id: 'sharp-object-admissions',
    title: 'Admissions for assault by a sharp object',
    definition: 'Hospital admissions whose external cause is assault by a sharp object.',
    includes: ['Assault by sharp object (X99), whatever the injury'],
    excludes: ['People treated and sent home without admission', 'Self-harm and accidents'],
    counting: () => eventsWhere('hospital_admissions', 'admitted_on', bySharpObject),
  },
  {
    ...common,
    id: 'sharp-object-admissions-u25',
    title: 'Admissions of under-25s for assault by a sharp object',
    definition: 'Hospital admissions of people under 25 whose external cause is assault by a sharp object.',
    includes: ['Assault by sharp object (X99), whatever the injury', 'People aged 0 to 24'],
    excludes: ['People treated and sent home without admission', 'Self-harm and accidents', missingAge],
    counting: () => eventsOfUnder25('hospital_admissions', 'admitted_on', bySharpObject),
  },
]
