/**
 * Threads for computations that would keep everybody else waiting. A pool starts its threads when they are first
 * needed, gives each one task at a time, and keeps the rest in line.
 *
 * What a task reads may lie in shared memory (`SharedArrayBuffer`), which is handed over and not copied.
 */
import { Worker } from 'node:worker_threads'

export interface RunOptions {
  /** Stops the task at its next step, or before it begins; the promise is then rejected with the signal's reason. */
  signal?: AbortSignal
  onProgress?: (done: number, of: number) => void
}

export interface WorkerPool {
  threads: number
  /** Rejects with the error of the task, by its name and message. */
  run<Output>(task: string, input: unknown, options?: RunOptions): Promise<Output>
  close(): Promise<void>
}

/** What goes to a thread. `stop` is one shared number: not 0 means that nobody waits any more. */
export interface TaskMessage {
  task: string
  input: unknown
  stop: Int32Array
}

export type ThreadAnswer =
  | { kind: 'progress'; done: number; of: number }
  | { kind: 'done'; output: unknown }
  | { kind: 'failed'; name: string; message: string }

interface Waiting extends TaskMessage {
  options: RunOptions
  resolve: (output: unknown) => void
  reject: (error: unknown) => void
}

/** `module` is run by each thread; it takes `TaskMessage`s and posts `ThreadAnswer`s. */
export function openWorkerPool(module: URL, threads: number): WorkerPool {
  const line: Waiting[] = []
  const idle: Worker[] = []
  const started = new Set<Worker>()
  let closed = false

  const next = (): void => {
    if (line.length === 0 || (idle.length === 0 && started.size >= threads)) return
    const worker = idle.pop() ?? start()
    void give(worker, line.shift()!)
  }

  const start = (): Worker => {
    const worker = new Worker(module)
    started.add(worker)
    return worker
  }

  const give = async (worker: Worker, waiting: Waiting): Promise<void> => {
    const { options, stop } = waiting
    const onAbort = () => Atomics.store(stop, 0, 1)
    options.signal?.addEventListener('abort', onAbort, { once: true })
    worker.ref()
    try {
      const output = await answerOf(worker, waiting)
      worker.unref()
      idle.push(worker)
      if (options.signal?.aborted) waiting.reject(options.signal.reason)
      else waiting.resolve(output)
    } catch (error) {
      if (error instanceof TaskFailure) idle.push(worker)
      else started.delete(worker)
      worker.unref()
      waiting.reject(
        options.signal?.aborted ? options.signal.reason : error instanceof TaskFailure ? error.inTask : error,
      )
    } finally {
      options.signal?.removeEventListener('abort', onAbort)
      next()
    }
  }

  return {
    threads,
    run: <Output>(task: string, input: unknown, options: RunOptions = {}) =>
      new Promise<Output>((resolve, reject) => {
        if (closed) throw new Error('The threads are closed')
        if (options.signal?.aborted) throw options.signal.reason
        const stop = new Int32Array(new SharedArrayBuffer(4))
        const waiting: Waiting = {
          task,
          input,
          stop,
          options,
          resolve: output => resolve(output as Output),
          reject,
        }
        line.push(waiting)
        options.signal?.addEventListener(
          'abort',
          () => {
            const place = line.indexOf(waiting)
            if (place < 0) return
            line.splice(place, 1)
            reject(options.signal!.reason)
          },
          { once: true },
        )
        next()
      }),
    close: async () => {
      closed = true
      for (const waiting of line.splice(0)) waiting.reject(new Error('The threads are closed'))
      await Promise.all([...started].map(worker => worker.terminate()))
    },
  }
}

/** The task itself failed: the thread is sound and goes on. */
class TaskFailure extends Error {
  readonly inTask: Error
  constructor(inTask: Error) {
    super(inTask.message)
    this.inTask = inTask
  }
}

function answerOf(worker: Worker, { task, input, stop, options }: Waiting): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const forget = () => {
      worker.off('message', onMessage)
      worker.off('error', onError)
      worker.off('exit', onExit)
    }
    const settle = (act: () => void) => {
      forget()
      act()
    }
    const onMessage = (answer: ThreadAnswer) => {
      if (answer.kind === 'progress') options.onProgress?.(answer.done, answer.of)
      else if (answer.kind === 'done') settle(() => resolve(answer.output))
      else settle(() => reject(new TaskFailure(errorNamed(answer.name, answer.message))))
    }
    const onError = (error: unknown) => settle(() => reject(error))
    const onExit = () => settle(() => reject(new Error(`The thread that ran ${task} ended`)))
    worker.on('message', onMessage)
    worker.on('error', onError)
    worker.on('exit', onExit)
    worker.postMessage({ task, input, stop } satisfies TaskMessage)
  })
}

/** A RangeError of a kernel stays one: callers tell bad input by it. */
function errorNamed(name: string, message: string): Error {
  if (name === 'RangeError') return new RangeError(message)
  const error = new Error(message)
  error.name = name
  return error
}
