/**
 * Checks a paper apart from everything else: what somebody sends may be made to take for ever or to eat all memory, and
 * then the thread ends and nothing else does. One at a time; the rest wait in line.
 */
import { Worker } from 'node:worker_threads'
import { type FaultCode, InputFault } from '../../platform/errors.ts'
import type { Finding } from './finding.ts'

export interface CheckedPaper {
  findings: Finding[]
  pages: number | null
  blocks: number
}

export interface PaperTask {
  bytes: Uint8Array
  name: string
}

export type PaperAnswer =
  | { kind: 'done'; checked: CheckedPaper }
  | { kind: 'fault'; code: FaultCode; sentence: string }

/** A paper of a thousand pages takes ten seconds. */
const PATIENCE_MS = 45_000
const MOST_MEGABYTES = 700

let line: Promise<unknown> = Promise.resolve()

/** Throws `InputFault` for what cannot be read, and for what takes too long or too much. */
export function checkOnThread(task: PaperTask, patience = PATIENCE_MS): Promise<CheckedPaper> {
  const mine = line.then(() => onThread(task, patience))
  line = mine.catch(() => {})
  return mine
}

function onThread(task: PaperTask, patience: number): Promise<CheckedPaper> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./paper-thread.ts', import.meta.url), {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
    })
    const tooMuch = (what: string) =>
      new InputFault(
        'file-too-large',
        `Checking ${task.name} took too much ${what}, and was given up. Send it as .docx or .txt, or in parts.`,
      )
    const timer = setTimeout(() => {
      reject(tooMuch('time'))
      void worker.terminate()
    }, patience)
    worker.once('message', (answer: PaperAnswer) => {
      if (answer.kind === 'done') resolve(answer.checked)
      else reject(new InputFault(answer.code, answer.sentence))
    })
    worker.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooMuch('memory') : error),
    )
    worker.once('exit', () => {
      clearTimeout(timer)
      reject(new Error('The thread of the paper checker ended without an answer'))
    })
  })
}
