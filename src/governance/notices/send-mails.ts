/**
 * E-mail about notices, by the program. What is due for a person is gathered into one e-mail; an e-mail is claimed in one
 * transaction, sent outside any, and settled in another. Two programs never claim the same one, and what was perhaps sent
 * is not sent again: the notice itself stands in the product either way.
 */
import type { Mailer, MailOutcome } from '../../platform/mail.ts'
import type { Database, Queryable } from '../../platform/postgres.ts'
import { asProgram } from '../access/as-member.ts'
import { mailText } from './mail-text.ts'
import { isQuiet, mailAt } from './mail-times.ts'
import { isUrgent, type NoticeKindId } from './notice-kinds.ts'
import { type PreferenceRow, preferencesOf } from './notice-store.ts'

export interface MailRun {
  sent: number
  /** Kept for another try. */
  waiting: number
  /** Refused by the server, given up, or perhaps sent. */
  troubled: number
}

const MINUTE = 60_000
/** A program that has had an e-mail for so long has stopped in the middle. */
const CLAIM_MS = 10 * MINUTE
const LONGEST_WAIT_MS = 60 * MINUTE
const GIVE_UP_MS = 24 * 60 * MINUTE
/** Longer than any notice, which would count as not mailed otherwise. */
const KEPT_DAYS = 120

/** `address` of the installation, for the links. */
export async function sendMails(
  database: Database,
  { send, address, clock }: { send: Mailer; address: string; clock: () => Date },
): Promise<MailRun> {
  await asProgram(database, clock(), async tx => {
    await settleAbandoned(tx, clock())
    await gather(tx, clock())
  })
  const run: MailRun = { sent: 0, waiting: 0, troubled: 0 }
  for (;;) {
    const mail = await asProgram(database, clock(), tx => claim(tx, clock()))
    if (!mail) return run
    const outcome = await send({ id: mail.id, to: mail.email, ...mailText(mail.notices, address) })
    const state = stateAfter(outcome, mail, clock())
    await asProgram(database, clock(), tx => settle(tx, mail, state, outcome, clock()))
    if (state === 'sent') run.sent++
    else if (state === 'waiting') run.waiting++
    else run.troubled++
    // Most often the server is down or refuses us: the next e-mail would fare no better. This one comes later in the
    // line than the others from now on, so that one bad address holds nobody up for long.
    if (outcome.is === 'later') return run
  }
}

async function settleAbandoned(tx: Queryable, now: Date): Promise<void> {
  await tx.query(
    `update notice_mails set state = 'uncertain', fault = 'STOPPED' where state = 'sending' and tried_at < $1`,
    [new Date(now.getTime() - CLAIM_MS).toISOString()],
  )
  await tx.query(`delete from notice_mails where made_at < $1 and state not in ('waiting', 'sending')`, [
    new Date(now.getTime() - KEPT_DAYS * 24 * 60 * MINUTE).toISOString(),
  ])
}

interface Unmailed extends PreferenceRow {
  id: string
  recipient: string
  kind: NoticeKindId
  created_at: Date
}

/**
 * One e-mail for each person to whom something is due. Nobody is written to about what they have read, invented people
 * are never written to, and nobody who does not work there any more.
 */
async function gather(tx: Queryable, now: Date): Promise<void> {
  const unmailed = await tx.query<Unmailed>(
    `select n.id, n.recipient, n.kind, n.created_at, p.mail_when, p.digest_hour, p.muted
     from notices n join users u on u.id = n.recipient and u.state = 'active' and not u.synthetic
     left join notice_preferences p on p.user_id = n.recipient
     where n.mail is null and n.read_at is null
     order by n.created_at, n.id limit 2000
     for update of n skip locked`,
  )
  const quiet = isQuiet(now)
  const due = unmailed.filter(notice => {
    // A clock that went back must not keep what cannot wait.
    const createdAt = notice.created_at < now ? notice.created_at : now
    const at = mailAt({ kind: notice.kind, createdAt }, preferencesOf(notice))
    return at !== null && at <= now && (!quiet || isUrgent(notice.kind))
  })
  for (const [recipient, notices] of Map.groupBy(due, n => n.recipient)) {
    const [mail] = await tx.query<{ id: string }>(
      `insert into notice_mails (recipient, urgent, state, next_try_at, made_at)
       values ($1, $2, 'waiting', present(), present()) returning id`,
      [recipient, notices.some(n => isUrgent(n.kind))],
    )
    await tx.query('update notices set mail = $1 where id = any ($2)', [mail!.id, notices.map(n => n.id)])
  }
}

interface ClaimedMail {
  id: string
  email: string
  tries: number
  made_at: Date
  notices: { id: string; kind: NoticeKindId; reference: string }[]
}

/** The next e-mail to try, with what of it is unread yet; null where there is none. */
async function claim(tx: Queryable, now: Date): Promise<ClaimedMail | null> {
  const [row] = await tx.query<Omit<ClaimedMail, 'notices'>>(
    `update notice_mails m set state = 'sending', tries = m.tries + 1, tried_at = present()
     from users u
     where u.id = m.recipient and m.id = (
       select w.id from notice_mails w
       where w.state = 'waiting' and w.next_try_at <= present() and (w.urgent or not $1)
       order by w.urgent desc, w.next_try_at, w.id limit 1
       for update skip locked)
     returning m.id, u.email, m.tries, m.made_at`,
    [isQuiet(now)],
  )
  if (!row) return null
  const notices = await tx.query<ClaimedMail['notices'][number]>(
    'select id, kind, reference from notices where mail = $1 and read_at is null order by created_at, id',
    [row.id],
  )
  if (notices.length > 0) return { ...row, notices }
  await tx.query('delete from notice_mails where id = $1', [row.id])
  return claim(tx, now)
}

type StateAfter = 'sent' | 'waiting' | 'refused' | 'given-up' | 'uncertain'

function stateAfter({ is }: MailOutcome, { made_at }: ClaimedMail, now: Date): StateAfter {
  if (is !== 'later') return is
  return now.getTime() - made_at.getTime() >= GIVE_UP_MS ? 'given-up' : 'waiting'
}

async function settle(
  tx: Queryable,
  { id, tries }: ClaimedMail,
  state: StateAfter,
  outcome: MailOutcome,
  now: Date,
): Promise<void> {
  const wait = Math.min(MINUTE * 2 ** (tries - 1), LONGEST_WAIT_MS)
  await tx.query(
    `update notice_mails set state = $2, fault = $3, next_try_at = $4,
       sent_at = case when $2 = 'sent' then present() end
     where id = $1`,
    [id, state, outcome.is === 'sent' ? null : outcome.fault, new Date(now.getTime() + wait).toISOString()],
  )
}
