/**
 * What a backup says about itself: what it holds, of when, and the checksum of every file. It is written last, so that a
 * backup that was cut off has none; its own checksum stands beside it in the form that `sha256sum -c` reads.
 */
import { createHash } from 'node:crypto'
import { type Day, isDay } from '../../platform/calendar.ts'
import { InputFault } from '../../platform/errors.ts'

export const MANIFEST = 'manifest.json'
export const MANIFEST_SUM = 'manifest.json.sha256'

/** Of this form; another number is of a newer program. */
const FORM = 1

export interface BackupFile {
  /** Path within the backup, with `/`. */
  name: string
  bytes: number
  sha256: string
}

export interface Manifest {
  form: number
  /** UTC instant at which casework was read. */
  made: string
  program: string
  /** Id of the area pack. */
  area: string
  /** Day by which it is to be destroyed: what is deleted meanwhile stands in it (R12). */
  destroyBy: Day
  casework: {
    from: 'embedded' | 'server'
    migrations: string[]
    /** Rows of each table. */
    rows: Record<string, number>
  }
  /** The end of the record of acts. */
  acts: { seq: number; hash: string }
  evidenceVersion: string
  /** Tells the key of the installation from others; null where it had none yet. */
  keyMark: string | null
  /** Settings that stood in the environment, without secrets: for whoever sets up another machine. */
  settings: Record<string, string>
  files: BackupFile[]
}

export const manifestText = (manifest: Omit<Manifest, 'form'>): string =>
  `${JSON.stringify({ form: FORM, ...manifest }, null, 1)}\n`

export const sumLine = (text: string): string =>
  `${createHash('sha256').update(text).digest('hex')}  ${MANIFEST}\n`

/** Names that we write: no way out of the folder. */
const NAME = /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*(\/[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*)*$/
const SHA256 = /^[0-9a-f]{64}$/

export const isBackupName = (name: string): boolean => NAME.test(name)

/** `where` is the backup as its reader named it. Throws `backup-unusable`, or `store-newer`. */
export function readManifest(text: string, sum: string, where: string): Manifest {
  if (sumLine(text) !== sum) throw unusable(where, 'its manifest is not what it was when it was written')
  const manifest = JSON.parse(text) as Manifest
  if (manifest.form > FORM) {
    throw new InputFault(
      'store-newer',
      `${where} was made by a newer Concord (${manifest.program}). Restore it with that program, or a newer one.`,
    )
  }
  const sound =
    isDay(manifest.destroyBy) &&
    manifest.files.every(f => isBackupName(f.name) && SHA256.test(f.sha256) && Number.isSafeInteger(f.bytes))
  if (!sound) throw unusable(where, 'its manifest cannot be read')
  return manifest
}

export const unusable = (where: string, because: string): InputFault =>
  new InputFault(
    'backup-unusable',
    `${where} cannot be restored: ${because}. Nothing was changed. Take another backup.`,
  )

/** What of a backup is missing, too much or changed; null where every file is as it was written. */
export function faultOf(manifest: Manifest, found: readonly BackupFile[]): string | null {
  const there = new Map(found.map(file => [file.name, file]))
  const wrong: string[] = []
  for (const { name, bytes, sha256 } of manifest.files) {
    const file = there.get(name)
    there.delete(name)
    if (!file) wrong.push(`${name} is missing`)
    else if (file.bytes !== bytes) wrong.push(`${name} has ${file.bytes} bytes in place of ${bytes}`)
    else if (file.sha256 !== sha256) wrong.push(`${name} was changed`)
  }
  for (const name of there.keys()) wrong.push(`${name} does not belong to it`)
  if (wrong.length === 0) return null
  const [first, ...others] = wrong
  return others.length === 0
    ? first!
    : `${first}, and ${others.length} more of its files are not as they were`
}
