/** What other meetings have raised to this one, and waits for an answer. Nobody is named in it. */
import type { AgendaSource } from './agenda-source.ts'

export const escalationSource: AgendaSource = {
  kind: 'escalation',
  gather: async (tx, { meeting }) => {
    const rows = await tx.query<{ reference: string; what: string; name: string }>(
      `select e.reference, e.what, t.name from escalations e join meeting_types t on t.id = e.from_type
       where e.to_type = $1 and e.state = 'raised' order by e.at, e.reference limit 100`,
      [meeting.type],
    )
    return rows.map(row => ({
      title: `${row.name}: ${row.what}`,
      agency: null,
      sourceKind: 'escalation',
      sourceId: row.reference,
    }))
  },
}
