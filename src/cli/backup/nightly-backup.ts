/**
 * A backup every night, where a folder for them is set: after what was due is deleted, so that it is not taken along.
 * Backups end as well: what is deleted here stays in them no longer than the days that are set (R12).
 */
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { EvidenceStore } from '../../evidence/open-evidence.ts'
import { asProgram } from '../../governance/access/as-member.ts'
import { addDays, type Day, londonDay } from '../../platform/calendar.ts'
import type { Job } from '../../platform/jobs.ts'
import { theProgram } from '../../platform/record-of-acts.ts'
import { makeBackup } from './make-backup.ts'

const NAME = /^concord-(\d{4}-\d{2}-\d{2})$/

export function nightlyBackup(store: EvidenceStore): Job[] {
  const { backupFolder } = store.installation.config
  if (backupFolder === null) return []
  return [{ name: 'backup', when: '0 4 * * *', hours: 6, run: () => backUp(store, backupFolder) }]
}

export async function backUp(store: EvidenceStore, folder: string): Promise<void> {
  const { clock, database, config } = store.installation
  const today = londonDay(clock())
  try {
    const target = join(folder, `concord-${today}`)
    if (!(await stat(target).catch(() => null))) await makeBackup(store, target, theProgram)
  } catch (error) {
    await asProgram(database, clock(), tx =>
      tx.record('backup-failed', { detail: { because: error instanceof Error ? error.message : 'unknown' } }),
    )
    throw error
  } finally {
    await endOldBackups(folder, addDays(today, -config.backupDays))
  }
}

/** The newest stays, however old: nights without a backup must not take the last one away. */
async function endOldBackups(folder: string, before: Day): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  const days = names.flatMap(name => NAME.exec(name)?.[1] ?? []).sort()
  for (const day of days.slice(0, -1)) {
    if (day < before) await rm(join(folder, `concord-${day}`), { recursive: true, force: true })
  }
}
