/**
 * Files of data.police.uk, read as published.
 *
 * Traps that the real files hold, and what is done: stop-and-search times are UTC although files are cut by
 * local month, so months and hours are taken in Europe/London. Anti-social behaviour has no crime id and its
 * identical rows are separate incidents, so nothing is taken for a duplicate; a file replaces the whole month
 * of its force instead. Every point is the middle of a shared map point, never an address.
 */
import { forces } from '../codes/forces.ts'
import type { Column } from '../dataset.ts'
import { latitude, longitude } from './column-kinds.ts'

export const PUBLISHER = 'data.police.uk, Open Government Licence v3.0'

export const month: Column = {
  name: 'month',
  title: 'Month',
  type: 'month',
  describes: 'Month of the file; the only time that is published',
  example: '2019-03',
  required: true,
  headings: ['Month'],
}

export const crimePlace: Column[] = [
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

export const crimeId: Column = {
  name: 'crime_id',
  title: 'Crime ID',
  type: 'text',
  describes: 'Published identifier; empty for anti-social behaviour',
  example: '',
  headings: ['Crime ID'],
}
