/** Closed circles: named by their owner, member by member. Who may see which is for the policies (R17). */
import type { Day } from '../../platform/calendar.ts'
import { londonDay } from '../../platform/calendar.ts'
import { WrongMove } from '../../platform/errors.ts'
import type { Queryable } from '../../platform/postgres.ts'
import type { MemberTransaction } from '../access/as-member.ts'
import { findAgreement, type NoAgreement } from '../agreements/agreement.ts'
import { agreementsOf } from '../agreements/agreement-store.ts'

export const circleKinds = {
  mediation: 'Mediation',
  'youth-work': 'Youth work',
  health: 'Health',
  'restricted-case': 'A case for few',
} as const

export type CircleKind = keyof typeof circleKinds

export const isCircleKind = (text: string): text is CircleKind => Object.hasOwn(circleKinds, text)

/** R10: 90 days, unless an area chose fewer. */
export const CIRCLE_REVIEW_DAYS = 90

export interface Circle {
  id: string
  name: string
  kind: CircleKind
  agency: string
  agencyName: string
  ownerName: string
  owned: boolean
  reviewOn: Day
}

export interface CircleMember {
  user: string
  name: string
  post: string
  agencyName: string
  addedAt: Date
}

const select = `
  select c.id, c.name, c.kind, c.agency, a.name as "agencyName", u.name as "ownerName", c.owner = viewer_user() as owned,
    c.review_on as "reviewOn"
  from circles c join agencies a on a.id = c.agency join users u on u.id = c.owner`

export const listCircles = (tx: Queryable): Promise<Circle[]> =>
  tx.query<Circle>(`${select} order by c.review_on, c.id`)

export async function findCircle(tx: Queryable, id: string): Promise<Circle | null> {
  const [circle] = await tx.query<Circle>(`${select} where c.id = $1`, [id])
  return circle ?? null
}

export const membersOf = (tx: Queryable, circle: string): Promise<CircleMember[]> =>
  tx.query<CircleMember>(
    `select m.user_id as user, u.name, u.post, a.name as "agencyName", m.added_at as "addedAt"
     from circle_members m join users u on u.id = m.user_id join agencies a on a.id = u.agency
     where m.circle = $1 order by u.name, u.id`,
    [circle],
  )

export interface Candidate {
  user: string
  name: string
  post: string
  agency: string
  agencyName: string
}

/** People at work who could be named: those who see people at all, but for police where the circle is closed to them. */
export const candidatesFor = (tx: Queryable, circle: Circle): Promise<Candidate[]> =>
  tx.query<Candidate>(
    `select u.id as user, u.name, u.post, u.agency, a.name as "agencyName"
     from users u join agencies a on a.id = u.agency
     where u.state = 'active' and u.role in ('practitioner', 'coordinator', 'commander')
       and (a.kind <> 'police' or $2 = 'restricted-case')
       and u.id not in (select m.user_id from circle_members m where m.circle = $1)
     order by a.name, u.name, u.id`,
    [circle.id, circle.kind],
  )

/** `id` is the form's: sent twice, it is made once. The owner is its first member. */
export async function makeCircle(
  tx: MemberTransaction,
  { id, name, kind, reviewOn }: { id: string; name: string; kind: CircleKind; reviewOn: Day },
): Promise<void> {
  if (await findCircle(tx, id)) return
  const { user, agency } = tx.member
  await tx.query(
    `insert into circles (id, name, kind, agency, owner, created_at, review_on) values ($1, $2, $3, $4, $5, present(), $6)`,
    [id, name, kind, agency, user, reviewOn],
  )
  await tx.query(
    'insert into circle_members (circle, user_id, added_by, added_at) values ($1, $2, $2, present())',
    [id, user],
  )
  await tx.record('circle-made', { kind: 'circle', id })
}

/** Why somebody of another agency would read nothing there: no agreement names circle notes. Null where they would. */
export async function unreadable(
  tx: MemberTransaction,
  circle: Circle,
  agency: string,
): Promise<NoAgreement | null> {
  if (agency === circle.agency) return null
  const found = findAgreement(
    await agreementsOf(tx, circle.agency),
    { one: circle.agency, other: agency, purpose: tx.member.purpose ?? '', fields: ['circle-notes'] },
    londonDay(tx.now),
  )
  return 'because' in found ? found.because : null
}

export async function addMember(tx: MemberTransaction, circle: Circle, user: string): Promise<void> {
  const already = (await membersOf(tx, circle.id)).some(m => m.user === user)
  if (already) return
  await tx.query(
    'insert into circle_members (circle, user_id, added_by, added_at) values ($1, $2, $3, present())',
    [circle.id, user, tx.member.user],
  )
  await tx.record('circle-member-added', { kind: 'circle', id: circle.id, detail: { member: user } })
}

export async function removeMember(tx: MemberTransaction, circle: Circle, user: string): Promise<void> {
  const removed = await tx.query(
    'delete from circle_members where circle = $1 and user_id = $2 returning user_id',
    [circle.id, user],
  )
  if (removed.length === 0) return
  await tx.record('circle-member-removed', { kind: 'circle', id: circle.id, detail: { member: user } })
}

/** The owner has looked at who is in it, and that it is still needed. */
export async function reviewCircle(tx: MemberTransaction, circle: Circle, reviewOn: Day): Promise<void> {
  const reviewed = await tx.query('update circles set review_on = $2 where id = $1 returning id', [
    circle.id,
    reviewOn,
  ])
  if (reviewed.length === 0) throw new WrongMove('Only the owner reviews a circle.')
  await tx.record('circle-reviewed', { kind: 'circle', id: circle.id, detail: { until: reviewOn } })
}
