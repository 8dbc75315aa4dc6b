import type { Dataset } from '../evidence/dataset.ts'
import { sentDatasets } from '../evidence/datasets/index.ts'
import { nearest } from '../measures/nearest.ts'
import { UsageFault } from '../platform/errors.ts'

/** The dataset of that name, of those that partners send. Throws `UsageFault` with the one that was probably meant. */
export function datasetOf(id: string): Dataset {
  const dataset = sentDatasets.find(d => d.id === id || d.table === id)
  if (dataset) return dataset
  const names = sentDatasets.map(d => d.id)
  const near = nearest(id, names)
  throw new UsageFault(
    `There is no dataset "${id}".${near ? ` Did you mean "${near}"?` : ` There are ${names.join(', ')}.`}`,
  )
}
