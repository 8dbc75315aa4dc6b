/**
 * What a restore brings stands beside the data until it is whole, and then takes its place by renames. A file says that it is
 * whole; from then on whoever opens the folder goes on with the renames, and before it throws away what is there. So a
 * restore that is killed leaves the old data or the new.
 *
 *     restoring/fresh/     what is to be put in place, under the names of the data folder
 *     restoring/ready      it is whole: which names, and whether the database has the last word
 *     restoring/replaced/  what stood there
 */
import { access, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

interface Ready {
  /** Number of the restore. */
  restore: string
  /** Entries of the data folder that are replaced, each whole. */
  names: string[]
  /** The database is a server: its entry in the record of acts says whether the restore was done. */
  databaseDecides: boolean
}

const placesOf = (root: string) => ({
  restoring: join(root, 'restoring'),
  fresh: join(root, 'restoring/fresh'),
  ready: join(root, 'restoring/ready'),
  replaced: join(root, 'restoring/replaced'),
})

/** Makes room for what is brought, and gives the folder for it. */
export async function beginRestore(root: string): Promise<string> {
  await abandonRestore(root)
  const { fresh } = placesOf(root)
  await mkdir(fresh, { recursive: true, mode: 0o700 })
  return fresh
}

/** First the word that it is whole: half of it must never be taken for all. */
export async function abandonRestore(root: string): Promise<void> {
  const { restoring, ready } = placesOf(root)
  await rm(ready, { force: true })
  await rm(restoring, { recursive: true, force: true })
}

/** What was brought is whole, and on the disk. */
export async function declareReady(root: string, ready: Ready): Promise<void> {
  const places = placesOf(root)
  await syncTree(places.fresh)
  const beside = `${places.ready}.part`
  const handle = await open(beside, 'w', 0o600)
  await handle.writeFile(JSON.stringify(ready))
  await handle.sync()
  await handle.close()
  await rename(beside, places.ready)
  await syncFolder(places.restoring)
}

/** Goes on where a restore was interrupted. Gives its number where only the database knows whether it was done. */
export async function finishRestore(root: string): Promise<string | null> {
  const ready = await readReady(root)
  if (ready?.databaseDecides) return ready.restore
  if (ready) await putInPlace(root)
  else await abandonRestore(root)
  return null
}

/** Renames what was brought into its place. May be begun again wherever it was interrupted. */
export async function putInPlace(root: string): Promise<void> {
  const { fresh, replaced } = placesOf(root)
  const ready = await readReady(root)
  await mkdir(replaced, { recursive: true })
  for (const name of ready?.names ?? []) {
    const [from, to] = [join(fresh, name), join(root, name)]
    // Not there any more: it stands in its place already.
    if (!(await isThere(from))) continue
    if (await isThere(to)) await rename(to, join(replaced, name))
    await rename(from, to)
  }
  await syncFolder(root)
  await abandonRestore(root)
}

async function readReady(root: string): Promise<Ready | null> {
  const text = await readFile(placesOf(root).ready, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  return text === null ? null : (JSON.parse(text) as Ready)
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

/** A disk takes many at once in little more time than one. */
const AT_ONCE = 32

/** Writes everything below a folder to the disk, and its name in the folder above. */
export async function syncTree(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  for (let i = 0; i < entries.length; i += AT_ONCE) {
    await Promise.all(
      entries.slice(i, i + AT_ONCE).map(async entry => {
        const path = join(entry.parentPath, entry.name)
        if (entry.isFile()) await syncFile(path)
        else if (entry.isDirectory()) await syncFolder(path)
      }),
    )
  }
  await syncFolder(folder)
  await syncFolder(dirname(folder))
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+')
  await handle.sync().finally(() => handle.close())
}

/** Windows knows no way to write a folder to the disk, and needs none. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(path, 'r')
  await handle.sync().finally(() => handle.close())
}
