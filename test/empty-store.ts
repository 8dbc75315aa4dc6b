/**
 * An embedded store as a fresh installation has it: made once for this checkout and copied for each test, because making
 * one takes longer than most tests. Other migrations, or another PGlite, make another; the old ones may be deleted.
 */
import { createHash } from 'node:crypto'
import { cpSync, existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { openDatabase } from '../src/platform/postgres.ts'

const project = resolve(import.meta.dirname, '..')
const kept = join(project, 'node_modules/.cache/concord')

/** `to` is where the database will lie; there must be nothing yet. */
export async function copyEmptyStore(to: string): Promise<void> {
  const made = join(kept, `empty-store-${await edition()}`)
  if (!existsSync(made)) await make(made)
  cpSync(made, to, { recursive: true })
}

async function edition(): Promise<string> {
  const migrations = join(project, 'migrations')
  const files = [
    ...(await readdir(migrations)).sort().map(name => join(migrations, name)),
    join(project, 'src/platform/postgres.ts'),
    join(project, 'node_modules/@electric-sql/pglite/package.json'),
  ]
  const hash = createHash('sha256')
  for (const file of files) hash.update(file).update(await readFile(file))
  return hash.digest('hex').slice(0, 16)
}

/** Made aside and moved: of two tests that begin at once each makes one, and one of them is kept. */
async function make(made: string): Promise<void> {
  await mkdir(kept, { recursive: true })
  const aside = await mkdtemp(join(kept, 'making-'))
  const folder = join(aside, 'postgres')
  const database = await openDatabase({ databaseUrl: null, folder })
  await database.close()
  await rename(folder, made).catch(error => {
    if (!existsSync(made)) throw error
  })
  await rm(aside, { recursive: true, force: true })
}
