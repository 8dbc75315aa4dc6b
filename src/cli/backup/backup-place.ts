/** Where a backup is written to, and read from: a folder, or one file that ends in `.tar`. */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { InputFault } from '../../platform/errors.ts'
import { syncFolder, syncTree } from '../../platform/restored-folder.ts'
import {
  type BackupFile,
  isBackupName,
  MANIFEST,
  MANIFEST_SUM,
  type Manifest,
  readManifest,
  unusable,
} from './manifest.ts'
import { TarFault, tarEnd, tarEntries, tarHeader, tarPadding } from './tar.ts'

const isTar = (path: string): boolean => path.endsWith('.tar')

export interface BackupWriter {
  /** Copies a file in, and gives its checksum. */
  add(name: string, path: string): Promise<BackupFile>
  addText(name: string, text: string): Promise<void>
  /** Gives it its name: only now there is a backup. */
  finish(): Promise<void>
  /** Takes away what was written. */
  abandon(): Promise<void>
}

/** Writes beside the target. Throws `output-unwritable` where something is there: a backup never overwrites. */
export async function openBackupWriter(target: string, at: Date): Promise<BackupWriter> {
  if (await stat(target).catch(() => null)) {
    throw new InputFault(
      'output-unwritable',
      `${target} is there already, and a backup overwrites nothing. Name a folder or a .tar file that is not there yet.`,
    )
  }
  if (!(await stat(dirname(target)).catch(() => null))) {
    throw new InputFault('output-unwritable', `There is no folder ${dirname(target)} to write into.`)
  }
  const beside = `${target}.part`
  await rm(beside, { recursive: true, force: true })
  return isTar(target) ? tarWriter(target, beside, at) : folderWriter(target, beside)
}

async function folderWriter(target: string, beside: string): Promise<BackupWriter> {
  await mkdir(beside, { mode: 0o700 })
  const folders = new Set([beside])
  const pathFor = async (name: string) => {
    const path = join(beside, name)
    if (!folders.has(dirname(path))) await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    folders.add(dirname(path))
    return path
  }
  return {
    add: async (name, path) => copyCounted(name, createReadStream(path), await pathFor(name)),
    addText: async (name, text) => {
      await writeFile(await pathFor(name), text, { flag: 'wx', mode: 0o600 })
    },
    finish: async () => {
      await syncTree(beside)
      await rename(beside, target)
      await syncFolder(dirname(target))
    },
    abandon: () => rm(beside, { recursive: true, force: true }),
  }
}

async function tarWriter(target: string, beside: string, at: Date): Promise<BackupWriter> {
  const handle = await open(beside, 'wx', 0o600)
  const put = async (bytes: Buffer) => {
    await handle.writeFile(bytes)
  }
  return {
    add: async (name, path) => {
      const { size } = await stat(path)
      await put(tarHeader(name, size, at))
      const hash = createHash('sha256')
      let bytes = 0
      for await (const some of createReadStream(path) as AsyncIterable<Buffer>) {
        bytes += some.length
        hash.update(some)
        await put(some)
      }
      if (bytes !== size) throw new Error(`${path} changed while it was copied`)
      await put(tarPadding(size))
      return { name, bytes, sha256: hash.digest('hex') }
    },
    addText: async (name, text) => {
      const bytes = Buffer.from(text)
      await put(Buffer.concat([tarHeader(name, bytes.length, at), bytes, tarPadding(bytes.length)]))
    },
    finish: async () => {
      await put(tarEnd())
      await handle.sync().finally(() => handle.close())
      await rename(beside, target)
      await syncFolder(dirname(target))
    },
    abandon: async () => {
      await handle.close().catch(() => {})
      await rm(beside, { force: true })
    },
  }
}

/** Copies into a new file, or nowhere where `to` is null, and counts on the way. */
async function copyCounted(
  name: string,
  from: AsyncIterable<Buffer>,
  to: string | null,
): Promise<BackupFile> {
  const hash = createHash('sha256')
  let bytes = 0
  await pipeline(
    from,
    async function* (content: AsyncIterable<Buffer>) {
      for await (const some of content) {
        bytes += some.length
        hash.update(some)
        yield some
      }
    },
    to === null
      ? new Writable({ write: (_some, _encoding, done) => done() })
      : createWriteStream(to, { flags: 'wx', mode: 0o600 }),
  )
  return { name, bytes, sha256: hash.digest('hex') }
}

export interface TakenBackup {
  manifest: Manifest
  /** Every file of it as it was found, but for the manifest. */
  found: BackupFile[]
}

/**
 * Reads every byte of a backup; with `into`, copies it there as a folder. Throws `backup-unusable` where it is none; what the
 * manifest says of the files is for the caller to compare.
 */
export async function takeBackup(
  path: string,
  into: string | null,
  onFile: (done: number, of: number | null) => void = () => {},
): Promise<TakenBackup> {
  const there = await stat(path).catch(() => null)
  if (!there) throw new InputFault('file-unreadable', `There is no file or folder ${path} that can be read.`)
  const texts = new Map<string, string>()
  const found: BackupFile[] = []
  const made = new Set<string>()
  const take = async (name: string, content: AsyncIterable<Buffer>) => {
    if (name === MANIFEST || name === MANIFEST_SUM) {
      texts.set(name, await text(content))
      return
    }
    const to = into === null ? null : join(into, name)
    if (to !== null && !made.has(dirname(to))) {
      await mkdir(dirname(to), { recursive: true, mode: 0o700 })
      made.add(dirname(to))
    }
    found.push(await copyCounted(name, content, to))
  }
  if (there.isDirectory()) await takeFolder(path, take, onFile)
  else await takeTar(path, take, onFile)
  const manifest = texts.get(MANIFEST)
  if (manifest === undefined) {
    throw unusable(path, `it is no backup of Concord, or was cut off: it has no ${MANIFEST}`)
  }
  return { manifest: readManifest(manifest, texts.get(MANIFEST_SUM) ?? '', path), found }
}

type Take = (name: string, content: AsyncIterable<Buffer>) => Promise<void>

async function takeFolder(
  path: string,
  take: Take,
  onFile: (done: number, of: number | null) => void,
): Promise<void> {
  // Without it nothing else is worth the copying.
  if (!(await stat(join(path, MANIFEST)).catch(() => null))) return
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  // Names with a dot in front are of the system that keeps the folder.
  const files = entries.filter(e => e.isFile() && !e.name.startsWith('.'))
  for (const [i, entry] of files.entries()) {
    const file = join(entry.parentPath, entry.name)
    const name = relative(path, file).replaceAll('\\', '/')
    if (!isBackupName(name)) throw unusable(path, `${name} does not belong to it`)
    await take(name, createReadStream(file) as AsyncIterable<Buffer>)
    onFile(i + 1, files.length)
  }
}

async function takeTar(
  path: string,
  take: Take,
  onFile: (done: number, of: number | null) => void,
): Promise<void> {
  const file = await open(path, 'r').catch(() => {
    throw new InputFault('file-unreadable', `${path} cannot be read.`)
  })
  try {
    let done = 0
    for await (const { name, content } of tarEntries(file, path)) {
      if (!isBackupName(name)) throw unusable(path, `${basename(name)} does not belong to it`)
      await take(name, content)
      onFile(++done, null)
    }
  } catch (error) {
    if (error instanceof TarFault) throw unusable(path, error.message)
    throw error
  } finally {
    await file.close()
  }
}
