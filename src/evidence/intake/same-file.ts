/** A file that was sent before is known by its hash; its report is given again. */
import type { Day } from '../../platform/calendar.ts'
import type { Dataset } from '../dataset.ts'
import type { EvidenceStore } from '../open-evidence.ts'
import type { LoadReport } from './load-report.ts'

export async function sameFileLoaded(
  store: EvidenceStore,
  dataset: Dataset,
  sha256: string,
  countedTo: Day | null,
): Promise<{ id: number; status: string } | null> {
  const [load] = await store.installation.database.query<{ id: number; status: string }>(
    `select id, status from loads where dataset = $1 and file_sha256 = $2 and status <> 'withdrawn'
       and counted_to is not distinct from $3::date`,
    [dataset.id, sha256, countedTo],
  )
  return load ?? null
}

export async function repeatEarlierReport(
  store: EvidenceStore,
  report: LoadReport,
  loadId: number,
): Promise<void> {
  const { database } = store.installation
  const [load] = await database.query<{ accepted: number; rejected: number; repeated: number }>(
    'select rows_accepted as accepted, rows_rejected as rejected, rows_repeated as repeated from loads where id = $1',
    [loadId],
  )
  report.rowsAccepted = load!.accepted
  report.rowsRejected = load!.rejected
  report.rowsRepeated = load!.repeated
  report.months = await database.query(
    'select month, rows from load_files where load_id = $1 order by month',
    [loadId],
  )
  report.findings = await database.query(
    'select kind, sentence, rows from findings where load_id = $1 order by position',
    [loadId],
  )
  report.reasons = await database.query(
    'select reason, rows from rejection_reasons where load_id = $1 order by rows desc, reason',
    [loadId],
  )
}
