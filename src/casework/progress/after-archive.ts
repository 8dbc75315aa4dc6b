/**
 * What the evidence says of people after an archive: whether they were recorded as a victim of violence with injury, or
 * charged, within 3, 6 and 12 months. They are found by the pseudonym that was written down at the archive; what is found
 * becomes a row among equals (0023), and is shown to nobody but as a protected figure.
 *
 * A span is looked at once it is over and the offences of every month of it, and of one month after it, are held: before
 * that, no record is no answer. It is looked at again every night, because offences are recorded late and corrected.
 */
import { quote } from '../../evidence/dataset.ts'
import type { Evidence } from '../../evidence/evidence.ts'
import type { EvidenceStore } from '../../evidence/open-evidence.ts'
import { asProgram } from '../../governance/access/as-member.ts'
import { isViolenceWithInjury } from '../../measures/catalogue/violence.ts'
import {
  addMonths,
  type Day,
  earlierOf,
  lastDay,
  type Month,
  monthOf,
  monthsBetween,
} from '../../platform/calendar.ts'

const spans = [3, 6, 12] as const

interface Archived {
  id: string
  pseudonym: string
  archivedOn: Day
}

interface Found {
  id: string
  span: number
  harmed: boolean
  charged: boolean
}

export async function lookAfterArchives({ installation, evidence }: EvidenceStore): Promise<void> {
  const { database, clock } = installation
  const now = clock()
  const archived = await asProgram(database, now, tx =>
    tx.query<Archived>('select id, pseudonym, archived_on as "archivedOn" from after_archive order by id'),
  )
  if (archived.length === 0) return
  const found = await findSince(evidence, archived)
  await asProgram(database, now, tx =>
    tx.query(
      `update after_archive a set found = coalesce(f.found, '{}')
       from after_archive o left join (
         select r.id, jsonb_object_agg(r.span, jsonb_build_object('harmed', r.harmed, 'charged', r.charged)) as found
         from jsonb_to_recordset($1) as r (id uuid, span integer, harmed boolean, charged boolean) group by r.id
       ) f on f.id = o.id
       where o.id = a.id and a.found is distinct from coalesce(f.found, '{}')`,
      [JSON.stringify(found)],
    ),
  )
}

async function findSince(evidence: Evidence, archived: readonly Archived[]): Promise<Found[]> {
  const held = await heldMonths(evidence)
  const asked = archived.flatMap(({ id, pseudonym, archivedOn }) =>
    spans.flatMap(span => {
      const ends = monthsLater(archivedOn, span)
      const needed = monthsBetween(monthOf(archivedOn), addMonths(monthOf(ends), 1))
      return needed.every(month => held.has(month)) ? [{ id, pseudonym, span, after: archivedOn, ends }] : []
    }),
  )
  if (asked.length === 0) return []
  const values = asked.map(
    a => `(${quote(a.id)}, ${quote(a.pseudonym)}, ${a.span}, date ${quote(a.after)}, date ${quote(a.ends)})`,
  )
  return evidence.query<Found>(
    `select a.id, a.span,
       coalesce(bool_or(p.role = 'victim' and ${isViolenceWithInjury}), false) as harmed,
       coalesce(bool_or(o.offence_id is not null and p.role = 'suspect' and p.charged), false) as charged
     from (values ${values.join(', ')}) as a (id, pseudonym, span, after, ends)
     left join offence_people p on p.pseudonym = a.pseudonym
     left join offences o on o.force = p.force and o.offence_id = p.offence_id
       and o.recorded_on > a.after and o.recorded_on <= a.ends
     group by a.id, a.span order by a.id, a.span`,
  )
}

/** Months of which both offences and the people in them are held. */
async function heldMonths(evidence: Evidence): Promise<Set<Month>> {
  const [offences, people] = await Promise.all(
    ['offences', 'offence_people'].map(async table => (await evidence.files(table)).map(f => f.month)),
  )
  return new Set(offences!.filter(month => people!.includes(month)))
}

/** The same day so many months later, or the last of a shorter month. */
function monthsLater(day: Day, months: number): Day {
  const month = addMonths(monthOf(day), months)
  return earlierOf(`${month}-${day.slice(8)}`, lastDay(month))
}
