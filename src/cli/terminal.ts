/** The terminal of this process: standard output and error, and a progress bar where somebody watches. */
import { userInfo } from 'node:os'
import cliProgress from 'cli-progress'
import { UsageFault } from '../platform/errors.ts'
import type { Step, Terminal } from './command.ts'
import { writeWholeFile } from './output-file.ts'

interface Streams {
  out: NodeJS.WriteStream
  err: NodeJS.WriteStream
}

export function processTerminal({ out, err }: Streams, signal: AbortSignal): Terminal {
  const bar = progressBar(err)
  return {
    signal,
    account: machineAccount(),
    out: text => {
      bar.hide()
      out.write(text)
    },
    err: sentence => {
      bar.hide()
      err.write(`${sentence}\n`)
    },
    progress: bar.show,
    document: async (content, file) => {
      bar.hide()
      if (file !== null) return writeWholeFile(file, content)
      if (typeof content !== 'string' && out.isTTY) {
        throw new UsageFault('This format cannot be shown on a terminal: name a file with --out.')
      }
      out.write(content)
    },
  }
}

const barWords = (label: string, done: number, of: number): string => {
  if (of === 0) return `${label}  ${done.toLocaleString('en-GB')}`
  const share = Math.min(1, done / of)
  const full = Math.round(share * 24)
  return `${'█'.repeat(full)}${'░'.repeat(24 - full)} ${String(Math.floor(share * 100)).padStart(3)}%  ${label}`
}

function progressBar(stream: NodeJS.WriteStream): { show(step: Step): void; hide(): void } {
  if (!stream.isTTY) return { show: () => {}, hide: () => {} }
  const bar = new cliProgress.SingleBar({
    stream,
    clearOnComplete: true,
    hideCursor: true,
    format: (_options, { value, total }, { label }: { label: string }) => barWords(label, value, total),
  })
  return {
    show: ({ label, done, of }) => {
      if (!bar.isActive) bar.start(of ?? 0, done, { label })
      bar.setTotal(of ?? 0)
      bar.update(done, { label })
    },
    hide: () => {
      if (bar.isActive) bar.stop()
    },
  }
}

/** A machine may run us under a number that has no name. */
function machineAccount(): string {
  try {
    return userInfo().username
  } catch {
    return String(process.getuid?.() ?? 'unnamed')
  }
}
