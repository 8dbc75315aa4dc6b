/**
 * The lock of a data folder: a file that names the process which has the folder open. The embedded stores belong
 * to one process, and two would destroy them.
 *
 * A lock left by a process that is gone is taken over. Numbers of processes are used again, soonest in a
 * container, so the lock also says when its process began: the same number with another beginning is a stranger.
 */
import { open, readFile, stat, unlink } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { InputFault } from './errors.ts'

/** Longest time between making the file and writing the number into it. Beyond, its maker is gone. */
const WRITING_MS = 1000
const MOST_ATTEMPTS = 100
/** Longest time that taking an old lock away takes: it looks at two files. */
const GUARD_MS = 10_000

/** Takes the lock at this path; throws `store-busy` when another process has it. Gives what lets it go. */
export async function takeLock(lock: string): Promise<() => Promise<void>> {
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
    if (await makeLock(lock)) return () => unlink(lock).catch(() => {})
    const holder = await holderOf(lock)
    if (holder !== null) throw busy(holder)
    await removeOldLock(lock)
  }
  throw new InputFault(
    'store-busy',
    'Several programs are opening this data folder at once. Wait a moment and try again.',
  )
}

const busy = (holder: number): InputFault =>
  new InputFault(
    'store-busy',
    `Process ${holder} has this data folder open. Wait until it has finished, or stop it, and try again.`,
  )

async function makeLock(lock: string): Promise<boolean> {
  try {
    const handle = await open(lock, 'wx')
    await handle.writeFile(`${process.pid} ${(await statusOf(process.pid)).beginning}`.trim())
    await handle.close()
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/**
 * Takes an old lock away. Only one program at a time may, and it looks again first: otherwise the second of two
 * that found the old lock would take away the one that the first has made since.
 */
async function removeOldLock(lock: string): Promise<void> {
  const guard = `${lock}.taking`
  try {
    await (await open(guard, 'wx')).close()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    const { mtimeMs } = await stat(guard).catch(() => ({ mtimeMs: 0 }))
    // Its maker died within the moment that this takes.
    if (mtimeMs > 0 && Date.now() - mtimeMs > GUARD_MS) await unlink(guard).catch(() => {})
    await sleep(50)
    return
  }
  try {
    if ((await holderOf(lock)) === null) await unlink(lock).catch(() => {})
  } finally {
    await unlink(guard).catch(() => {})
  }
}

/** Number of another process that runs and holds the lock, or null. */
async function holderOf(lock: string): Promise<number | null> {
  const [number, beginning] = (await written(lock)).split(' ')
  const pid = Number(number)
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid || !runs(pid)) return null
  const now = await statusOf(pid)
  const isGone = now.state === 'Z' || (beginning && now.beginning && beginning !== now.beginning)
  return isGone ? null : pid
}

/** What the lock says. An empty one was made this moment: its maker is about to write. */
async function written(lock: string): Promise<string> {
  for (let waited = 0; ; waited += 50) {
    const text = await readFile(lock, 'utf8').catch(() => null)
    if (text === null) return ''
    if (text.trim() !== '' || waited >= WRITING_MS) return text.trim()
    await sleep(50)
  }
}

const runs = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/**
 * Whether a process is dead and only waits for its parent to notice (`Z`: in a container nobody may ever), and when it
 * began, in ticks since the machine did: fields 3 and 22 of proc_pid_stat(5), counted behind the name, which may hold
 * spaces. Empty where the system has no such file; then the number alone decides.
 */
async function statusOf(pid: number): Promise<{ state: string; beginning: string }> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return { state: fields[0] ?? '', beginning: fields[19] ?? '' }
}
