/** What an import says about one file: the same object for the command line, the page and the API. */
import type { Day, Month } from '../../platform/calendar.ts'
import type { Actor } from '../actor.ts'

export interface ImportRequest {
  /** Where the file is on this machine. */
  path: string
  /** The name it was given by whoever sent it; months and forces are read from it. The path's by default. */
  name?: string | undefined
  /** Dataset id; recognised by the columns when absent. */
  dataset?: string | undefined
  /** Whose file it is; selects the saved column mapping. */
  supplier?: string | undefined
  /** Says what would happen and writes nothing. */
  dryRun?: boolean | undefined
  /** Loads although more than the set share of rows is rejected. */
  acceptRejected?: boolean | undefined
  /** Who asks, for the record. */
  actor: Actor
  /** The rows are invented. Only the builder of the synthetic partnership says so; no form or option can. */
  invented?: true | undefined
  /**
   * The last day of which Concord counted its own casework in the file, which takes the place of every earlier counting.
   * Only casework says so; no form or option can.
   */
  countedTo?: Day | undefined
  onProgress?: ((progress: Progress) => void) | undefined
}

export interface Progress {
  file: string
  step: 'reading' | 'checking' | 'placing' | 'writing' | 'done'
  done: number
  of: number | null
}

/**
 * - `active`: loaded, and part of the evidence.
 * - `waiting`: too many rows were rejected; nothing was loaded; send again with acceptance, or fix the file.
 * - `unchanged`: the very same file is loaded already.
 * - `dry-run`: nothing was written.
 * - `refused`: the file as a whole cannot be read; `refusal` says why.
 */
export type LoadStatus = 'active' | 'waiting' | 'unchanged' | 'dry-run' | 'refused'

export interface Finding {
  kind: string
  sentence: string
  rows: number | null
}

export interface LoadReport {
  loadId: number | null
  status: LoadStatus
  refusal: string | null
  dataset: string | null
  supplier: string | null
  fileName: string
  encoding: string | null
  rowsRead: number
  rowsAccepted: number
  rowsRejected: number
  /** Rows that repeat another row of the same file and key; counted once. */
  rowsRepeated: number
  months: { month: Month; rows: number }[]
  findings: Finding[]
  reasons: { reason: string; rows: number }[]
  seconds: number
}
