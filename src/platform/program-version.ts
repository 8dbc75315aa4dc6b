/** Version of this program, as its package says. */
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'

export async function programVersion(): Promise<string> {
  const manifest = await readFile(resolve(import.meta.dirname, '../../package.json'), 'utf8')
  return (JSON.parse(manifest) as { version: string }).version
}
