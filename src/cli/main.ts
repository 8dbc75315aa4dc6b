/** The program: signals, closed pipes and the exit status. Everything else is in `run-command.ts`. */
import { enableCompileCache } from 'node:module'
import type { ExitStatus } from './command.ts'

// Types are stripped once and kept: it halves the time to the first line of output.
enableCompileCache()

const { runCommand } = await import('./run-command.ts')
const { processTerminal } = await import('./terminal.ts')
const { reportFailure } = await import('./failure.ts')

/** How long a command may take to stop in good order. A load in the making is dropped whole by the next start. */
const GRACE_MS = 8000
/** A terminal and a parent process both pass on the same Ctrl-C; a second one later means it. */
const SAME_SIGNAL_MS = 1000

const stop = new AbortController()
const terminal = processTerminal({ out: process.stdout, err: process.stderr }, stop.signal)

let stoppedAt = Number.POSITIVE_INFINITY
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (performance.now() - stoppedAt > SAME_SIGNAL_MS) process.exit(130)
    if (stop.signal.aborted) return
    stoppedAt = performance.now()
    stop.abort()
    setTimeout(() => process.exit(130), GRACE_MS).unref()
  })
}

// Whoever read our output has had enough (`concord loads | head`): that is no fault.
let readerLeft = false
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  readerLeft = true
  stop.abort()
})
process.stderr.on('error', () => {})
process.on('uncaughtException', error => process.exit(reportFailure(error, terminal)))

const status: ExitStatus = await runCommand(process.argv.slice(2), process.cwd(), terminal)
await new Promise<void>(resolve => process.stdout.write('', () => resolve()))
process.exit(readerLeft && status === 130 ? 0 : status)
