/**
 * Opens the store for a command. Embedded stores belong to one process: while another has the data folder open,
 * its turn is waited for, and if it is a server, the command goes there (`run-command.ts`).
 */
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { readAreaPack } from '../areas/read-area-pack.ts'
import { type EvidenceStore, openEvidence } from '../evidence/open-evidence.ts'
import { type Config, readConfig } from '../platform/config.ts'
import { InputFault } from '../platform/errors.ts'
import { type Installation, openInstallation } from '../platform/installation.ts'
import type { Terminal } from './command.ts'
import { readServerFile, type ServerEntry } from './server-file.ts'

const TRY_EVERY_MS = 200
/** How long a command waits for another one that has the data folder open. */
export const WAIT_SECONDS = 60

/**
 * The store, or the server that has it. The lock decides, not `server.json`, which outlives a server that is killed;
 * ports that did not answer are `refused`. Throws `store-busy`, saying who has the folder, when the time is over.
 */
export async function storeOrServer(
  waitSeconds: number,
  terminal: Terminal,
  refused: ReadonlySet<number> = new Set(),
  config: Config = readConfig(),
): Promise<EvidenceStore | ServerEntry> {
  const tries = Math.ceil((waitSeconds * 1000) / TRY_EVERY_MS)
  for (let attempt = 0; ; attempt++) {
    try {
      return await openStore(config)
    } catch (error) {
      if (!(error instanceof InputFault && error.code === 'store-busy')) throw error
      const server = await readServerFile(join(config.dataFolder, 'server.json'))
      if (server && !refused.has(server.commandPort)) return server
      if (attempt >= tries) throw error
      if (attempt === 0) {
        terminal.err(`${error.message.split('. ')[0]}. Waiting up to ${waitSeconds} seconds …`)
      }
      await pause(TRY_EVERY_MS, undefined, { signal: terminal.signal })
    }
  }
}

/** The store for a command that will serve it. Throws `store-busy` where a server has it. */
export async function openOwnStore(config: Config, terminal: Terminal): Promise<EvidenceStore> {
  const found = await storeOrServer(WAIT_SECONDS, terminal, new Set(), config)
  if ('evidence' in found) return found
  throw new InputFault(
    'store-busy',
    `Concord serves this data folder already, at ${found.address} (process ${found.pid}). Look there, stop it first, or set CONCORD_DATA to another folder.`,
  )
}

async function openStore(config: Config): Promise<EvidenceStore> {
  const pack = await readAreaPack(config.areaFolder)
  const installation = await openInstallation(config).catch(error => {
    throw openingFault(error, config)
  })
  try {
    return await openEvidence(installation, pack)
  } catch (error) {
    await installation.close()
    throw error
  }
}

export async function closeStore(store: { close(): void; installation: Installation }): Promise<void> {
  store.close()
  await store.installation.close()
}

function openingFault(error: NodeJS.ErrnoException, config: Config): Error {
  if (error instanceof InputFault) return error
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(error.code ?? '')) {
    return new InputFault(
      'data-folder-unusable',
      `The data folder ${config.dataFolder} cannot be written (${error.code}). Set CONCORD_DATA to one that can.`,
    )
  }
  if (config.databaseUrl !== null) {
    return new InputFault(
      'database-unreachable',
      `The PostgreSQL server that DATABASE_URL names cannot be used: ${error.message || error.code}.`,
    )
  }
  return error
}
