/** Columns that several datasets share, so that they mean the same everywhere. */
import { forces } from '../codes/forces.ts'
import { fiveGroups, genders, officerDefinedEthnicity, selfDefinedEthnicity } from '../codes/people-codes.ts'
import type { Check, Column } from '../dataset.ts'

export const force: Column = {
  name: 'force',
  title: 'Police force',
  type: 'text',
  describes: 'The force that recorded it, by its data.police.uk name',
  example: 'west-midlands',
  codes: forces,
  required: true,
}

export const longitude: Column = {
  name: 'longitude',
  title: 'Longitude',
  type: 'number',
  describes: 'Longitude in degrees, WGS84. Not an easting',
  example: '-1.8972',
  unit: 'degrees',
  range: { min: -9, max: 3 },
  headings: ['lng', 'lon', 'long'],
}

export const latitude: Column = {
  name: 'latitude',
  title: 'Latitude',
  type: 'number',
  describes: 'Latitude in degrees, WGS84. Not a northing',
  example: '52.4836',
  unit: 'degrees',
  range: { min: 49, max: 61 },
  headings: ['lat'],
}

export const pointChecks: Check[] = [
  {
    id: 'half-a-point',
    columns: ['longitude', 'latitude'],
    failsWhen: '(longitude is null) <> (latitude is null)',
    reason: 'only one of longitude and latitude is given',
  },
]

export const smallArea: Column = {
  name: 'lsoa_code',
  title: 'Small area',
  type: 'text',
  describes: 'Code of the lower layer super output area, of either vintage',
  example: 'X01000001',
  headings: ['LSOA code', 'lsoa11_code', 'lsoa21_code', 'lsoa11cd', 'lsoa21cd'],
}

export const age: Column = {
  name: 'age',
  title: 'Age',
  type: 'integer',
  describes: 'Completed years on the day it happened',
  example: '17',
  unit: 'years',
  range: { min: 0, max: 120 },
  personal: true,
}

export const gender: Column = {
  name: 'gender',
  title: 'Gender',
  type: 'text',
  describes: 'Gender as recorded',
  example: 'Male',
  codes: genders,
  personal: true,
}

export const ethnicitySelf: Column = {
  name: 'ethnicity_self',
  title: 'Ethnicity, self-defined',
  type: 'text',
  describes: 'What the person said, as an 18+1 code',
  example: 'W1',
  codes: selfDefinedEthnicity,
  headings: ['self defined ethnicity', 'sde'],
  personal: true,
}

export const ethnicityOfficer: Column = {
  name: 'ethnicity_officer',
  title: 'Ethnicity, officer-defined',
  type: 'text',
  describes: 'What an officer perceived, as an identity code',
  example: 'IC1',
  codes: officerDefinedEthnicity,
  headings: ['officer defined ethnicity', 'ic code'],
  personal: true,
}

export const pseudonym: Column = {
  name: 'pseudonym',
  title: 'Pseudonym',
  type: 'text',
  describes: 'Keyed hash that stands for the person; never a name or a reference number',
  example: 'synthetic-0f3a',
  personal: true,
}

/** A period of uncertain time: from and to, on one page of the calendar. */
export const committedChecks: Check[] = [
  {
    id: 'ends-before-it-begins',
    columns: ['committed_from', 'committed_to'],
    failsWhen: 'committed_to < committed_from',
    reason: 'committed_to is before committed_from',
  },
  {
    id: 'recorded-before-committed',
    columns: ['recorded_on', 'committed_from'],
    failsWhen: 'recorded_on < cast(committed_from as date)',
    reason: 'recorded_on is before committed_from',
  },
]

export const ethnicGroup: Column = {
  name: 'ethnic_group',
  title: 'Ethnic group',
  type: 'text',
  describes: 'Five groups of the census; empty where not stated',
  example: 'White',
  codes: fiveGroups,
  personal: true,
}
