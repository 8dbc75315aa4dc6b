/**
 * Imports one file: read, recognise, check, place, write, swap. Whatever happens on the way, the evidence is
 * what it was before or what it is after.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { londonDay } from '../../platform/calendar.ts'
import { openEngine } from '../../platform/duckdb.ts'
import { InputFault } from '../../platform/errors.ts'
import { commitLoad } from '../catalogue/commit-load.ts'
import { readingOf } from '../catalogue/evidence-files.ts'
import { OWN_SUPPLIER } from '../from-casework.ts'
import { loadGeography } from '../geography/geography.ts'
import { INVENTED_SUPPLIER } from '../invented.ts'
import type { EvidenceStore } from '../open-evidence.ts'
import { checkRows } from './checked-rows.ts'
import { constantValues } from './constant-values.ts'
import type { ImportRequest, LoadReport, Progress } from './load-report.ts'
import { placeRows } from './place-rows.ts'
import { qualityFindings } from './quality-findings.ts'
import { type PreparedFile, prepareFile } from './reading/prepare-file.ts'
import { writeRejectedRows } from './rejected-rows.ts'
import { repeatEarlierReport, sameFileLoaded } from './same-file.ts'
import { stageFile } from './stage-file.ts'
import { storedRows, writeLoad } from './write-load.ts'

/** More rejected rows than this share, and the load waits for a person to decide. */
export const MOST_REJECTED = 0.1

/** Memory of the staging engine; beyond, it spills to its file. */
const STAGING_MEMORY = '300MB'

/** Imports one file, after whatever import is under way. Never throws for a faulty file: the report says so. */
export function importFile(store: EvidenceStore, request: ImportRequest): Promise<LoadReport> {
  return store.exclusively(() => importNow(store, request))
}

async function importNow(store: EvidenceStore, request: ImportRequest): Promise<LoadReport> {
  const { clock, folder } = store.installation
  const started = clock().getTime()
  const name = basename((request.name ?? request.path).replaceAll('\\', '/'))
  const report: LoadReport = {
    loadId: null,
    status: 'refused',
    refusal: null,
    dataset: request.dataset ?? null,
    supplier: supplierOf(request),
    fileName: name,
    encoding: null,
    rowsRead: 0,
    rowsAccepted: 0,
    rowsRejected: 0,
    rowsRepeated: 0,
    months: [],
    findings: [],
    reasons: [],
    seconds: 0,
  }
  const progress = (step: Progress['step'], done = 0, of: number | null = null) =>
    request.onProgress?.({ file: name, step, done, of })
  const scratch = await mkdtemp(join(folder.incoming, 'import-'))
  try {
    progress('reading')
    refuseReservedSupplier(request)
    const prepared = await prepareFile(request.path, name, scratch)
    report.encoding = prepared.encoding
    await importPrepared(store, request, report, prepared, scratch, progress)
  } catch (error) {
    report.refusal = refusalSentence(error, name)
    report.status = 'refused'
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
  report.seconds = (clock().getTime() - started) / 1000
  progress('done')
  return report
}

const supplierOf = ({ supplier, invented, countedTo }: ImportRequest): string | null =>
  invented ? INVENTED_SUPPLIER : countedTo ? OWN_SUPPLIER : (supplier ?? null)

const reserved: Readonly<Record<string, string>> = {
  [INVENTED_SUPPLIER]: 'invented data is loaded',
  [OWN_SUPPLIER.toLowerCase()]: 'Concord loads what it counts in its own casework',
}

function refuseReservedSupplier({ supplier }: ImportRequest): void {
  const use = reserved[supplier?.trim().toLowerCase() ?? '']
  if (use) {
    throw new InputFault(
      'supplier-reserved',
      `"${supplier}" is the name under which ${use}. Give the name of whoever sent the file.`,
    )
  }
}

/** The sentence for a fault of the file or the disk; anything else is a defect and is thrown on. */
function refusalSentence(error: unknown, name: string): string {
  if (error instanceof InputFault) return error.message
  const message = error instanceof Error ? error.message : ''
  if (
    (error as NodeJS.ErrnoException).code === 'ENOSPC' ||
    /no space left|disk.*full|max_temp_directory_size/i.test(message)
  ) {
    return `There is no room left on the disk for ${name}. Nothing was changed; make room and send it again.`
  }
  throw error
}

async function importPrepared(
  store: EvidenceStore,
  request: ImportRequest,
  report: LoadReport,
  prepared: PreparedFile,
  scratch: string,
  progress: (step: Progress['step'], done?: number, of?: number | null) => void,
): Promise<void> {
  const { installation } = store
  const staging = await openEngine({
    memory: STAGING_MEMORY,
    threads: installation.config.engineThreads,
    spill: join(scratch, 'spill'),
    path: join(scratch, 'staging.duckdb'),
  })
  const connection = await staging.connect()
  try {
    const { stage, recognised, headings } = await stageFile(
      store,
      request,
      prepared,
      report.fileName,
      scratch,
      connection,
    )
    const { dataset } = recognised
    report.dataset = dataset.id
    report.rowsRead = stage.rows
    if (stage.rows === 0) {
      throw new InputFault('file-empty', `${report.fileName} has headings and no rows.`)
    }
    const same = await sameFileLoaded(store, dataset, prepared.sha256, request.countedTo ?? null)
    if (same !== null && !(same.status === 'waiting' && request.acceptRejected)) {
      report.loadId = same.id
      report.status = same.status === 'waiting' ? 'waiting' : 'unchanged'
      await repeatEarlierReport(store, report, same.id)
      return
    }
    progress('checking', 0, stage.rows)
    const constants = constantValues(recognised, {
      name: report.fileName,
      rows: stage.rows,
      areaForce: store.pack.force,
    })
    const checked = await checkRows(connection, {
      stage,
      recognised,
      today: londonDay(installation.clock()),
      constants: constants.values,
    })
    if (request.countedTo && checked.rejected > 0) {
      throw new Error(`Counted in our own casework, and refused: ${JSON.stringify(checked.reasons)}`)
    }
    report.rowsRejected = checked.rejected
    report.rowsRepeated = checked.repeated
    report.rowsAccepted = stage.rows - checked.rejected - checked.repeated
    report.reasons = checked.reasons
    progress('placing', 0, stage.rows)
    const geography = await loadGeography(installation, store.pack)
    const placed = await placeRows(connection, dataset, checked.accepted, geography)
    report.findings = [
      ...prepared.findings,
      ...constants.findings,
      ...(await qualityFindings(connection, recognised, checked, placed, stage.rows)),
    ]
    const tooMany =
      report.rowsAccepted === 0 || (!request.acceptRejected && checked.rejected > MOST_REJECTED * stage.rows)
    if (request.dryRun) {
      report.months = await connection.rows(
        `select month, count(*) as rows from ${checked.accepted} group by month order by month`,
      )
      report.status = 'dry-run'
      return
    }
    progress('writing', 0, stage.rows)
    const reading = readingOf(prepared.sha256, {
      columns: recognised.columns.map(c => c.index),
      constants: constants.values,
      forceOfName: prepared.forceOfName,
      accepted: report.rowsAccepted,
    })
    const identity = { reading, placedWith: geography.placementVersion }
    const written = tooMany
      ? []
      : await writeLoad(
          connection,
          dataset,
          storedRows(dataset, placed.relation),
          identity,
          installation.folder.evidenceFiles,
          scratch,
        )
    await prepared.refuseIfChanged()
    report.months = written.map(({ month, rows }) => ({ month, rows }))
    report.status = tooMany ? 'waiting' : 'active'
    report.loadId = await commitLoad(store, connection, {
      dataset,
      actor: request.actor,
      report,
      sha256: prepared.sha256,
      reading,
      bytes: prepared.bytes,
      written,
      placedWith: geography.placementVersion,
      scratch,
      replacing: same?.id ?? null,
      countedTo: request.countedTo ?? null,
      writeRejected: path => writeRejectedRows(connection, stage, headings, path),
    })
    store.changed()
  } finally {
    connection.close()
    staging.close()
  }
}
