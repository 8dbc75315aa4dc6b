/** What this meeting raised and the board has answered since: it returns once, until it has been gone through. */
import type { AgendaSource } from './agenda-source.ts'

export const answerSource: AgendaSource = {
  kind: 'answer',
  gather: async (tx, { meeting }) => {
    const rows = await tx.query<{ reference: string; what: string; name: string }>(
      `select e.reference, e.what, t.name from escalations e join meeting_types t on t.id = e.to_type
       where e.from_type = $1 and e.state = 'answered' and not exists (
         select from agenda_items i join meetings m on m.id = i.meeting
         where i.source_kind = 'answer' and i.source_id = e.reference and i.passed_at is not null
           and m.type = $1 and m.id <> $2)
       order by e.answered_at, e.reference limit 100`,
      [meeting.type, meeting.id],
    )
    return rows.map(row => ({
      title: `${row.name} has answered: ${row.what}`,
      agency: null,
      sourceKind: 'answer',
      sourceId: row.reference,
    }))
  },
}
