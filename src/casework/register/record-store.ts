/** Agencies' records of people, as the policies show them to whoever asks. */

import type { MemberTransaction } from '../../governance/access/as-member.ts'
import { retentionDates } from '../../governance/retention/retention-dates.ts'
import { type Day, earlierOf, londonDay } from '../../platform/calendar.ts'
import { WrongMove } from '../../platform/errors.ts'
import type { BirthDateKnown } from './birth-date.ts'
import { mayBeChild } from './birth-date.ts'
import { type PersonName, recordKeys } from './names.ts'
import type { AgencyRecord } from './register.ts'

/** What somebody fills in about a person. */
export type RecordDetails = Pick<
  AgencyRecord,
  | 'reference'
  | 'names'
  | 'birth'
  | 'gender'
  | 'ethnicity'
  | 'address'
  | 'postcode'
  | 'phone'
  | 'school'
  | 'sensitive'
>

interface RecordRow extends Omit<AgencyRecord, 'birth'> {
  birthDate: Day | null
  birthDateKnown: BirthDateKnown | null
}

const columns = `r.id, r.person_id as person, r.agency, a.name as "agencyName", coalesce(r.reference, '') as reference,
  r.names, r.birth_date as "birthDate", r.birth_date_known as "birthDateKnown", coalesce(r.gender, '') as gender,
  coalesce(r.ethnicity_self, '') as ethnicity, coalesce(r.address, '') as address,
  coalesce(r.postcode, '') as postcode, coalesce(r.phone, '') as phone, coalesce(r.school, '') as school,
  r.sensitive, r.purpose, r.legal_basis as "legalBasis", u.name as "ownerName", u.post as "ownerPost", r.edition,
  r.review_on as "reviewOn", r.delete_on as "deleteOn", r.suspended_on as "suspendedOn"`

const tables = 'agency_records r join agencies a on a.id = r.agency join users u on u.id = r.owner'

const shaped = ({ birthDate, birthDateKnown, ...row }: RecordRow): AgencyRecord => ({
  ...row,
  birth: birthDate && birthDateKnown ? { date: birthDate, known: birthDateKnown } : null,
})

/** Records of a person, one's own agency's first; empty where there is nothing that may be opened. */
export async function recordsOf(tx: MemberTransaction, person: string): Promise<AgencyRecord[]> {
  const rows = await tx.query<RecordRow>(
    `select ${columns} from ${tables} where r.person_id = $1 order by r.agency = $2 desc, a.name, r.created_at`,
    [person, tx.member.agency],
  )
  return rows.map(shaped)
}

/** A record of one's own agency; null where there is none that may be opened. */
export async function ownRecord(tx: MemberTransaction, id: string): Promise<AgencyRecord | null> {
  const rows = await tx.query<RecordRow>(
    `select ${columns} from ${tables} where r.id = $1 and r.agency = $2`,
    [id, tx.member.agency],
  )
  return rows[0] ? shaped(rows[0]) : null
}

/**
 * Writes a new person with a record of the member's agency. `id` comes from the form: sent twice, it is written once.
 * Gives the number of the person.
 */
export async function addRecord(
  tx: MemberTransaction,
  id: string,
  person: string,
  details: RecordDetails,
  legalBasis: string,
): Promise<string> {
  const known = await ownRecord(tx, id)
  if (known) return known.person
  const today = londonDay(tx.now)
  const { reviewOn, deleteOn } = retentionDates('agency-record', today, {
    child: mayBeChild(details.birth, today),
  })
  await tx.query('insert into persons (id, created_at) values ($1, present())', [person])
  await tx.query(
    `insert into agency_records (id, person_id, agency, reference, names, birth_date, birth_date_known, gender,
       ethnicity_self, address, postcode, phone, school, sensitive, purpose, legal_basis, owner, created_at, changed_at,
       review_on, delete_on)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, present(), present(), $18, $19)`,
    [
      id,
      person,
      tx.member.agency,
      ...detailValues(details),
      tx.member.purpose,
      legalBasis,
      tx.member.user,
      reviewOn,
      deleteOn,
    ],
  )
  await writeKeys(tx, id, details.names)
  await tx.record('person-added', { person, kind: 'record', id })
  return person
}

const detailValues = (details: RecordDetails): unknown[] => [
  orNull(details.reference),
  JSON.stringify(details.names),
  details.birth?.date ?? null,
  details.birth?.known ?? null,
  orNull(details.gender),
  orNull(details.ethnicity),
  orNull(details.address),
  orNull(details.postcode),
  orNull(details.phone),
  orNull(details.school),
  details.sensitive,
]

const orNull = (text: string): string | null => (text === '' ? null : text)

/**
 * Corrects a record. False where somebody else changed it since `edition` was read: nothing is written, and the page
 * shows both texts.
 */
export async function changeRecord(
  tx: MemberTransaction,
  record: AgencyRecord,
  details: RecordDetails,
  edition: number,
): Promise<boolean> {
  const changed = await tx.query(
    `update agency_records set reference = $3, names = $4, birth_date = $5, birth_date_known = $6, gender = $7,
       ethnicity_self = $8, address = $9, postcode = $10, phone = $11, school = $12, sensitive = $13,
       changed_at = present(), edition = edition + 1
     where id = $1 and edition = $2 returning id`,
    [record.id, edition, ...detailValues(details)],
  )
  if (changed.length === 0) return false
  await tx.query('delete from record_keys where record_id = $1', [record.id])
  await writeKeys(tx, record.id, details.names)
  await tx.record('record-changed', { person: record.person, kind: 'record', id: record.id })
  return true
}

const writeKeys = (tx: MemberTransaction, record: string, names: readonly PersonName[]) =>
  tx.query('insert into record_keys select $1, $2, unnest($3::text[])', [
    record,
    tx.member.agency,
    recordKeys(names),
  ])

/** Looked at, and still needed: the next date, from the rules of today, never past its end. */
export async function reviewRecord(
  tx: MemberTransaction,
  record: AgencyRecord,
  because: string,
): Promise<Day> {
  const today = londonDay(tx.now)
  const { reviewOn } = retentionDates('agency-record', today, { child: mayBeChild(record.birth, today) })
  const next = earlierOf(reviewOn, record.deleteOn)
  if (record.deleteOn <= today) {
    throw new WrongMove('This record has come to its end and goes tonight: it cannot be kept by a review.')
  }
  await tx.query(
    `update agency_records set review_on = $2, suspended_on = null, changed_at = present() where id = $1`,
    [record.id, next],
  )
  // The entries were looked at with it: those that this person may change.
  const entries = retentionDates('entry', today, { child: mayBeChild(record.birth, today) })
  await tx.query(
    'update entries set suspended_on = null, review_on = least($2::date, delete_on) where record_id = $1',
    [record.id, entries.reviewOn],
  )
  await tx.record('record-reviewed', {
    person: record.person,
    kind: 'record',
    id: record.id,
    detail: { next, because: because.length },
  })
  return next
}
