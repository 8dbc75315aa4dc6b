/** Runs methods on other threads, so that a density for one reader does not keep the others waiting. */
import { availableParallelism } from 'node:os'
import { inSharedMemory } from '../../analysis/shared-arrays.ts'
import type { TaskInput, TaskName, TaskOutput } from '../../analysis/tasks.ts'
import { openWorkerPool, type RunOptions } from '../../platform/worker-pool.ts'

export interface MethodRunner {
  /** Threads that may run at once: how many parts a divisible task is worth cutting into. */
  threads: number
  /** Throws RangeError where the method refuses its input, and the reason of `signal` where it was stopped. */
  run<Name extends TaskName>(
    name: Name,
    input: TaskInput<Name>,
    options?: RunOptions,
  ): Promise<TaskOutput<Name>>
  close(): Promise<void>
}

const MOST_THREADS = 4

export function openMethodRunner(threads = Math.min(MOST_THREADS, availableParallelism())): MethodRunner {
  const pool = openWorkerPool(new URL('./method-thread.ts', import.meta.url), threads)
  return {
    threads,
    run: (name, input, options) => pool.run(name, inSharedMemory(input), options),
    close: pool.close,
  }
}
