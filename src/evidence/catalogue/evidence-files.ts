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

/**
 * How a file was read. Its bytes alone do not say what its rows became: a supplier's mapping, the force in the
 * file's name and the day until which rows are no future ones (seen in how many passed) decide it too.
 */
export const readingOf = (fileSha256: string, decided: Readonly<Record<string, unknown>>): string =>
  short('reading', fileSha256, JSON.stringify(decided))

/** Rows of one load in one month, as sent. */
export const loadFileName = (dataset: Dataset, month: Month, reading: string, placedWith: string): string =>
  `${dataset.id}/${month}-${short(descriptorVersion(dataset), reading, placedWith, month)}.parquet`

/** The same without the rows that later loads, given as they were read, replaced. */
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
