import { type Dataset, financialYearOf } from '../dataset.ts'
import { pointChecks } from './column-kinds.ts'
import { crimeId, crimePlace, month, PUBLISHER } from './police-uk-columns.ts'

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
