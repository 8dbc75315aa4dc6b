/**
 * Finding somebody in one's own agency's register by a name as it was heard: keys of sound and first letters bring the
 * candidates, closeness of spelling puts them in order. The order is that of the names and of nothing else (R6); other
 * agencies' people are not found here: their pointer stands on the page of a person whom one knows (R14, R18).
 */
import { jaroWinkler } from '../../analysis/linkage/jaro-winkler.ts'
import type { MemberTransaction } from '../../governance/access/as-member.ts'
import type { Day } from '../../platform/calendar.ts'
import type { BirthDate, BirthDateKnown } from './birth-date.ts'
import { nameKeys, nameParts, nameWords, type PersonName, soundsAlike } from './names.ts'

export interface FoundPerson {
  person: string
  record: string
  names: PersonName[]
  birth: BirthDate | null
  reference: string
  school: string
}

/** As many as are read at once; a name that fits more has to be given more fully. */
export const MOST_FOUND = 30
const MOST_CANDIDATES = 300
/** Less alike than this is another name. */
const ALIKE = 0.82
const SOUNDS_ALIKE = 0.9

export interface PeopleFound {
  people: FoundPerson[]
  /** There were more than are shown. */
  more: boolean
}

export async function findPeople(
  tx: MemberTransaction,
  text: string,
  born: Day | null = null,
): Promise<PeopleFound> {
  const asked = nameParts(text)
  const keys = nameKeys(text)
  if (keys.length === 0 && !text.trim()) return { people: [], more: false }
  const rows = await tx.query<
    Omit<FoundPerson, 'birth'> & { birthDate: Day | null; birthDateKnown: BirthDateKnown | null }
  >(
    `select r.person_id as person, r.id as record, r.names, coalesce(r.reference, '') as reference,
       coalesce(r.school, '') as school, r.birth_date as "birthDate", r.birth_date_known as "birthDateKnown"
     from (
       select k.record_id, count(*) as fitting from record_keys k
       where k.agency = $1 and k.key = any($2) group by k.record_id
       order by fitting desc, k.record_id limit ${MOST_CANDIDATES}
     ) candidates
     join agency_records r on r.id = candidates.record_id
     union
     select r.person_id, r.id, r.names, coalesce(r.reference, ''), coalesce(r.school, ''), r.birth_date,
       r.birth_date_known
     from agency_records r where r.agency = $1 and r.reference = $3`,
    [tx.member.agency, keys, text.trim()],
  )
  const close = rows
    .map(({ birthDate, birthDateKnown, ...row }) => ({
      ...row,
      birth: birthDate && birthDateKnown ? { date: birthDate, known: birthDateKnown } : null,
      closeness: row.reference === text.trim() ? 1 : closenessOf(asked, row.names),
    }))
    .filter(row => row.closeness >= ALIKE)
    .filter(
      row => born === null || row.birth === null || row.birth.date === born || row.birth.known !== 'day',
    )
    .sort((a, b) => b.closeness - a.closeness || (a.record < b.record ? -1 : 1))
  return {
    people: close.slice(0, MOST_FOUND).map(({ closeness: _closeness, ...row }) => row),
    more: close.length > MOST_FOUND,
  }
}

/**
 * How alike the parts that were asked for are to those of the closest name: each part to its best partner. 0 where one of
 * them has none: a family name alone does not make two people alike.
 */
export function closenessOf(asked: readonly string[], names: readonly PersonName[]): number {
  if (asked.length === 0) return 0
  return Math.max(
    0,
    ...names.map(name => {
      const parts = nameParts(nameWords(name))
      const best = asked.map(part => Math.max(0, ...parts.map(other => likeness(part, other))))
      return Math.min(...best) < ALIKE ? 0 : best.reduce((sum, value) => sum + value, 0) / asked.length
    }),
  )
}

/** The beginning of a name is that name: people type until they see it. What sounds alike is nearly so. */
function likeness(typed: string, part: string): number {
  if (typed.length >= 3 && part.startsWith(typed)) return 1
  const spelt = jaroWinkler(typed, part)
  return soundsAlike(typed, part) ? Math.max(spelt, SOUNDS_ALIKE) : spelt
}
