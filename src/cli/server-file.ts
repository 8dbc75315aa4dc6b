/**
 * `server.json` in the data folder: where the running server is, and the key that proves that whoever asks may
 * read this folder. The web server writes it, readable by its owner alone, and removes it when it stops; the port
 * for commands is added here.
 */
import { readFile, rename, writeFile } from 'node:fs/promises'

export interface ServerEntry {
  /** Number of the server's process. */
  pid: number
  /** Address of the pages, for people. */
  address: string
  key: string
  /** Port on 127.0.0.1 where it takes commands. Not the port of the pages. */
  commandPort: number
}

/** The key that the web server has just written. */
export async function readServerKey(path: string): Promise<string> {
  return JSON.parse(await readFile(path, 'utf8')).key
}

/** Adds the port for commands to what the web server has written. */
export async function addCommandPort(path: string, commandPort: number): Promise<void> {
  const entry = JSON.parse(await readFile(path, 'utf8'))
  const beside = `${path}.${process.pid}`
  await writeFile(beside, JSON.stringify({ ...entry, commandPort }), { mode: 0o600 })
  await rename(beside, path)
}

/** The entry, or null where no server is there that takes commands. */
export async function readServerFile(path: string): Promise<ServerEntry | null> {
  try {
    const { pid, address, key, commandPort } = JSON.parse(await readFile(path, 'utf8'))
    return Number.isInteger(commandPort) && typeof key === 'string'
      ? { pid, address: String(address), key, commandPort }
      : null
  } catch {
    return null
  }
}
