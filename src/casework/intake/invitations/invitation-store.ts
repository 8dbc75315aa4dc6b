/** Invitations as people at work make, list and take them back. The policies of the database say who finds which. */
import type { MemberTransaction } from '../../../governance/access/as-member.ts'
import { findAgreement } from '../../../governance/agreements/agreement.ts'
import { agreementsOf } from '../../../governance/agreements/agreement-store.ts'
import { purposes } from '../../../governance/purposes.ts'
import { retentionDates } from '../../../governance/retention/retention-dates.ts'
import { newSecretToken } from '../../../governance/sessions/secret-token.ts'
import { type Day, londonDay } from '../../../platform/calendar.ts'
import { NotThere, WrongMove } from '../../../platform/errors.ts'
import { receiver } from '../referrals/send-referral.ts'
import { type InvitationState, insist, standing } from './invitation.ts'
import type { NewInvitation } from './invitation-form.ts'
import { invitationEnd, invitationRuleOn } from './invitation-rules.ts'

export interface Invitation {
  id: string
  reference: string
  agencyName: string
  receiverName: string
  invitedBy: string
  invitedByName: string
  organisation: string
  post: string
  guestName: string | null
  email: string
  whatFor: string
  purpose: string
  legalBasis: string
  agreement: string | null
  madeAt: Date
  endsAt: Date
  usedAt: Date | null
  takenBackAt: Date | null
  takenBackByName: string | null
  referral: string | null
  deleteOn: Day
  state: InvitationState
  /** Of the e-mail with the link; null where whoever invited them hands it over. */
  mail: 'waiting' | 'sending' | 'sent' | 'refused' | 'given-up' | 'uncertain' | null
}

const select = `
  select i.id, i.reference, a.name as "agencyName", t.name as "receiverName", i.invited_by as "invitedBy",
    u.name as "invitedByName", i.organisation, i.post, i.guest_name as "guestName", i.email, i.what_for as "whatFor",
    i.purpose, i.legal_basis as "legalBasis", g.title as agreement, i.made_at as "madeAt", i.ends_at as "endsAt",
    i.used_at as "usedAt", i.taken_back_at as "takenBackAt", b.name as "takenBackByName",
    i.referral_reference as referral, i.delete_on as "deleteOn", m.state as mail
  from referral_invitations i join agencies a on a.id = i.agency join agencies t on t.id = i.to_agency
  join users u on u.id = i.invited_by left join users b on b.id = i.taken_back_by
  left join agreements g on g.id = i.agreement
  left join invitation_mails m on m.invitation = i.id and m.kind = 'link'`

const stood = ({ now }: MemberTransaction, row: Omit<Invitation, 'state'>): Invitation => ({
  ...row,
  state: standing(row, now),
})

/** Those that the viewer made, or, for a coordinator, that their agency made; the newest first. */
export const listInvitations = async (tx: MemberTransaction): Promise<Invitation[]> =>
  (
    await tx.query<Omit<Invitation, 'state'>>(`${select} order by i.made_at desc, i.reference desc limit 200`)
  ).map(row => stood(tx, row))

/** Throws NotThere for what is not theirs as for what does not exist. */
export async function readInvitationOf(tx: MemberTransaction, reference: string): Promise<Invitation> {
  const [row] = await tx.query<Omit<Invitation, 'state'>>(`${select} where i.reference = $1`, [reference])
  if (!row) throw new NotThere()
  return stood(tx, row)
}

/** Under what a partner may refer through the viewer's agency, as the partner is told. */
export interface Ground {
  to: string
  /** Null where the agency receives referrals itself. */
  agreement: { id: string; title: string; endsOn: Day } | null
  legalBasis: string
}

/** Null where no agreement in force lets a referral cross for the viewer's purpose (R13). */
export async function groundFor(tx: MemberTransaction): Promise<Ground | null> {
  const { agency, purpose } = tx.member
  const to = await receiver(tx)
  if (agency === to) {
    const bases = purposes.find(p => p.id === purpose)?.legalBases ?? []
    return { to, agreement: null, legalBasis: bases.join('; ') }
  }
  const found = findAgreement(
    await agreementsOf(tx, agency),
    { one: agency, other: to, purpose: purpose ?? '', fields: ['referral'] },
    londonDay(tx.now),
  )
  if ('because' in found) return null
  const { id, title, endsOn, legalBasis } = found.agreement
  return { to, agreement: { id, title, endsOn }, legalBasis }
}

export interface Invited {
  reference: string
  /** Of the link, where it is handed over: shown this once. */
  token: string | null
  madeBefore: boolean
}

/**
 * `id` comes from the form: sent twice, it is one invitation. `mails`: an e-mail server is set. Invented people send no
 * e-mail, so that nobody has a demonstration write to strangers. Throws WrongMove without an agreement (R13), and where
 * somebody has invited as many as anybody may in a day.
 */
export async function invite(
  tx: MemberTransaction,
  id: string,
  invitation: NewInvitation,
  { mails }: { mails: boolean },
): Promise<Invited> {
  const [before] = await tx.query<{ reference: string }>(
    'select reference from referral_invitations where id = $1',
    [id],
  )
  if (before) return { reference: before.reference, token: null, madeBefore: true }
  const ground = await groundFor(tx)
  if (!ground) {
    throw new WrongMove(
      'Your agency and the partnership have no agreement in force that covers referrals for your purpose. Ask your information governance officer for one.',
    )
  }
  const today = londonDay(tx.now)
  const { mostADay } = invitationRuleOn(today)
  const [counted] = await tx.query<{ made: number; invented: boolean }>(
    `select count(*) as made, viewer_is_synthetic() as invented from referral_invitations
     where invited_by = viewer_user() and made_at > present() - interval '1 day'`,
  )
  if (counted!.made >= mostADay) {
    throw new WrongMove(
      `You have invited ${mostADay} partners within a day, which is as many as anybody may. Go on tomorrow, or ask a colleague.`,
    )
  }
  const byMail = mails && !counted!.invented
  const link = byMail ? null : newSecretToken()
  const [made] = await tx.query<{ reference: string }>(
    `insert into referral_invitations (id, reference, agency, invited_by, to_agency, agreement, purpose, legal_basis,
       organisation, post, guest_name, email, what_for, made_at, ends_at, token_hash, delete_on)
     values ($1, next_reference('INV'), $2, $3, $4, $5, viewer_purpose(), $6, $7, $8, $9, $10, $11, present(), $12, $13, $14)
     returning reference`,
    [
      id,
      tx.member.agency,
      tx.member.user,
      ground.to,
      ground.agreement?.id ?? null,
      ground.legalBasis,
      invitation.organisation,
      invitation.post,
      invitation.guestName,
      invitation.email,
      invitation.whatFor,
      invitationEnd(tx.now, invitation.days).toISOString(),
      link?.hash ?? null,
      retentionDates('invitation', today, { child: false }).deleteOn,
    ],
  )
  if (byMail) {
    await tx.query(
      `insert into invitation_mails (invitation, kind, next_try_at, made_at) values ($1, 'link', present(), present())`,
      [id],
    )
  }
  await tx.record('partner-invited', {
    kind: 'invitation',
    id: made!.reference,
    detail: { to: ground.to, days: invitation.days, by: byMail ? 'e-mail' : 'hand' },
  })
  return { reference: made!.reference, token: link?.token ?? null, madeBefore: false }
}

/** Taking back what is taken back already is a read. Throws WrongMove for what was used or has ended, NotThere as for none. */
export async function takeBack(tx: MemberTransaction, reference: string): Promise<void> {
  const { id, state } = await readInvitationOf(tx, reference)
  if (state === 'taken-back') return
  insist('take-back', state)
  const [done] = await tx.query(
    `update referral_invitations set taken_back_at = present(), taken_back_by = viewer_user()
     where id = $1 and used_at is null and taken_back_at is null returning id`,
    [id],
  )
  if (!done) {
    const { state: meanwhile } = await readInvitationOf(tx, reference)
    if (meanwhile === 'taken-back') return
    insist('take-back', meanwhile)
  }
  await tx.record('invitation-taken-back', { kind: 'invitation', id: reference })
}
