/** Concerns of the viewer's own agency, and for coordinators of the partnership that several agencies noted one. */
import type { MemberTransaction } from '../../../governance/access/as-member.ts'
import { retentionDates } from '../../../governance/retention/retention-dates.ts'
import { type Day, londonDay, yearsBetween } from '../../../platform/calendar.ts'
import { NotThere } from '../../../platform/errors.ts'
import { bases } from '../referrals/bases.ts'
import { startDraft } from '../referrals/draft-store.ts'
import type { NotedConcern } from './concern.ts'

/** `id` is the key of the form: noting the same form twice gives the first reference. */
export async function noteConcern(
  tx: MemberTransaction,
  id: string,
  { given, family, birthDate, noticedOn, text }: NotedConcern,
): Promise<string> {
  const [noted] = await tx.query<{ reference: string }>('select reference from concerns where id = $1', [id])
  if (noted) return noted.reference
  const today = londonDay(tx.now)
  const child = birthDate === null || yearsBetween(birthDate, today) < 18
  const { reviewOn, deleteOn } = retentionDates('concern', today, { child })
  const [row] = await tx.query<{ reference: string }>(
    `insert into concerns (id, reference, agency, author, given, family, birth_date, noticed_on, text, purpose,
       legal_basis, noted_at, review_on, delete_on)
     values ($1, next_reference('C'), $2, $3, $4, $5, $6, $7, $8, viewer_purpose(), $9, present(), $10, $11)
     returning reference`,
    [
      id,
      tx.member.agency,
      tx.member.user,
      given,
      family,
      birthDate,
      noticedOn,
      text,
      bases.safeguarding.legalBasis,
      reviewOn,
      deleteOn,
    ],
  )
  await tx.record('concern-noted', { kind: 'concern', id: row!.reference })
  return row!.reference
}

export interface Concern extends NotedConcern {
  reference: string
  author: string
  notedAt: Date
  reviewOn: Day
  deleteOn: Day
}

interface ConcernRow {
  reference: string
  given: string
  family: string
  birth_date: Day | null
  noticed_on: Day
  text: string
  noted_at: Date
  review_on: Day
  delete_on: Day
  author_name: string
}

const fromRow = (row: ConcernRow): Concern => ({
  reference: row.reference,
  given: row.given,
  family: row.family,
  birthDate: row.birth_date,
  noticedOn: row.noticed_on,
  text: row.text,
  author: row.author_name,
  notedAt: row.noted_at,
  reviewOn: row.review_on,
  deleteOn: row.delete_on,
})

const select = 'select c.*, u.name as author_name from concerns c join users u on u.id = c.author'

/** Of the viewer's own agency, the latest first. */
export async function listConcerns(tx: MemberTransaction): Promise<Concern[]> {
  const rows = await tx.query<ConcernRow>(`${select} order by c.noted_at desc limit 200`)
  await tx.record('concerns-listed', { kind: 'concern', detail: { shown: rows.length } })
  return rows.map(fromRow)
}

/** Throws NotThere for a concern of another agency as for none. */
export async function openConcern(tx: MemberTransaction, reference: string): Promise<Concern> {
  const [row] = await tx.query<ConcernRow>(`${select} where c.reference = $1`, [reference])
  if (!row) throw new NotThere()
  await tx.record('concern-opened', { kind: 'concern', id: reference })
  return fromRow(row)
}

/** A draft of a referral that begins with what was noted. Gives its number. */
export async function referConcern(
  tx: MemberTransaction,
  reference: string,
  draft?: string,
): Promise<string> {
  const { given, family, birthDate, text } = await openConcern(tx, reference)
  return startDraft(tx, draft, {
    ...(given ? { given } : {}),
    ...(family ? { family } : {}),
    ...(birthDate ? { birthDate } : {}),
    seen: text,
  })
}

export interface ConcernPattern {
  notedBy: { agency: string; contact: string; references: string[] }[]
  lastOn: Day
}

/** Somebody about whom more than one agency noted something: who noted it, not about whom, nor what. */
export async function concernPatterns(tx: MemberTransaction): Promise<ConcernPattern[]> {
  const found = await tx.query<ConcernPattern>(
    'select noted_by as "notedBy", last_on as "lastOn" from concern_patterns()',
  )
  await tx.record('concern-patterns-listed', {
    kind: 'concern',
    detail: { references: found.flatMap(p => p.notedBy.flatMap(n => n.references)) },
  })
  return found
}
