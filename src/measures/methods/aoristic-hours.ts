/**
 * Hours of the week by aoristic weight: each record is one, spread over the hours between the earliest and the latest
 * time at which it can have happened. Single records are read, so only for those who may see them.
 */
import { aoristicWeek, HOURS_OF_DAY, HOURS_OF_WEEK } from '../../analysis/aoristic.ts'
import type { DisclosureLevel, FigureRequest } from '../figure.ts'
import type { FigureContext } from '../figure-request.ts'
import { oncePerVersion } from '../once-per-version.ts'
import { recordsBehind } from './records-behind.ts'

export interface SpreadHours {
  /** `week[weekday][hour]`, Monday first, 7 × 24: weights in tenths of a record that add up to `counted` exactly. */
  week: number[][]
  /** Records by the hour of the day of their earliest time, 24. */
  byStart: number[]
  /** Records with a time: those that are spread. */
  counted: number
  /** Without any time: left out. */
  noTime: number
  /** Without a latest time, or with one before the earliest: whole in the hour of the earliest. */
  noSpan: number
  /** Whose span is longer than an hour. */
  long: number
  /** Whose span is a week or more: a 168th in every hour of the week. */
  capped: number
}

const HOUR = 60
const WEEK = HOURS_OF_WEEK * HOUR

export interface SpreadAnswer extends SpreadHours {
  sql: string
  evidenceVersion: string
}

/** Spreads the records of a request. Throws UsageFault where they may not be seen or have no times. */
export const aoristicHours = (
  context: FigureContext,
  request: FigureRequest,
  disclosure: DisclosureLevel,
): Promise<SpreadAnswer> => {
  const ask = async () => {
    const { columns, sql, evidenceVersion } = await recordsBehind(context, request, disclosure, [
      'from_minute',
      'to_minute',
    ])
    return { ...spreadHours(columns.from_minute, columns.to_minute), sql, evidenceVersion }
  }
  // Who may not see records is refused before what others asked for is looked at.
  return disclosure === 'record'
    ? oncePerVersion(context.evidence, `aoristic hours ${JSON.stringify(request)}`, ask)
    : ask()
}

/** Minutes of local time since 1970; NaN where not known. */
export function spreadHours(from: Float64Array, to: Float64Array): SpreadHours {
  const known = from.map((minute, i) => (Number.isNaN(minute) ? Number.NaN : i)).filter(i => !Number.isNaN(i))
  const starts = known.map(i => from[i]!)
  const ends = known.map(i => to[i]!)
  const byStart = Array<number>(HOURS_OF_DAY).fill(0)
  let noSpan = 0
  let long = 0
  let capped = 0
  starts.forEach((start, i) => {
    byStart[hourOfDay(start)]!++
    const length = ends[i]! - start
    // NaN compares as false: no latest time.
    if (!(length >= 0)) noSpan++
    if (length > HOUR) long++
    if (length >= WEEK) capped++
  })
  const tenths = inTenths(aoristicWeek({ from: starts, to: ends }, { cap: 'week' }), starts.length)
  return {
    // The kernel's week begins on Sunday.
    week: Array.from({ length: 7 }, (_, day) =>
      tenths.slice(((day + 1) % 7) * HOURS_OF_DAY, (((day + 1) % 7) + 1) * HOURS_OF_DAY),
    ),
    byStart,
    counted: starts.length,
    noTime: from.length - starts.length,
    noSpan,
    long,
    capped,
  }
}

const hourOfDay = (minute: number): number => {
  const day = HOURS_OF_DAY * HOUR
  return Math.floor((minute - Math.floor(minute / day) * day) / HOUR)
}

/**
 * Weights to one decimal that add up to the whole: the largest remainders are rounded up, so that no table says
 * 1,203 records and sums to 1,202.7. No weight moves by a tenth or more.
 */
function inTenths(weights: Float64Array, whole: number): number[] {
  const floors = Array.from(weights, w => Math.floor(w * 10 + 1e-9))
  const missing = whole * 10 - floors.reduce((sum, n) => sum + n, 0)
  const byRemainder = floors
    .map((_, i) => i)
    .sort((a, b) => weights[b]! * 10 - floors[b]! - (weights[a]! * 10 - floors[a]!) || a - b)
  for (const i of byRemainder.slice(0, missing)) floors[i]!++
  return floors.map(n => n / 10)
}
