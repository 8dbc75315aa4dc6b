/** Names that data.police.uk uses. Open lists: the publisher may add to them at any time. */
import type { CodeList } from './code-list.ts'

const names = (id: string, title: string, labels: string[]): CodeList => ({
  id,
  title,
  source: 'data.police.uk',
  closed: false,
  codes: labels.map(label => ({ code: label, label })),
})

/** The fourteen types since May 2013; earlier files use fewer and broader ones. The slug is the API's. */
export const crimeTypeSlugs: readonly (readonly [slug: string, label: string])[] = [
  ['anti-social-behaviour', 'Anti-social behaviour'],
  ['bicycle-theft', 'Bicycle theft'],
  ['burglary', 'Burglary'],
  ['criminal-damage-arson', 'Criminal damage and arson'],
  ['drugs', 'Drugs'],
  ['other-crime', 'Other crime'],
  ['other-theft', 'Other theft'],
  ['possession-of-weapons', 'Possession of weapons'],
  ['public-order', 'Public order'],
  ['robbery', 'Robbery'],
  ['shoplifting', 'Shoplifting'],
  ['theft-from-the-person', 'Theft from the person'],
  ['vehicle-crime', 'Vehicle crime'],
  ['violent-crime', 'Violence and sexual offences'],
]

export const crimeTypes = names(
  'police-uk-crime-types',
  'Crime type, as published',
  crimeTypeSlugs.map(([, label]) => label),
)

export const searchTypes = names('search-types', 'Kind of search', [
  'Person search',
  'Person and Vehicle search',
  'Vehicle search',
])

export const searchLegislation = names('search-legislation', 'Power used', [
  'Police and Criminal Evidence Act 1984 (section 1)',
  'Misuse of Drugs Act 1971 (section 23)',
  'Criminal Justice and Public Order Act 1994 (section 60)',
  'Firearms Act 1968 (section 47)',
  'Criminal Justice Act 1988 (section 139B)',
  'Police and Criminal Evidence Act 1984 (section 6)',
  'Poaching Prevention Act 1862 (section 2)',
  'Psychoactive Substances Act 2016 (s36(2))',
  'Psychoactive Substances Act 2016 (s37(2))',
  'Aviation Security Act 1982 (section 27(1))',
  'Customs and Excise Management Act 1979 (section 163)',
  'Wildlife and Countryside Act 1981 (section 19)',
  'Protection of Badgers Act 1992 (section 11)',
  'Conservation of Seals Act 1970 (section 4)',
  'Deer Act 1991 (section 12)',
  'Hunting Act 2004 (section 8)',
  'Crossbows Act 1987 (section 4)',
  'Public Stores Act 1875 (section 6)',
])

/** The power that needs no suspicion of the person searched. Its share is reported apart. */
export const section60 = 'Criminal Justice and Public Order Act 1994 (section 60)'

export const searchObjects = names('search-objects', 'Object of search', [
  'Controlled drugs',
  'Offensive weapons',
  'Stolen goods',
  'Evidence of offences under the Act',
  'Firearms',
  'Anything to threaten or harm anyone',
  'Article for use in theft',
  'Articles for use in criminal damage',
  'Fireworks',
  'Psychoactive substances',
  'Game or poaching equipment',
  'Goods on which duty has not been paid etc.',
  'Crossbows',
])

export const searchOutcomes = names('search-outcomes', 'Outcome of search', [
  'A no further action disposal',
  'Arrest',
  'Community resolution',
  'Khat or Cannabis warning',
  'Summons / charged by post',
  'Penalty Notice for Disorder',
  'Caution (simple or conditional)',
])
