/**
 * E-mail to invited partners, by the program: each is claimed in one transaction, sent outside any, and settled in another,
 * as e-mail about notices is. The link is made when its e-mail is claimed, and anew for another try, so that it stands in
 * one e-mail and nowhere else: the database has its hash.
 */
import { asProgram } from '../../../governance/access/as-member.ts'
import { isQuiet } from '../../../governance/notices/mail-times.ts'
import { newSecretToken } from '../../../governance/sessions/secret-token.ts'
import type { Mailer, MailOutcome } from '../../../platform/mail.ts'
import type { Database, Queryable } from '../../../platform/postgres.ts'
import { type InvitationMailKind, invitationMail } from './invitation-mail.ts'

const MINUTE = 60_000
/** A program that has had an e-mail for so long has stopped in the middle. */
const CLAIM_MS = 10 * MINUTE
const LONGEST_WAIT_MS = 60 * MINUTE
const GIVE_UP_MS = 24 * 60 * MINUTE

/** `address` of the installation, for the link. Gives how many the server took. */
export async function sendInvitationMails(
  database: Database,
  { send, address, clock }: { send: Mailer; address: string; clock: () => Date },
): Promise<number> {
  await asProgram(database, clock(), tx => settleAbandoned(tx, clock()))
  for (let sent = 0; ; sent++) {
    const mail = await asProgram(database, clock(), tx => claim(tx, clock()))
    if (!mail) return sent
    const { id, kind, email, reference, contact, token } = mail
    const link = token && `${address}/invitation/${token}`
    const outcome = await send({ id, to: email, ...invitationMail(kind, { reference, contact }, link) })
    await asProgram(database, clock(), tx => settle(tx, mail, outcome, clock()))
    // The next would fare no better while the server is down or refuses us.
    if (outcome.is === 'later') return sent
    if (outcome.is !== 'sent') sent--
  }
}

const settleAbandoned = (tx: Queryable, now: Date) =>
  tx.query(
    `update invitation_mails set state = 'uncertain', fault = 'STOPPED' where state = 'sending' and tried_at < $1`,
    [new Date(now.getTime() - CLAIM_MS).toISOString()],
  )

interface ClaimedMail {
  id: string
  kind: InvitationMailKind
  tries: number
  made_at: Date
  email: string
  reference: string
  contact: string
  token: string | null
}

/** The next e-mail to try; null where there is none. What became of a referral waits for the morning. */
async function claim(tx: Queryable, now: Date): Promise<ClaimedMail | null> {
  const [row] = await tx.query<Omit<ClaimedMail, 'token'> & { invitation: string; open: boolean }>(
    `update invitation_mails m set state = 'sending', tries = m.tries + 1, tried_at = present()
     from referral_invitations i join agencies a on a.id = i.agency
     where i.id = m.invitation and m.id = (
       select w.id from invitation_mails w
       where w.state = 'waiting' and w.next_try_at <= present() and (w.kind <> 'decided' or not $1)
       order by w.next_try_at, w.id limit 1
       for update skip locked)
     returning m.id, m.kind, m.tries, m.made_at, m.invitation, i.email, a.contact,
       coalesce(i.referral_reference, i.reference) as reference,
       i.used_at is null and i.taken_back_at is null and i.ends_at > present() as open`,
    [isQuiet(now)],
  )
  if (!row) return null
  const { invitation, open, ...mail } = row
  if (mail.kind !== 'link') return { ...mail, token: null }
  if (!open) {
    await tx.query('delete from invitation_mails where id = $1', [mail.id])
    return claim(tx, now)
  }
  const { token, hash } = newSecretToken()
  await tx.query('update referral_invitations set token_hash = $2 where id = $1', [invitation, hash])
  return { ...mail, token }
}

async function settle(
  tx: Queryable,
  { id, tries, made_at }: ClaimedMail,
  outcome: MailOutcome,
  now: Date,
): Promise<void> {
  const wait = Math.min(MINUTE * 2 ** (tries - 1), LONGEST_WAIT_MS)
  const late = now.getTime() - made_at.getTime() >= GIVE_UP_MS
  const state = outcome.is !== 'later' ? outcome.is : late ? 'given-up' : 'waiting'
  await tx.query(
    `update invitation_mails set state = $2, fault = $3, next_try_at = $4,
       sent_at = case when $2 = 'sent' then present() end
     where id = $1`,
    [id, state, outcome.is === 'sent' ? null : outcome.fault, new Date(now.getTime() + wait).toISOString()],
  )
}
