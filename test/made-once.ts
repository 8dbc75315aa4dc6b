/**
 * Folders that tests start from, each made once for this checkout and copied for whoever needs it, because making one takes
 * longer than most tests. Other sources make another; the old ones may be deleted.
 */
import { createHash } from 'node:crypto'
import { cpSync, existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rename } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { InputFault } from '../src/platform/errors.ts'
import { takeLock } from '../src/platform/folder-lock.ts'

const project = resolve(import.meta.dirname, '..')
const kept = join(project, 'node_modules/.cache/concord')

export interface Making {
  name: string
  /** Files and folders of the project that say how it comes out. Tests among them say nothing. */
  sources: readonly string[]
  /** Fills the folder, which is there and empty. */
  make(folder: string): Promise<void>
}

/** The folder, to be read or copied and never changed. Of several tests that begin at once one makes it, and the others wait. */
export async function madeOnce({ name, sources, make }: Making): Promise<string> {
  const made = join(kept, `${name}-${await editionOf(sources)}`)
  if (existsSync(made)) return made
  await mkdir(kept, { recursive: true })
  const letGo = await turnAt(`${made}.lock`)
  try {
    if (existsSync(made)) return made
    const aside = await mkdtemp(join(kept, 'making-'))
    await make(aside)
    await rename(aside, made)
    return made
  } finally {
    await letGo()
  }
}

/** As `madeOnce`, copied to `to`, where there must be nothing yet. */
export async function copyOfMade(making: Making, to: string): Promise<void> {
  cpSync(await madeOnce(making), to, { recursive: true })
}

/** Of several tests that come at once one acts after the other. */
export async function inTurn<Result>(name: string, act: () => Promise<Result>): Promise<Result> {
  const letGo = await turnAt(join(tmpdir(), `concord-${name}.lock`))
  try {
    return await act()
  } finally {
    await letGo()
  }
}

async function turnAt(lock: string): Promise<() => Promise<void>> {
  for (;;) {
    try {
      return await takeLock(lock)
    } catch (error) {
      if (!(error instanceof InputFault)) throw error
      await sleep(100)
    }
  }
}

async function editionOf(sources: readonly string[]): Promise<string> {
  const hash = createHash('sha256')
  for (const source of sources) {
    for (const file of await filesAt(join(project, source))) {
      hash.update(file.slice(project.length)).update(await readFile(file))
    }
  }
  return hash.digest('hex').slice(0, 16)
}

async function filesAt(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => null)
  if (entries === null) return [path]
  return entries
    .filter(entry => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
}
