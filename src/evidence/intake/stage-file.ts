/** From a prepared file to staged cells of a known dataset, with the supplier's own headings understood. */
import type { EngineConnection } from '../../platform/duckdb.ts'
import { InputFault } from '../../platform/errors.ts'
import type { Dataset } from '../dataset.ts'
import { findDataset, sentDatasets } from '../datasets/index.ts'
import type { EvidenceStore } from '../open-evidence.ts'
import { readHeader } from './header.ts'
import type { ImportRequest } from './load-report.ts'
import type { PreparedFile } from './reading/prepare-file.ts'
import { type ColumnMapping, type Recognised, recognise } from './recognise.ts'
import { asSent } from './rejected-rows.ts'
import { type Stage, stageCsv, stageParquet } from './stage.ts'

export interface StagedFile {
  stage: Stage
  recognised: Recognised
  headings: string[]
}

export async function stageFile(
  store: EvidenceStore,
  request: ImportRequest,
  prepared: PreparedFile,
  fileName: string,
  scratch: string,
  connection: EngineConnection,
): Promise<StagedFile> {
  const chosen = chosenDataset(request)
  const mappings = await savedMappings(store, request.supplier)
  const asDataset = (headings: string[]) =>
    recognise(asSent(headings), fileName, sentDatasets, d => mappings.get(d.id) ?? {}, chosen)
  if (prepared.format === 'parquet') {
    const { stage, headings } = await stageParquet(connection, prepared.path, fileName)
    return { stage, headings, recognised: asDataset(headings) }
  }
  const header = await readHeader(prepared.path, fileName)
  const recognised = asDataset(header.headings)
  const stage = await stageCsv(connection, prepared.path, fileName, header, scratch)
  return { stage, headings: header.headings, recognised }
}

function chosenDataset(request: ImportRequest): Dataset | undefined {
  if (request.dataset === undefined) return undefined
  const dataset = findDataset(request.dataset)
  if (!dataset) {
    throw new InputFault(
      'dataset-unknown',
      `There is no dataset "${request.dataset}". There are ${sentDatasets.map(d => d.id).join(', ')}.`,
    )
  }
  if (dataset.fromCasework && !request.countedTo) {
    throw new InputFault(
      'dataset-unknown',
      `${dataset.title} are counted by Concord in its own casework: nobody sends them as a file.`,
    )
  }
  return dataset
}

async function savedMappings(
  store: EvidenceStore,
  supplier: string | undefined,
): Promise<Map<string, ColumnMapping>> {
  if (supplier === undefined) return new Map()
  const rows = await store.installation.database.query<{ dataset: string; mapping: ColumnMapping }>(
    'select dataset, mapping from column_mappings where supplier = $1',
    [supplier],
  )
  return new Map(rows.map(r => [r.dataset, r.mapping]))
}
