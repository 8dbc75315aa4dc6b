/** Ticks of a monthly axis: few enough to be read, always at the same months of the year. */
import { type Month, monthFromNumber, monthNumber, monthShort } from '../../platform/calendar.ts'

export interface MonthTick {
  at: number
  /** One or two lines: "Jan" over "2019". */
  label: string
}

/** Ticks for the months `from` to `to`; `room` is how many labels fit. Positions are month numbers. */
export function monthTicks(from: Month, to: Month, room: number): MonthTick[] {
  const first = monthNumber(from)
  const last = monthNumber(to)
  const every = [1, 2, 3, 6, 12, 24, 60].find(n => (last - first) / n < room) ?? 120
  const ticks: MonthTick[] = []
  for (let n = first; n <= last; n++) {
    // Counted from January of year 0, so that a tick is on the same months whatever the period.
    const lands = every < 12 ? (n % 12) % every === 0 : n % every === 0
    if (lands) ticks.push({ at: n, label: '' })
  }
  // A period of less than a year with no tick of its own still names its first month.
  if (ticks.length === 0) ticks.push({ at: first, label: '' })
  return ticks.map((tick, i) => {
    const [name, year] = monthShort(monthFromNumber(tick.at)).split(' ') as [string, string]
    const newYear = i === 0 || Math.floor(tick.at / 12) !== Math.floor(ticks[i - 1]!.at / 12)
    return { at: tick.at, label: newYear ? `${name}\n${year}` : name }
  })
}
