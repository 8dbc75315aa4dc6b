/** What a thread for methods runs: it takes tasks one by one, tells how far each is, and answers. */
import { parentPort } from 'node:worker_threads'
import { type TaskName, tasks } from '../../analysis/tasks.ts'
import { Stopped, type Watch } from '../../analysis/watch.ts'
import type { TaskMessage, ThreadAnswer } from '../../platform/worker-pool.ts'

/** No screen shows more. */
const MILLISECONDS_BETWEEN_TELLING = 100

const port = parentPort!
const tell = (answer: ThreadAnswer) => port.postMessage(answer)

port.on('message', ({ task, input, stop }: TaskMessage) => {
  let told = performance.now()
  const watch: Watch = {
    step: (done, of) => {
      if (Atomics.load(stop, 0) !== 0) throw new Stopped()
      const now = performance.now()
      if (now - told < MILLISECONDS_BETWEEN_TELLING) return
      told = now
      tell({ kind: 'progress', done, of })
    },
  }
  try {
    const run = tasks[task as TaskName] as (input: unknown, watch: Watch) => unknown
    tell({ kind: 'done', output: run(input, watch) })
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error))
    tell({ kind: 'failed', name, message })
  }
})
