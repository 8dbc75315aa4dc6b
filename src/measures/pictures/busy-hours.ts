/** The shortest run of hours of the day that holds at least half of everything: steadier than a busiest hour. */

export interface BusyHours {
  /** 0 to 23. */
  from: number
  /** The hour at which the run ends, 1 to 24; may lie after midnight, then it is below `from`. */
  to: number
  count: number
  of: number
}

/** `byHour` holds 24 counts or weights. Null where there is nothing. The earliest run wins among equals. */
export function busyHours(byHour: readonly number[], share = 0.5): BusyHours | null {
  const of = byHour.reduce((a, b) => a + b, 0)
  if (of === 0) return null
  for (let hours = 1; hours <= 24; hours++) {
    let best: BusyHours | null = null
    for (let from = 0; from < 24; from++) {
      let count = 0
      for (let h = 0; h < hours; h++) count += byHour[(from + h) % 24]!
      const end = (from + hours) % 24
      if (count >= share * of && count > (best?.count ?? -1))
        best = { from, to: end === 0 ? 24 : end, count, of }
    }
    if (best) return best
  }
  return null
}

/** "15:00 and 22:00"; "17:00 and midnight": after "between". */
export const hoursWords = ({ from, to }: BusyHours): string => `${clockHour(from)} and ${clockHour(to)}`

/** "15:00"; 24 is "midnight". */
export const clockHour = (hour: number): string =>
  hour === 24 ? 'midnight' : `${String(hour).padStart(2, '0')}:00`
