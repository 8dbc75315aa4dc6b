/** Which months of a measure are held, so that a page can open on the latest year without being told. */
import type { Evidence } from '../../evidence/evidence.ts'
import { addMonths, type Month, monthsBetween } from '../../platform/calendar.ts'
import { getMeasure } from '../catalogue/index.ts'
import { coverageOf, heldPeriod, incompleteMonth } from '../coverage.ts'
import { tablesOf } from '../measure.ts'

export interface HeldMonths {
  first: Month
  /** The last month that is whole. */
  last: Month
  /** Every month from the first held to the last, gaps included. */
  months: Month[]
  /** The months among them of which nothing was sent. */
  gaps: Month[]
}

/** Months held for a measure with the default of its variants; null where there are none. */
export async function heldMonths(evidence: Evidence, measureId: string): Promise<HeldMonths | null> {
  const measure = getMeasure(measureId)
  const counting = measure.counting(Object.fromEntries(measure.variants.map(v => [v.name, v.default])))
  const { files, holds } = await coverageOf(evidence, counting, undefined, undefined)
  const all = heldPeriod(files)
  if (!all) return null
  const months = monthsBetween(all.from, all.to).filter(month => holds(month, null))
  const end = months.at(-1)
  if (!end) return null
  const cutShort = await incompleteMonth(evidence, tablesOf(counting)[0]!, end)
  const last = cutShort && months.length > 1 ? months.at(-2)! : end
  const every = monthsBetween(months[0]!, end)
  return { first: months[0]!, last, months: every, gaps: every.filter(m => !months.includes(m)) }
}

/**
 * The last `months` months up to the last whole one, or as many as are held without a gap: a year with a hole in
 * it would be set beside a whole one.
 */
export function latestMonths(held: HeldMonths, months: number): { from: Month; to: Month } {
  const wanted = addMonths(held.last, 1 - months)
  const afterGap = held.gaps.findLast(gap => gap < held.last)
  const earliest = afterGap ? addMonths(afterGap, 1) : held.first
  return { from: [wanted, earliest].sort()[1]!, to: held.last }
}
