/**
 * Consequence management that was opened since the last meeting, and whose review is due soon or overdue: an overdue one
 * stays on every agenda until it is written. What happened is read under its own rules.
 */
import { calendarWords, type Day } from '../../../../platform/calendar.ts'
import type { AgendaSource } from './agenda-source.ts'

export const consequenceSource: AgendaSource = {
  kind: 'consequence',
  gather: async (tx, { meeting, window, today, rule }) => {
    const rows = await tx.query<{ reference: string; lead_agency: string; name: string; due_on: Day }>(
      `select c.reference, c.lead_agency, g.name, c.review_due_on as due_on
       from consequences c join agencies g on g.id = c.lead_agency
       where c.lead_agency = any ($1) and c.state = 'open' and c.suspended_on is null
         and (c.review_due_on <= $2::date + $3::integer or c.opened_at >= $4)
         and not exists (
           select from agenda_items i
           where i.meeting = $5 and i.source_kind = 'consequence' and i.source_id = c.reference and i.added_by is not null)
       order by c.review_due_on, c.reference limit 100`,
      [meeting.agencies, today, rule.days ?? 1, window.from.toISOString(), meeting.id],
    )
    return rows.map(({ reference, lead_agency, name, due_on }) => ({
      title: `${name}: consequence management, ${
        due_on < today
          ? `its review has been overdue since ${calendarWords(due_on)}`
          : `its review is due on ${calendarWords(due_on)}`
      }`,
      agency: lead_agency,
      sourceKind: 'consequence',
      sourceId: reference,
      dueOn: due_on,
    }))
  },
}
