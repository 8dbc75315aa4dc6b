/** What a page says when nothing has been loaded that it could show: which dataset is needed, and how to send it. */
import { findDataset } from '../../evidence/datasets/index.ts'
import { getMeasure } from '../catalogue/index.ts'
import { countingOf, tablesOf } from '../measure.ts'

export interface NothingHeld {
  title: string
  /** What the page would show. */
  lead: string
  needed: { title: string; describes: string; href: string }[]
}

export function nothingHeld(title: string, lead: string, measureId: string): NothingHeld {
  const measure = getMeasure(measureId)
  const counting = countingOf(measure)
  return {
    title,
    lead,
    needed: tablesOf(counting).flatMap(table => {
      const dataset = findDataset(table)
      return dataset
        ? [{ title: dataset.title, describes: dataset.describes, href: `/data/datasets/${dataset.id}` }]
        : []
    }),
  }
}
