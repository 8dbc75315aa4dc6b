import { hoCodeIs, knifeUsedOrThreatenedIs } from '../conditions.ts'
import { offencesWhere } from '../counting.ts'
import type { Measure } from '../measure.ts'
import { breaks, fourUses, perThousand, sources } from './notes.ts'

const common = {
  family: 'Robbery',
  kind: 'count',
  unit: 'offences',
  counted: 'recorded offences',
  source: `${sources.hocr}, robbery`,
  since: 'April 2002',
  breaks: [breaks.connect],
  variants: [],
  rate: { ...perThousand, because: 'Robbery is compared between areas per 1,000 residents' },
} satisfies Partial<Measure>

const noForce = 'Theft from the person, where no force was used or threatened (39)'

export const robbery: Measure[] = [
  {
    ...common,
    id: 'robbery',
    title: 'Robbery',
    definition: 'Recorded robberies of people and of businesses.',
    includes: ['Robbery of business property (34A)', 'Robbery of personal property (34B)'],
    excludes: [noForce],
    counting: () => offencesWhere(hoCodeIs('34A', '34B')),
  },
  {
    ...common,
    id: 'robbery-personal',
    title: 'Robbery of personal property',
    definition: 'Recorded robberies in which something was taken from a person. Part of neighbourhood crime.',
    includes: ['Robbery of personal property (34B)'],
    excludes: ['Robbery of business property (34A)', noForce],
    counting: () => offencesWhere(hoCodeIs('34B')),
  },
  {
    ...common,
    id: 'robbery-business',
    title: 'Robbery of business property',
    definition: 'Recorded robberies in which something was taken from a business.',
    includes: ['Robbery of business property (34A)'],
    excludes: ['Robbery of personal property (34B)'],
    counting: () => offencesWhere(hoCodeIs('34A')),
  },
  {
    ...common,
    id: 'robbery-knife',
    title: 'Robbery with a knife',
    definition:
      'Recorded robberies in which a knife or sharp instrument was used, shown, or threatened and believed.',
    includes: ['Robbery of business and of personal property (34A, 34B)', fourUses],
    excludes: ['Robbery with another weapon or none', noForce],
    breaks: [breaks.ndqis, breaks.connect],
    counting: () => offencesWhere(hoCodeIs('34A', '34B'), knifeUsedOrThreatenedIs),
  },
]
