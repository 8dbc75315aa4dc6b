/** Looking without a right, openly (R20): for a stated reason, until a shown time, told to the owners, reviewed after. */
import type { Day } from '../../platform/calendar.ts'
import type { Queryable } from '../../platform/postgres.ts'
import type { MemberTransaction } from '../access/as-member.ts'
import { notify } from '../notices/notify.ts'

/** Hours that may be chosen; the policies allow no more than the last. */
export const glassHours = [1, 2, 4] as const

export interface BrokenGlass {
  id: string
  person: string
  user: string
  /** "Sam Example, school link officer, Oak School" */
  who: string
  reason: string
  startsAt: Date
  endsAt: Date
  reviewOn: Day
  reviewedAt: Date | null
  reviewOutcome: string | null
}

const select = `
  select b.id, b.person_id as person, b.user_id as user, u.name || ', ' || u.post || ', ' || a.name as who, b.reason,
    b.starts_at as "startsAt", b.ends_at as "endsAt", b.review_on as "reviewOn", b.reviewed_at as "reviewedAt",
    b.review_outcome as "reviewOutcome"
  from break_glass b join users u on u.id = b.user_id join agencies a on a.id = u.agency`

/** What the viewer is told of: their own, those on records that they own or coordinate; for governance, all. */
export const listBrokenGlass = (tx: Queryable, limit: number): Promise<BrokenGlass[]> =>
  tx.query<BrokenGlass>(`${select} order by b.reviewed_at is not null, b.starts_at desc, b.id limit $1`, [
    limit,
  ])

export const brokenGlassAbout = (tx: Queryable, person: string): Promise<BrokenGlass[]> =>
  tx.query<BrokenGlass>(`${select} where b.person_id = $1 order by b.starts_at desc, b.id`, [person])

export interface NewBreak {
  /** The form's: sent twice, it is one. */
  id: string
  person: string
  reason: string
  hours: number
  reviewOn: Day
}

export async function breakGlass(
  tx: MemberTransaction,
  { id, person, reason, hours, reviewOn }: NewBreak,
): Promise<void> {
  const [already] = await tx.query('select id from break_glass where id = $1', [id])
  if (already) return
  await tx.query(
    `insert into break_glass (id, person_id, user_id, reason, starts_at, ends_at, review_on)
     values ($1, $2, $3, $4, present(), present() + make_interval(hours => $5), $6)`,
    [id, person, tx.member.user, reason, hours, reviewOn],
  )
  await tx.record('glass-broken', { person, kind: 'break-glass', id, detail: { hours } })
  await notify(tx, 'glass-broken', id)
  await notify(tx, 'broken-glass-to-review', id)
}

/** False where there is nothing left to review, or it is one's own. */
export async function reviewBrokenGlass(
  tx: MemberTransaction,
  id: string,
  outcome: string,
): Promise<boolean> {
  const [reviewed] = await tx.query<{ person: string }>(
    `update break_glass set reviewed_by = $2, reviewed_at = present(), review_outcome = $3
     where id = $1 and reviewed_at is null and user_id <> $2 returning person_id as person`,
    [id, tx.member.user, outcome],
  )
  if (reviewed) await tx.record('broken-glass-reviewed', { person: reviewed.person, kind: 'break-glass', id })
  return reviewed !== undefined
}
