/** What went wrong, as one sentence on standard error and an exit status. The only place that decides this. */
import { InputFault, UsageFault } from '../platform/errors.ts'
import type { ExitStatus, Terminal } from './command.ts'

const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError'

export function reportFailure(
  error: unknown,
  terminal: Pick<Terminal, 'err' | 'signal'>,
  usage?: string,
): ExitStatus {
  if (error instanceof UsageFault) {
    terminal.err(error.message)
    if (usage) terminal.err(`Usage: concord ${usage}`)
    return 2
  }
  if (error instanceof InputFault) {
    terminal.err(error.message)
    return 1
  }
  if (isAbort(error) || terminal.signal.aborted) {
    terminal.err('Stopped. Nothing half done was kept.')
    return 130
  }
  if ((error as NodeJS.ErrnoException)?.code === 'ENOSPC') {
    terminal.err('There is no room left on the disk. Nothing was changed: make room and try again.')
    return 1
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  terminal.err(`Concord itself failed; your data is as it was. Please report this:\n${stack}`)
  return 70
}
