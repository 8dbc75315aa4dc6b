/**
 * Files of data.police.uk, read as published.
 *
 * Traps that the real files hold, and what is done: stop-and-search times are UTC although files are cut by
 * local month, so months and hours are taken in Europe/London. Anti-social behaviour has no crime id and its
 * identical rows are separate incidents, so nothing is taken for a duplicate; a file replaces the whole month
 * of its force instead. Every point is the middle of a shared map point, never an address.
 */
import { forces } from '../codes/forces.ts'
import { crimeTypes } from '../codes/police-uk-codes.ts'
import { type Column, clockColumns, type Dataset, financialYearOf, periodColumns } from '../dataset.ts'
import { latitude, longitude, pointChecks } from './column-kinds.ts'
import { ethnicGroup } from './offence-people.ts'
import { searchColumns, searchPeople } from './stop-and-search.ts'

const PUBLISHER = 'data.police.uk, Open Government Licence v3.0'

const month: Column = {
  name: 'month',
  title: 'Month',
  type: 'month',
  describes: 'Month of the file; the only time that is published',
  example: '2019-03',
  required: true,
  headings: ['Month'],
}

const crimePlace: Column[] = [
  {
    name: 'reported_by',
    title: 'Reported by',
    type: 'text',
    describes: 'Force that supplied the record',
    example: 'West Midlands Police',
    headings: ['Reported by'],
  },
  {
    name: 'force',
    title: 'Falls within',
    type: 'text',
    describes: 'Force whose area it is counted in. Not always where the point lies',
    example: 'West Midlands Police',
    codes: { ...forces, closed: false },
    required: true,
    headings: ['Falls within'],
  },
  { ...longitude, headings: ['Longitude'] },
  { ...latitude, headings: ['Latitude'] },
  {
    name: 'location',
    title: 'Location',
    type: 'text',
    describes: 'Name of the shared map point',
    example: 'On or near Park Street',
    headings: ['Location'],
  },
  {
    name: 'lsoa_code',
    title: 'LSOA code',
    type: 'text',
    describes: 'Small area of the map point; 2011 vintage until May 2023, 2021 after',
    example: 'E01000001',
    headings: ['LSOA code'],
  },
  {
    name: 'lsoa_name',
    title: 'LSOA name',
    type: 'text',
    describes: 'Name of the small area',
    example: 'Example 001A',
    headings: ['LSOA name'],
  },
]

const crimeId: Column = {
  name: 'crime_id',
  title: 'Crime ID',
  type: 'text',
  describes: 'Published identifier; empty for anti-social behaviour',
  example: '',
  headings: ['Crime ID'],
}

export const policeUkStreet: Dataset = {
  id: 'police-uk-street',
  table: 'police_uk_street',
  title: 'Street-level crime, as published',
  describes: 'Crimes and anti-social behaviour that data.police.uk publishes each month.',
  grain: 'one row per crime or incident',
  suppliers: ['data.police.uk'],
  source: PUBLISHER,
  key: [],
  replacedBy: ['force', 'month'],
  period: 'month',
  placement: 'point',
  policeApi: true,
  forceFrom: 'column',
  repeatsOn: 'api_id',
  columns: [
    {
      name: 'api_id',
      title: 'API id',
      type: 'text',
      describes: 'Number that the API gives; not stable between releases. Asking ward by ward repeats it',
      example: '',
      headings: ['API id'],
    },
    crimeId,
    month,
    ...crimePlace,
    {
      name: 'crime_type',
      title: 'Crime type',
      type: 'text',
      describes: 'One of fourteen published types',
      example: 'Robbery',
      codes: crimeTypes,
      required: true,
      headings: ['Crime type'],
    },
    {
      name: 'last_outcome',
      title: 'Last outcome category',
      type: 'text',
      describes: 'Outcome on the day of download, not in the month: it cannot be trended',
      example: 'Under investigation',
      headings: ['Last outcome category'],
    },
    {
      name: 'context',
      title: 'Context',
      type: 'text',
      describes: 'Always empty in recent files',
      example: '',
      headings: ['Context'],
    },
  ],
  checks: pointChecks,
  derived: [financialYearOf('month')],
}

export const policeUkOutcomes: Dataset = {
  id: 'police-uk-outcomes',
  table: 'police_uk_outcomes',
  title: 'Outcomes, as published',
  describes: 'Outcomes reported in a month, for crimes of any month. One crime can have several.',
  grain: 'one row per outcome',
  suppliers: ['data.police.uk'],
  source: PUBLISHER,
  key: [],
  replacedBy: ['force', 'month'],
  period: 'month',
  placement: 'point',
  forceFrom: 'column',
  columns: [
    crimeId,
    month,
    ...crimePlace,
    {
      name: 'outcome',
      title: 'Outcome type',
      type: 'text',
      describes: 'Outcome in the words of the publisher',
      example: 'Unable to prosecute suspect',
      required: true,
      headings: ['Outcome type'],
    },
  ],
  checks: pointChecks,
  derived: [financialYearOf('month')],
}

export const policeUkStopAndSearch: Dataset = {
  id: 'police-uk-stop-and-search',
  table: 'police_uk_stop_and_search',
  title: 'Stop and search, as published',
  describes: 'Searches that data.police.uk publishes. There is no identifier, and no force column.',
  grain: 'one row per search; identical rows are separate searches',
  suppliers: ['data.police.uk'],
  source: PUBLISHER,
  key: [],
  replacedBy: ['force', 'file_month'],
  period: 'searched_at',
  placement: 'point',
  forceFrom: 'file-name',
  columns: [
    {
      name: 'searched_at',
      title: 'Date',
      type: 'instant',
      describes: 'Time of the search; published in UTC, stored as local time',
      example: '2019-07-02T15:40:00+00:00',
      required: true,
      headings: ['Date'],
    },
    {
      name: 'part_of_operation',
      title: 'Part of a policing operation',
      type: 'boolean',
      describes: 'Hardly ever filled',
      example: '',
      headings: ['Part of a policing operation'],
    },
    {
      name: 'operation',
      title: 'Policing operation',
      type: 'text',
      describes: 'Hardly ever filled',
      example: '',
      headings: ['Policing operation'],
    },
    { ...latitude, headings: ['Latitude'] },
    { ...longitude, headings: ['Longitude'] },
    ...searchPeople,
    ...searchColumns,
  ],
  checks: pointChecks,
  derived: [...periodColumns('searched_at'), ...clockColumns('searched_at'), ethnicGroup],
}

/** Published counts, one column a crime type: [heading, crime type]. */
export const areaCountColumns: readonly (readonly [string, string])[] = [
  ['anti_social_behaviour', 'Anti-social behaviour'],
  ['bicycle_theft', 'Bicycle theft'],
  ['burglary', 'Burglary'],
  ['criminal_damage_and_arson', 'Criminal damage and arson'],
  ['drugs', 'Drugs'],
  ['other_crime', 'Other crime'],
  ['other_theft', 'Other theft'],
  ['possession_of_weapons', 'Possession of weapons'],
  ['public_order', 'Public order'],
  ['robbery', 'Robbery'],
  ['shoplifting', 'Shoplifting'],
  ['theft_from_the_person', 'Theft from the person'],
  ['vehicle_crime', 'Vehicle crime'],
  ['violence_and_sexual_offences', 'Violence and sexual offences'],
]

export const policeUkAreaCounts: Dataset = {
  id: 'police-uk-area-counts',
  table: 'police_uk_area_counts',
  title: 'Street-level crime counted by small area',
  describes: 'Counts by small area, month and crime type. A small area without any crime has no row.',
  grain: 'one row per small area and month in the file; one per crime type as stored',
  suppliers: ['data.police.uk'],
  source: PUBLISHER,
  key: ['month', 'lsoa_code'],
  replacedBy: ['month', 'lsoa_code'],
  period: 'month',
  placement: 'small-area',
  unpivot: {
    columns: areaCountColumns.map(([heading]) => heading),
    name: 'crime_type',
    value: 'crimes',
  },
  columns: [
    month,
    {
      name: 'lsoa_code',
      title: 'Small area',
      type: 'text',
      describes: 'Code of the small area, of either vintage',
      example: 'E01000001',
      required: true,
    },
    {
      name: 'lsoa_name',
      title: 'Name',
      type: 'text',
      describes: 'Name of the small area',
      example: 'Example 001A',
    },
    {
      name: 'lad_code',
      title: 'Local authority',
      type: 'text',
      describes: 'Code of the local authority',
      example: 'E08000025',
    },
    {
      name: 'lsoa_vintage',
      title: 'Vintage',
      type: 'text',
      describes: 'Census whose small areas are used: 2011, 2021 or both',
      example: 'both',
    },
    ...areaCountColumns.map(
      ([name, title]): Column => ({
        name,
        title,
        type: 'integer',
        describes: `${title}: crimes in the month`,
        example: '0',
        required: true,
        range: { min: 0, max: 100000 },
      }),
    ),
    {
      name: 'total',
      title: 'Total',
      type: 'integer',
      describes: 'All types together',
      example: '0',
      required: true,
      range: { min: 0, max: 1000000 },
    },
  ],
  checks: [
    {
      id: 'total-differs',
      columns: ['total'],
      failsWhen: `total <> ${areaCountColumns.map(([name]) => name).join(' + ')}`,
      reason: 'total is not the sum of the crime types',
    },
  ],
  derived: [financialYearOf('month')],
}
