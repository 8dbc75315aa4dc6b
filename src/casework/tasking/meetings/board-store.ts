/** What meetings of one kind have done over time: attendance and actions by agency, decisions. Counts name nobody. */
import type { Day } from '../../../platform/calendar.ts'
import type { Queryable } from '../../../platform/postgres.ts'

export interface HeldMeeting {
  reference: string
  startsAt: Date
  agency: string
  expected: number
  present: number
}

/** One row for a meeting that was held and an agency that was invited. */
export const readAttendance = (tx: Queryable, type: string, from: Day, to: Day): Promise<HeldMeeting[]> =>
  tx.query<HeldMeeting>(
    `select reference, starts_at as "startsAt", agency, expected, present
     from meeting_attendance($1, $2, $3) order by starts_at, agency`,
    [type, from, to],
  )

export interface AgencyActions {
  agency: string
  /** Not counting what was withdrawn. */
  given: number
  done: number
  /** Done by the day on which it was due. */
  onTime: number
  open: number
  overdue: number
}

/** Actions that meetings of the kind gave out from a day to a day, by the agency that does them. */
export const readActionCounts = (tx: Queryable, type: string, from: Day, to: Day): Promise<AgencyActions[]> =>
  tx.query<AgencyActions>(
    `select agency, given, done, on_time as "onTime", open, overdue from meeting_actions($1, $2, $3) order by agency`,
    [type, from, to],
  )

export interface DecisionLine {
  reference: string
  startsAt: Date
  text: string
  agencyName: string
}

/** Of meetings in which the viewer sits, as far as they may hear them; the latest first. */
export const latestDecisions = (tx: Queryable, type: string): Promise<DecisionLine[]> =>
  tx.query<DecisionLine>(
    `select m.reference, m.starts_at as "startsAt", e.text, a.name as "agencyName"
     from meeting_entries e join meetings m on m.id = e.meeting join agencies a on a.id = e.agency
     where m.type = $1 and e.kind = 'decision' order by m.starts_at desc, e.seq desc limit 50`,
    [type],
  )
