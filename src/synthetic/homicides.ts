/**
 * Every homicide is set out one by one: the papers give their numbers by age, weapon and place, and the numbers
 * are small. Days, units and ages are ours where a paper gives only a count.
 */
import { type Day, lastDay, type Month, monthsBetween } from '../platform/calendar.ts'
import { knifeHomicides, homicides as published, under25 } from './calibration.ts'
import { type Random, randomFrom } from './random.ts'

export interface Homicide {
  recorded: Day
  unit: string
  age: number
  male: boolean
  domestic: boolean
  knife: boolean
}

/**
 * February to April 2019 (S0 paragraphs 3 and 24): seven with a knife, five of them in Birmingham, three of
 * teenage boys and young men within ten days up to 25 February, two domestic and over 25, the rest under 25, the
 * last on 24 April.
 */
const spring2019: Homicide[] = [
  { recorded: '2019-02-16', unit: 'BW', age: 17, male: true, domestic: false, knife: true },
  { recorded: '2019-02-21', unit: 'BE', age: 19, male: true, domestic: false, knife: true },
  { recorded: '2019-02-25', unit: 'BE', age: 18, male: true, domestic: false, knife: true },
  { recorded: '2019-03-07', unit: 'BW', age: 22, male: true, domestic: false, knife: true },
  { recorded: '2019-03-18', unit: 'BE', age: 47, male: false, domestic: true, knife: true },
  { recorded: '2019-04-09', unit: 'WV', age: 38, male: false, domestic: true, knife: true },
  { recorded: '2019-04-24', unit: 'CV', age: 20, male: true, domestic: false, knife: true },
]

interface Spell {
  from: Month
  to: Month
  /** How many: under 25 and older, with a knife and otherwise. */
  youngKnife: number
  youngOther: number
  olderKnife: number
  olderOther: number
}

const spell = (from: Month, to: Month, ...counts: [number, number, number, number]): Spell => ({
  from,
  to,
  youngKnife: counts[0],
  youngOther: counts[1],
  olderKnife: counts[2],
  olderOther: counts[3],
})

const { homicide, homicideKnife } = under25
const in2019 = (test: (h: Homicide) => boolean) =>
  spring2019.filter(h => h.recorded >= '2019-04-01' && test(h)).length
const youngKnife2019 = homicideKnife[2019] - in2019(h => h.age < 25)
const young2019 = homicide[2019] - in2019(h => h.age < 25)
const older2019 = published[2019].victims - homicide[2019] - in2019(h => h.age >= 25)

const spells: Spell[] = [
  spell('2014-06', '2015-05', 5, 2, 8, 8),
  spell('2015-06', '2016-05', 6, 2, 8, 7),
  spell('2016-06', '2017-05', 7, 3, 8, 8),
  spell('2017-06', '2018-05', 10, 2, knifeHomicides.yearTo2018May - 10, 9),
  spell(
    '2018-06',
    '2019-01',
    6,
    2,
    knifeHomicides.yearTo2019May - knifeHomicides.february2019ToApril2019 - 6,
    6,
  ),
  spell('2019-02', '2019-03', 0, 0, 0, 2),
  // Nobody under 25 after November, so that the nine of 2019/20 and of April to November are the same nine.
  spell('2019-06', '2019-11', youngKnife2019, young2019 - youngKnife2019, 4, 6),
  spell('2019-12', '2020-03', 0, 0, 3, older2019 - 13),
  spell(
    '2021-04',
    '2021-11',
    homicideKnife[2021],
    homicide[2021] - homicideKnife[2021],
    5,
    published[2021].victims - homicide[2021] - 5,
  ),
  spell('2021-12', '2022-03', 1, 1, 3, 4),
]

const units = ['BW', 'BW', 'BW', 'BE', 'BE', 'BE', 'CV', 'WV', 'SW', 'WS', 'DY', 'SH']

/** All homicides in the held months, in order of day. */
export function listHomicides(seed: number): Homicide[] {
  const random = randomFrom(seed, 'homicides')
  const drawn = spells.flatMap(s => [
    ...draw(random, s, s.youngKnife, true, true),
    ...draw(random, s, s.youngOther, true, false),
    ...draw(random, s, s.olderKnife, false, true),
    ...draw(random, s, s.olderOther, false, false),
  ])
  return [...spring2019, ...drawn].sort((a, b) => (a.recorded < b.recorded ? -1 : 1))
}

function draw(random: Random, { from, to }: Spell, n: number, young: boolean, knife: boolean): Homicide[] {
  const months = monthsBetween(from, to)
  return Array.from({ length: n }, () => {
    const month = months[random.below(months.length)]!
    const day = random.between(1, Number(lastDay(month).slice(8)))
    // Under 25 none is domestic, so that the count is the same with and without the flag.
    const domestic = !young && random.chance(0.34)
    return {
      recorded: `${month}-${String(day).padStart(2, '0')}`,
      unit: units[random.below(units.length)]!,
      age: young ? random.between(14, 24) : random.between(25, 70),
      male: random.chance(domestic ? 0.25 : young ? 0.92 : 0.8),
      domestic,
      knife,
    }
  })
}
