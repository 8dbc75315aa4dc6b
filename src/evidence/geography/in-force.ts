/** Which areas are in force in a month. */
import type { AreaPack } from '../../areas/area-pack.ts'
import { addMonths, type Day, type Month, monthOf } from '../../platform/calendar.ts'
import type { AreaKind } from '../evidence.ts'

export interface DatedArea {
  kind: AreaKind
  code: string
  vintage: string
  from: Day | null
  to: Day | null
}

/** Periods in which the area pack says that an area exists. Both days belong to the period. */
export interface PackWindow {
  kind: AreaKind
  code: string
  name: string
  from: Day | null
  to: Day | null
}

/**
 * Records carry a month, areas change on a day (West Midlands' on 3 April 2023). The area that is in force on
 * the 15th has the month: it had most of it.
 */
export const dayOfMonth = (month: Month): Day => `${month}-15`

export const covers = (period: { from: Day | null; to: Day | null }, day: Day): boolean =>
  (period.from === null || period.from <= day) && (period.to === null || day <= period.to)

export const packWindows = (pack: Pick<AreaPack, 'localAuthorities' | 'policingAreas' | 'impactAreas'>) => {
  const windows = (kind: AreaKind, areas: AreaPack['localAuthorities']): PackWindow[] =>
    areas.map(({ code, name, from, to }) => ({ kind, code, name, from: from ?? null, to: to ?? null }))
  return [
    ...windows('local-authority', pack.localAuthorities),
    ...windows('policing-area', pack.policingAreas),
    ...windows('impact-area', pack.impactAreas),
  ]
}

/** Statistical layers redraw the whole map in each vintage, so one vintage answers for a month. */
const redrawnWhole: AreaKind[] = ['lsoa', 'ward', 'local-authority']

/**
 * The areas of one kind that are in force in a month, given all that were loaded.
 *
 * Small areas, wards and local authorities: one vintage. Of several in force, the latest whose year is not
 * after the month, else the earliest. When none is in force, the same choice among all: a picture of 2019 on
 * the boundaries of 2021 is better than none, and the vintage is shown.
 *
 * Policing areas and impact areas: those in force by their own dates, else by the pack's. There is no
 * falling back, because an area that did not exist has no figures.
 */
export function areasInForce<A extends DatedArea>(
  kind: AreaKind,
  areas: readonly A[],
  windows: readonly PackWindow[],
  month: Month,
): A[] {
  const day = dayOfMonth(month)
  if (!redrawnWhole.includes(kind)) {
    const inForce = areas.filter(a => existsOn(a, windows, day))
    return [...new Map(inForce.map(a => [a.code, a])).values()]
  }
  const inForce = areas.filter(a => covers(a, day))
  const vintage = chooseVintage(
    [...new Set((inForce.length > 0 ? inForce : areas).map(a => a.vintage))],
    month,
  )
  return (inForce.length > 0 ? inForce : areas).filter(a => a.vintage === vintage)
}

export function existsOn(area: DatedArea, windows: readonly PackWindow[], day: Day): boolean {
  if (area.from !== null || area.to !== null) return covers(area, day)
  return packSaysInForce(area.kind, area.code, windows, day) ?? true
}

/** Null when the pack does not know the code. */
export function packSaysInForce(
  kind: AreaKind,
  code: string,
  windows: readonly PackWindow[],
  day: Day,
): boolean | null {
  const own = windows.filter(w => w.kind === kind && w.code === code)
  return own.length > 0 ? own.some(w => covers(w, day)) : null
}

/** Vintages that are no year (`synthetic`, `undated`) come after those that are. */
function chooseVintage(vintages: string[], month: Month): string | undefined {
  const year = (vintage: string) => (/^\d{4}$/.test(vintage) ? Number(vintage) : Infinity)
  const sorted = vintages.toSorted((a, b) => year(a) - year(b) || (a < b ? -1 : 1))
  return sorted.findLast(v => year(v) <= Number(month.slice(0, 4))) ?? sorted[0]
}

/** Months at which the areas in force may change, within the period when one is given; at least one. */
export function monthsOfChange(
  areas: readonly DatedArea[],
  windows: readonly PackWindow[],
  from: Month | undefined,
  to: Month | undefined,
): Month[] {
  const days = [...areas, ...windows].flatMap(a => [a.from, a.to])
  const years = areas.flatMap(a => (/^\d{4}$/.test(a.vintage) ? [`${a.vintage}-01`] : []))
  const months = new Set(days.flatMap(day => (day === null ? [] : around(monthOf(day)))).concat(years))
  const within = [...months].filter(m => (!from || m >= from) && (!to || m <= to))
  const ends = [from, to].filter(m => m !== undefined)
  return [...new Set([...within, ...(ends.length > 0 || within.length > 0 ? ends : ['2000-01'])])].sort()
}

/** A change on or before the 15th shows in its own month, a later one in the next; an end one month before. */
const around = (month: Month): Month[] => [-1, 0, 1].map(by => addMonths(month, by))
