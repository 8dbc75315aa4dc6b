import { eventsOfUnder25, eventsWhere } from '../counting.ts'
import type { Measure } from '../measure.ts'
import { age } from '../variants.ts'
import { missingAge, perThousand } from './notes.ts'

export const missing: Measure[] = [
  {
    id: 'missing-episodes',
    title: 'Missing episodes',
    family: 'Missing people',
    definition: 'Reports to the police that a person is missing. Somebody missing twice counts twice.',
    kind: 'count',
    unit: 'episodes',
    counted: 'reports that a person is missing, not people',
    includes: ['Every episode, ended or not, by the time of the report'],
    excludes: [missingAge],
    source: 'College of Policing, Authorised Professional Practice on missing persons; force extract',
    since: 'January 2017, when "absent" ceased to be a category of its own',
    breaks: ['Forces differ in when "missing" begins: compare a force with itself.'],
    variants: [age],
    rate: { ...perThousand, because: 'Missing episodes are compared between areas per 1,000 residents' },
    counting: ({ age }) =>
      age === 'under-25'
        ? eventsOfUnder25('missing_episodes', 'reported_at')
        : eventsWhere('missing_episodes', 'reported_at'),
  },
]
