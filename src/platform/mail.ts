/**
 * E-mail through the organisation's own server (SMTP). Whether it went is told in four ways, because what was perhaps sent
 * must not be sent again. What the server says in words is not kept: it may quote addresses.
 */
import MailComposer from 'nodemailer/lib/mail-composer'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { Config } from './config.ts'
import { InputFault } from './errors.ts'

export interface Mail {
  /** Makes the Message-ID, so that the same e-mail is known again. */
  id: string
  to: string
  subject: string
  text: string
  html: string
}

/**
 * - `sent`: the server has taken it.
 * - `later`: it certainly did not go, and may be tried again.
 * - `refused`: it certainly did not go, and never will, to this address.
 * - `uncertain`: the connection broke after the text was sent.
 *
 * `fault` is a code: of the server (451) or of the network (ECONNREFUSED).
 */
export type MailOutcome = { is: 'sent' } | { is: 'later' | 'refused' | 'uncertain'; fault: string }

export type Mailer = (mail: Mail) => Promise<MailOutcome>

export interface MailSettings {
  host: string
  port: number
  /** Encrypted from the first byte; otherwise from STARTTLS on, which is insisted upon unless the server is this machine. */
  tls: boolean
  user: string | null
  password: string | null
  from: string
}

/** Null where no mail server is set. Throws `config-invalid` where its settings do not fit together. */
export function mailSettings(
  config: Pick<Config, 'mailServer' | 'mailUser' | 'mailPassword' | 'mailFrom'>,
): MailSettings | null {
  const { mailServer, mailUser, mailPassword, mailFrom } = config
  if (mailServer === null) return null
  if (mailFrom === null) {
    throw new InputFault(
      'config-invalid',
      'CONCORD_MAIL_FROM must say from which address e-mail comes, because CONCORD_MAIL_SERVER is set.',
    )
  }
  const { protocol, hostname, port } = new URL(mailServer)
  const tls = protocol === 'smtps:'
  return {
    host: hostname,
    port: Number(port) || (tls ? 465 : 587),
    tls,
    user: mailUser,
    password: mailPassword,
    from: mailFrom,
  }
}

/** One address and nothing else: no second one, no comment, no line break. */
export const isMailAddress = (text: string): boolean =>
  /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?)*$/i.test(
    text,
  ) && !/\s/.test(text)

/** Server and network may each take this long before the try counts as failed. */
const PATIENCE_MS = 20_000

/** Each e-mail has a connection of its own: there are few, and none is left open to be forgotten. */
export const openMailer =
  (settings: MailSettings): Mailer =>
  async mail => {
    if (!isMailAddress(mail.to)) return { is: 'refused', fault: 'ADDRESS' }
    if (/\p{Cc}/u.test(mail.subject)) throw new TypeError('the subject of an e-mail has a control character')
    return deliver(settings, mail.to, await messageOf(settings, mail))
  }

const messageOf = ({ from }: MailSettings, { id, to, subject, text, html }: Mail): Promise<Buffer> =>
  new MailComposer({
    from: { name: 'Concord', address: from },
    to: { name: '', address: to },
    messageId: `<${id}@${from.split('@')[1]}>`,
    subject,
    text,
    html,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build()

function deliver(
  { host, port, tls, user, password, from }: MailSettings,
  to: string,
  message: Buffer,
): Promise<MailOutcome> {
  const connection = new SMTPConnection({
    host,
    port,
    secure: tls,
    requireTLS: !tls && !isThisMachine(host),
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
  })
  return new Promise(resolve => {
    // Once the text may be under way, a connection that breaks leaves it open whether it went.
    let handedOver = false
    const settle = (outcome: MailOutcome) => {
      // First: closing tells `end`, which would settle it otherwise.
      resolve(outcome)
      connection.close()
    }
    const failed = (error: MailError) => settle(outcomeOf(error, handedOver))
    const send = () => {
      handedOver = true
      connection.send({ from, to: [to] }, message, error => {
        if (error) return failed(error)
        connection.quit()
        resolve({ is: 'sent' })
      })
    }
    connection.on('error', failed)
    connection.on('end', () => failed({ code: 'ECONNECTION' }))
    connection.connect(error => {
      if (error) return failed(error)
      if (user === null) return send()
      connection.login({ user, pass: password ?? '' }, refused => (refused ? failed(refused) : send()))
    })
  })
}

const isThisMachine = (host: string): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(host)

interface MailError {
  code?: string | undefined
  command?: string | undefined
  responseCode?: number | undefined
}

/** A number from the server is an answer: it has not taken the e-mail. A 5xx to the address itself is for good. */
function outcomeOf({ code = '', command, responseCode }: MailError, handedOver: boolean): MailOutcome {
  if (responseCode !== undefined) {
    const forGood = responseCode >= 500 && command === 'RCPT TO'
    return { is: forGood ? 'refused' : 'later', fault: String(responseCode) }
  }
  return {
    is: handedOver ? 'uncertain' : 'later',
    fault: /^[A-Z0-9]{1,20}$/.test(code) ? code : 'UNKNOWN',
  }
}
