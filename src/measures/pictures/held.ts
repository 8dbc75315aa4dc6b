/** Which months of a measure are held, so that a page can open on the latest year without being told. */
import type { AreaPack } from '../../areas/area-pack.ts'
import type { Evidence } from '../../evidence/evidence.ts'
import { addMonths, type Month, monthsBetween } from '../../platform/calendar.ts'
import { getMeasure } from '../catalogue/index.ts'
import { coverageOf, incompleteMonth } from '../coverage.ts'
import { countingOf, type Measure, tablesOf } from '../measure.ts'

export interface HeldMonths {
  first: Month
  /** The last month that is whole. */
  last: Month
  /** Every month from the first held to the last, gaps included. */
  months: Month[]
  /** The months among them of which nothing was sent. */
  gaps: Month[]
  /** The area's own force where others are held as well; null where there is nothing to tell apart. */
  force: string | null
}

/**
 * Months held for a measure, with the default of its variants; null where there are none. Where several forces
 * are held, only what the area's own force sent counts.
 */
export async function heldMonths(
  evidence: Evidence,
  pack: AreaPack,
  measureId: string,
): Promise<HeldMonths | null> {
  const counting = countingOf(getMeasure(measureId))
  const { reach: all, forces, holds } = await coverageOf(evidence, counting, undefined, undefined)
  if (!all || (forces.length > 0 && !forces.includes(pack.force))) return null
  const force = forces.length > 1 ? pack.force : null
  const months = monthsBetween(all.from, all.to).filter(month => holds(month, force))
  const end = months.at(-1)
  if (!end) return null
  const cutShort = await incompleteMonth(evidence, tablesOf(counting)[0]!, end)
  const last = cutShort && months.length > 1 ? months.at(-2)! : end
  const every = monthsBetween(months[0]!, end)
  return { first: months[0]!, last, months: every, gaps: every.filter(m => !months.includes(m)), force }
}

/** The first of several measures that is held, for pages that would rather show published crime than nothing. */
export async function firstHeld(
  evidence: Evidence,
  pack: AreaPack,
  ids: readonly string[],
): Promise<{ id: string; held: HeldMonths } | null> {
  for (const id of ids) {
    const held = await heldMonths(evidence, pack, id)
    if (held) return { id, held }
  }
  return null
}

/** The measures among these of which anything is held: what a list of choices offers. */
export async function heldMeasures(evidence: Evidence, measures: readonly Measure[]): Promise<Measure[]> {
  const held = await Promise.all(
    measures.map(
      async m => (await coverageOf(evidence, countingOf(m), undefined, undefined)).files.length > 0,
    ),
  )
  return measures.filter((_, i) => held[i])
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
