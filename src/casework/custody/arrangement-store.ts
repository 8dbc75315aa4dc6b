/** Who else works with somebody (IOM, MAPPA, youth offending …), so that nobody doubles a discussion. The policies say who finds which. */
import type { MemberTransaction } from '../../governance/access/as-member.ts'
import { retentionDates } from '../../governance/retention/retention-dates.ts'
import { addDays, type Day, earlierOf, londonDay } from '../../platform/calendar.ts'
import { NotThere, WrongMove } from '../../platform/errors.ts'

export interface ArrangementDetails {
  leadWorker: string
  contact: string
  toldBy: string
}

export interface Arrangement extends ArrangementDetails {
  id: string
  person: string
  kind: string
  kindName: string
  child: boolean
  agency: string
  agencyName: string
  since: Day
  edition: number
  reviewOn: Day
  deleteOn: Day
  suspendedOn: Day | null
  endedOn: Day | null
  /** Whether the viewer's agency keeps it. */
  own: boolean
}

const arrangementSql = `select r.id, r.person_id as person, r.kind, k.name as "kindName", r.child, r.agency, a.name as "agencyName",
    r.since, r.lead_worker as "leadWorker", r.contact, r.told_by as "toldBy", r.edition, r.review_on as "reviewOn",
    r.delete_on as "deleteOn", r.suspended_on as "suspendedOn", r.ended_on as "endedOn", r.agency = viewer_agency() as own
  from arrangements r join arrangement_kinds k on k.id = r.kind join agencies a on a.id = r.agency`

/** Those that go on, by name. */
export const arrangementsOf = (tx: MemberTransaction, person: string): Promise<Arrangement[]> =>
  tx.query(`${arrangementSql} where r.person_id = $1 and r.ended_on is null order by k.name, a.name`, [
    person,
  ])

/** One of the viewer's own agency that goes on. Throws NotThere for any other. */
export async function ownArrangement(tx: MemberTransaction, id: string): Promise<Arrangement> {
  const [found] = await tx.query<Arrangement>(
    `${arrangementSql} where r.id = $1 and r.agency = viewer_agency() and r.ended_on is null`,
    [id],
  )
  if (!found) throw new NotThere()
  return found
}

/** Kinds that take somebody new today. */
export const openKinds = (tx: MemberTransaction): Promise<{ id: string; name: string }[]> =>
  tx.query(
    `select id, name from arrangement_kinds
     where in_pack and since <= present_day() and (until is null or until >= present_day()) order by name`,
  )

export interface NewArrangement extends ArrangementDetails {
  person: string
  child: boolean
  kind: string
  since: Day
  legalBasis: string
}

/** Notes it once, however often the form is sent. Throws WrongMove where the agency has noted it already. */
export async function noteArrangement(
  tx: MemberTransaction,
  { person, child, kind, since, leadWorker, contact, toldBy, legalBasis }: NewArrangement,
  { key }: { key: string },
): Promise<void> {
  const { reviewOn, deleteOn } = retentionDates('arrangement', londonDay(tx.now), { child })
  const [noted] = await tx.query(
    `insert into arrangements (id, person_id, kind, child, agency, since, lead_worker, contact, told_by, author, made_at,
       changed_at, purpose, legal_basis, review_on, delete_on)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, present(), present(), viewer_purpose(), $11, $12, $13)
     on conflict do nothing returning id`,
    [
      key,
      person,
      kind,
      child,
      tx.member.agency,
      since,
      leadWorker,
      contact,
      toldBy,
      tx.member.user,
      legalBasis,
      reviewOn,
      deleteOn,
    ],
  )
  if (noted) {
    await tx.record('arrangement-noted', {
      person,
      kind: 'arrangement',
      id: key,
      detail: { arrangement: kind },
    })
    return
  }
  const [same] = await tx.query('select from arrangements where id = $1', [key])
  if (!same) {
    throw new WrongMove('Your agency has noted that already. Review what stands there, or end it first.')
  }
}

/** Looks at it again with what is true now. False where a colleague did since that edition: the page shows both. */
export async function reviewArrangement(
  tx: MemberTransaction,
  arrangement: Arrangement,
  { leadWorker, contact, toldBy }: ArrangementDetails,
  edition: number,
): Promise<boolean> {
  const { reviewOn } = retentionDates('arrangement', londonDay(tx.now), arrangement)
  const [reviewed] = await tx.query(
    `update arrangements set lead_worker = $3, contact = $4, told_by = $5, review_on = $6, delete_on = greatest(delete_on, $7),
       suspended_on = null, changed_at = present(), edition = edition + 1
     where id = $1 and edition = $2 returning id`,
    [arrangement.id, edition, leadWorker, contact, toldBy, reviewOn, addDays(reviewOn, 30)],
  )
  if (reviewed) await recordOn(tx, 'arrangement-reviewed', arrangement)
  return reviewed !== undefined
}

/** Kept a while, so that the others hear that it is over. */
const ENDED_DAYS = 28

export async function endArrangement(tx: MemberTransaction, arrangement: Arrangement): Promise<void> {
  const today = londonDay(tx.now)
  const ends = earlierOf(arrangement.deleteOn, addDays(today, ENDED_DAYS))
  const [ended] = await tx.query(
    `update arrangements set ended_on = $2, review_on = $3, delete_on = $3, suspended_on = null, changed_at = present(),
       edition = edition + 1
     where id = $1 and ended_on is null returning id`,
    [arrangement.id, today, ends],
  )
  if (ended) await recordOn(tx, 'arrangement-ended', arrangement)
}

const recordOn = (
  tx: MemberTransaction,
  event: 'arrangement-reviewed' | 'arrangement-ended',
  { id, person, kind }: Arrangement,
) => tx.record(event, { person, kind: 'arrangement', id, detail: { arrangement: kind } })
