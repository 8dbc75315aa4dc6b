/** Everything that is shared about somebody, as far as the viewer may see it: for the person's page and for its own. */
import type { MemberTransaction } from '../access/as-member.ts'
import { type BrokenGlass, brokenGlassAbout } from './break-glass-store.ts'
import { type Disclosure, disclosuresAbout, ownCircleNotes } from './disclosure-store.ts'
import { type Pointers, pointersOf } from './pointer-store.ts'
import { requestsAbout, type SharingRequest } from './request-store.ts'

export interface SharingOfPerson {
  person: string
  /** The name in the own agency's record; null where it has none. */
  name: string | null
  /** Which other agencies hold a record as well; null where the own agency has none, and so may not ask. */
  pointers: Pointers | null
  requests: SharingRequest[]
  received: Disclosure[]
  given: Disclosure[]
  /** Until when the viewer has these records open without a right; null where they have not. */
  glassUntil: Date | null
  /** Openings without a right that the viewer is told of. */
  brokenGlass: BrokenGlass[]
  /** Other agencies' entries that broken glass shows. */
  opened: { agencyName: string; on: string; nature: string; text: string; source: string }[]
  /** Whether the viewer wrote notes in closed circles, which they alone may release. */
  hasCircleNotes: boolean
}

/** Null where the viewer may not know of the person. Asking for the pointer is recorded (R18). */
export async function sharingOfPerson(
  tx: MemberTransaction,
  person: string,
): Promise<SharingOfPerson | null> {
  const [seen] = await tx.query('select id from persons where id = $1', [person])
  if (!seen) return null
  const [own] = await tx.query<{ name: string }>(
    `select trim(concat_ws(' ', n ->> 'given', n ->> 'family')) as name
     from agency_records r, jsonb_array_elements(r.names) with ordinality as named (n, place)
     where r.person_id = $1 and r.agency = $2 and r.suspended_on is null
     order by n ->> 'kind' = 'usual' desc, place limit 1`,
    [person, tx.member.agency],
  )
  const disclosures = await disclosuresAbout(tx, person)
  const brokenGlass = await brokenGlassAbout(tx, person)
  const mine = brokenGlass.filter(b => b.user === tx.member.user && b.endsAt > tx.now && b.startsAt <= tx.now)
  const requests = await requestsAbout(tx, person)
  const opened = mine.length > 0 ? await openedEntries(tx, person) : []
  const notes = await ownCircleNotes(tx, person)
  return {
    person,
    name: own?.name ?? null,
    // Last, because it goes into the audit, for whose end everybody who writes waits.
    pointers: own ? await pointersOf(tx, person) : null,
    requests,
    received: disclosures.filter(d => d.to === tx.member.agency),
    given: disclosures.filter(d => d.from === tx.member.agency),
    glassUntil: mine.map(b => b.endsAt).sort((a, b) => b.getTime() - a.getTime())[0] ?? null,
    brokenGlass,
    opened,
    hasCircleNotes: notes.length > 0,
  }
}

const openedEntries = (tx: MemberTransaction, person: string): Promise<SharingOfPerson['opened']> =>
  tx.query(
    `select a.name as "agencyName", e.occurred_on as on, e.nature, e.text, e.source
     from entries e join agencies a on a.id = e.agency
     where e.person_id = $1 and e.agency <> $2 and e.circle is null order by e.occurred_on desc, e.id`,
    [person, tx.member.agency],
  )
