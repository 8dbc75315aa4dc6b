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
 *     server.json        address of the running server, for commands given meanwhile
 *     lock               number of the process that has the folder open
 *
 * Embedded stores belong to one process, so opening takes a lock. A lock left by a process that is gone is
 * taken over.
 */
import { mkdir, open, readFile, rm, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InputFault } from './errors.ts'

export interface DataFolder {
  root: string
  evidenceFiles: string
  rejected: string
  boundaries: string
  incoming: string
  postgres: string
  serverFile: string
  release(): Promise<void>
}

const processRuns = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function lockHolder(lock: string): Promise<number | null> {
  const text = await readFile(lock, 'utf8').catch(() => '')
  const pid = Number(text.trim())
  return Number.isInteger(pid) && pid > 0 && pid !== process.pid && processRuns(pid) ? pid : null
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
  }
  await mkdir(root, { recursive: true })
  const lock = join(root, 'lock')
  await takeLock(lock)
  await rm(folder.incoming, { recursive: true, force: true })
  for (const path of [folder.evidenceFiles, folder.rejected, folder.boundaries, folder.incoming]) {
    await mkdir(path, { recursive: true })
  }
  return {
    ...folder,
    release: async () => {
      await unlink(lock).catch(() => {})
    },
  }
}

async function takeLock(lock: string): Promise<void> {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const handle = await open(lock, 'wx')
      await handle.writeFile(String(process.pid))
      await handle.close()
      return
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const holder = await lockHolder(lock)
      if (holder !== null) {
        throw new InputFault(
          'store-busy',
          `Process ${holder} has this data folder open. Wait until it has finished, or stop it, and try again.`,
        )
      }
      await unlink(lock).catch(() => {})
    }
  }
  await writeFile(lock, String(process.pid))
}
