/** A small partnership in a database of its own: agencies, people at work, an agreement. Everything is invented. */
import { randomUUID } from 'node:crypto'
import { decideMatch } from '../src/casework/register/matching/match-store.ts'
import { asMember, asProgram, type Member } from '../src/governance/access/as-member.ts'
import type { PurposeId } from '../src/governance/purposes.ts'
import type { MemberRole } from '../src/governance/roles.ts'
import type { Database, Queryable } from '../src/platform/postgres.ts'
import { openEmptyStore } from './empty-store.ts'

export const morning = new Date('2026-11-20T08:40:00Z')

const agencies = {
  school: { id: 'oak-school', name: 'Oak School (synthetic)', kind: 'school' },
  police: { id: 'police', name: 'Police (synthetic)', kind: 'police' },
  council: { id: 'council', name: 'Council (synthetic)', kind: 'council' },
  partnership: { id: 'partnership', name: 'Partnership (synthetic)', kind: 'partnership' },
  charity: { id: 'charity', name: 'Charity (synthetic)', kind: 'charity' },
} as const

export type TestAgency = keyof typeof agencies

export interface TestCasework {
  database: Database
  /** Somebody of the agency in the role; the same one each time. */
  member(agency: TestAgency, role?: MemberRole, purpose?: PurposeId | null): Promise<Member>
  /** An agreement in force between the agencies. */
  agree(parties: TestAgency[], fields: string[], purpose?: PurposeId): Promise<string>
  /** A person with a record of the member's agency; the record of another agency joins the same person. */
  record(member: Member, person?: string): Promise<{ person: string; record: string }>
  /** The agency's coordinator judges its record and another agency's to be of one person; an agreement lets them. */
  join(agency: TestAgency, record: string, other: string): Promise<void>
  entry(
    member: Member,
    of: { person: string; record: string },
    more?: { text?: string; circle?: string },
  ): Promise<string>
  close(): Promise<void>
}

export async function caseworkForTests(database?: Database): Promise<TestCasework> {
  const store = database ?? (await openEmptyStore())
  for (const { id, name, kind } of Object.values(agencies)) {
    await store.query('insert into agencies (id, name, kind, contact) values ($1, $2, $3, $4)', [
      id,
      name,
      kind,
      `Duty desk of ${name}`,
    ])
  }
  const people = new Map<string, string>()
  const member: TestCasework['member'] = async (agency, role = 'practitioner', purpose = 'safeguarding') => {
    const { id, name, kind } = agencies[agency]
    const key = `${role}@${id}`
    const known = people.get(key)
    const user = known ?? randomUUID()
    if (!known) {
      people.set(key, user)
      await store.query(
        'insert into users (id, agency, name, post, email, role, created_at) values ($1, $2, $3, $4, $5, $6, $7)',
        [user, id, `${role} of ${name}`, role, `${key}.example`, role, morning.toISOString()],
      )
    }
    return {
      user,
      name: `${role} of ${name}`,
      post: role,
      agency: id,
      agencyName: name,
      agencyKind: kind,
      role,
      purpose,
    }
  }
  return {
    database: store,
    member,
    agree: (parties, fields, purpose = 'safeguarding') =>
      asProgram(store, morning, async tx => {
        const id = randomUUID()
        await tx.query(
          `insert into agreements (id, title, purpose, legal_basis, owner, starts_on, ends_on, created_at)
           values ($1, 'Agreement of the tests', $2, 'Children Act 2004, section 10', 'council', '2026-01-01', '2027-12-31', present())`,
          [id, purpose],
        )
        for (const party of parties) {
          await tx.query('insert into agreement_parties values ($1, $2)', [id, agencies[party].id])
        }
        for (const field of fields)
          await tx.query('insert into agreement_fields values ($1, $2)', [id, field])
        return id
      }),
    record: async (member, person) => {
      const of = person ?? randomUUID()
      const record = randomUUID()
      const write = async (tx: Queryable) => {
        if (!person) await tx.query('insert into persons (id, created_at) values ($1, present())', [of])
        await tx.query(
          `insert into agency_records (id, person_id, agency, names, purpose, legal_basis, owner, created_at, changed_at, review_on, delete_on)
           values ($1, $2, $3, '[{"given":"Synthetic","family":"Person","kind":"usual"}]', $4, 'Children Act 2004, section 10', $5, present(), present(), '2027-01-01', '2028-01-01')`,
          [record, of, member.agency, member.purpose, member.user],
        )
      }
      // No member makes their own agency one that knows somebody else's person: that is a join, which somebody decided.
      await (person ? asProgram(store, morning, write) : asMember(store, member, { now: morning }, write))
      return { person: of, record }
    },
    join: async (agency, record, other) => {
      const [proposal] = await store.query<{ id: string }>(
        `insert into match_proposals (one_record, other_record, levels, weight, proposed_at)
         values (least($1::uuid, $2), greatest($1::uuid, $2), '{}', 0, $3) returning id`,
        [record, other, morning.toISOString()],
      )
      await asMember(store, await member(agency, 'coordinator'), { now: morning }, tx =>
        decideMatch(tx, proposal!.id, true, 'As the tests say'),
      )
    },
    entry: (member, { person, record }, { text = 'Came to school late.', circle } = {}) =>
      asMember(store, member, { now: morning }, async tx => {
        const id = randomUUID()
        await tx.query(
          `insert into entries (id, record_id, person_id, agency, nature, kind, occurred_on, text, source, circle, author, created_at, changed_at, review_on, delete_on)
           values ($1, $2, $3, $4, 'fact', 'contact', '2026-11-19', $5, 'seen by the author', $6, $7, present(), present(), '2027-01-01', '2028-01-01')`,
          [id, record, person, member.agency, text, circle ?? null, member.user],
        )
        return id
      }),
    close: async () => {
      if (!database) await store.close()
    },
  }
}
