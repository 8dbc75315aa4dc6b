/** A whole installation in a temporary folder, opened as the program opens it, for tests. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readAreaPack } from '../src/areas/read-area-pack.ts'
import type { Actor } from '../src/evidence/actor.ts'
import { type EvidenceStore, openEvidence } from '../src/evidence/open-evidence.ts'
import { readConfig } from '../src/platform/config.ts'
import { openInstallation } from '../src/platform/installation.ts'
import { theProgram } from '../src/platform/record-of-acts.ts'
import { copyEmptyStore } from './empty-store.ts'

export interface TemporaryStore extends EvidenceStore {
  /** Folder of the installation's data. */
  root: string
  /** Writes a file outside the installation, as a supplier's, and gives its path. */
  file(name: string, content: string | Uint8Array): Promise<string>
  /** Closes and opens again, as after a restart. */
  reopen(): Promise<void>
  /** Opens again after somebody else has closed the stores. */
  openAgain(): Promise<void>
  remove(): Promise<void>
}

/** Who acts in tests where it does not matter who. */
export const tester: Actor = { ...theProgram, name: 'test' }

/** Day on which the tests take place, unless they say otherwise. */
export const today = new Date('2022-06-15T09:00:00Z')

/** A folder of its own, with the data that `fill` puts there. */
export async function folderWith(fill: (folder: string) => Promise<void>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'concord-test-'))
  await fill(folder)
  return folder
}

export async function temporaryStore(
  clock = () => today,
  folder?: string,
  databaseUrl: string | null = null,
): Promise<TemporaryStore> {
  const root = folder ?? (await mkdtemp(join(tmpdir(), 'concord-test-')))
  if (!folder && !databaseUrl) await copyEmptyStore(join(root, 'postgres'))
  const supplied = await mkdtemp(join(tmpdir(), 'concord-supplied-'))
  const config = { ...readConfig({}), dataFolder: root, databaseUrl, logLevel: 'silent' }
  const pack = await readAreaPack(config.areaFolder)
  const open = async () => openEvidence(await openInstallation(config, { clock }), pack)
  const store: TemporaryStore = {
    ...(await open()),
    root,
    file: async (name, content) => {
      const path = join(supplied, name)
      await writeFile(path, content)
      return path
    },
    reopen: async () => {
      store.close()
      await store.installation.close()
      await store.openAgain()
    },
    openAgain: async () => {
      Object.assign(store, await open())
    },
    remove: async () => {
      store.close()
      await store.installation.close()
      for (const folder of [root, supplied]) await rm(folder, { recursive: true, force: true })
    },
  }
  return store
}
