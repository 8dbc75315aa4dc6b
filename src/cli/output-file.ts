/**
 * A document into a file: all of it or nothing. It is written beside the target and renamed, and what is left of
 * it is taken away if the program ends meanwhile.
 */
import { randomBytes } from 'node:crypto'
import { unlinkSync } from 'node:fs'
import { realpath, rename, stat, unlink, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { InputFault } from '../platform/errors.ts'

const unfinished = new Set<string>()

process.on('exit', () => {
  for (const path of unfinished) {
    try {
      unlinkSync(path)
    } catch {
      // It was never made, or has its final name already.
    }
  }
})

/** Content in pieces is written as it comes. Throws `output-unwritable` or `disk-full`; a file that was there is then as it was. */
export async function writeWholeFile(
  path: string,
  content: string | Uint8Array | Iterable<string>,
): Promise<void> {
  // A rename would put our file in the place of a link, or of /dev/null itself.
  const target = await realpath(path).catch(() => path)
  const there = await stat(target).catch(() => null)
  try {
    if (there && !there.isFile()) return await writeFile(target, content)
    const beside = `${target}.${randomBytes(4).toString('hex')}.part`
    unfinished.add(beside)
    try {
      await writeFile(beside, content, { mode: there ? there.mode : 0o666 })
      await rename(beside, target)
    } catch (error) {
      await unlink(beside).catch(() => {})
      throw error
    } finally {
      unfinished.delete(beside)
    }
  } catch (error) {
    throw writeFault(error as NodeJS.ErrnoException, target)
  }
}

function writeFault(error: NodeJS.ErrnoException, path: string): Error {
  switch (error.code) {
    case 'ENOSPC':
      return new InputFault('disk-full', `There is no room left on the disk for ${path}.`)
    case 'ENOENT':
      return new InputFault('output-unwritable', `There is no folder ${dirname(path)} to write into.`)
    case 'EISDIR':
      return new InputFault('output-unwritable', `${path} is a folder; name a file.`)
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new InputFault('output-unwritable', `${path} may not be written.`)
    default:
      return error
  }
}
