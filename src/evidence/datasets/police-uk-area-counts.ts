import { type Column, type Dataset, financialYearOf } from '../dataset.ts'
import { month, PUBLISHER } from './police-uk-columns.ts'

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
