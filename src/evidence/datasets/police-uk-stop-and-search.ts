import { clockColumns, type Dataset, periodColumns } from '../dataset.ts'
import { latitude, longitude, pointChecks } from './column-kinds.ts'
import { ethnicGroup } from './offence-people.ts'
import { PUBLISHER } from './police-uk-columns.ts'
import { searchColumns, searchPeople } from './stop-and-search.ts'

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
