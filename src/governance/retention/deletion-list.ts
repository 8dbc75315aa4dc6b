/**
 * Numbers of what was deleted, and nothing else of it, kept apart from the store: one line of JSON each. A store that was put
 * back from an old backup, in whatever way, has not got the newest of them; what they name is deleted again before anybody
 * looks (R12).
 */
import { randomBytes } from 'node:crypto'
import { open, readFile, rename } from 'node:fs/promises'
import { isDay } from '../../platform/calendar.ts'
import { InputFault } from '../../platform/errors.ts'
import type { Database } from '../../platform/postgres.ts'
import type { Acting } from '../../platform/record-of-acts.ts'
import { type Deletion, deletionsSince, repeatDeletions } from './run-retention.ts'

/** The earliest day: all of them. */
const EVER = '0001-01-01'
const NUMBER = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Null where there is no such file: not even that nothing was deleted is known. Throws `file-damaged` for one that is no list. */
export async function readDeletionList(path: string): Promise<Deletion[] | null> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (text === null) return null
  return text
    .split('\n')
    .filter(Boolean)
    .map((line, i) => {
      const deletion = deletionOf(line)
      if (deletion) return deletion
      throw new InputFault('file-damaged', `${path} is no list of deletions: line ${i + 1} cannot be read.`)
    })
}

function deletionOf(line: string): Deletion | null {
  try {
    const { recordType, id, on } = JSON.parse(line) as Deletion
    return typeof recordType === 'string' && NUMBER.test(id) && isDay(on) ? { recordType, id, on } : null
  } catch {
    return null
  }
}

/** All of it or nothing, and on the disk. */
export async function writeDeletionList(path: string, deletions: readonly Deletion[]): Promise<void> {
  const beside = `${path}.${randomBytes(4).toString('hex')}.part`
  const handle = await open(beside, 'w', 0o600)
  await handle.writeFile(
    deletions.map(({ recordType, id, on }) => `${JSON.stringify({ recordType, id, on })}\n`).join(''),
  )
  await handle.sync()
  await handle.close()
  await rename(beside, path)
}

/** Each once, in the order of days. */
export function joinDeletions(...lists: readonly (readonly Deletion[] | null)[]): Deletion[] {
  const all = lists.flatMap(list => list ?? [])
  const each = new Map(all.map(deletion => [`${deletion.recordType} ${deletion.id}`, deletion]))
  return [...each.values()].toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.id < b.id ? -1 : 1))
}

/**
 * Brings the list and the store to the same: what the list has and the store has not is deleted again, what the store has
 * deleted is added to the list. To be called before anybody looks, and after deletions. Gives how many rows went again.
 */
export async function settleDeletions(
  database: Database,
  path: string,
  now: Date,
  acting: Acting,
): Promise<number> {
  const listed = await readDeletionList(path)
  const stored = await deletionsSince(database, EVER)
  const known = new Set(stored.map(({ recordType, id }) => `${recordType} ${id}`))
  const forgotten = (listed ?? []).filter(({ recordType, id }) => !known.has(`${recordType} ${id}`))
  const again = forgotten.length > 0 ? await repeatDeletions(database, now, forgotten, acting) : 0
  const joined = joinDeletions(listed, stored)
  if (listed === null || joined.length > listed.length) await writeDeletionList(path, joined)
  return again
}
