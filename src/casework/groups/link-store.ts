/** Links in the database: with which group somebody was seen, on what day, from what source. The policies say who reads which. */
import type { MemberTransaction } from '../../governance/access/as-member.ts'
import { worksOnGroups } from '../../governance/access/explain-group.ts'
import { retentionDates } from '../../governance/retention/retention-dates.ts'
import { calendarWords, type Day, earlierOf, londonDay } from '../../platform/calendar.ts'
import { NotThere, WrongMove } from '../../platform/errors.ts'
import {
  insistOnLink,
  type LinkGround,
  type LinkMove,
  type LinkMover,
  type LinkState,
  linkMoves,
} from './group-link.ts'

export interface NewLink {
  group: string
  person: string
  /** As those who work on the group read it. */
  called: string
  /** Under 18, or of an age that nobody knows. */
  child: boolean
  ground: LinkGround
  says: string
  /** The statement of one's own agency that it rests on; its day and source are the link's. */
  entry: string
  legalBasis: string
  asked?: string[]
}

/** A statement that a link may rest on. */
export interface LinkableStatement {
  id: string
  occurredOn: Day
  source: string
  text: string
}

/**
 * Statements of the viewer's agency about events in which the person was not the one who was hurt, at risk, a witness or a
 * professional (R4); the newest first. The policy asks the same.
 */
export const linkableStatements = (tx: MemberTransaction, person: string): Promise<LinkableStatement[]> =>
  tx.query(
    `select id, occurred_on as "occurredOn", source, text from entries
     where person_id = $1 and agency = viewer_agency() and circle is null and kind in ('event', 'concern')
       and information_grade is distinct from 'E'
       and (role_in_event is null or role_in_event in ('suspected', 'convicted'))
     order by occurred_on desc, id limit 100`,
    [person],
  )

/** Writes a link down once, however often the form is sent. Throws WrongMove where the same statement links them already. */
export async function linkToGroup(
  tx: MemberTransaction,
  link: NewLink,
  { key }: { key: string },
): Promise<void> {
  const [known] = await tx.query('select id from group_links where id = $1', [key])
  if (known) return
  const entry = (await linkableStatements(tx, link.person)).find(e => e.id === link.entry)
  if (!entry) {
    throw new WrongMove(
      'Choose a statement of your agency about an event. Who was hurt, at risk or a witness in it is not linked to a group (R4).',
    )
  }
  const { reviewOn, deleteOn } = retentionDates('group-link', londonDay(tx.now), link)
  const [made] = await tx.query(
    `insert into group_links (id, group_id, person_id, called, child, ground, says, on_day, source, entry, agency, author,
       made_at, purpose, legal_basis, review_on, delete_on)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, present(), viewer_purpose(), $13, $14, $15)
     on conflict do nothing returning id`,
    [
      key,
      link.group,
      link.person,
      link.called,
      link.child,
      link.ground,
      link.says,
      entry.occurredOn,
      entry.source,
      link.entry,
      tx.member.agency,
      tx.member.user,
      link.legalBasis,
      reviewOn,
      deleteOn,
    ],
  )
  if (!made) throw new WrongMove('A link to this group rests on that statement already.')
  await insertMove(tx, key, 1, 'see', 'to-confirm', key, link.asked ? { asked: link.asked } : {})
  await tx.record('group-link-made', { person: link.person, kind: 'group-link', id: key })
}

export interface GroupLink {
  id: string
  group: string
  groupReference: string
  groupCalled: string
  person: string
  called: string
  child: boolean
  ground: LinkGround
  says: string
  onDay: Day
  source: string
  agencyName: string
  authorName: string
  state: LinkState
  notice: 'told' | 'not-told' | null
  noticeOn: Day | null
  challengedAt: Date | null
  reviewOn: Day
  deleteOn: Day
  suspendedOn: Day | null
  /** Number of the last move. */
  seq: number
  /** Inadmissible grounds that its words lean on (R4): shown to whoever confirms it. */
  asked: string[]
  mover: LinkMover
  /** Whether the viewer's agency holds a record of the person. */
  holds: boolean
}

interface LinkRow extends Omit<GroupLink, 'mover'> {
  own: boolean
  mine: boolean
}

const selected = `select l.id, l.group_id as "group", g.reference as "groupReference", g.called as "groupCalled",
    l.person_id as person, l.called, l.child, l.ground, l.says, l.on_day as "onDay", l.source, a.name as "agencyName",
    u.name as "authorName", l.state, l.notice, l.notice_on as "noticeOn", l.challenged_at as "challengedAt",
    l.review_on as "reviewOn", l.delete_on as "deleteOn", l.suspended_on as "suspendedOn",
    (select max(m.seq) from group_link_moves m where m.link = l.id) as seq,
    coalesce((select m.detail -> 'asked' from group_link_moves m where m.link = l.id and m.seq = 1), '[]') as asked,
    l.agency = viewer_agency() as own, l.author = viewer_user() as mine, viewer_holds(l.person_id) as holds
  from group_links l join groups g on g.id = l.group_id join agencies a on a.id = l.agency join users u on u.id = l.author`

const withMover = (tx: MemberTransaction, { own, mine, ...row }: LinkRow): GroupLink => ({
  ...row,
  mover: { own: own && worksOnGroups(tx.member), author: mine, role: tx.member.role },
})

/** The latest day first: neither people nor groups are ever sorted by counts (R6). */
export const linksOf = async (
  tx: MemberTransaction,
  about: { group: string } | { person: string },
): Promise<GroupLink[]> => {
  const [column, id] = 'group' in about ? ['group_id', about.group] : ['person_id', about.person]
  const rows = await tx.query<LinkRow>(
    `${selected} where l.${column} = $1 order by l.on_day desc, l.id limit 200`,
    [id],
  )
  return rows.map(row => withMover(tx, row))
}

/** Throws NotThere for what is not theirs as for what does not exist. */
export async function readLink(tx: MemberTransaction, id: string): Promise<GroupLink> {
  const [row] = await tx.query<LinkRow>(`${selected} where l.id = $1`, [id])
  if (!row) throw new NotThere()
  return withMover(tx, row)
}

export interface LinkMoveForm {
  key: string
  seen: number
  detail?: {
    because?: string
    reviewOn?: Day
    /** Of `confirm` and `tell`: whether the person was told, and when it is looked at again where not (R21). */
    notice?: 'told' | 'not-told'
    againOn?: Day
  }
}

/** Moves a link. Throws WrongMove with what is possible where the move does not fit. */
export async function moveLink(
  tx: MemberTransaction,
  id: string,
  name: Exclude<LinkMove, 'see' | 'lapse' | 'challenge'>,
  { key, seen, detail = {} }: LinkMoveForm,
): Promise<void> {
  const link = await readLink(tx, id)
  if (await isMoved(tx, key)) return
  insistOnLink(name, link.state, link.mover)
  if (seen !== link.seq) {
    throw new WrongMove('Something happened to this link while you had it open. Read it again, then decide.')
  }
  const kept = { ...detail }
  if (name === 'review' || name === 'confirm') {
    const latest = latestLinkReview(link, londonDay(tx.now))
    if (kept.reviewOn && kept.reviewOn > latest) {
      throw new WrongMove(`The next review lies between tomorrow and ${calendarWords(latest)}.`)
    }
    kept.reviewOn ??= latest
  }
  if (!(await insertMove(tx, id, seen + 1, name, linkMoves[name].to ?? link.state, key, kept))) {
    if (await isMoved(tx, key)) return
    throw new WrongMove('Somebody else was first. Read it again, then decide.')
  }
  await tx.record('group-link-moved', {
    person: link.person,
    kind: 'group-link',
    id,
    detail: { move: name },
  })
}

/** R10: 42 days for a child, 90 for anybody else, and never after the link ends. */
export const latestLinkReview = (
  { child, deleteOn }: Pick<GroupLink, 'child' | 'deleteOn'>,
  today: Day,
): Day => earlierOf(retentionDates('group-link', today, { child }).reviewOn, deleteOn)

/** R21: opens a case for a reviewer who had no part, and gives its reference. Sent twice, it is one case. */
export async function challengeLink(
  tx: MemberTransaction,
  link: GroupLink,
  { key, words, reachAt, askedBy }: { key: string; words: string; reachAt: string; askedBy: string },
): Promise<void> {
  const known = await isMoved(tx, key)
  const [opened] = await tx.query<{ reference: string | null }>(
    'select challenge_group_link($1, $2, $3, $4, $5) as reference',
    [link.id, key, words, reachAt, askedBy],
  )
  if (!opened?.reference) throw new WrongMove('There is nothing to challenge any more.')
  if (known) return
  await tx.record('group-link-challenged', {
    person: link.person,
    kind: 'group-link',
    id: link.id,
    detail: { rightsCase: opened.reference },
  })
}

const isMoved = async (tx: MemberTransaction, key: string): Promise<boolean> =>
  (await tx.query('select 1 from group_link_moves where request_key = $1', [key])).length > 0

async function insertMove(
  tx: MemberTransaction,
  link: string,
  seq: number,
  name: LinkMove,
  stateAfter: LinkState,
  key: string,
  detail: object,
): Promise<boolean> {
  const rows = await tx.query(
    `insert into group_link_moves (link, seq, action, state_after, by_user, by_agency, at, request_key, detail)
     values ($1, $2, $3, $4, $5, $6, present(), $7, $8) on conflict do nothing returning seq`,
    [link, seq, name, stateAfter, tx.member.user, tx.member.agency, key, JSON.stringify(detail)],
  )
  return rows.length > 0
}
