/**
 * The data folder: where everything of an installation lives, and who has it open.
 *
 *     evidence/files/    immutable Parquet, named by what they hold
 *     evidence/loads/    rejected rows of each load, as CSV
 *     evidence/boundaries/  boundary files as they were loaded
 *     incoming/          uploads and files being read; emptied at every start
 *     postgres/          the embedded PostgreSQL
 *     web-secret         key that signs the cookies of the web application
 *     cache/             styles and scripts, where they cannot be kept beside the packages
 *     deletions          numbers of what was deleted, kept apart from the store that a backup may replace
 *     restoring/         a backup on its way in (`restored-folder.ts`); gone when it is done
 *     server.json        address of the running server, for commands given meanwhile
 *     lock               which process has the folder open
 */
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { takeLock } from './folder-lock.ts'
import { finishRestore } from './restored-folder.ts'

export interface DataFolder {
  root: string
  evidenceFiles: string
  rejected: string
  boundaries: string
  incoming: string
  postgres: string
  serverFile: string
  deletions: string
  /** Number of a restore that only the database can say whether it was done; null when there is none. */
  unsettledRestore: string | null
  release(): Promise<void>
}

/** Opens the folder, making what is missing. Throws `store-busy` when another process has it open. */
export async function openDataFolder(root: string): Promise<DataFolder> {
  const folder = {
    root,
    evidenceFiles: join(root, 'evidence/files'),
    rejected: join(root, 'evidence/loads'),
    boundaries: join(root, 'evidence/boundaries'),
    incoming: join(root, 'incoming'),
    postgres: join(root, 'postgres'),
    serverFile: join(root, 'server.json'),
    deletions: join(root, 'deletions'),
  }
  await mkdir(root, { recursive: true })
  const release = await takeLock(join(root, 'lock'))
  const unsettledRestore = await finishRestore(root)
  await rm(folder.incoming, { recursive: true, force: true })
  for (const path of [folder.evidenceFiles, folder.rejected, folder.boundaries, folder.incoming]) {
    await mkdir(path, { recursive: true })
  }
  return {
    ...folder,
    unsettledRestore,
    release,
  }
}
