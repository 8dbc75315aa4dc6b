/** The program as it is run: how soon the first page is there, and how fast the Picture page comes under load. */
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { median, ms, type Result } from './medians.ts'

const PORT = 3917
const page = `http://127.0.0.1:${PORT}/picture`

interface Running {
  /** Milliseconds from the start of the process to the first whole page. */
  firstPage: number
  stop(): Promise<void>
}

async function start(dataFolder: string): Promise<Running> {
  const started = performance.now()
  const child: ChildProcess = spawn(
    process.execPath,
    [join(import.meta.dirname, '../src/cli/main.ts'), 'serve'],
    {
      env: { ...process.env, CONCORD_DATA: dataFolder, PORT: String(PORT) },
      stdio: 'ignore',
    },
  )
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  for (;;) {
    const answer = await fetch(page).catch(() => null)
    if (answer?.ok) {
      await answer.text()
      break
    }
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}.`)
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  return {
    firstPage: performance.now() - started,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}

export async function benchServer(dataFolder: string, rounds: number): Promise<Result[]> {
  const starts: number[] = []
  for (let round = 0; round < rounds; round++) {
    const running = await start(dataFolder)
    starts.push(running.firstPage)
    await running.stop()
  }
  const running = await start(dataFolder)
  const loads: { clients: number; p50: number; p95: number; perSecond: number }[] = []
  for (const clients of [1, 32]) {
    const result = await autocannon({
      url: page,
      connections: clients,
      duration: 8,
      headers: { accept: 'text/html' },
    })
    if (result.non2xx > 0 || result.errors > 0)
      throw new Error(`${result.non2xx} refusals, ${result.errors} errors`)
    loads.push({
      clients,
      p50: result.latency.p50,
      p95: result.latency.p97_5,
      perSecond: result.requests.average,
    })
  }
  await running.stop()
  const first = median(starts)
  return [
    {
      what: 'Start-up to the first whole Picture page, on an existing data folder',
      headline: ms(first),
      aim: 'under 2 s',
      met: first < 2000,
      detail: `runs: ${starts.map(ms).join(', ')}`,
    },
    ...loads.map(({ clients, p50, p95, perSecond }) => ({
      what: `Picture page, warm, ${clients} ${clients === 1 ? 'client' : 'clients'}`,
      headline: `p50 ${ms(p50)}, p97.5 ${ms(p95)}`,
      aim: 'p95 under 100 ms',
      met: p95 < 100,
      detail: `${perSecond.toFixed(0)} pages a second; the load generator shares the machine`,
    })),
  ]
}
