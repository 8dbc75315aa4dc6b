/**
 * People in the events of the last night, as each agency recorded them: how many, and whose list it is. Who they are stays
 * on that agency's own list of the morning; it says in the meeting what the others need. Whoever was hurt and whoever is
 * suspected are counted apart (R1).
 */
import { londonDay } from '../../../../platform/calendar.ts'
import { roleWords } from '../../../intake/overnight/overnight.ts'
import type { AgendaSource } from './agenda-source.ts'

type InEvent = keyof typeof roleWords

export const eventSource: AgendaSource = {
  kind: 'event',
  gather: async (tx, { meeting, window }) => {
    const rows = await tx.query<{ agency: string; name: string; role: InEvent; people: number }>(
      `select e.agency, a.name, e.role_in_event as role, count(distinct e.person_id) as people
       from entries e join agencies a on a.id = e.agency
       where e.kind = 'event' and e.role_in_event = any ($1) and e.occurred_on >= $2 and e.agency = any ($3)
         and e.circle is null and e.suspended_on is null and e.restricted_at is null
       group by e.agency, a.name, e.role_in_event`,
      [Object.keys(roleWords), londonDay(window.from), meeting.agencies],
    )
    const byAgency = Map.groupBy(rows, row => row.agency)
    return [...byAgency].map(([agency, counts]) => ({
      title: `${counts[0]!.name}: ${inOrder(counts)}`,
      agency,
      sourceKind: 'overnight',
      sourceId: agency,
    }))
  },
}

/** "3 hurt, 1 suspected". */
const inOrder = (counts: readonly { role: InEvent; people: number }[]): string =>
  (Object.keys(roleWords) as InEvent[])
    .flatMap(role => {
      const people = counts.find(c => c.role === role)?.people ?? 0
      return people > 0 ? [`${people} ${roleWords[role].toLowerCase()}`] : []
    })
    .join(', ')
