/** The key that signs cookies: made at the first start, kept in the data folder, readable by its owner only. */
import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export async function cookieSecret(dataFolder: string): Promise<string> {
  const path = join(dataFolder, 'web-secret')
  const kept = await readFile(path, 'utf8').catch(() => '')
  if (kept.length >= 64) return kept
  const made = randomBytes(32).toString('hex')
  await writeFile(path, made, { mode: 0o600 })
  return made
}

/** A key or token that cannot be guessed, safe in an address. */
export const newKey = (): string => randomBytes(24).toString('base64url')
