/**
 * Who comes out of custody in the days of the rule, and whose day is over without a word of what happened. The members hear
 * of it whose agency may know of custody: with the agency that keeps it, for the purpose of the meeting, under an agreement
 * that names custody. Where they are, and what there is to mind, is read under its own rules.
 */
import { calendarWords, type Day } from '../../../../platform/calendar.ts'
import type { AgendaSource } from './agenda-source.ts'

export const releaseSource: AgendaSource = {
  kind: 'release',
  gather: async (tx, { meeting, today, rule }) => {
    const rows = await tx.query<{
      reference: string
      agency: string
      person: string
      release_on: Day
      told: string[]
    }>(
      `select s.reference, s.agency, s.person_id as person, s.release_on, array(
         select m from unnest($1::text[]) m
         where m = s.agency
           or (tells_of(s.agency, s.person_id) and agreement_covers(s.agency, m, $4, array['custody'])) order by m) as told
       from custody_spells s
       where s.state = 'in' and s.agency = any ($1) and s.suspended_on is null and s.restricted_at is null
         and s.release_on <= $2::date + $3::integer
       order by s.release_on, s.reference limit 200`,
      [meeting.agencies, today, rule.days ?? 7, meeting.purpose],
    )
    return rows.map(row => ({
      title:
        row.release_on < today
          ? `Release was due on ${calendarWords(row.release_on)}, and nobody has said what happened`
          : `Release on ${calendarWords(row.release_on)}`,
      agency: row.agency,
      seenBy: row.told,
      sourceKind: 'custody',
      sourceId: row.reference,
      dueOn: row.release_on,
      person: row.person,
    }))
  },
}
