/** An embedded store as a fresh installation has it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Database, openDatabase } from '../src/platform/postgres.ts'
import { copyOfMade, type Making } from './made-once.ts'

const emptyStore: Making = {
  name: 'empty-store',
  sources: ['migrations', 'src/platform/postgres.ts', 'node_modules/@electric-sql/pglite/package.json'],
  make: async folder => {
    const database = await openDatabase({ databaseUrl: null, folder })
    await database.close()
  },
}

/** `to` is where the database will lie; there must be nothing yet. */
export const copyEmptyStore = (to: string): Promise<void> => copyOfMade(emptyStore, to)

/** One that is gone when it is closed. */
export async function openEmptyStore(): Promise<Database> {
  const root = await mkdtemp(join(tmpdir(), 'concord-store-'))
  await copyEmptyStore(join(root, 'postgres'))
  return openStoreOf(root)
}

/** The embedded store of a folder of data, which is gone when it is closed. */
export async function openStoreOf(root: string): Promise<Database> {
  const database = await openDatabase({ databaseUrl: null, folder: join(root, 'postgres') })
  return {
    ...database,
    close: async () => {
      await database.close()
      await rm(root, { recursive: true, force: true })
    },
  }
}
