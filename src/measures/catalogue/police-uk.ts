import { oneOf } from '../conditions.ts'
import { eventsWhere } from '../counting.ts'
import type { Measure } from '../measure.ts'
import { perThousand, sources } from './notes.ts'

const street = (...types: string[]) =>
  eventsWhere('police_uk_street', null, ...(types.length > 0 ? [oneOf('e.crime_type', types)] : []))

const common = {
  family: 'As data.police.uk publishes',
  kind: 'count',
  unit: 'crimes',
  counted: 'published crimes, by the month of the file',
  source: sources.policeUk,
  since: 'May 2013, when the fourteen types began',
  breaks: [
    'Small-area codes are of 2011 in files before June 2023 and of 2021 after.',
    'Greater Manchester published nothing from mid 2019 to 2021.',
  ],
  variants: [],
  rate: { ...perThousand, because: 'Published crime is compared between areas per 1,000 residents' },
} satisfies Partial<Measure>

const place = 'Every point is the middle of a shared map point, never an address'
const byMonth = 'Days and hours: only the month is published'
const lastOutcome = 'The last outcome as it stood on the day of download, so it cannot be trended'

export const policeUk: Measure[] = [
  {
    ...common,
    id: 'street-crime',
    title: 'Street-level crime',
    definition: 'Crimes and anti-social behaviour of all fourteen types that data.police.uk publishes.',
    unit: 'crimes and incidents',
    includes: ['All fourteen types', 'Anti-social behaviour, which has no identifier', place],
    excludes: [byMonth, lastOutcome],
    counting: () => street(),
  },
  {
    ...common,
    id: 'street-violence',
    title: 'Violence and sexual offences, as published',
    definition: 'Published crimes of the type "Violence and sexual offences", which cannot be split further.',
    includes: ['Violence with and without injury, sexual offences, stalking and harassment', place],
    excludes: [byMonth, 'Robbery and possession of weapons, which are types of their own'],
    counting: () => street('Violence and sexual offences'),
    notBy: ['crime-type'],
  },
  {
    ...common,
    id: 'street-weapons',
    title: 'Possession of weapons, as published',
    definition:
      'Published crimes of the type "Possession of weapons". Much of it is found by searching, so it follows police activity.',
    includes: ['Possession of firearms, blades and other weapons', place],
    excludes: [byMonth, 'Weapons used or threatened, which are in violence or robbery'],
    counting: () => street('Possession of weapons'),
    notBy: ['crime-type'],
  },
  {
    ...common,
    id: 'street-robbery',
    title: 'Robbery, as published',
    definition: 'Published crimes of the type "Robbery".',
    includes: ['Robbery of people and of businesses', place],
    excludes: [byMonth],
    counting: () => street('Robbery'),
    notBy: ['crime-type'],
  },
  {
    ...common,
    id: 'area-crime',
    title: 'Published crime by small area',
    definition: 'Published counts of crime by small area and month, added up.',
    kind: 'sum',
    unit: 'crimes and incidents',
    counted: 'published counts for a small area, month and type',
    includes: ['All fourteen types'],
    excludes: [byMonth, 'Crimes without a location, which no small area holds'],
    counting: () => ({ ...eventsWhere('police_uk_area_counts', null), amount: 'e.crimes' }),
  },
]
