/** Attendance of agencies over time, quarter by quarter. Pure. */
import { type Day, londonDay } from '../../../platform/calendar.ts'
import type { HeldMeeting } from './board-store.ts'

/** "2026, October to December". */
export const quarterOf = (day: Day): string =>
  `${day.slice(0, 4)}, ${['January to March', 'April to June', 'July to September', 'October to December'][Math.floor((Number(day.slice(5, 7)) - 1) / 3)]}`

/** "11 of 12 (92%)": a percentage never without its counts (R29); agencies are no people, and small counts are shown. */
export const shareWords = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${part} of ${whole} (${Math.round((part / whole) * 100)}%)`

export interface AgencyOverTime {
  agency: string
  /** In how many of the meetings somebody of it was there. */
  quarters: { quarter: string; there: number; held: number }[]
  there: number
  held: number
}

/** Agencies in the order in which they are given; quarters from the earliest on. An agency is there with one person. */
export function attendanceOverTime(
  rows: readonly HeldMeeting[],
  agencies: readonly string[],
): AgencyOverTime[] {
  const quarters = [...new Set(rows.map(r => quarterOf(londonDay(r.startsAt))))]
  const counted = (own: readonly HeldMeeting[]) => ({
    there: own.filter(r => r.present > 0).length,
    held: own.length,
  })
  return agencies.map(agency => {
    const own = rows.filter(r => r.agency === agency)
    return {
      agency,
      quarters: quarters.map(quarter => ({
        quarter,
        ...counted(own.filter(r => quarterOf(londonDay(r.startsAt)) === quarter)),
      })),
      ...counted(own),
    }
  })
}
