import { eventsWhere } from '../counting.ts'
import type { Measure } from '../measure.ts'

export const weapons: Measure[] = [
  {
    id: 'weapons-recovered',
    title: 'Weapons recovered',
    family: 'Weapons recovered',
    definition:
      'Weapons found, surrendered or seized. It says how much was looked for as much as how much there was.',
    kind: 'sum',
    unit: 'weapons',
    counted: 'weapons: one row can stand for several of a kind',
    includes: ['Sweeps, surrender bins, searches, arrests and test purchases'],
    excludes: ['Weapons seen or used but not recovered'],
    source: 'Force property system and surrender-bin returns; June 2019 board paper, paragraph 29',
    since: 'The first return held',
    breaks: ['Weeks of action (Operation Sceptre) raise the counts of their months.'],
    variants: [],
    rate: null,
    counting: () => ({ ...eventsWhere('weapons_recovered', 'recovered_on'), amount: 'e.quantity' }),
  },
]
