/** Reads and checks one paper on a thread of its own, which is ended when it takes too long or too much. */
import { parentPort, workerData } from 'node:worker_threads'
import { InputFault } from '../../platform/errors.ts'
import type { PaperAnswer, PaperTask } from './check-on-thread.ts'
import { checkPaper } from './check-paper.ts'
import { readPaper } from './read-paper.ts'

const { bytes, name } = workerData as PaperTask
const tell = (answer: PaperAnswer) => parentPort!.postMessage(answer)

try {
  const paper = await readPaper(Buffer.from(bytes), name)
  tell({
    kind: 'done',
    checked: { findings: checkPaper(paper), pages: paper.pages, blocks: paper.blocks.length },
  })
} catch (error) {
  if (!(error instanceof InputFault)) throw error
  tell({ kind: 'fault', code: error.code, sentence: error.message })
}
