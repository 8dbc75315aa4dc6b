import { inPublicPlace, isDomestic, knifeUsedOrThreatenedIs, notDomestic, subgroupIs } from '../conditions.ts'
import { offencesOfUnder25, offencesWhere, peopleWhere } from '../counting.ts'
import type { Measure } from '../measure.ts'
import { age, rolesOf, whose } from '../variants.ts'
import { breaks, fourUses, missingAge, perThousand, sources } from './notes.ts'

const family = 'Violence with injury'

export const isViolenceWithInjury = subgroupIs('Violence with injury')

const classes =
  'Attempted murder; assault with intent to cause serious harm; assault with injury, also racially or religiously aggravated, on a constable or on an emergency worker; endangering life; destruction of a viable unborn child; causing or allowing death or serious harm of a child or vulnerable person'

const common = {
  family,
  kind: 'count',
  unit: 'offences',
  counted: 'recorded offences',
  source: `${sources.hocr}, violence against the person`,
  since: 'April 2018, when homicide and deaths by driving became subgroups of their own',
  breaks: [breaks.emergencyWorkers, breaks.connect],
  rate: perThousand,
  variants: [],
} satisfies Partial<Measure>

const otherSubgroups = 'Homicide, deaths by driving, violence without injury, stalking and harassment'

const under25 = {
  ...common,
  source: `${sources.boardPaper2021}, paragraph 2; June 2019 paper, paragraph 48`,
  since: 'April 2019, the start of the Home Office’s funding for serious youth violence',
} satisfies Partial<Measure>

export const violence: Measure[] = [
  {
    ...common,
    id: 'violence-with-injury',
    title: 'Violence with injury',
    definition: 'Recorded offences of the subgroup violence with injury, at home and in public, at any age.',
    includes: [classes],
    excludes: [otherSubgroups],
    counting: () => offencesWhere(isViolenceWithInjury),
  },
  {
    ...common,
    id: 'public-place-violence',
    title: 'Public-place violence with injury',
    definition: 'Violence with injury that is not domestic, in a place where the public come and go.',
    source: 'June 2019 board paper, figure 4 (PPV / WI); it gives no definition, so this one is ours',
    includes: [
      classes,
      'Streets, outside an address, parks, transport, licensed premises, shops and businesses',
    ],
    excludes: [
      'Offences flagged as domestic abuse',
      'Dwellings, schools, hospitals, prisons',
      otherSubgroups,
    ],
    counting: () => offencesWhere(isViolenceWithInjury, notDomestic, inPublicPlace),
    notBy: ['domestic'],
  },
  {
    ...common,
    id: 'domestic-violence',
    title: 'Domestic violence with injury',
    definition: 'Violence with injury that is flagged as domestic abuse.',
    source: 'June 2019 board paper, figure 4; Domestic Abuse Act 2021, section 1',
    includes: [classes, 'Offences flagged as domestic abuse: both aged 16 or over and personally connected'],
    excludes: [
      'Violence in a family towards a child under 16, which cannot carry the flag',
      'Domestic abuse without injury',
      otherSubgroups,
    ],
    counting: () => offencesWhere(isViolenceWithInjury, isDomestic),
    notBy: ['domestic'],
  },
  {
    ...under25,
    id: 'u25-vwi',
    title: 'Under-25 violence with injury',
    definition:
      'Violence with injury that is not domestic and in which somebody was under 25. Each offence counts once.',
    includes: [classes, 'People aged 0 to 24 on the day'],
    excludes: ['Offences flagged as domestic abuse', missingAge, otherSubgroups],
    variants: [whose],
    counting: chosen => offencesOfUnder25(rolesOf(chosen.whose), isViolenceWithInjury, notDomestic),
    notBy: ['domestic'],
  },
  {
    ...under25,
    id: 'u25-vwi-knife',
    title: 'Under-25 violence with injury, with a knife',
    definition:
      'Under-25 violence with injury in which a knife or sharp instrument was used, shown, or threatened and believed. Each offence counts once.',
    includes: [classes, fourUses, 'People aged 0 to 24 on the day'],
    excludes: [
      'A knife that was possessed only',
      'Offences flagged as domestic abuse',
      missingAge,
      otherSubgroups,
    ],
    breaks: [breaks.ndqis, ...common.breaks],
    variants: [whose],
    counting: chosen =>
      offencesOfUnder25(rolesOf(chosen.whose), isViolenceWithInjury, notDomestic, knifeUsedOrThreatenedIs),
    notBy: ['domestic'],
  },
  {
    ...under25,
    id: 'u25-vwi-victims',
    title: 'Victims under 25 of violence with injury',
    definition: 'People under 25 recorded as victims of violence with injury that is not domestic.',
    unit: 'victims',
    counted: 'people recorded as victims, once for each offence',
    includes: [classes, 'Victims aged 0 to 24 on the day'],
    excludes: ['Offences flagged as domestic abuse', missingAge],
    counting: () => peopleWhere('victim', 'under-25', isViolenceWithInjury, notDomestic),
    notBy: ['domestic'],
  },
  {
    ...under25,
    id: 'u25-vwi-suspects',
    title: 'Suspects under 25 of violence with injury',
    definition:
      'People under 25 recorded as suspects of violence with injury that is not domestic. Being suspected is not being guilty.',
    unit: 'suspects',
    counted: 'people recorded as suspects, once for each offence',
    includes: [classes, 'Suspects aged 0 to 24 on the day, charged or not'],
    excludes: ['Offences without a known suspect', 'Offences flagged as domestic abuse', missingAge],
    counting: () => peopleWhere('suspect', 'under-25', isViolenceWithInjury, notDomestic),
    notBy: ['domestic'],
  },
  {
    ...common,
    id: 'violence-with-injury-victims',
    title: 'Victims of violence with injury',
    definition: 'People recorded as victims of violence with injury.',
    unit: 'victims',
    counted: 'people recorded as victims, once for each offence',
    includes: [classes],
    excludes: [missingAge, otherSubgroups],
    variants: [age],
    counting: chosen => peopleWhere('victim', chosen.age, isViolenceWithInjury),
  },
  {
    ...common,
    id: 'violence-with-injury-suspects',
    title: 'Suspects of violence with injury',
    definition: 'People recorded as suspects of violence with injury. Being suspected is not being guilty.',
    unit: 'suspects',
    counted: 'people recorded as suspects, once for each offence',
    includes: [classes, 'Suspects charged or not'],
    excludes: ['Offences without a known suspect', missingAge, otherSubgroups],
    variants: [age],
    counting: chosen => peopleWhere('suspect', chosen.age, isViolenceWithInjury),
  },
]
