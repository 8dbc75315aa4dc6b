/**
 * Files that were sent and are being imported. Import goes on while the sender looks elsewhere; what is known
 * about it is kept in memory, and the load itself in the catalogue. A restart empties both this list and the
 * incoming folder, and the evidence is what it was.
 */
import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import type { ImportRequest, LoadReport, Progress } from '../../evidence/intake/load-report.ts'
import type { Log } from '../../platform/log.ts'
import type { ReceivedFile } from './receive-upload.ts'

export type SendingOptions = Pick<
  ImportRequest,
  'dataset' | 'supplier' | 'dryRun' | 'acceptRejected' | 'actor'
>

export interface SentFile {
  name: string
  bytes: number
  state: 'waiting' | 'working' | 'done' | 'failed'
  progress: Progress | null
  report: LoadReport | null
}

export interface Sending {
  id: string
  options: SendingOptions
  files: SentFile[]
  finished: boolean
  /** The files are still here, so that a decision needs no second sending. */
  canRepeat: boolean
}

export interface Sendings {
  add(files: ReceivedFile[], options: SendingOptions): Sending
  find(id: string): Sending | null
  /** Imports the kept files once more with other options. Null where they are gone. */
  repeat(id: string, changes: Partial<SendingOptions>): Sending | null
  /** Settles when the sending is finished, or after the milliseconds. */
  settled(id: string, milliseconds: number): Promise<void>
}

const KEPT = 50

interface Kept {
  sending: Sending
  files: ReceivedFile[]
  done: Promise<void>
}

export function createSendings(
  importFile: (request: ImportRequest) => Promise<LoadReport>,
  log: Log,
): Sendings {
  const kept = new Map<string, Kept>()

  const importAll = async (sending: Sending, files: ReceivedFile[]): Promise<void> => {
    for (const [i, file] of files.entries()) {
      const sent = sending.files[i]!
      sent.state = 'working'
      try {
        sent.report = await importFile({
          ...sending.options,
          path: file.path,
          name: file.name,
          onProgress: progress => {
            sent.progress = progress
          },
        })
        sent.state = 'done'
      } catch (error) {
        // A defect, not a faulty file: importFile reports those.
        log.error({ err: error, sending: sending.id }, 'import failed')
        sent.state = 'failed'
      }
    }
    sending.finished = true
    sending.canRepeat = sending.files.some(
      f => f.report?.status === 'waiting' || f.report?.status === 'dry-run',
    )
    if (!sending.canRepeat) await forget(files)
  }

  const begin = (files: ReceivedFile[], options: SendingOptions): Sending => {
    const sending: Sending = {
      id: randomUUID(),
      options,
      files: files.map(({ name, bytes }) => ({
        name,
        bytes,
        state: 'waiting',
        progress: null,
        report: null,
      })),
      finished: false,
      canRepeat: false,
    }
    kept.set(sending.id, { sending, files, done: importAll(sending, files) })
    for (const [id, oldest] of kept) {
      if (kept.size <= KEPT) break
      if (!oldest.sending.finished) continue
      kept.delete(id)
      forget(oldest.files).catch(error => log.warn({ err: error }, 'a sent file was not removed'))
    }
    return sending
  }

  return {
    add: begin,
    find: id => kept.get(id)?.sending ?? null,
    repeat: (id, changes) => {
      const old = kept.get(id)
      if (!old?.sending.canRepeat) return null
      old.sending.canRepeat = false
      return begin(old.files, { ...old.sending.options, ...changes })
    },
    settled: async (id, milliseconds) => {
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<void>(resolve => {
        timer = setTimeout(resolve, milliseconds)
      })
      await Promise.race([kept.get(id)?.done, late])
      clearTimeout(timer)
    },
  }
}

async function forget(files: readonly ReceivedFile[]): Promise<void> {
  for (const file of files) await rm(file.path, { force: true })
}
