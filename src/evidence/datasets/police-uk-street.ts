import { crimeTypes } from '../codes/police-uk-codes.ts'
import { type Dataset, financialYearOf } from '../dataset.ts'
import { pointChecks } from './column-kinds.ts'
import { crimeId, crimePlace, month, PUBLISHER } from './police-uk-columns.ts'

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
