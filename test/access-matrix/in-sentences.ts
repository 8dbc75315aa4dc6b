/** Questions of access as sentences: who reads what, under which agreement, and what they see of it. */
import assert from 'node:assert/strict'
import { nobodyReached, type Thing } from '../../src/governance/access/access-facts.ts'
import { asMember, asProgram, type Member } from '../../src/governance/access/as-member.ts'
import { type Access, explainAccess } from '../../src/governance/access/explain-access.ts'
import type { PurposeId } from '../../src/governance/purposes.ts'
import type { MemberRole } from '../../src/governance/roles.ts'
import { morning, type TestAgency, type TestCasework } from '../casework-for-tests.ts'

export interface Terms {
  fields: string[]
  purpose: PurposeId
}

export const noAgreement: Terms | null = null
export const agreementOn = (...fields: string[]): Terms => ({ fields, purpose: 'safeguarding' })

/** What somebody may see of an entry of another agency. */
export type Seen = 'nothing' | 'pointer' | 'entry'

interface Reader {
  agency: TestAgency
  role: MemberRole
  purpose: PurposeId | null
}

export const schoolWorker: Reader = { agency: 'school', role: 'practitioner', purpose: 'safeguarding' }
export const policeOfficer: Reader = { agency: 'police', role: 'practitioner', purpose: 'safeguarding' }
export const councilCoordinator: Reader = { agency: 'council', role: 'coordinator', purpose: 'safeguarding' }
export const analyst: Reader = { agency: 'partnership', role: 'analyst', purpose: null }

/**
 * `await reading(schoolWorker).anEntryOf('police').under(noAgreement).seesOnly('nothing')`. Each question has a person of its
 * own and no agreement but its own, is asked of the database and of the explanation, and fails if they disagree.
 * `knowing` adds that the reader's own agency holds a record of the same person.
 */
export const askedOf = (casework: TestCasework) => (reader: Reader) => ({
  anEntryOf: (owner: TestAgency) => ({
    under: (terms: Terms | null) => ({
      seesOnly: (expected: Seen) => ask(casework, reader, owner, terms, false, expected),
      knowing: { seesOnly: (expected: Seen) => ask(casework, reader, owner, terms, true, expected) },
    }),
  }),
})

async function ask(
  casework: TestCasework,
  reader: Reader,
  owner: TestAgency,
  terms: Terms | null,
  knows: boolean,
  expected: Seen,
): Promise<void> {
  await asProgram(casework.database, morning, tx =>
    tx.query('update agreements set ended_on = present_day()'),
  )
  const writer = await casework.member(owner)
  const of = await casework.record(writer)
  await casework.entry(writer, of)
  const member = await casework.member(reader.agency, reader.role, reader.purpose)
  const colleague = await casework.member(reader.agency)
  if (knows) await casework.record(colleague, of.person)
  const agreement = terms && (await casework.agree([owner, reader.agency], terms.fields, terms.purpose))
  const record = (agency: string) => ({
    kind: 'record' as const,
    person: of.person,
    agency,
    sensitive: false,
    suspendedOn: null,
    owner: writer.user,
  })
  const explain = (thing: Thing): Access =>
    explainAccess(member, thing, {
      now: morning,
      agreements: terms
        ? [
            {
              id: agreement!,
              purpose: terms.purpose,
              parties: [writer.agency, member.agency],
              fields: terms.fields,
              startsOn: '2026-01-01',
              endsOn: '2027-12-31',
              endedOn: null,
            },
          ]
        : [],
      circles: [],
      panels: [],
      reach: nobodyReached,
      brokenGlass: [],
      records: [record(writer.agency), ...(knows ? [record(member.agency)] : [])],
    })
  const explained = seenOf(
    explain({
      kind: 'entry',
      person: of.person,
      agency: writer.agency,
      circle: null,
      suspendedOn: null,
      restrictedAt: null,
      author: writer.user,
    }).ok,
    explain({ kind: 'pointer', person: of.person, agency: writer.agency }).ok,
  )
  assert.equal(await seenIn(casework, member, of.person, writer.agency), expected, 'the database')
  assert.equal(explained, expected, 'the explanation')
}

const seenOf = (entry: boolean, pointer: boolean): Seen => (entry ? 'entry' : pointer ? 'pointer' : 'nothing')

const seenIn = (casework: TestCasework, member: Member, person: string, agency: string): Promise<Seen> =>
  asMember(casework.database, member, { now: morning }, async tx => {
    const entries = await tx.query('select id from entries where person_id = $1 and agency = $2', [
      person,
      agency,
    ])
    const pointers = await tx.query<{ agency: string }>('select agency from known_to($1)', [person])
    return seenOf(
      entries.length > 0,
      pointers.some(p => p.agency === agency),
    )
  })
