import { knifeUsedOrThreatenedIs, notDomestic, subgroupIs } from '../conditions.ts'
import { offencesOfUnder25, offencesWhere, peopleWhere } from '../counting.ts'
import type { Measure } from '../measure.ts'
import { age } from '../variants.ts'
import { missingAge, perMillion, sources } from './notes.ts'

const isHomicide = subgroupIs('Homicide')

const common = {
  family: 'Homicide',
  kind: 'count',
  unit: 'homicides',
  counted: 'recorded homicides, one for each victim',
  source: `${sources.hocr}, violence against the person: homicide`,
  since: 'April 2018, when homicide became a subgroup of its own',
  breaks: [
    'Counted when recorded as homicide, which can differ from the day of death; the Homicide Index is revised as courts decide.',
  ],
  rate: perMillion,
  variants: [],
} satisfies Partial<Measure>

const classes = 'Murder, manslaughter, infanticide, corporate manslaughter (1, 4.1, 4.2, 4.10)'
const notKilled = 'Attempted murder, deaths by driving'
const withKnife = 'A knife or sharp instrument used, shown, or threatened and believed'

export const homicide: Measure[] = [
  {
    ...common,
    id: 'homicide',
    title: 'Homicide',
    definition: 'Recorded homicides: one for each person killed.',
    includes: [classes],
    excludes: [notKilled],
    counting: () => offencesWhere(isHomicide),
  },
  {
    ...common,
    id: 'homicide-non-domestic',
    title: 'Homicide, non-domestic',
    definition: 'Recorded homicides that are not flagged as domestic abuse.',
    source: `${sources.boardPaper2021}, paragraph 4: one of three metrics that the Home Office monitors`,
    includes: [classes],
    excludes: ['Offences flagged as domestic abuse', notKilled],
    counting: () => offencesWhere(isHomicide, notDomestic),
    notBy: ['domestic'],
  },
  {
    ...common,
    id: 'homicide-u25',
    title: 'Homicide of people under 25',
    definition: 'Recorded homicides whose victim was under 25.',
    source: `${sources.boardPaper2021}, paragraph 36`,
    includes: [classes, 'Victims aged 0 to 24'],
    excludes: [missingAge, notKilled],
    counting: () => offencesOfUnder25(['victim'], isHomicide),
  },
  {
    ...common,
    id: 'homicide-knife',
    title: 'Homicide with a knife',
    definition: 'Recorded homicides in which a knife or sharp instrument figured.',
    source: 'June 2019 board paper, paragraph 25 and figure 10 (ADR 160 homicide)',
    includes: [classes, withKnife],
    excludes: [notKilled],
    counting: () => offencesWhere(isHomicide, knifeUsedOrThreatenedIs),
  },
  {
    ...common,
    id: 'homicide-u25-knife',
    title: 'Homicide of people under 25 with a knife',
    definition:
      'Recorded homicides whose victim was under 25 and in which a knife or sharp instrument figured.',
    source: `${sources.boardPaper2021}, paragraph 36`,
    includes: [classes, withKnife, 'Victims aged 0 to 24'],
    excludes: [missingAge, notKilled],
    counting: () => offencesOfUnder25(['victim'], isHomicide, knifeUsedOrThreatenedIs),
  },
  {
    ...common,
    id: 'homicide-victims',
    title: 'Victims of homicide',
    definition: 'People recorded as victims of homicide.',
    unit: 'victims',
    counted: 'people recorded as victims',
    source: `${sources.boardPaper2021}, paragraphs 37 and 39`,
    includes: [classes],
    excludes: [notKilled],
    variants: [age],
    counting: chosen => peopleWhere('victim', chosen.age, isHomicide),
  },
  {
    ...common,
    id: 'homicide-suspects',
    title: 'Suspects of homicide',
    definition: 'People recorded as suspects of homicide. Being suspected is not being guilty.',
    unit: 'suspects',
    counted: 'people recorded as suspects, once for each offence',
    source: `${sources.boardPaper2021}, paragraphs 37 and 39`,
    includes: [classes, 'Suspects charged or not'],
    excludes: ['Offences without a known suspect', notKilled],
    variants: [age],
    counting: chosen => peopleWhere('suspect', chosen.age, isHomicide),
  },
]
