import { knifeUsedOrThreatenedIs, selectedForKnifeReturn } from '../conditions.ts'
import { offencesWhere, peopleWhere } from '../counting.ts'
import type { Measure } from '../measure.ts'
import { age } from '../variants.ts'
import { breaks, fourUses, missingAge, perHundredThousand, sources } from './notes.ts'

const family = 'Knife crime'

const isKnifeCrime = [selectedForKnifeReturn, knifeUsedOrThreatenedIs]

const common = {
  family,
  source: sources.adr160,
  since: 'April 2007; the classes selected as of April 2018',
  breaks: [breaks.ndqis, breaks.emergencyWorkers, breaks.connect],
  rate: perHundredThousand,
}

const classes =
  'Homicide, attempted murder, threats to kill, assault with injury or intent, robbery, rape, sexual assault'

export const knifeCrime: Measure[] = [
  {
    ...common,
    id: 'knife-crime',
    title: 'Knife crime',
    definition:
      'Recorded offences of the classes selected for the national return in which a knife or sharp instrument was used, shown, or threatened and believed.',
    kind: 'count',
    unit: 'offences',
    counted: 'recorded offences',
    includes: [classes, fourUses],
    excludes: [
      'Possession of a knife without a threat to anybody (10D)',
      'Offences of other classes, such as damage done with a knife',
    ],
    variants: [],
    counting: () => offencesWhere(...isKnifeCrime),
  },
  {
    ...common,
    id: 'knife-injury',
    title: 'Knife used to injure',
    definition: 'Knife crime in which the knife or sharp instrument injured somebody.',
    kind: 'count',
    unit: 'offences',
    counted: 'recorded offences',
    includes: [classes, 'Used, and injured somebody'],
    excludes: ['A knife shown or threatened, or used without injury'],
    variants: [],
    counting: () => offencesWhere(selectedForKnifeReturn, "o.knife_use = 'used_injury'"),
  },
  {
    ...common,
    id: 'knife-crime-victims',
    title: 'Victims of knife crime',
    definition:
      'People recorded as victims of knife crime. Somebody who was a victim twice is counted twice.',
    kind: 'count',
    unit: 'victims',
    counted: 'people recorded as victims, once for each offence',
    includes: ['Every victim recorded for a knife crime'],
    excludes: [missingAge],
    variants: [age],
    counting: chosen => peopleWhere('victim', chosen.age, ...isKnifeCrime),
  },
  {
    ...common,
    id: 'knife-crime-suspects',
    title: 'Suspects of knife crime',
    definition:
      'People recorded as suspects of knife crime. Being suspected is not being guilty; most offences have no known suspect.',
    kind: 'count',
    unit: 'suspects',
    counted: 'people recorded as suspects, once for each offence',
    includes: ['Every suspect recorded for a knife crime, charged or not'],
    excludes: ['Offences without a known suspect', missingAge],
    variants: [age],
    counting: chosen => peopleWhere('suspect', chosen.age, ...isKnifeCrime),
  },
  {
    ...common,
    id: 'knife-crime-defendants',
    title: 'People charged with knife crime',
    definition: 'Suspects of knife crime who were charged or summonsed. A smaller group than suspects.',
    kind: 'count',
    unit: 'people charged',
    counted: 'people charged or summonsed, once for each offence',
    includes: ['Suspects of knife crime whose row says charged'],
    excludes: ['Suspects who were not charged', missingAge],
    variants: [age],
    counting: chosen => peopleWhere('suspect', chosen.age, ...isKnifeCrime, 'p.charged = true'),
  },
]
