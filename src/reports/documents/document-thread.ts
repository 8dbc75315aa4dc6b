/** What the thread for documents runs: it sets them one by one, so that no page waits for a long one. */
import { parentPort } from 'node:worker_threads'
import type { TaskMessage, ThreadAnswer } from '../../platform/worker-pool.ts'
import type { PrintedDocument } from './document.ts'
import type { DocumentFormat } from './print-document.ts'
import { writePdf } from './write-pdf.ts'
import { writeWord } from './write-word.ts'

const writers: Record<DocumentFormat, (document: PrintedDocument) => Promise<Uint8Array>> = {
  pdf: writePdf,
  docx: writeWord,
}

const port = parentPort!
const tell = (answer: ThreadAnswer) => port.postMessage(answer)

port.on('message', async ({ task, input }: TaskMessage) => {
  try {
    tell({ kind: 'done', output: await writers[task as DocumentFormat](input as PrintedDocument) })
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error))
    tell({ kind: 'failed', name, message })
  }
})
