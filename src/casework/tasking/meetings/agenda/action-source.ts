/** Actions given out in meetings of this type that are due soon or overdue. What is to be done is read under their own rules. */
import { calendarWords, type Day } from '../../../../platform/calendar.ts'
import type { AgendaSource } from './agenda-source.ts'

export const actionSource: AgendaSource = {
  kind: 'action',
  gather: async (tx, { meeting, today, rule }) => {
    const rows = await tx.query<{ reference: string; agency: string; due_on: Day }>(
      `select a.reference, g.name as agency, a.due_on
       from actions a join agencies g on g.id = a.agency join meetings m on m.id = a.meeting
       where m.type = $1 and m.id <> $2 and a.state = 'open' and a.due_on <= $3::date + $4::integer - 1
         and a.suspended_on is null and a.restricted_at is null
       order by a.due_on, a.reference limit 200`,
      [meeting.type, meeting.id, today, rule.days ?? 1],
    )
    return rows.map(row => ({
      title: `${row.agency}: ${row.due_on < today ? `overdue since ${calendarWords(row.due_on)}` : `due on ${calendarWords(row.due_on)}`}`,
      agency: null,
      sourceKind: 'action',
      sourceId: row.reference,
      dueOn: row.due_on,
    }))
  },
}
