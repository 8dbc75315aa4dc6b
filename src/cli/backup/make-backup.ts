/**
 * Takes a backup: casework in one snapshot, and with it exactly the files of evidence that this snapshot names. Loads
 * wait meanwhile. It has its name only when it is whole, and is in the record of acts by then.
 */
import { mkdir, mkdtemp, readFile, rm, stat, statfs } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative, sep } from 'node:path'
import type { EvidenceStore } from '../../evidence/open-evidence.ts'
import { asProgram } from '../../governance/access/as-member.ts'
import { settleDeletions } from '../../governance/retention/deletion-list.ts'
import { createSeal } from '../../governance/sign-in/sealed.ts'
import { addDays, type Day, londonDay } from '../../platform/calendar.ts'
import { settingsThatStand } from '../../platform/config.ts'
import type { DataFolder } from '../../platform/data-folder.ts'
import { InputFault } from '../../platform/errors.ts'
import type { Queryable } from '../../platform/postgres.ts'
import { programVersion } from '../../platform/program-version.ts'
import type { Acting } from '../../platform/record-of-acts.ts'
import { type BackupWriter, openBackupWriter } from './backup-place.ts'
import { type DumpedCasework, dumpCasework, fileOfTable } from './dump-casework.ts'
import { type BackupFile, MANIFEST, MANIFEST_SUM, type Manifest, manifestText, sumLine } from './manifest.ts'

export const KEY_FILE = 'web-secret'
export const DELETIONS = 'deletions'

export interface BackupStep {
  label: string
  done: number
  of: number
}

export interface MadeBackup {
  made: Date
  destroyBy: Day
  rows: number
  evidenceFiles: number
  bytes: number
  acts: { seq: number; hash: string }
  /** The store is a server, whose own backups are somebody else's affair as well. */
  server: boolean
}

/** Throws `output-unwritable` or `disk-full`; nothing is left of it then. */
export async function makeBackup(
  store: EvidenceStore,
  target: string,
  acting: Acting,
  { signal, onStep = () => {} }: { signal?: AbortSignal; onStep?: (step: BackupStep) => void } = {},
): Promise<MadeBackup> {
  const { clock, folder } = store.installation
  refuseWithin(target, folder.root)
  const made = clock()
  const scratch = await mkdtemp(join(folder.incoming, 'backup-'))
  try {
    const writer = await openBackupWriter(target, made)
    const writing = { target, scratch, made, acting, signal, onStep }
    return await store
      .exclusively(() => write(store, writer, writing))
      .catch(async error => {
        await writer.abandon()
        throw error
      })
  } catch (error) {
    throw fullDisk(error, target)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

interface Writing {
  target: string
  scratch: string
  made: Date
  acting: Acting
  signal: AbortSignal | undefined
  onStep: (step: BackupStep) => void
}

async function write(
  store: EvidenceStore,
  writer: BackupWriter,
  { target, scratch, made, acting, signal, onStep }: Writing,
): Promise<MadeBackup> {
  const { database, folder, config } = store.installation
  await settleDeletions(database, folder.deletions, made, acting)
  await mkdir(join(scratch, 'casework'))
  const casework = await dumpCasework(database, scratch, (done, of) =>
    onStep({ label: 'reading casework', done, of }),
  )
  const evidence = await evidenceFiles(database, folder)
  const sources = [
    ...Object.keys(casework.rows).map(table => ({
      name: fileOfTable(table),
      path: join(scratch, fileOfTable(table)),
    })),
    ...evidence,
    ...((await isThere(folder.deletions)) ? [{ name: DELETIONS, path: folder.deletions }] : []),
  ]
  await refuseWithoutRoom(target, sources)
  const files: BackupFile[] = []
  for (const { name, path } of sources) {
    signal?.throwIfAborted()
    files.push(await writer.add(name, path))
    onStep({ label: 'copying', done: files.length, of: sources.length })
  }
  const destroyBy = addDays(londonDay(made), config.backupDays)
  const manifest = await manifestOf(store, { made, destroyBy, casework, files })
  await writer.addText(MANIFEST, manifest)
  await writer.addText(MANIFEST_SUM, sumLine(manifest))
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  await asProgram(
    database,
    store.installation.clock(),
    tx => tx.record('backup-made', { detail: { to: target, destroyBy, files: files.length, bytes } }),
    acting,
  )
  await writer.finish()
  return {
    made,
    destroyBy,
    rows: Object.values(casework.rows).reduce((sum, n) => sum + n, 0),
    evidenceFiles: evidence.length,
    bytes,
    acts: casework.acts,
    server: database.server,
  }
}

async function manifestOf(
  { installation, pack, evidence }: EvidenceStore,
  {
    made,
    destroyBy,
    casework: { migrations, rows, acts },
    files,
  }: { made: Date; destroyBy: Day; casework: DumpedCasework; files: BackupFile[] },
): Promise<string> {
  const content: Omit<Manifest, 'form'> = {
    made: made.toISOString(),
    program: await programVersion(),
    area: pack.id,
    destroyBy,
    casework: { from: installation.database.server ? 'server' : 'embedded', migrations, rows },
    acts,
    evidenceVersion: await evidence.version(),
    keyMark: await keyMark(installation.folder.root),
    settings: settingsThatStand(installation.config),
    files,
  }
  return manifestText(content)
}

/** Tells the key of an installation from others, and nothing else about it; null where there is none. */
export async function keyMark(root: string): Promise<string | null> {
  const key = await readFile(join(root, KEY_FILE), 'utf8').catch(() => null)
  return key === null ? null : markOfKey(key)
}

export const markOfKey = (key: string): string => createSeal(key).mark('backup')

/** What the catalogue names, and no file that stands there besides. */
async function evidenceFiles(db: Queryable, folder: DataFolder): Promise<{ name: string; path: string }[]> {
  const named = await db.query<{ file: string }>(
    `select f.file from load_files f join loads l on l.id = f.load_id where l.status = 'active'
     union select file from active_files order by 1`,
  )
  const rejected = await db.query<{ id: number }>(
    `select id from loads where status <> 'withdrawn' and rows_rejected > 0 order by id`,
  )
  const boundaries = await db.query<{ file: string }>('select distinct file from boundary_sets order by file')
  return [
    ...named.map(({ file }) => ({ name: `evidence/files/${file}`, path: join(folder.evidenceFiles, file) })),
    ...rejected.map(({ id }) => ({
      name: `evidence/loads/${id}.csv`,
      path: join(folder.rejected, `${id}.csv`),
    })),
    ...boundaries.map(({ file }) => ({
      name: `evidence/boundaries/${file}`,
      path: join(folder.boundaries, file),
    })),
  ]
}

/** A backup within the data would be lost with it. */
function refuseWithin(target: string, root: string): void {
  const way = relative(root, target)
  if (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)) {
    throw new InputFault(
      'output-unwritable',
      `${target} lies within the data folder, and would be lost with it. Name a place outside, best on another disk.`,
    )
  }
}

async function refuseWithoutRoom(target: string, sources: readonly { path: string }[]): Promise<void> {
  const sizes = await Promise.all(sources.map(async ({ path }) => (await stat(path)).size))
  const needed = sizes.reduce((sum, size) => sum + size, 0)
  const { bavail, bsize } = await statfs(dirname(target))
  if (bavail * bsize < needed) throw noRoom(target, needed)
}

const noRoom = (target: string, needed: number | null): InputFault =>
  new InputFault(
    'disk-full',
    `There is no room left on the disk for ${target}${needed === null ? '' : `: it needs ${Math.ceil(needed / 1_000_000).toLocaleString('en-GB')} MB`}. Nothing was kept of it.`,
  )

const fullDisk = (error: unknown, target: string): unknown =>
  (error as NodeJS.ErrnoException)?.code === 'ENOSPC' ? noRoom(target, null) : error

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
