/** A person's own notices, and how they want e-mail. The policies show each their own alone. */
import { NotThere } from '../../platform/errors.ts'
import type { MemberTransaction } from '../access/as-member.ts'
import { type MailChoice, type NoticePreferences, usualPreferences } from './mail-times.ts'
import { type NoticeGroup, type NoticeKindId, noticeKinds } from './notice-kinds.ts'

export interface Notice {
  id: string
  kind: NoticeKindId
  reference: string
  /** An address of ours. */
  link: string
  /** Of a reminder. */
  dueAt: Date | null
  createdAt: Date
  readAt: Date | null
}

/** Unread first, what cannot wait before the rest; then the newest first. */
export async function listNotices(tx: MemberTransaction, limit: number): Promise<Notice[]> {
  const urgent = Object.entries(noticeKinds).flatMap(([kind, { group }]) =>
    group === 'safeguarding' ? [kind] : [],
  )
  return tx.query<Notice>(
    `select id, kind, reference, link, due_at as "dueAt", created_at as "createdAt", read_at as "readAt"
     from notices
     order by read_at is not null, read_at is null and kind <> all ($2), created_at desc, id limit $1`,
    [limit, urgent],
  )
}

export async function countUnread(tx: MemberTransaction): Promise<number> {
  const [row] = await tx.query<{ n: number }>('select count(*) as n from notices where read_at is null')
  return row!.n
}

/** Marks it as read, and gives where it leads. Throws NotThere for what is not theirs. */
export async function openNotice(tx: MemberTransaction, id: string): Promise<string> {
  const [notice] = await tx.query<{ link: string }>(
    'update notices set read_at = coalesce(read_at, present()) where id = $1 returning link',
    [id],
  )
  if (!notice) throw new NotThere()
  return notice.link
}

/** Marks as read what the page showed, and nothing that came in since. Gives how many were not read yet. */
export async function markRead(tx: MemberTransaction, ids: readonly string[]): Promise<number> {
  const read = await tx.query(
    'update notices set read_at = present() where id = any ($1) and read_at is null returning id',
    [ids],
  )
  if (read.length > 0) await tx.record('notices-read', { kind: 'notices', detail: { notices: read.length } })
  return read.length
}

export async function readPreferences(tx: MemberTransaction): Promise<NoticePreferences> {
  const [row] = await tx.query<PreferenceRow>(
    'select mail_when, digest_hour, muted from notice_preferences where user_id = viewer_user()',
  )
  return preferencesOf(row)
}

export interface PreferenceRow {
  mail_when: MailChoice | null
  digest_hour: number | null
  muted: NoticeGroup[] | null
}

/** Of a row of `notice_preferences`; of none, or of one that a join left empty, the usual ones. */
export function preferencesOf(row: PreferenceRow | undefined): NoticePreferences {
  if (!row || row.mail_when === null || row.digest_hour === null || row.muted === null)
    return usualPreferences
  return { when: row.mail_when, digestHour: row.digest_hour, muted: row.muted }
}

export async function keepPreferences(
  tx: MemberTransaction,
  { when, digestHour, muted }: NoticePreferences,
): Promise<void> {
  await tx.query(
    `insert into notice_preferences (user_id, mail_when, digest_hour, muted) values (viewer_user(), $1, $2, $3)
     on conflict (user_id) do update set mail_when = $1, digest_hour = $2, muted = $3`,
    [when, digestHour, muted],
  )
  await tx.record('notice-preferences-changed', { kind: 'account', id: tx.member.user })
}

export interface MailTrouble {
  state: 'waiting' | 'refused' | 'given-up' | 'uncertain'
  /** Code of the mail server or of the network. */
  fault: string | null
  mails: number
  since: Date
}

/** For administrators; empty for everybody else. */
export const mailTroubles = (tx: MemberTransaction): Promise<MailTrouble[]> =>
  tx.query<MailTrouble>('select state, fault, mails, since from mail_troubles()')

/** Accounts whose address the mail server refused. For administrators. */
export const refusedAccounts = (tx: MemberTransaction): Promise<{ id: string; name: string }[]> =>
  tx.query('select u.id, u.name from users u where u.id in (select mail_refused_to()) order by u.name, u.id')
