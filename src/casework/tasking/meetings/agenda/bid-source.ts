/** Bids that wait for the decision of this kind of meeting. Nobody is named in one. */
import { calendarWords, type Day } from '../../../../platform/calendar.ts'
import type { AgendaSource } from './agenda-source.ts'

export const bidSource: AgendaSource = {
  kind: 'bid',
  gather: async (tx, { meeting }) => {
    const rows = await tx.query<{
      reference: string
      resource: string
      subject: string
      starts_on: Day
      ends_on: Day
    }>(
      `select b.reference, r.name as resource, coalesce(c.name, b.place) as subject, b.starts_on, b.ends_on
       from bids b join resources r on r.id = b.resource left join cohorts c on c.id = b.cohort
       where r.decided_by = $1 and b.state = 'asked'
       order by r.name, coalesce(c.name, b.place), b.reference limit 100`,
      [meeting.type],
    )
    return rows.map(row => ({
      title: `${row.resource}: ${row.subject}, ${calendarWords(row.starts_on)} to ${calendarWords(row.ends_on)}`,
      agency: null,
      sourceKind: 'bid',
      sourceId: row.reference,
    }))
  },
}
