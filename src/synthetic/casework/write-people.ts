import { recordKeys } from '../../casework/register/names.ts'
import type { ProgramTransaction } from '../../governance/access/as-member.ts'
import type { Casework } from './casework.ts'
import { insertRows } from './insert-rows.ts'

/** Persons, records with the keys under which they are found, circles, entries. */
export async function writePeople(tx: ProgramTransaction, casework: Casework): Promise<void> {
  const { persons, records, circles, entries } = casework
  await insertRows(
    tx,
    'persons',
    'id uuid, created_at timestamptz',
    persons.map(p => ({ id: p.id, created_at: p.createdAt })),
  )
  await insertRows(
    tx,
    'agency_records',
    `id uuid, person_id uuid, agency text, reference text, names jsonb, birth_date date,
     birth_date_known text, gender text, ethnicity_self text, address text, postcode text, phone text,
     school text, sensitive boolean, purpose text, legal_basis text, owner uuid,
     created_at timestamptz, changed_at timestamptz, edition integer, review_on date, delete_on date,
     suspended_on date`,
    records.map(r => ({
      id: r.id,
      person_id: r.person,
      agency: r.agency,
      reference: r.reference,
      names: r.names,
      birth_date: r.birth?.date ?? null,
      birth_date_known: r.birth?.known ?? null,
      gender: r.gender,

      ethnicity_self: r.ethnicity,
      address: r.address,
      postcode: r.postcode,
      phone: r.phone,
      school: r.school,
      sensitive: r.sensitive,
      purpose: r.purpose,
      legal_basis: r.legalBasis,
      owner: r.owner.id,
      created_at: r.createdAt,
      changed_at: r.createdAt,
      edition: 1,
      review_on: r.reviewOn,
      delete_on: r.deleteOn,
      suspended_on: r.suspendedOn,
    })),
  )
  await insertRows(
    tx,
    'record_keys',
    'record_id uuid, agency text, key text',
    records.flatMap(r => recordKeys(r.names).map(key => ({ record_id: r.id, agency: r.agency, key }))),
  )
  await insertRows(
    tx,
    'circles',
    `id uuid, name text, kind text, agency text, owner uuid, created_at timestamptz, review_on date`,
    circles.map(c => ({
      id: c.id,
      name: c.name,
      kind: c.kind,
      agency: c.owner.agency,
      owner: c.owner.id,
      created_at: c.createdAt,
      review_on: c.reviewOn,
    })),
  )
  await insertRows(
    tx,
    'circle_members',
    'circle uuid, user_id uuid, added_by uuid, added_at timestamptz',
    circles.flatMap(c =>
      c.members.map(m => ({ circle: c.id, user_id: m.id, added_by: c.owner.id, added_at: c.createdAt })),
    ),
  )
  await insertRows(
    tx,
    'entries',
    `id uuid, record_id uuid, person_id uuid, agency text, nature text, kind text, role_in_event text,
     occurred_on date, text text, source text, source_grade smallint, information_grade text,
     handling text, handling_conditions text, circle uuid, author uuid, created_at timestamptz,
     changed_at timestamptz, edition integer, review_on date, delete_on date, suspended_on date,
     restricted_at timestamptz`,
    entries.map(e => ({
      id: e.id,
      record_id: e.record.id,
      person_id: e.record.person,
      agency: e.record.agency,
      nature: e.nature,
      kind: e.kind,
      role_in_event: e.role ?? null,
      occurred_on: e.occurredOn,
      text: e.text,
      source: e.source,
      source_grade: e.grade?.[0] ?? null,
      information_grade: e.grade?.[1] ?? null,
      handling: e.conditions ? 'C' : 'P',
      handling_conditions: e.conditions ?? null,
      circle: e.circle,
      author: e.author.id,
      created_at: e.createdAt,
      changed_at: e.createdAt,
      edition: 1,
      review_on: e.reviewOn,
      delete_on: e.deleteOn,
      suspended_on: e.suspendedOn,
      restricted_at: e.restrictedAt,
    })),
  )
}
