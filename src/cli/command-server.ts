/**
 * Takes commands while the server has the data folder open: `POST /commands/NAME` with the key of
 * `server.json`, answered by a line of JSON for each thing that the command says.
 *
 * It listens on a port of its own, on 127.0.0.1 only, and not among the pages: a reverse proxy makes every
 * visitor look local, and this door must stay shut to all of them.
 */
import { timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { EvidenceStore } from '../evidence/open-evidence.ts'
import type { ExitStatus, FindCommand, Terminal } from './command.ts'
import { reportFailure } from './failure.ts'
import { type WireEvent, type WireRequest, wireLine } from './wire.ts'

/** A shell may have spelt out ten thousand paths. */
const MOST_BYTES = 16_000_000
/** Progress is for eyes. */
const PROGRESS_EVERY_MS = 100

export interface CommandServer {
  port: number
  /** Stops the commands that run, and closes. */
  close(): Promise<void>
}

/** `findCommand` names the commands that there are; `key` is the one of `server.json`. */
export async function openCommandServer(
  store: EvidenceStore,
  findCommand: FindCommand,
  key: string,
): Promise<CommandServer> {
  const running = new Set<AbortController>()
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const name = /^\/commands\/([a-z-]+)$/.exec(request.url ?? '')?.[1]
    const asked = name && request.method === 'POST' && carriesKey(request, key) ? await bodyOf(request) : null
    if (!name || !asked) {
      response.writeHead(404).end()
      return
    }
    const stopped = new AbortController()
    running.add(stopped)
    response.on('close', () => stopped.abort())
    response.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' })
    const send = (event: WireEvent) => response.write(wireLine(event))
    const status = await run(name, asked, wireTerminal(send, asked.account, stopped.signal))
    running.delete(stopped)
    response.end(wireLine({ kind: 'status', status }))
  }

  async function run(name: string, asked: WireRequest, terminal: Terminal): Promise<ExitStatus> {
    const command = findCommand(name)
    if (command?.opens !== 'stores') {
      terminal.err(`The running server does not know the command "${name}". Restart it after an upgrade.`)
      return 1
    }
    try {
      return await command.prepare(asked.argv, asked.cwd)(terminal, store)
    } catch (error) {
      return reportFailure(error, terminal, command.usage)
    }
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const controller of running) controller.abort()
      server.closeIdleConnections()
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}

function carriesKey(request: IncomingMessage, key: string): boolean {
  const given = Buffer.from(request.headers.authorization ?? '')
  const wanted = Buffer.from(`Bearer ${key}`)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

async function bodyOf(request: IncomingMessage): Promise<WireRequest | null> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of request) {
    bytes += part.length
    if (bytes > MOST_BYTES) return null
    parts.push(part)
  }
  try {
    const { argv, cwd, account } = JSON.parse(Buffer.concat(parts).toString('utf8'))
    const texts = Array.isArray(argv) && [...argv, cwd, account].every(value => typeof value === 'string')
    return texts ? { argv, cwd, account } : null
  } catch {
    return null
  }
}

function wireTerminal(send: (event: WireEvent) => void, account: string, signal: AbortSignal): Terminal {
  let shown = 0
  return {
    account,
    signal,
    out: text => send({ kind: 'out', text }),
    err: text => send({ kind: 'err', text }),
    progress: step => {
      const now = performance.now()
      if (now - shown < PROGRESS_EVERY_MS) return
      shown = now
      send({ kind: 'progress', ...step })
    },
    document: async (content, file) => {
      const text = typeof content === 'string'
      send({ kind: 'document', base64: Buffer.from(content as string).toString('base64'), text, file })
    },
  }
}
