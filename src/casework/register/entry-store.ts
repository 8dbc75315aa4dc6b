/** Entries about a person, as the policies show them to whoever asks. */
import type { MemberTransaction } from '../../governance/access/as-member.ts'
import { retentionDates } from '../../governance/retention/retention-dates.ts'
import { earlierOf, londonDay } from '../../platform/calendar.ts'
import { mayBeChild } from './birth-date.ts'
import type { AgencyRecord, Entry, EntryKind } from './register.ts'

/** What somebody fills in. */
export type EntryDetails = Pick<
  Entry,
  | 'nature'
  | 'kind'
  | 'roleInEvent'
  | 'occurredOn'
  | 'text'
  | 'source'
  | 'sourceGrade'
  | 'informationGrade'
  | 'handling'
  | 'handlingConditions'
> & { circle: string | null }

/** More than anybody reads on one page; the rest is behind the filter of kinds and dates. */
const MOST_ENTRIES = 500

export interface EntryFilter {
  kind?: EntryKind | undefined
}

/** Newest first. */
export const entriesOf = (
  tx: MemberTransaction,
  person: string,
  { kind }: EntryFilter = {},
): Promise<Entry[]> =>
  tx.query(
    `select e.id, e.record_id as record, a.name as "agencyName", e.nature, e.kind, e.role_in_event as "roleInEvent",
       e.occurred_on as "occurredOn", e.text, e.source, e.source_grade as "sourceGrade",
       e.information_grade as "informationGrade", e.handling, e.handling_conditions as "handlingConditions",
       c.name as "circleName", u.name as "authorName", u.post as "authorPost", e.author = $2 as mine,
       e.created_at as "createdAt", e.edition, e.review_on as "reviewOn", e.delete_on as "deleteOn"
     from entries e join agencies a on a.id = e.agency join users u on u.id = e.author
     left join circles c on c.id = e.circle
     where e.person_id = $1 ${kind ? 'and e.kind = $3' : ''}
     order by e.occurred_on desc, e.created_at desc limit ${MOST_ENTRIES}`,
    kind ? [person, tx.member.user, kind] : [person, tx.member.user],
  )

/** Writes an entry into a record of the member's agency. `id` comes from the form: sent twice, it is written once. */
export async function addEntry(
  tx: MemberTransaction,
  id: string,
  record: AgencyRecord,
  entry: EntryDetails,
): Promise<void> {
  const [known] = await tx.query('select id from entries where id = $1', [id])
  if (known) return
  const today = londonDay(tx.now)
  const { reviewOn, deleteOn } = retentionDates('entry', today, { child: mayBeChild(record.birth, today) })
  const ends = earlierOf(deleteOn, record.deleteOn)
  await tx.query(
    `insert into entries (id, record_id, person_id, agency, nature, kind, role_in_event, occurred_on, text, source,
       source_grade, information_grade, handling, handling_conditions, circle, author, created_at, changed_at,
       review_on, delete_on)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, present(), present(), $17, $18)`,
    [
      id,
      record.id,
      record.person,
      tx.member.agency,
      entry.nature,
      entry.kind,
      entry.roleInEvent,
      entry.occurredOn,
      entry.text,
      entry.source,
      entry.sourceGrade,
      entry.informationGrade,
      entry.handling,
      entry.handlingConditions,
      entry.circle,
      tx.member.user,
      earlierOf(reviewOn, ends),
      ends,
    ],
  )
  await tx.record('entry-added', { person: record.person, kind: 'entry', id })
}
