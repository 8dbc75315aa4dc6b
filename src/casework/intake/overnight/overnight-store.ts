/** People in the viewer's own agency's events since the last working day, and the help that they were offered. */
import type { MemberTransaction } from '../../../governance/access/as-member.ts'
import { retentionDates } from '../../../governance/retention/retention-dates.ts'
import { type Day, londonDay } from '../../../platform/calendar.ts'
import { listFrom, type Offer, type OfferAnswer, type OvernightPerson, roleWords } from './overnight.ts'

interface OvernightRow {
  entry: string
  person: string
  names: { given?: string; family?: string }[]
  role: OvernightPerson['roleInEvent']
  occurred_on: Day
  answer: OfferAnswer | null
  taken_by: string | null
  by: string | null
  at: Date | null
}

/** The earliest event first. */
export async function readOvernight(tx: MemberTransaction): Promise<OvernightPerson[]> {
  const rows = await tx.query<OvernightRow>(
    `select e.id as entry, e.person_id as person, r.names, e.role_in_event as role, e.occurred_on,
       o.answer, o.taken_by, u.name as by, o.offered_at as at
     from entries e
     join agency_records r on r.id = e.record_id
     left join lateral (
       select * from help_offers h where h.entry = e.id order by h.offered_at desc limit 1
     ) o on true
     left join users u on u.id = o.offered_by
     where e.agency = viewer_agency() and e.kind = 'event' and e.role_in_event = any($1) and e.occurred_on >= $2
     order by e.occurred_on, e.created_at, e.id limit 500`,
    [Object.keys(roleWords), listFrom(londonDay(tx.now))],
  )
  return rows.map(row => ({
    entry: row.entry,
    person: row.person,
    name: row.names[0] ? [row.names[0].given, row.names[0].family].filter(Boolean).join(' ') : '',
    roleInEvent: row.role,
    occurredOn: row.occurred_on,
    offer: row.answer && {
      answer: row.answer,
      takenBy: row.taken_by,
      by: row.by ?? '',
      at: row.at!,
    },
  }))
}

/** One pass over the list. The same form sent twice makes no second offer. */
export async function saveOffers(
  tx: MemberTransaction,
  key: string,
  offers: readonly Offer[],
): Promise<void> {
  // Of an age that is not looked up here: the shorter period is the safe one.
  const { reviewOn, deleteOn } = retentionDates('help-offer', londonDay(tx.now), { child: true })
  for (const { entry, person, answer, takenBy } of offers) {
    const made = await tx.query(
      `insert into help_offers (entry, person_id, agency, answer, taken_by, offered_by, offered_at, request_key, purpose, review_on, delete_on)
       values ($1, $2, $3, $4, $5, $6, present(), $7, viewer_purpose(), $8, $9)
       on conflict (entry, request_key) do nothing returning id`,
      [entry, person, tx.member.agency, answer, takenBy, tx.member.user, key, reviewOn, deleteOn],
    )
    if (made.length > 0)
      await tx.record('help-offered', { person, kind: 'entry', id: entry, detail: { answer } })
  }
}
