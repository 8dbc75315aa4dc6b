/**
 * Near repeats on a page: bands of distance and days, which records can be used, and one window that was set beforehand.
 *
 * Traps. Offences of one incident that were recorded one by one look like repeats: the same day is a band of its own, and
 * the window leaves it out. A record whose day is known only within a wide span has no day. The window is fixed here and
 * not searched for: the best of many windows would look like a finding in any data.
 */
import { benjaminiHochberg } from '../../analysis/p-value-adjustment.ts'
import { toNationalGrid } from './national-grid.ts'

/** Edges in metres, closed on the left; below 1 metre is the same point. */
export const distanceEdges = [0, 1, 100, 200, 400, 800]
export const distanceBands = ['Same point', 'Under 100 m', '100 to 200 m', '200 to 400 m', '400 to 800 m']
/** Edges in days; below 1 is the same day. */
export const dayEdges = [0, 1, 8, 15, 29, 57]
export const dayBands = ['Same day', '1 to 7 days', '8 to 14 days', '15 to 28 days', '29 to 56 days']
/** Under 200 metres, 1 to 14 days. */
export const nearWindow = { distances: [0, 200], days: [1, 15] }

export const PERMUTATIONS = 999
/** Any whole number would do; a stated one can be repeated. */
export const SEED = 1964
/** The most recent ones are taken beyond this: pairs grow with the square of the records. */
export const MOST_EVENTS = 10_000
export const FEWEST_EVENTS = 50
/** A period shorter than twice the last band has hardly any pairs in it. */
export const FEWEST_MONTHS = 4
/** Minutes. A longer span leaves the day open. */
const LONGEST_SPAN = 2 * 24 * 60

export interface NearEvents {
  x: Float64Array
  y: Float64Array
  day: Float64Array
  withoutPoint: number
  withoutDay: number
  /** Older than the most recent that are taken. */
  older: number
}

type Columns = Record<'longitude' | 'latitude' | 'day' | 'from_minute' | 'to_minute', Float64Array>

/** The records that have a point and a day, the most recent `most` of them at most: a day that would be cut is left out whole. */
export function nearEvents(columns: Columns, most = MOST_EVENTS): NearEvents {
  const placed = toNationalGrid(columns.longitude, columns.latitude)
  const dated: { x: number; y: number; day: number }[] = []
  placed.from.forEach((record, i) => {
    const day = columns.day[record]!
    const span = columns.to_minute[record]! - columns.from_minute[record]!
    // Without an end the start is the moment; NaN compares as false.
    if (Number.isNaN(day) || span > LONGEST_SPAN) return
    dated.push({ x: placed.x[i]!, y: placed.y[i]!, day })
  })
  // The order of the rows of a query is not fixed, and the permutations depend on it.
  dated.sort((a, b) => b.day - a.day || a.x - b.x || a.y - b.y)
  const cutDay = dated[most]?.day
  const used = dated.slice(0, most).filter(event => event.day !== cutDay)
  return {
    x: Float64Array.from(used, e => e.x),
    y: Float64Array.from(used, e => e.y),
    day: Float64Array.from(used, e => e.day),
    withoutPoint: columns.day.length - placed.from.length,
    withoutDay: placed.from.length - dated.length,
    older: dated.length - used.length,
  }
}

export interface NearBand {
  observed: number
  /** Mean of the permutations; null where it cannot be told because nothing was observed. */
  expected: number | null
  /** Null where nothing was expected. */
  ratio: number | null
  p: number
  /** More pairs than chance explains, allowing for the number of bands looked at. */
  marked: boolean
}

interface Tested {
  spaceBands: number
  timeBands: number
  observed: Float64Array
  ratioToMean: Float64Array
  p: Float64Array
}

/** Share of bands marked by chance alone that is accepted among those marked. */
const FALSE_DISCOVERY = 0.05

/** `bands[distance][days]`. */
export function nearBands({ spaceBands, timeBands, observed, ratioToMean, p }: Tested): NearBand[][] {
  const adjusted = benjaminiHochberg(p)
  return Array.from({ length: spaceBands }, (_, space) =>
    Array.from({ length: timeBands }, (_, time) => {
      const at = time * spaceBands + space
      const ratio = Number.isNaN(ratioToMean[at]!) ? null : ratioToMean[at]!
      return {
        observed: observed[at]!,
        expected: ratio ? observed[at]! / ratio : null,
        ratio,
        p: p[at]!,
        marked: adjusted[at]! <= FALSE_DISCOVERY,
      }
    }),
  )
}
