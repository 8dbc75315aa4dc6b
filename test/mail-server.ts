/** A real mail server on this machine, for tests: keeps what it took, and fails as it is told to. */
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import type { MailSettings } from '../src/platform/mail.ts'

export interface TakenMail {
  from: string
  to: string[]
  /** As it came over the line. */
  source: string
}

export interface TestMailServer {
  settings: MailSettings
  taken: TakenMail[]
  /** What becomes of the next e-mails. `break`: the connection ends after the text, without an answer. */
  behave(as: 'take' | 'refuse-address' | 'not-now' | 'not-this-address-now' | 'break'): void
  close(): Promise<void>
}

const answer = (responseCode: number, words: string): Error =>
  Object.assign(new Error(words), { responseCode })

export async function startMailServer(): Promise<TestMailServer> {
  const taken: TakenMail[] = []
  let behaviour: Parameters<TestMailServer['behave']>[0] = 'take'
  const server = new SMTPServer({
    authOptional: true,
    // The certificate of the package for tests is trusted by nobody; on this machine no encryption is insisted on.
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onRcptTo: ({ address }, _session, done) => {
      if (behaviour === 'refuse-address') return done(answer(550, `No such user: ${address}`))
      if (behaviour === 'not-this-address-now') return done(answer(450, `Come back later: ${address}`))
      done()
    },
    onData: (stream, session, done) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        if (behaviour === 'not-now') return done(answer(451, 'Try again later'))
        const { mailFrom, rcptTo } = session.envelope
        taken.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(r => r.address),
          source: Buffer.concat(parts).toString(),
        })
        if (behaviour !== 'break') return done()
        for (const connection of server.connections) (connection as unknown as Connection)._socket.destroy()
      })
    },
  })
  server.on('error', () => {})
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  return {
    settings: {
      host: '127.0.0.1',
      port,
      tls: false,
      user: null,
      password: null,
      from: 'concord@concord.example',
    },
    taken,
    behave: as => {
      behaviour = as
    },
    close: () => new Promise(resolve => server.close(() => resolve())),
  }
}

interface Connection {
  _socket: { destroy(): void }
}
