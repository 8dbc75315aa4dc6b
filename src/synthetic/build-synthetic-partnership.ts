/**
 * Builds the synthetic partnership in an installation, through the same doors as any partner's files: boundary
 * files are loaded, extracts are imported, checked and placed. Nothing gets into the evidence by another way. Then its
 * people at work and what they know, where all of the evidence is invented and nobody real has an account.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { countCasework } from '../casework/progress/count-casework.ts'
import type { Actor } from '../evidence/actor.ts'
import { loadBoundaryFile } from '../evidence/geography/load-boundary-file.ts'
import { importFile } from '../evidence/intake/import-file.ts'
import { inventedEvidence } from '../evidence/invented.ts'
import type { EvidenceStore } from '../evidence/open-evidence.ts'
import { theProgram } from '../platform/record-of-acts.ts'
import { buildSyntheticCasework, type CaseworkBuild } from './casework/build-synthetic-casework.ts'
import { writePartnership } from './write-partnership.ts'

export interface BuildOptions {
  /** The same seed and pack give the same evidence but for the incident log; with the same clock, that and the casework. */
  seed: number
  onProgress?: ((step: BuildStep) => void) | undefined
}

export interface BuildStep {
  label: string
  /** Rows imported, of all that were written. */
  done: number
  of: number | null
}

export interface SyntheticBuild {
  /** Rows of each dataset. */
  rows: Record<string, number>
  boundaries: number
  /** Null where there was casework already, or something real. */
  casework: CaseworkBuild | null
}

const builder: Actor = { ...theProgram, name: 'synthetic partnership' }

/**
 * An interrupted build is begun again by calling it again: the same files are recognised by their hash. Every row
 * must be accepted, because a rejected one would silently change a calibrated count.
 */
export async function buildSyntheticPartnership(
  store: EvidenceStore,
  { seed, onProgress }: BuildOptions,
): Promise<SyntheticBuild> {
  const { installation, pack } = store
  const folder = await mkdtemp(join(installation.folder.incoming, 'synthetic-'))
  try {
    onProgress?.({ label: 'Inventing the partnership', done: 0, of: null })
    const { boundaries, files } = await writePartnership(pack, folder, seed, installation.clock())
    for (const boundary of boundaries) await loadBoundaryFile(installation, boundary, builder)
    store.changed()
    const of = files.reduce((sum, file) => sum + file.rows, 0)
    const rows: Record<string, number> = {}
    let done = 0
    for (const { dataset, path, rows: expected } of files) {
      onProgress?.({ label: `Importing ${dataset}`, done, of })
      const report = await importFile(store, { path, dataset, invented: true, actor: builder })
      if (report.rowsAccepted !== expected) {
        throw new Error(
          `${report.fileName}: ${report.rowsAccepted} of ${expected} rows were accepted (${report.refusal ?? JSON.stringify(report.reasons)})`,
        )
      }
      rows[dataset] = (rows[dataset] ?? 0) + expected
      done += expected
      onProgress?.({ label: `Importing ${dataset}`, done, of })
    }
    const built = { rows, boundaries: boundaries.length }
    if (!(await inventedEvidence(store)).only) return { ...built, casework: null }
    onProgress?.({ label: 'Writing people and referrals', done, of })
    const casework = await buildSyntheticCasework(installation.database, pack, {
      seed,
      now: installation.clock(),
    })
    if (casework) await countCasework(store, builder)
    return { ...built, casework }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
