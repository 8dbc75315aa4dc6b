/**
 * Names of evidence files. A name says what went into the file, so that the same inputs give the same name
 * and a file, once written, is never written again.
 */
import { createHash } from 'node:crypto'
import type { Month } from '../../platform/calendar.ts'
import { type Dataset, storedColumns } from '../dataset.ts'

const short = (...parts: string[]): string =>
  createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 20)

/** What a descriptor turns cells into: a change of it makes other files of the same input. */
export const descriptorVersion = (dataset: Dataset): string =>
  short(
    dataset.id,
    JSON.stringify(dataset.columns.map(c => [c.name, c.type])),
    JSON.stringify(dataset.derived),
    JSON.stringify(storedColumns(dataset)),
    JSON.stringify(dataset.unpivot ?? null),
  )

/** Rows of one load in one month, as sent. */
export const loadFileName = (
  dataset: Dataset,
  month: Month,
  fileSha256: string,
  placedWith: string,
): string =>
  `${dataset.id}/${month}-${short(descriptorVersion(dataset), fileSha256, placedWith, month)}.parquet`

/** The same without the rows that later loads replaced. */
export const remainderName = (
  dataset: Dataset,
  month: Month,
  file: string,
  supersededBy: string[],
): string =>
  supersededBy.length === 0
    ? file
    : `${dataset.id}/${month}-${short('remainder', file, ...supersededBy.toSorted())}.parquet`

/** Version of the evidence: the same set of active files gives the same version, in whatever order loaded. */
export const evidenceVersion = (files: readonly string[]): string =>
  createHash('sha256').update(files.toSorted().join('\n')).digest('hex').slice(0, 16)
