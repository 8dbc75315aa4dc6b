/** Files that are made from the catalogue: written, or compared with what is committed. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export type GeneratedFiles = ReadonlyMap<string, string>

/** Names of files in the folder that are missing, differ, or belong to nothing any more. */
export function outOfDate(folder: string, files: GeneratedFiles): string[] {
  const committed = existsSync(folder) ? readdirSync(folder) : []
  const stale = committed.filter(name => !files.has(name))
  const changed = [...files].filter(
    ([name, text]) => !committed.includes(name) || readFileSync(join(folder, name), 'utf8') !== text,
  )
  return [...changed.map(([name]) => name), ...stale].sort()
}

/** Makes the folder hold exactly these files. */
export function writeFiles(folder: string, files: GeneratedFiles): void {
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(folder)) if (!files.has(name)) rmSync(join(folder, name))
  for (const [name, text] of files) writeFileSync(join(folder, name), text)
}

/** With `--check`, exits with 1 and says what to run when a committed file is out of date. */
export function writeOrCheck(folder: string, files: GeneratedFiles, command: string): void {
  if (!process.argv.includes('--check')) {
    writeFiles(folder, files)
    return
  }
  const stale = outOfDate(folder, files)
  if (stale.length === 0) return
  process.stderr.write(`Out of date: ${stale.join(', ')}. Run ${command} and commit.\n`)
  process.exitCode = 1
}
