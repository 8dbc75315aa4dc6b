/** The CSV that a supplier fills in: our headings, and one example row. */
import type { Dataset } from '../dataset.ts'
import { csvLine } from './reading/csv-text.ts'

export const csvTemplate = (dataset: Dataset): string =>
  csvLine(dataset.columns.map(c => c.name)) + csvLine(dataset.columns.map(c => c.example))
