/** What was given: kept as a copy, read back by both agencies as the policies let them, taken back by who gave it. */
import type { Day } from '../../platform/calendar.ts'
import { WrongMove } from '../../platform/errors.ts'
import type { Queryable } from '../../platform/postgres.ts'
import type { MemberTransaction } from '../access/as-member.ts'
import type { NoticeKindId } from '../notices/notice-kinds.ts'
import { notify } from '../notices/notify.ts'
import type { Content, OwnEntry, OwnRecord } from './disclosure-content.ts'

export type Way = 'answer' | 'offered' | 'emergency' | 'threat-to-life'

export interface Disclosure {
  id: string
  person: string
  request: string | null
  agreement: string | null
  from: string
  fromName: string
  to: string
  toName: string
  way: Way
  purpose: string
  legalBasis: string
  fields: string[]
  content: Content
  because: string
  personTold: string
  madeBy: string
  madeAt: Date
  endsOn: Day
  withdrawnAt: Date | null
  reviewOn: Day | null
  reviewedAt: Date | null
}

const select = `
  select d.id, d.person_id as person, d.request, d.agreement, d.from_agency as "from", f.name as "fromName",
    d.to_agency as "to", t.name as "toName", d.kind as way, d.purpose, d.legal_basis as "legalBasis", d.fields,
    d.content, d.because, d.person_told as "personTold", u.name || ', ' || u.post as "madeBy", d.made_at as "madeAt",
    d.ends_on as "endsOn", d.withdrawn_at as "withdrawnAt", d.review_on as "reviewOn", d.reviewed_at as "reviewedAt"
  from disclosures d
  join agencies f on f.id = d.from_agency join agencies t on t.id = d.to_agency join users u on u.id = d.made_by`

export const listDisclosures = (tx: Queryable, limit: number): Promise<Disclosure[]> =>
  tx.query<Disclosure>(`${select} order by d.made_at desc, d.id limit $1`, [limit])

export const disclosuresAbout = (tx: Queryable, person: string): Promise<Disclosure[]> =>
  tx.query<Disclosure>(`${select} where d.person_id = $1 order by d.made_at desc, d.id`, [person])

export async function findDisclosure(tx: Queryable, id: string): Promise<Disclosure | null> {
  const [disclosure] = await tx.query<Disclosure>(`${select} where d.id = $1`, [id])
  return disclosure ?? null
}

const selectEntries = `
  select id, edition, kind, nature, role_in_event as "roleInEvent", occurred_on as "occurredOn", text, source,
    source_grade as "sourceGrade", information_grade as "informationGrade", handling,
    handling_conditions as "handlingConditions"
  from entries`

/** The record of the viewer's own agency, and what stands in it but for closed circles; null where there is none. */
export async function ownRecord(
  tx: MemberTransaction,
  person: string,
): Promise<{ record: OwnRecord; entries: OwnEntry[] } | null> {
  const [record] = await tx.query<OwnRecord>(
    `select id, edition, names, birth_date as "birthDate", birth_date_known as "birthDateKnown", address, postcode,
       phone, school
     from agency_records where person_id = $1 and agency = $2 and suspended_on is null
     order by created_at limit 1`,
    [person, tx.member.agency],
  )
  if (!record) return null
  const entries = await tx.query<OwnEntry>(
    `${selectEntries} where person_id = $1 and agency = $2 and circle is null and suspended_on is null
     order by occurred_on, id`,
    [person, tx.member.agency],
  )
  return { record, entries }
}

/** Notes about the person that the viewer wrote in closed circles: only they may release them (R17). */
export const ownCircleNotes = (tx: MemberTransaction, person: string): Promise<OwnEntry[]> =>
  tx.query<OwnEntry>(
    `${selectEntries} where person_id = $1 and agency = $2 and author = $3 and circle is not null
     order by occurred_on, id`,
    [person, tx.member.agency, tx.member.user],
  )

export interface NewDisclosure {
  /** The form's: sent twice, it is given once. */
  id: string
  person: string
  request: string | null
  agreement: string | null
  to: string
  way: Way
  purpose: string
  legalBasis: string
  content: Content
  entries: readonly string[]
  because: string
  personTold: string
  endsOn: Day
  reviewOn: Day | null
}

const events: Record<Way, string> = {
  answer: 'information-given',
  offered: 'information-given',
  emergency: 'shared-in-emergency',
  'threat-to-life': 'circle-note-released',
}

/** An answer is told of when its request is closed. */
const notices: Record<Way, readonly NoticeKindId[]> = {
  answer: [],
  offered: ['information-offered'],
  emergency: ['shared-in-emergency', 'emergency-to-review'],
  'threat-to-life': ['shared-in-emergency', 'emergency-to-review'],
}

/** Throws what the database refuses: no agreement in force, no record of one's own, a request that was answered. */
export async function give(tx: MemberTransaction, given: NewDisclosure): Promise<void> {
  if (await findDisclosure(tx, given.id)) return
  const fields = Object.keys(given.content)
  await tx.query(
    `insert into disclosures (id, person_id, request, agreement, from_agency, to_agency, kind, purpose, legal_basis,
       fields, content, entries, because, person_told, made_by, made_at, ends_on, review_on)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, present(), $16, $17)`,
    [
      given.id,
      given.person,
      given.request,
      given.agreement,
      tx.member.agency,
      given.to,
      given.way,
      given.purpose,
      given.legalBasis,
      fields,
      JSON.stringify(given.content),
      given.entries,
      given.because,
      given.personTold,
      tx.member.user,
      given.endsOn,
      given.reviewOn,
    ],
  )
  await tx.record(events[given.way], {
    person: given.person,
    kind: 'disclosure',
    id: given.id,
    detail: { to: given.to, fields, until: given.endsOn },
  })
  for (const kind of notices[given.way]) await notify(tx, kind, given.id)
}

/** Nobody of the other agency reads it from now on. */
export async function withdraw(tx: MemberTransaction, { id, person }: Disclosure): Promise<void> {
  const withdrawn = await tx.query(
    'update disclosures set withdrawn_at = present() where id = $1 and withdrawn_at is null returning id',
    [id],
  )
  if (withdrawn.length === 0)
    throw new WrongMove('It has been taken back already, or it is not yours to take back.')
  await tx.record('disclosure-withdrawn', { person, kind: 'disclosure', id })
  await notify(tx, 'disclosure-withdrawn', id)
}
