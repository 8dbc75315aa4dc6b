import type { Dataset } from '../evidence/dataset.ts'
import { datasets, findDataset } from '../evidence/datasets/index.ts'
import { nearest } from '../measures/nearest.ts'
import { UsageFault } from '../platform/errors.ts'

/** The dataset of that name. Throws `UsageFault` with the one that was probably meant. */
export function datasetOf(id: string): Dataset {
  const dataset = findDataset(id)
  if (dataset) return dataset
  const names = datasets.map(d => d.id)
  const near = nearest(id, names)
  throw new UsageFault(
    `There is no dataset "${id}".${near ? ` Did you mean "${near}"?` : ` There are ${names.join(', ')}.`}`,
  )
}
