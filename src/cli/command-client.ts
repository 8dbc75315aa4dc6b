/** Gives a command to the server that has the data folder open, and shows what it says as if it ran here. */
import { type IncomingMessage, request } from 'node:http'
import { InputFault } from '../platform/errors.ts'
import type { ExitStatus, Terminal } from './command.ts'
import { reportFailure } from './failure.ts'
import type { ServerEntry } from './server-file.ts'
import type { WireEvent, WireRequest } from './wire.ts'

/** The exit status, or null where no server answers at the address: it has stopped without tidying up. */
export async function runAtServer(
  server: ServerEntry,
  name: string,
  asked: Omit<WireRequest, 'account'>,
  terminal: Terminal,
): Promise<ExitStatus | null> {
  const response = await post(
    server,
    name,
    JSON.stringify({ ...asked, account: terminal.account }),
    terminal.signal,
  )
  if (response === null) return null
  try {
    for await (const line of linesOf(response)) {
      const event = JSON.parse(line) as WireEvent
      if (event.kind === 'status') return event.status as ExitStatus
      await show(event, terminal)
    }
  } catch (error) {
    return reportFailure(error, terminal)
  }
  throw new InputFault(
    'store-busy',
    'The server stopped before the command had ended. A load is whole or not there: "concord loads" shows which.',
  )
}

async function show(event: Exclude<WireEvent, { kind: 'status' }>, terminal: Terminal): Promise<void> {
  switch (event.kind) {
    case 'out':
      return terminal.out(event.text)
    case 'err':
      return terminal.err(event.text)
    case 'progress':
      return terminal.progress(event)
    case 'document': {
      const bytes = Buffer.from(event.base64, 'base64')
      return terminal.document(event.text ? bytes.toString('utf8') : bytes, event.file)
    }
  }
}

function post(
  { commandPort, key }: ServerEntry,
  name: string,
  body: string,
  signal: AbortSignal,
): Promise<IncomingMessage | null> {
  return new Promise((resolve, reject) => {
    const asking = request(
      {
        host: '127.0.0.1',
        port: commandPort,
        path: `/commands/${name}`,
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        signal,
      },
      response => {
        // Another program may have got the port since, and a new server has a new key.
        if (response.statusCode !== 200) {
          response.resume()
          resolve(null)
          return
        }
        resolve(response)
      },
    )
    asking.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNREFUSED' ? resolve(null) : reject(error),
    )
    asking.end(body)
  })
}

/** Not `node:readline`: its lines are lost when they come before somebody asks for them. */
async function* linesOf(response: IncomingMessage): AsyncGenerator<string> {
  response.setEncoding('utf8')
  let rest = ''
  for await (const text of response) {
    const lines = (rest + text).split('\n')
    rest = lines.pop()!
    yield* lines
  }
}
