/**
 * What is built of the synthetic partnership, made once for this checkout: its casework in an embedded store, and the whole
 * of it in a folder of data. It is the morning of the tests in both.
 */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { readAreaPack } from '../src/areas/read-area-pack.ts'
import { readConfig } from '../src/platform/config.ts'
import { type Database, openDatabase } from '../src/platform/postgres.ts'
import { type BuildStep, buildSyntheticPartnership } from '../src/synthetic/build-synthetic-partnership.ts'
import { buildSyntheticCasework } from '../src/synthetic/casework/build-synthetic-casework.ts'
import { morning } from './casework-for-tests.ts'
import { openStoreOf } from './empty-store.ts'
import { copyOfMade, type Making } from './made-once.ts'
import { folderWith, temporaryStore } from './temporary-store.ts'

export const SYNTHETIC_SEED = 2019

/** All that decides what is written, and by which rules it is taken. */
const sources = ['src', 'areas', 'migrations', 'package-lock.json']

const casework: Making = {
  name: 'synthetic-casework',
  sources,
  make: async folder => {
    const database = await openDatabase({ databaseUrl: null, folder: join(folder, 'postgres') })
    const pack = await readAreaPack(readConfig({}).areaFolder)
    await buildSyntheticCasework(database, pack, { seed: SYNTHETIC_SEED, now: morning })
    await database.close()
  },
}

const partnership: Making = {
  name: 'synthetic-partnership',
  sources,
  make: async folder => {
    const store = await temporaryStore(() => morning, folder)
    const steps: BuildStep[] = []
    await buildSyntheticPartnership(store, { seed: SYNTHETIC_SEED, onProgress: step => steps.push(step) })
    const last = steps.at(-1)!
    assert.ok(last.done === last.of && last.of > 1_900_000, 'progress reaches the end')
    store.close()
    await store.installation.close()
  },
}

/** A folder of data with the casework and no evidence. There must be nothing in it yet. */
export const copySyntheticCasework = (to: string): Promise<void> => copyOfMade(casework, to)

/** The casework in a store that is gone when it is closed. */
export const openSyntheticCasework = async (): Promise<Database> =>
  openStoreOf(await folderWith(copySyntheticCasework))

/** A folder of data with the evidence and the casework. There must be nothing in it yet. */
export const copySyntheticPartnership = (to: string): Promise<void> => copyOfMade(partnership, to)
