/**
 * Hears what other connections, and other nodes, say on a channel of a PostgreSQL server (LISTEN). A lost connection is
 * opened again; what was said meanwhile is lost, so that the empty text is then heard: anything may have changed.
 */
import pg from 'pg'

const AGAIN_MS = 1000

export function listenOnServer(
  connectionString: string,
  channel: string,
  heard: (text: string) => void,
): { ready: Promise<void>; end(): Promise<void> } {
  let client: pg.Client | null = null
  let ended = false
  let timer: NodeJS.Timeout | undefined

  const open = async (): Promise<void> => {
    const next = new pg.Client({ connectionString })
    // Without a listener a lost connection ends the process; `end` follows an error.
    next.on('error', () => {})
    next.on('notification', message => heard(message.payload ?? ''))
    next.on('end', () => {
      if (client === next) client = null
      again()
    })
    await next.connect()
    await next.query(`listen ${pg.escapeIdentifier(channel)}`)
    client = next
  }

  const again = (): void => {
    if (ended) return
    clearTimeout(timer)
    timer = setTimeout(() => open().then(() => heard(''), again), AGAIN_MS)
    timer.unref()
  }

  return {
    ready: open(),
    end: async () => {
      ended = true
      clearTimeout(timer)
      await client?.end()
    },
  }
}
