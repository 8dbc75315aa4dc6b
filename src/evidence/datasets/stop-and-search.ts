import { officerDefinedPublished, publishedAgeRanges } from '../codes/people-codes.ts'
import { searchLegislation, searchObjects, searchOutcomes, searchTypes } from '../codes/police-uk-codes.ts'
import { type Column, clockColumns, type Dataset, periodColumns } from '../dataset.ts'
import {
  ethnicitySelf,
  force,
  gender,
  latitude,
  longitude,
  pointChecks,
  pseudonym,
  smallArea,
} from './column-kinds.ts'
import { ethnicGroup } from './offence-people.ts'

/** What a search record says, whoever sends it. data.police.uk's headings are known. */
export const searchColumns: Column[] = [
  {
    name: 'search_type',
    title: 'Kind of search',
    type: 'text',
    describes: 'Person, vehicle, or both',
    example: 'Person search',
    codes: searchTypes,
    headings: ['Type'],
  },
  {
    name: 'legislation',
    title: 'Power used',
    type: 'text',
    describes: 'The Act and section under which the search was made',
    example: 'Misuse of Drugs Act 1971 (section 23)',
    codes: searchLegislation,
    headings: ['Legislation'],
  },
  {
    name: 'object',
    title: 'Object of search',
    type: 'text',
    describes: 'What the search was for',
    example: 'Offensive weapons',
    codes: searchObjects,
    headings: ['Object of search'],
  },
  {
    name: 'outcome',
    title: 'Outcome',
    type: 'text',
    describes: 'How the search ended. Empty is not the same as no further action',
    example: 'A no further action disposal',
    codes: searchOutcomes,
    headings: ['Outcome'],
  },
  {
    name: 'outcome_linked',
    title: 'Outcome linked to object',
    type: 'boolean',
    describes: 'Whether the outcome has to do with what the search was for',
    example: 'no',
    headings: ['Outcome linked to object of search'],
  },
  {
    name: 'more_than_outer_clothing',
    title: 'More than outer clothing removed',
    type: 'boolean',
    describes: 'Whether more than a coat, jacket or gloves was removed',
    example: 'no',
    headings: ['Removal of more than just outer clothing'],
  },
]

export const searchPeople: Column[] = [
  { ...gender, headings: ['Gender'] },
  {
    name: 'age_range',
    title: 'Age range',
    type: 'text',
    describes: 'Age in published bands',
    example: '18-24',
    codes: publishedAgeRanges,
    headings: ['Age range'],
    personal: true,
  },
  {
    ...ethnicitySelf,
    codes: { ...ethnicitySelf.codes!, closed: false },
    headings: ['Self-defined ethnicity'],
  },
  {
    name: 'ethnicity_officer',
    title: 'Ethnicity, officer-defined',
    type: 'text',
    describes: 'What the officer perceived, in the groups that are published',
    example: 'White',
    codes: officerDefinedPublished,
    headings: ['Officer-defined ethnicity'],
    personal: true,
  },
]

export const stopAndSearch: Dataset = {
  id: 'stop-and-search',
  table: 'stop_and_search',
  title: 'Stop and search',
  describes: 'Searches of people and vehicles as the force records them.',
  grain: 'one row per search',
  suppliers: ['police'],
  source: 'Force stop and search records',
  key: ['force', 'search_id'],
  replacedBy: ['force', 'search_id'],
  period: 'searched_at',
  placement: 'point',
  columns: [
    {
      name: 'search_id',
      title: 'Search number',
      type: 'text',
      describes: 'The record number of the search',
      example: 'SYN-S-000001',
      required: true,
    },
    force,
    {
      name: 'searched_at',
      title: 'Searched at',
      type: 'timestamp',
      describes: 'Local time of the search',
      example: '2019-03-02 16:40',
      required: true,
    },
    ...searchColumns,
    ...searchPeople,
    {
      name: 'operation',
      title: 'Operation',
      type: 'text',
      describes: 'Name of the operation that the search was part of, if any',
      example: 'Operation Forecast',
    },
    longitude,
    latitude,
    smallArea,
    pseudonym,
  ],
  checks: pointChecks,
  derived: [...periodColumns('searched_at'), ...clockColumns('searched_at'), ethnicGroup],
}
