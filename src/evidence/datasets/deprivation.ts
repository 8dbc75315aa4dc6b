import { type Dataset, financialYearOf } from '../dataset.ts'
import { smallArea } from './column-kinds.ts'

export const deprivation: Dataset = {
  id: 'deprivation',
  table: 'deprivation',
  title: 'Deprivation',
  describes: 'Indices of deprivation by small area. Rank 1 and decile 1 are the most deprived.',
  grain: 'one row per small area, edition and domain',
  suppliers: ['statistics office'],
  source: 'English Indices of Deprivation, Ministry of Housing, Communities and Local Government',
  key: ['lsoa_code', 'year', 'domain'],
  replacedBy: ['lsoa_code', 'year', 'domain'],
  period: 'year',
  placement: 'small-area',
  columns: [
    { ...smallArea, required: true },
    {
      name: 'year',
      title: 'Edition',
      type: 'integer',
      describes: 'Year of the indices. 2019 uses small areas of 2011, 2025 those of 2021',
      example: '2019',
      required: true,
      range: { min: 2000, max: 2100 },
    },
    {
      name: 'domain',
      title: 'Domain',
      type: 'text',
      describes: 'overall, income, employment, education, health, crime, housing, environment',
      example: 'overall',
      required: true,
    },
    {
      name: 'decile',
      title: 'Decile',
      type: 'integer',
      describes: 'Tenth of all small areas of the country, 1 most deprived',
      example: '1',
      required: true,
      range: { min: 1, max: 10 },
    },
    {
      name: 'rank',
      title: 'Rank',
      type: 'integer',
      describes: 'Rank among all small areas of the country, 1 most deprived. Ties exist',
      example: '812',
      range: { min: 1, max: 50000 },
    },
  ],
  checks: [],
  derived: [
    {
      name: 'month',
      type: 'month',
      sql: "cast(year as varchar) || '-09'",
      describes: 'September of the edition',
    },
    financialYearOf("(cast(year as varchar) || '-09')"),
  ],
}
