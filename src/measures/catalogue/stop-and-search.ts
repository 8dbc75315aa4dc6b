import { section60 } from '../../evidence/codes/police-uk-codes.ts'
import { quote } from '../../evidence/dataset.ts'
import { oneOf } from '../conditions.ts'
import { clockOf } from '../counting.ts'
import type { Counting, Measure } from '../measure.ts'
import { sources } from './notes.ts'

const family = 'Stop and search'

/**
 * Outcomes that say something was found or an offence came to light. "Linked to the object of search" would
 * be the better test, but forces hardly fill it.
 */
const finds = [
  'Arrest',
  'Community resolution',
  'Khat or Cannabis warning',
  'Summons / charged by post',
  'Penalty Notice for Disorder',
  'Caution (simple or conditional)',
]

/** The force's own extract, and what data.police.uk publishes for months in which there is none. */
const searches = (...where: string[]): Counting => ({
  sources: [
    { kind: 'events', table: 'stop_and_search', where, clock: clockOf('searched_at') },
    {
      kind: 'events',
      table: 'police_uk_stop_and_search',
      where,
      clock: clockOf('searched_at'),
      unlessHeldIn: 'stop_and_search',
    },
  ],
})

const common = {
  family,
  counted: 'searches of people and vehicles',
  since: 'April 2014, when the Best Use of Stop and Search scheme began publication',
  breaks: [
    'West Midlands records of January 2019 to June 2020 as published hold no gender; November 2023 holds no age.',
    'West Midlands published nothing from April 2021 to August 2023.',
  ],
  variants: [],
  rate: {
    per: 1000,
    because:
      'Searches are compared per 1,000 residents; residents are not the people on the street, so read a rate with care',
  } as const,
}

export const stopAndSearch: Measure[] = [
  {
    ...common,
    id: 'stop-and-search',
    title: 'Stop and search',
    definition:
      'Searches of people and vehicles, by the force’s own records or, failing those, as published.',
    kind: 'count',
    unit: 'searches',
    source: `Police and Criminal Evidence Act 1984, section 3 records; ${sources.policeUk}`,
    includes: ['Searches under every power', 'Vehicle searches, which have no person and so no ethnicity'],
    excludes: ['Published rows for a force and month for which the force’s own extract is held'],
    counting: () => searches(),
  },
  {
    ...common,
    id: 'stop-and-search-find-rate',
    title: 'Find rate of stop and search',
    definition: `Searches that ended in one of these, out of all searches: ${finds.join('; ')}.`,
    kind: 'proportion',
    unit: '% of searches',
    source: `Outcome of the search record; ${sources.policeUk}`,
    includes: ['Any such outcome, whether or not it has to do with what the search was for'],
    excludes: ['No further action', 'An outcome left empty: it stays in the base and is not a find'],
    rate: null,
    counting: () => ({ ...searches(), met: `coalesce(e.outcome, '') in (${finds.map(quote).join(', ')})` }),
  },
  {
    ...common,
    id: 'stop-and-search-section-60',
    title: 'Searches under section 60',
    definition:
      'Searches under section 60 of the Criminal Justice and Public Order Act 1994, which needs no suspicion of the person searched.',
    kind: 'count',
    unit: 'searches',
    source: `Criminal Justice and Public Order Act 1994, section 60; ${sources.policeUk}`,
    includes: ['Searches whose recorded power is section 60'],
    excludes: ['Searches under any other power'],
    counting: () => searches(oneOf('e.legislation', [section60])),
    notBy: ['legislation'],
  },
]
