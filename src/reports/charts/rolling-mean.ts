/** Rolling averages of a monthly series. */
import { addMonths, type Month } from '../../platform/calendar.ts'
import type { MonthPoint } from './trend.ts'

/**
 * The mean of each month and the `months - 1` before it. Null until all of them are known: a month that was not
 * sent, is withheld or is not complete would pull the average down for a year and look like an improvement.
 */
export function rollingMean(points: MonthPoint[], months: number): { month: Month; value: number | null }[] {
  const known = new Map(points.flatMap(p => (p.value === null || p.incomplete ? [] : [[p.month, p.value]])))
  return points.map(({ month }) => {
    const window = Array.from({ length: months }, (_, i) => known.get(addMonths(month, -i)))
    const values = window.filter(v => v !== undefined)
    return { month, value: values.length === months ? values.reduce((a, b) => a + b, 0) / months : null }
  })
}
