import { offenceCodeIs, subgroupIs } from '../conditions.ts'
import { offencesWhere } from '../counting.ts'
import type { Measure } from '../measure.ts'
import { breaks, perThousand, sources } from './notes.ts'

const common = {
  family: 'Neighbourhood crime',
  kind: 'count',
  unit: 'offences',
  counted: 'recorded offences',
  source: `${sources.hocr}; National Policing Priorities statement, September 2023, paragraph 22`,
  since: 'April 2017',
  breaks: [breaks.burglary, breaks.connect],
  variants: [],
  rate: { ...perThousand, because: 'Neighbourhood crime is compared between areas per 1,000 residents' },
} satisfies Partial<Measure>

const isResidentialBurglary = subgroupIs('Residential burglary')
const isVehicleCrime = subgroupIs('Vehicle offences')
const isTheftFromThePerson = subgroupIs('Theft from the person')

const isAnyOfTheFour = offenceCodeIs(
  ({ code, subgroup }) =>
    code === '34B' ||
    ['Residential burglary', 'Vehicle offences', 'Theft from the person'].includes(subgroup),
)

export const neighbourhoodCrime: Measure[] = [
  {
    ...common,
    id: 'neighbourhood-crime',
    title: 'Neighbourhood crime',
    definition:
      'Residential burglary, robbery of personal property, theft from the person and vehicle crime together, as recorded by the police.',
    includes: [
      'Residential burglary',
      'Robbery of personal property (34B)',
      'Theft from the person (39)',
      'Vehicle crime',
    ],
    excludes: ['The national measure, which comes from the Crime Survey and is not comparable'],
    counting: () => offencesWhere(isAnyOfTheFour),
  },
  {
    ...common,
    id: 'residential-burglary',
    title: 'Residential burglary',
    definition: 'Recorded burglaries of homes, with attempts and distraction burglaries.',
    includes: ['Burglary, residential (28E to 28H); before April 2017 in a dwelling (28A to 28D)'],
    excludes: ['Burglary of business and community premises (30C)'],
    counting: () => offencesWhere(isResidentialBurglary),
  },
  {
    ...common,
    id: 'vehicle-crime',
    title: 'Vehicle crime',
    definition: 'Recorded thefts of and from vehicles, aggravated vehicle taking and interference.',
    includes: [
      'Aggravated vehicle taking (37.2)',
      'Theft from a vehicle (45)',
      'Theft of a motor vehicle (48)',
      'Interference (126)',
    ],
    excludes: ['Damage to a vehicle', 'Theft of a pedal cycle'],
    breaks: [breaks.connect],
    counting: () => offencesWhere(isVehicleCrime),
  },
  {
    ...common,
    id: 'theft-from-person',
    title: 'Theft from the person',
    definition: 'Recorded thefts of something that a person carried, without force or threat.',
    includes: ['Theft from the person (39), such as pickpocketing and snatches'],
    excludes: ['Robbery'],
    breaks: [breaks.connect],
    counting: () => offencesWhere(isTheftFromThePerson),
  },
]
