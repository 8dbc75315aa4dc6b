/** Cases that wait for this panel, and those whose time to be completed is over or nearly so. The reference, and nobody's name. */
import { calendarWords, type Day } from '../../../../platform/calendar.ts'
import type { AgendaSource } from './agenda-source.ts'

export const panelCaseSource: AgendaSource = {
  kind: 'panel-case',
  gather: async (tx, { meeting, today, rule }) => {
    const rows = await tx.query<{ reference: string; from_agency: string; waits: boolean; due_on: Day }>(
      `select reference, from_agency, state = 'waiting' as waits, coalesce(complete_by, decide_by) as due_on
       from panel_cases
       where panel = $1 and suspended_on is null and restricted_at is null
         and (state = 'waiting' or (state = 'decided' and complete_by <= $2::date + $3::integer))
       order by coalesce(complete_by, decide_by), reference limit 200`,
      [meeting.type, today, rule.days ?? 7],
    )
    return rows.map(row => ({
      title: `${row.waits ? 'To be decided' : 'To be completed'} ${row.due_on < today ? 'since' : 'by'} ${calendarWords(row.due_on)}`,
      agency: row.from_agency,
      sourceKind: 'panel-case',
      sourceId: row.reference,
      dueOn: row.due_on,
    }))
  },
}
