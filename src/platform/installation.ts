/** One opened installation: its settings, folder, stores and clock. Everything else is given this. */
import { join } from 'node:path'
import { type Clock, systemClock } from './clock.ts'
import { type Config, readConfig } from './config.ts'
import { type DataFolder, openDataFolder } from './data-folder.ts'
import { type Engine, openEngine } from './duckdb.ts'
import { createLog, type Log } from './log.ts'
import { type Database, openDatabase } from './postgres.ts'
import { abandonRestore, putInPlace } from './restored-folder.ts'

export interface Installation {
  config: Config
  clock: Clock
  log: Log
  folder: DataFolder
  database: Database
  engine: Engine
  close(): Promise<void>
}

/** A restore into a server is done when its own entry in the record of acts says so; the folder follows it. */
async function settleRestore({ root, unsettledRestore }: DataFolder, database: Database): Promise<void> {
  if (unsettledRestore === null) return
  const done = await database.query(`select from audit where event = 'backup-restored' and subject_id = $1`, [
    unsettledRestore,
  ])
  if (done.length > 0) await putInPlace(root)
  else await abandonRestore(root)
}

/** Opens the data folder and both stores. Throws `store-busy`, `store-newer` or `config-invalid`. */
export async function openInstallation(
  config: Config = readConfig(),
  { clock = systemClock, log = createLog(config.logLevel) }: { clock?: Clock; log?: Log } = {},
): Promise<Installation> {
  const folder = await openDataFolder(config.dataFolder)
  try {
    const [database, engine] = await Promise.all([
      openDatabase({ databaseUrl: config.databaseUrl, folder: folder.postgres }),
      openEngine({
        memory: config.engineMemory,
        threads: config.engineThreads,
        spill: join(folder.incoming, 'spill'),
      }),
    ])
    await settleRestore(folder, database)
    return {
      config,
      clock,
      log,
      folder,
      database,
      engine,
      close: async () => {
        engine.close()
        await database.close()
        await folder.release()
      },
    }
  } catch (error) {
    await folder.release()
    throw error
  }
}
