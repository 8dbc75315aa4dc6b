/** What agencies write in consequence management. Nothing is ever changed: a correction takes the place of an entry. */
import type { MemberTransaction } from '../../../governance/access/as-member.ts'
import { purposes } from '../../../governance/purposes.ts'
import { retentionDates } from '../../../governance/retention/retention-dates.ts'
import { addDays, type Day, londonDay } from '../../../platform/calendar.ts'
import { NotThere, WrongMove } from '../../../platform/errors.ts'
import { affectedRoles, type EntryDetails, type EntryKind } from './consequence-entry.ts'
import type { Consequence } from './consequence-store.ts'

export interface ConsequenceEntry extends EntryDetails {
  id: string
  kind: EntryKind
  agency: string
  agencyName: string
  authorName: string
  author: string
  madeAt: Date
  /** The entry whose place it takes. */
  corrects: string | null
}

/** In the order in which they were written. Records nothing. */
export const entriesOf = (tx: MemberTransaction, consequence: string): Promise<ConsequenceEntry[]> =>
  tx.query<ConsequenceEntry>(
    `select e.id, e.kind, e.nature, e.text, e.on_day as "onDay", e.called, e.person_id as person, e.role, e.authority,
       e.grade, e.seen_by as "seenBy", e.agency, g.name as "agencyName", e.author, u.name as "authorName",
       e.made_at as "madeAt", e.corrects
     from consequence_entries e join agencies g on g.id = e.agency join users u on u.id = e.author
     where e.consequence = $1 order by e.made_at, e.id`,
    [consequence],
  )

/** Throws WrongMove with what to do where nothing can be written in it. */
export function insistOnWriting({ stands, writes, purpose }: Consequence): void {
  if (writes) return
  throw new WrongMove(
    stands.state === 'closed'
      ? 'It is closed. A coordinator or commander of the agency that leads it can open it again.'
      : `It is kept for ${purposes.find(p => p.id === purpose)?.words ?? purpose}. Change your purpose to that, then write.`,
  )
}

/** Writes it once, however often the form is sent. */
export async function addEntry(
  tx: MemberTransaction,
  consequence: Consequence,
  kind: EntryKind,
  { nature, text, onDay, called, person, role, authority, grade, seenBy }: EntryDetails,
  { key, corrects }: { key: string; corrects: string | null },
): Promise<void> {
  const [known] = await tx.query('select from consequence_entries where id = $1', [key])
  if (known) return
  insistOnWriting(consequence)
  const [added] = await tx.query(
    `insert into consequence_entries (id, consequence, kind, nature, text, on_day, called, person_id, role, authority,
       grade, agency, seen_by, author, made_at, purpose, corrects, delete_on)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, present(), viewer_purpose(), $15, $16)
     on conflict (id) do nothing returning id`,
    [
      key,
      consequence.id,
      kind,
      nature,
      text,
      onDay,
      called,
      person,
      role,
      authority,
      grade,
      tx.member.agency,
      seenBy,
      tx.member.user,
      corrects,
      retentionDates('consequence-entry', londonDay(tx.now), { child: true }).deleteOn,
    ],
  )
  if (!added) return
  await tx.record('consequence-entry-added', {
    person,
    kind: 'consequence',
    id: consequence.reference,
    detail: { kind, ...(seenBy && { seenBy }) },
  })
}

/** The viewer's own entry that a correction takes the place of. Throws NotThere. */
export async function entryToCorrect(
  tx: MemberTransaction,
  consequence: Consequence,
  kind: EntryKind,
  id: string,
): Promise<ConsequenceEntry> {
  const entry = (await entriesOf(tx, consequence.id)).find(e => e.id === id)
  if (entry?.kind !== kind || entry.author !== tx.member.user) throw new NotThere()
  return entry
}

export interface KnownPerson {
  person: string
  name: string
  occurredOn: Day
}

const BEFORE_DAYS = 1
const AFTER_DAYS = 14

/**
 * People in the events of the viewer's agency in those days whom it recorded as hurt, at risk or as witnesses; those whom
 * it suspects are never among them (R1). By when it happened.
 */
export const peopleInEvents = (tx: MemberTransaction, { happenedOn }: Consequence): Promise<KnownPerson[]> =>
  tx.query<KnownPerson>(
    `select distinct on (e.occurred_on, r.names, e.person_id) e.person_id as person, e.occurred_on as "occurredOn",
       concat_ws(' ', r.names -> 0 ->> 'given', r.names -> 0 ->> 'family') as name
     from entries e join agency_records r on r.id = e.record_id
     where e.agency = viewer_agency() and e.kind = 'event' and e.circle is null and e.role_in_event = any ($1)
       and e.occurred_on between $2 and $3
       and not exists (
         select from entries s
         where s.person_id = e.person_id and s.agency = e.agency and s.occurred_on = e.occurred_on
           and s.role_in_event in ('suspected', 'convicted'))
     order by e.occurred_on, r.names, e.person_id limit 100`,
    [Object.keys(affectedRoles), addDays(happenedOn, -BEFORE_DAYS), addDays(happenedOn, AFTER_DAYS)],
  )
